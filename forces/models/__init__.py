"""Regions, organisations and their areas."""

from forces.models.areas import LocalPolicingArea, LocalProfile
from forces.models.organisations import Alias, Force, Membership, Organisation, Rocu, Succession
from forces.models.regions import Region

__all__ = [
    "Alias",
    "Force",
    "LocalPolicingArea",
    "LocalProfile",
    "Membership",
    "Organisation",
    "Region",
    "Rocu",
    "Succession",
]
