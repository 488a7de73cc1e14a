"""What the lists and pages of all facts share."""

from typing import Any

from django.db.models import Q, QuerySet

from forces.filters import other_names
from forces.models import Membership, Organisation, Region
from inspections.models import (
    Inspection,
    Programme,
    SourceDocument,
)
from soc_tracker.lib.filter_fields import SlugsFilter

# Whose fact it is: words typed to find a fact often name its body, by whichever of its names.
NAMES, OTHER_NAMES = ("organisation__folded", "region__folded"), (other_names("organisation"),)


class OrganisationsFilter(SlugsFilter):
    def __init__(self, field_name: str = "organisation__slug", **kwargs: Any) -> None:
        super().__init__(field_name, records=Organisation.objects.visible_to, label="Organisation", **kwargs)


class RegionsFilter(SlugsFilter):
    """Rows about an organisation that belongs to one of the regions today, or about a region itself.

    ``organisation`` and ``region`` are the paths to them; a row may lack the second.
    """

    def __init__(self, organisation: str = "organisation", region: str = "region", **kwargs: Any) -> None:
        self.organisation, self.region = organisation, region
        super().__init__(f"{organisation}__regions__slug", records=Region.objects.visible_to, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        members = Membership.objects.valid_on(self.parent.today).filter(region__slug__in=value)
        within = Q(**{f"{self.organisation}__in": members.values("organisation")})
        return qs.filter(within | Q(**{f"{self.region}__slug__in": value}) if self.region else within)


class ProgrammesFilter(SlugsFilter):
    def __init__(self, field_name: str = "inspection__programme__slug") -> None:
        super().__init__(field_name, records=Programme.objects.visible_to, label="Programme")


class InspectionsFilter(SlugsFilter):
    """Set by links from an inspection's page."""

    def __init__(self, field_name: str = "inspection__slug") -> None:
        records = Inspection.objects.visible_to
        super().__init__(field_name, records=records, words="title", label="Inspection", hidden=True)


class SourcesFilter(SlugsFilter):
    """Set by links from a source's page, unless shown."""

    def __init__(self, *, hidden: bool = True) -> None:
        records = SourceDocument.objects.visible_to
        super().__init__("source__slug", records=records, words="title", label="Source", hidden=hidden)
