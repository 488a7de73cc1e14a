"""Every write of regions, organisations and areas: see ``soc_tracker.lib.services`` for the three verbs."""

from django.db import models

from forces.models import LocalPolicingArea, LocalProfile, Region
from forces.services.memberships import MEMBERSHIPS, SUCCESSIONS
from forces.services.organisations import ALIASES, ORGANISATIONS, add_alias, rename
from soc_tracker.lib.services import Service

__all__ = ["ALIASES", "AREAS", "MEMBERSHIPS", "ORGANISATIONS", "PROFILES", "REGIONS", "SERVICES", "SUCCESSIONS"]
__all__ += ["add_alias", "rename"]


REGIONS = Service(Region, fixed=("slug",))
AREAS = Service(LocalPolicingArea, fixed=("organisation",))
PROFILES = Service(LocalProfile)
SERVICES: dict[type[models.Model], Service] = {
    service.model: service for service in (REGIONS, ORGANISATIONS, ALIASES, MEMBERSHIPS, SUCCESSIONS, AREAS, PROFILES)
}
