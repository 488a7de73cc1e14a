"""What an account sees of the record, put together from its reaches: the rows of which bodies, the sums of which
regions. Whatever reads rows or counts asks here, and nowhere else.
"""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from soc_tracker.core.access.roles import has_any_role, is_administrator

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
    if not hasattr(account, "_sight_cache"):
        account._sight_cache = EVERYTHING if is_administrator(account) else _from_reaches(account, localdate())
    sight: Sight = account._sight_cache
    return sight


def with_sight(user: AbstractBaseUser | AnonymousUser, sight: Sight) -> Any:
    """The same user, who sees what the sight says: to work out again what somebody saw who saw less."""
    other: Any = copy(user)
    other._sight_cache = sight
    return other


def _from_reaches(account: Any, day: date) -> Sight:
    reaches = list(account.reaches.in_force(day).values_list("is_national", "region_id", "organisation_id"))
    if any(is_national for is_national, _, _ in reaches):
        return EVERYTHING
    if not reaches:
        return NOTHING
    resolve: Callable[[Collection[int], Collection[int], date], tuple[Keys, Keys]] = import_string(settings.REACHES)
    regions = {region for _, region, _ in reaches if region}
    bodies, known = resolve(regions, {body for _, _, body in reaches if body}, day)
    return Sight(bodies=bodies, regions=known)
