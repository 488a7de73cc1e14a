"""How somebody wants to be reminded of what is due."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from plans4p.choices import Every
from soc_tracker.core.records.models import OWN_RULE, Tracked


class RemindersQuerySet(models.QuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own; those of others do not exist."""
        return self.filter(user=user.pk)

    def due(self, today: date) -> Self:
        """Wanted, and the last one was so many days ago, or there was none."""
        never = Q(last_sent_on__isnull=True)
        past = Q()
        for every in Every:
            past |= Q(every=every, last_sent_on__lte=today - timedelta(days=every))
        return self.filter(every__gt=0).filter(never | past)


class Reminders(Tracked):
    """One user's choice: how often an e-mail comes, and the private address of their calendar.

    ``calendar_key`` is the secret part of that address; a new one takes its place when the user revokes it. After
    ``calendar_until``, its last day, it leads nowhere, unless the user renews it.
    """

    reached_by = OWN_RULE
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    every = models.PositiveSmallIntegerField("how often", choices=Every, default=Every.NEVER)
    calendar_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    calendar_until = models.DateField(null=True, blank=True, editable=False)
    last_sent_on = models.DateField(null=True, blank=True, editable=False)

    objects = RemindersQuerySet.as_manager()

    class Meta:
        ordering = ["user", "pk"]
        verbose_name = verbose_name_plural = "reminders"
        constraints = [
            models.CheckConstraint(
                condition=Q(calendar_key__isnull=True) | Q(calendar_until__isnull=False), name="calendar_ends"
            )
        ]

    def __str__(self) -> str:
        return f"Reminders of {self.user}"
