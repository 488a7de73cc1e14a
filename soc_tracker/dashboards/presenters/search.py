"""Search results, kind by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from disruptions.presenters.threat_page import DISRUPTION_COLUMNS
from disruptions.presenters.threats import threat_columns
from disruptions.selectors.threats import disruptions_known_to
from forces import exports as forces
from inspections import exports
from soc_tracker.dashboards.presenters.columns import INSPECTIONS, SOURCE
from soc_tracker.dashboards.selectors.search import MOST, Results
from soc_tracker.dashboards.selectors.search_record import RecordResults
from soc_tracker.lib.tables import Column, picked

REGIONS = picked(forces.REGION_COLUMNS, "name", "note")
ORGANISATIONS = (
    *picked(forces.BODY_COLUMNS, "name"),
    Column("kind", "Kind", lambda body: body.get_kind_display()),
)
FINDINGS = picked(exports.FINDING_COLUMNS, "title", "kind", "about", "programme")
FIGURES = (*picked(exports.FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)


@dataclass(frozen=True)
class Group:
    """The results of one kind. ``all_url`` leads to the list of all of them, "" where all are shown.

    ``kind_of_data`` is "" for names, which are no data.
    """

    heading: str
    kind_of_data: str
    columns: Sequence[Column]
    rows: Sequence[Model]
    all_url: str


def groups(results: Results, text: str) -> list[Group]:
    """The kinds of which anything was found."""
    everything = (
        ("Regions", "", REGIONS, results.regions, "forces:region_list"),
        ("Forces, regional units and other bodies", "", ORGANISATIONS, results.organisations, "forces:force_list"),
        ("Findings", "published", FINDINGS, results.findings, "inspections:finding_list"),
        ("Published figures", "published", FIGURES, results.figures, "inspections:figure_list"),
        ("Inspections", "published", INSPECTIONS, results.inspections, "inspections:inspection_list"),
    )
    return [
        Group(heading, kind, columns, found.rows, _all(url_name, text) if found.more else "")
        for heading, kind, columns, found, url_name in everything
        if found.rows
    ]


def record_groups(results: RecordResults, text: str) -> list[Group]:
    """The kinds of which anything was found on record."""
    threats = picked(
        threat_columns(results.standpoint, partial(disruptions_known_to, results.standpoint)),
        "reference",
        "name",
        "type",
        "organisation",
    )
    everything = (
        ("SOC threats", threats, results.threats, "disruptions:threat_list"),
        ("Disruptions", DISRUPTION_COLUMNS, results.disruptions, "disruptions:disruption_list"),
    )
    return [
        Group(heading, results.standpoint.kind, columns, found.rows, words_url(name, text) if found.more else "")
        for heading, columns, found, name in everything
        if found.rows
    ]


def words_url(url_name: str, text: str) -> str:
    """The list of the record in which the words are looked for."""
    return f"{reverse(url_name)}?{urlencode({'q': text})}"


def summary(found: list[Group], text: str) -> str:
    """How much was found, in one sentence."""
    if not found:
        return f"Nothing holds all the words of “{text}”."
    shown = sum(len(group.rows) for group in found)
    cut = f" Of each kind at most {MOST} are shown here." if any(group.all_url for group in found) else ""
    return f"{shown} results that hold all the words of “{text}”.{cut}" if shown > 1 else f"One result for “{text}”."


def _all(url_name: str, text: str) -> str:
    return f"{reverse(url_name)}?{urlencode({'q': text})}"
