"""Threats in words: the columns of their lists, and what one of them was over time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from disruptions.choices import AssessmentType, Moderation, Size, ThreatType
from disruptions.standpoint.pages import RecordList
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.forms import MASTER, NAMED_ONLY, PriorityFilter, ThreatFilter
from disruptions.threats.models import Threat
from disruptions.threats.queries import (
    Priorities,
    counts_by_name,
    priorities,
)
from soc_tracker.core.lists.addresses import address
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.lists.paging import KeysetPage

NO_OWNER = "No owner on record"
NO_DISRUPTION = "None on record"
NO_DISRUPTIONS_LOADED = "Disruptions not loaded"


def threat_url(threat: Threat, standpoint: Standpoint) -> str:
    """The threat's page as at the day that the reader looks at."""
    url = threat.get_absolute_url()
    return url if standpoint.is_latest else f"{url}?as_at={standpoint.day.isoformat()}"


def threat_columns(standpoint: Standpoint, disruptions_known_to: Callable[[], date | None]) -> tuple[Column, ...]:
    """Columns of threats as at a day. One that only a disruption names has no state, and its cells are empty.

    ``disruptions_known_to`` gives the last day of which disruptions are known, None where none are loaded; it is
    called once a threat without a disruption is shown.
    """

    def last_disruption(threat: Any) -> date | str:
        return threat.last_disruption or (NO_DISRUPTION if disruptions_known_to() else NO_DISRUPTIONS_LOADED)

    return (
        Column("reference", "Reference", lambda row: row.reference, lambda row: threat_url(row, standpoint)),
        Column("name", "Name", lambda threat: threat.name),
        Column("type", "Type", lambda threat: _label(ThreatType, threat.type), sort=("type", "tier", "reference")),
        Column("tier", "Tier", lambda threat: threat.tier, numeric=True, sort=("tier", "reference")),
        Column("phase", "Phase", lambda threat: threat.phase),
        Column(
            "organisation",
            "Owner",
            lambda threat: _name(threat.organisation),
            _owner_url,
            wide_only=True,
            sort=("organisation__name", "reference"),
        ),
        Column(
            "score", "MoRiLE total", lambda threat: as_given(threat.score), numeric=True, sort=("-score", "reference")
        ),
        Column("scored_on", "Scored on", lambda threat: threat.scored_on, wide_only=True),
        Column(
            "last_disruption", "Last disruption", last_disruption, whole=True, sort=("last_disruption", "reference")
        ),
        Column("lead_responsible_officer", "Lead responsible officer", lambda row: row.lead_responsible_officer),
        Column("crime_types", "Crime types", lambda row: "; ".join(kind.name for kind in row.crime_types.all())),
        Column("area", "Local policing area", lambda threat: _name(threat.area)),
        Column("assessment_type", "Assessment type", lambda row: _label(AssessmentType, row.assessment_type)),
        Column("moderation", "Moderation", lambda threat: _label(Moderation, threat.moderation)),
        Column("soc", "SOC", lambda threat: threat.is_soc),
        Column("valid_from", "So since", lambda threat: threat.valid_from, api=("since",)),
        Column("first_type", "Type when first named", lambda threat: threat.get_first_type_display()),
    )


def priority_columns(standpoint: Standpoint) -> tuple[Column, ...]:
    """Columns of ``Ranked`` threats."""
    return (
        Column("reference", "Threat", lambda row: row.threat.reference, lambda row: threat_url(row.threat, standpoint)),
        Column("rank", "Rank", lambda row: row.rank, numeric=True),
        Column("name", "Name", lambda row: row.threat.name),
        Column("score", "MoRiLE total", lambda row: as_given(row.threat.score), numeric=True),
        Column("scored_on", "Scored on", lambda row: row.threat.scored_on, wide_only=True),
        Column("type", "Type", lambda row: _label(ThreatType, row.threat.type), wide_only=True),
        Column("tier", "Tier", lambda row: row.threat.tier, numeric=True),
        Column("organisation", "Owner", lambda row: _name(row.threat.organisation), lambda row: _owner_url(row.threat)),
        Column("lead_responsible_officer", "Lead responsible officer", lambda row: row.threat.lead_responsible_officer),
        Column(
            "last_disruption",
            "Last disruption",
            lambda row: row.last_disruption.activity_date if row.last_disruption else NO_DISRUPTION,
            lambda row: row.last_disruption.get_absolute_url() if row.last_disruption else "",
        ),
        Column(
            "last_size",
            "Its size",
            lambda row: row.last_disruption.get_size_display() if row.last_disruption else None,
            tag=lambda row: Size(row.last_disruption.size).tag if row.last_disruption else "",
        ),
    )


