"""Named filters of regions, organisations and areas."""

from forces.querysets.bodies import (
    ForceManager,
    LocalProfileQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    RegionQuerySet,
    RocuManager,
)
from forces.querysets.visible import VisibleQuerySet, valid_on

__all__ = [
    "ForceManager",
    "LocalProfileQuerySet",
    "MembershipQuerySet",
    "OrganisationQuerySet",
    "RegionQuerySet",
    "RocuManager",
    "VisibleQuerySet",
    "valid_on",
]
