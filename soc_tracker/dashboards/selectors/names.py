"""The names that people search by, for telling them what they may have meant."""

from django.db.models import QuerySet

from disruptions.models import CrimeType, Threat
from forces.models import Alias, LocalPolicingArea, Organisation, Region
from inspections.models import Measure, Programme, Topic
from plans4p.models import LeadOfficer, Partner, Site, Tactic
from soc_tracker.dashboards.selectors.bodies import User

MOST = 5_000
"""Of each kind: enough for all but the names of threats, of which there may be more than anybody could be helped by."""


def names(user: User) -> list[str]:
    """Names of bodies, regions, areas, partners, officers, sites, subjects and threats that the user may see."""
    kinds: tuple[tuple[QuerySet, str], ...] = (
        (Region.objects.visible_to(user), "name"),
        (Organisation.objects.visible_to(user), "name"),
        (Alias.objects.visible_to(user), "name"),
        (LocalPolicingArea.objects.visible_to(user), "name"),
        (Topic.objects.visible_to(user), "name"),
        (Programme.objects.visible_to(user), "name"),
        (Measure.objects.visible_to(user), "name"),
        (CrimeType.objects.visible_to(user), "name"),
        (Tactic.objects.visible_to(user), "name"),
        (Partner.objects.visible_to(user), "name"),
        (LeadOfficer.objects.visible_to(user), "name"),
        (Site.objects.visible_to(user), "place"),
        (Threat.objects.visible_to(user).exclude(name=""), "name"),
    )
    return [name for rows, field in kinds for name in rows.order_by("pk").values_list(field, flat=True)[:MOST]]
