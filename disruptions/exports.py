"""The columns of the list of disruptions, once: page, CSV and XLSX take their order and headings from here.

Each shows one field, so that files are written straight from what the
database answers (``soc_tracker.lib.tables.of_field``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from disruptions.choices import DataKind, FourP, Involvement, Size, ThreatType
from soc_tracker.lib.tables import Column, of_field

ANY = "0"


@dataclass(frozen=True)
class Names:
    """What stands behind the keys in a row, each by its key; ``regions`` are those of bodies on the day."""

    organisations: Mapping[int, str]
    regions: Mapping[int, str]
    crime_types: Mapping[int, str]
    extracts: Mapping[int, str]


def disruption_columns(names: Names, query: str = "") -> tuple[Column, ...]:
    """``query`` goes with links to pages that can be opened at a day."""
    page, threat = _prefix("disruption"), _prefix("threat")
    return (
        of_field("reference", "Reference", "reference", link=lambda row: f"{page}{quote(row.reference)}/{query}"),
        of_field("activity_date", "Activity", "activity_date", whole=True),
        of_field("added_date", "Added", "added_date", whole=True),
        of_field("organisation", "Organisation", "organisation_id", names.organisations.get),
        of_field("region", "Region", "organisation_id", names.regions.get),
        of_field("four_p", "4P", "four_p", dict(FourP.choices).get),
        of_field("size", "Size", "size", dict(Size.choices).get),
        of_field("involvement", "Lead or support", "involvement", dict(Involvement.choices).get),
        of_field("supported", "Supported", "supported_id", names.organisations.get),
        of_field(
            "threat",
            "Threat",
            "threat__reference",
            link=lambda row: f"{threat}{quote(row.threat__reference)}/{query}",
            whole=True,
        ),
        of_field("threat_type", "Threat type", "threat_type", dict(ThreatType.choices).get),
        of_field("crime_type", "Crime type", "crime_type_id", names.crime_types.get),
        of_field("summary", "Summary", "summary"),
        of_field("known_from", "On record from", "known_from", whole=True),
        of_field("extract", "Extract", "extract_id", names.extracts.get),
        of_field("extract_line", "Row of the extract", "extract_line", numeric=True),
        of_field("kind_of_data", "Kind of data", "kind_of_data", dict(DataKind.choices).get),
    )


def _prefix(name: str) -> str:
    """The address of such a page without its reference: one address is worked out, not one for each row."""
    return reverse(f"disruptions:{name}", args=[ANY]).removesuffix(f"{ANY}/")
