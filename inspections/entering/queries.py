"""What a person who enters an inspection by hand needs to see."""

from django.db.models import Q
from django.utils.timezone import localdate

from forces.models import Organisation
from inspections.programmes.models import Inspection
from inspections.queries import User


def can_add(user: User, path: str = "") -> Q:
    """The inspections at a path that the user may add to: to one that was published here, its team alone adds."""
    own = Inspection._base_manager.filter(team__account=user.pk)
    at = f"{path}__" if path else ""
    return Q(**{f"{at}out_at__isnull": True}) | Q(**{f"{at}pk__in": own.values("pk")})


def list_bodies(user: User, inspection: Inspection) -> list[Organisation]:
    """The bodies that an inspection is about: of a region, those that were in it on the day of the inspection."""
    bodies = Organisation.objects.visible_to(user)
    if inspection.region is None:
        return list(bodies.filter(pk__in=[inspection.organisation_id]))
    day = inspection.fieldwork_on or inspection.published_on or localdate()
    return list(bodies.in_region(inspection.region, day).order_by("-kind", "name", "pk"))
