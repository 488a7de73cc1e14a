"""Named filters of saved views."""

from collections.abc import Iterable
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from forces.querysets import VisibleQuerySet


class SavedViewQuerySet(VisibleQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, and those that their owners share."""
        return super().visible_to(user).filter(Q(owner=user.pk) | Q(shared=True))

    def of_lists(self, names: Iterable[str]) -> Self:
        """Views of the lists whose addresses have these names."""
        return self.filter(page__in=list(names))
