"""How far an account sees: whose threats, disruptions, plans and orders, from which day to which."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime, now

from soc_tracker.core.text.days import in_words, to_words


class ReachQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """Begun, and neither past their last day nor ended before it."""
        return self.not_over(day).filter(valid_from__lte=day)

    def not_over(self, day: date) -> Self:
        """In force on the day, or to come."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), ended_at__isnull=True)


class Reach(models.Model):
    """One reach that an administrator gave an account: of the whole country, of a region or of one body.

    Both days are inclusive; without a last one it goes on. A reach is never deleted: it is given a last day, or is
    ended at once, ``ended_at`` a moment.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reaches")
    is_national = models.BooleanField("the whole country", default=False)
    region = models.ForeignKey("forces.Region", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("forces.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField("first day")
    valid_to = models.DateField("last day", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=now)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reaches"
        ordering = ["account_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_national=True, region__isnull=True, organisation__isnull=True)
                | Q(is_national=False, region__isnull=False, organisation__isnull=True)
                | Q(is_national=False, region__isnull=True, organisation__isnull=False),
                name="reach_of_one_kind",
                violation_error_message="Choose one of three: the whole country, a region, or a body.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="reach_days_in_order",
                violation_error_message="The last day comes before the first.",
            ),
        ]

    def __str__(self) -> str:
        return "The whole country" if self.is_national else str(self.region or self.organisation)

    @property
    def in_words(self) -> str:
        """What it is of, with its days."""
        ended = f", ended on {in_words(localtime(self.ended_at).date())}" if self.ended_at else ""
        return f"{self}, {to_words(self.valid_from, self.valid_to)}{ended}"
