"""A list as somebody saved it, and the named filters of such views."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.text.normal import FoldedText


class SavedViewQuerySet(VisibleQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, and those that their owners, whose accounts are in use, share."""
        return super().visible_to(user).filter(Q(owner=user.pk) | Q(shared=True, owner__is_active=True))

    def of_lists(self, names: Iterable[str]) -> Self:
        """Views of the lists whose addresses have these names."""
        return self.filter(page__in=list(names))


# Lists that somebody wants to come back to, or to show to others.


class SavedView(Tracked):
    """A name for the address of a list: its filters, order and columns. Shared ones are everybody's to open.

    ``page`` is the name of the list's address, such as "disruptions:threat_list".
    """

    reached_by = PUBLISHED  # it is an address alone: what it shows, each sees by their own reach
    name = models.CharField(max_length=80)
    page = models.CharField("list", max_length=60, help_text="The name of its address.")
    query = models.TextField(blank=True, help_text="The part of the address after the question mark.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    shared = models.BooleanField(default=False)
    folded = FoldedText("name")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_name_once_per_owner",
                violation_error_message="You have a view of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            reverse(self.page)
        except NoReverseMatch as error:
            raise ValidationError({"page": "No list has an address of this name."}) from error

    def get_absolute_url(self) -> str:
        return f"{reverse(self.page)}?{self.query}"
