"""How far an account sees: whose threats, disruptions, plans and orders, from which day to which, and so which rows."""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.timezone import localdate, localtime, now

from soc_tracker.core.access.roles import has_any_role, is_administrator
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


# What an account sees of the record, put together from its reaches: the rows of which bodies, the sums of which
# regions. Whatever reads rows or counts asks here, and nowhere else.


Keys = frozenset[int]


@dataclass(frozen=True)
class Sight:
    """The rows of ``bodies`` are seen, and what those of ``regions`` come to in all; or everything."""

    everything: bool = False
    bodies: Keys = frozenset()
    regions: Keys = frozenset()

    def sees(self, body: int | None) -> bool:
        """Whether the rows of the body with this key are seen; of no body, only by who sees everything."""
        return self.everything or body in self.bodies

    @property
    def fields(self) -> dict[str, Any]:
        """What a record keeps of it that is ``Whole``: whose rows it counts."""
        return {"of_every_body": self.everything, "bodies": sorted(self.bodies)}


OUTSIDE_REACH = "outside your reach"
"""What stands in place of a figure of rows that are not seen: it is not 0, and not "no records"."""
EVERYTHING, NOTHING = Sight(everything=True), Sight()
"""What commands and the site's own work see, which no reader is shown; and what an account without a reach does."""


def sight_of(user: AbstractBaseUser | AnonymousUser) -> Sight:
    """Worked out once for each request's account. Administrators, who give out reaches, see everything."""
    if not has_any_role(user):
        return NOTHING
    account: Any = user
    if hasattr(account, "_sight_cache"):
        known: Sight = account._sight_cache
        return known
    sees_all, day = is_administrator(account), localdate()
    reaches: list[tuple[bool, int | None, int | None]] = []
    if not sees_all:
        in_force = account.reaches.in_force(day)
        reaches += in_force.values_list("is_national", "region_id", "organisation_id")
    if sees_all or any(is_national for is_national, _, _ in reaches):
        sight = EVERYTHING
    elif not reaches:
        sight = NOTHING
    else:
        resolve: Callable[[Collection[int], Collection[int], date], tuple[Keys, Keys]] = import_string(settings.REACHES)
        regions = {region for _, region, _ in reaches if region}
        bodies, summed = resolve(regions, {body for _, _, body in reaches if body}, day)
        sight = Sight(bodies=bodies, regions=summed)
    account._sight_cache = sight
    return sight


def with_sight(user: AbstractBaseUser | AnonymousUser, sight: Sight) -> Any:
    """The same user, who sees what the sight says: to work out again what somebody saw who saw less."""
    other: Any = copy(user)
    other._sight_cache = sight
    return other