@dataclass(frozen=True)
class BodyCounts:
    """One line of the counts by body: ``counts`` by type, none of a type being 0."""

    name: str
    counts: dict[ThreatType, int]
    total: int


BODY_COLUMNS = (
    Column("organisation", "Owner", lambda row: row.name),
    *(
        Column(
            kind.value,
            kind.plural,
            lambda row, kind=kind: row.counts.get(kind, 0),
            numeric=True,
        )
        for kind in ThreatType
    ),
    Column("total", "All types", lambda row: row.total, numeric=True),
)


def body_counts(counts: Mapping[str | None, dict[ThreatType, int]]) -> list[BodyCounts]:
    """The counts by name of the body in order of it, those without an owner (None) last, then all of them together."""
    names = sorted(counts, key=lambda name: (name is None, name or ""))
    lines = [BodyCounts(name or NO_OWNER, counts[name], sum(counts[name].values())) for name in names]
    together = {kind: sum(line.counts.get(kind, 0) for line in lines) for kind in ThreatType}
    return [*lines, BodyCounts("All", together, sum(together.values()))] if lines else []


def _label(choices: Any, value: Any) -> str | None:
    return None if value in (None, "") else str(choices(value).label)


def _name(record: Any) -> str | None:
    return record.name if record else None


def _owner_url(threat: Threat) -> str:
    return threat.organisation.get_absolute_url() if threat.organisation else ""


# Threats: their list, their order of priority, and each on a page of its own.


TITLES = {MASTER: "Master list of SOC threats", NAMED_ONLY: "Threats that only a disruption names"}


class ThreatList(RecordList):
    """Threats as they stood on a day; ``list=master`` narrows them to the inspectorate's master list."""

    usual_title = "SOC threats"
    template_name = "disruptions/threat_list.html"
    filterset_class = ThreatFilter
    order = ("reference",)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Threat.objects.visible_to(user).for_list()

    @property
    def which(self) -> str:
        """The value of ``list``: "" is every threat on record."""
        return str(self.filterset.given.get("list") or "")

    @property
    def title(self) -> str:  # type: ignore[override]
        return TITLES.get(self.which, self.usual_title)

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        return threat_columns(self.standpoint, lambda: self.filter.disruptions_known_to)

    @property
    def on_page(self) -> tuple[str, ...]:  # type: ignore[override]
        if self.which == NAMED_ONLY:
            return ("reference", "first_type", "name", "organisation")
        return ("reference", "name", "type", "tier", "phase", "organisation", "score", "last_disruption")

    def context(self) -> dict[str, Any]:
        """With the other lists from the same standpoint, and, of the master list, how many threats each body has."""
        query = self.filter.query.copy()
        for name in set(query) - {"data", "as_at"}:
            del query[name]
        links = [("Every threat on record", address(query))] if self.which else []
        links += [(title, address(query, list=name)) for name, title in TITLES.items() if name != self.which]
        for title, name in (("In order of priority", "priority_list"), ("Data quality", "data_quality")):
            links.append((title, reverse(f"disruptions:{name}") + address(query)))
        is_counted = self.which == MASTER and not self.filter.problems
        return super().context() | {
            "which": self.which,
            "other_lists": links,
            "counts": body_counts(counts_by_name(self.filter.qs)) if is_counted else [],
            "count_columns": BODY_COLUMNS,
        }


class PriorityList(RecordList):
    """The threats with the highest scores, on one page."""

    title = "Threats in order of priority"
    parents = (("SOC threats", "disruptions:threat_list"),)
    template_name = "disruptions/priority_list.html"
    filterset_class = PriorityFilter
    on_page: ClassVar[tuple[str, ...]] = (
        *("reference", "rank", "name", "score", "organisation"),
        *("lead_responsible_officer", "last_disruption", "last_size"),
    )
    order = ()

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Threat.objects.visible_to(user).select_related("organisation")

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        return priority_columns(self.standpoint)

    @cached_property
    def priorities(self) -> Priorities:
        return priorities(self.filter.qs, self.standpoint, self.filter.size)

    def rows_in_file(self) -> Iterable[Any]:
        return self.priorities.ranked

    @property
    def page(self) -> KeysetPage:
        return KeysetPage(self.priorities.ranked, newer_url="", older_url="", total=self.priorities.scored)

    def context(self) -> dict[str, Any]:
        unscored = address(self.request.GET, without=["top", "format"], lacking="score", phase="open")
        return super().context() | {
            "priorities": self.priorities,
            "unscored_url": reverse("disruptions:threat_list") + unscored,
        }
