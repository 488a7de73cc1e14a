"""Threats in words: the columns of their lists, and what one of them was over time."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from disruptions.choices import Size, ThreatType
from disruptions.columns.models import THREAT_COLUMNS
from disruptions.standpoint.pages import RecordList
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.forms import MASTER, NAMED_ONLY, USUALLY_RANKED, PriorityFilter, ThreatFilter
from disruptions.threats.models import MorileAssessment, Threat
from disruptions.threats.queries import (
    Priorities,
    counts_by_type,
    number_on_record,
    priorities,
)
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.lists.filters import FILE, address
from soc_tracker.core.lists.paging import KeysetPage, in_order

NO_OWNER = "No owner on record"
NO_DISRUPTION = "None on record"
NO_DISRUPTIONS_LOADED = "Disruptions not loaded"


def no_disruption(standpoint: Standpoint) -> str:
    return NO_DISRUPTION if standpoint.sight.everything else "None of bodies in your reach"


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
        return threat.last_disruption or (
            no_disruption(standpoint) if disruptions_known_to() else NO_DISRUPTIONS_LOADED
        )

    more: dict[str, dict[str, Any]] = {
        "reference": {"link": lambda row: threat_url(row, standpoint)},
        "type": {"sort": ("type", "tier", "reference")},
        "tier": {"sort": ("tier", "reference"), "numeric": True},
        "organisation": {
            "link": lambda row: row.organisation.get_absolute_url() if row.organisation else "",
            "sort": ("organisation__name", "reference"),
            "wide_only": True,
        },
    }
    own = [
        Column(each.api or each.name, each.heading, each.read, **more.get(each.name, {}))
        for each in THREAT_COLUMNS
        if each.model is not MorileAssessment
    ]
    after_owner = 1 + [column.key for column in own].index("organisation")
    return (
        *own[:after_owner],
        Column("score", "MoRiLE total", lambda row: as_given(row.score), numeric=True, sort=("-score", "reference")),
        Column("scored_on", "Scored on", lambda threat: threat.scored_on, wide_only=True),
        Column(
            "last_disruption", "Last disruption", last_disruption, whole=True, sort=("last_disruption", "reference")
        ),
        *own[after_owner:],
        Column("first_type", "Type when first named", lambda threat: threat.get_first_type_display()),
    )


OWNER_COLUMNS = (
    Column("organisation", "Owner", lambda line: line[0]),
    *(
        Column(kind.value, kind.plural, lambda line, kind=kind: line[1].get(kind, 0), numeric=True)
        for kind in ThreatType
    ),
    Column("total", "All types", lambda line: sum(line[1].values()), numeric=True),
)


# Threats: their list, their order of priority, and each on a page of its own.


TITLES = {MASTER: "Master list of SOC threats", NAMED_ONLY: "Threats that only a disruption names"}


class ThreatList(RecordList):
    """Threats as they stood on a day; ``list=master`` narrows them to the inspectorate's master list."""

    usual_title = "SOC threats"
    marked_at = "marking"
    template_name = "disruptions/threat_list.html"
    filterset_class = ThreatFilter
    order = ("reference",)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Threat.objects.visible_to(user).select_related("organisation", "area")

    def rows_in_file(self) -> Iterable[Any]:
        """With their crime types, which the page has no room for."""
        return in_order(self.filter.qs, self.chosen_order).prefetch_related("crime_types")

    @cached_property
    def counts(self) -> dict[str | None, dict[ThreatType, int]]:
        """Of the master list, how many threats each body has of each type; of other lists, none."""
        is_counted = self.which == MASTER and not self.filter.problems
        return counts_by_type(self.filter.qs, by="organisation__name") if is_counted else {}

    def total(self) -> int | None:
        """Of the master list, and of every threat on record: whatever else narrows the list counts its rows."""
        if self.which == MASTER:
            return sum(sum(of_owner.values()) for of_owner in self.counts.values())
        narrowed = {name for name, value in self.filter.given.items() if value} - {"data", "as_at", "known"}
        return None if narrowed or not self.standpoint.sight.everything else number_on_record(self.standpoint)

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
        # Of each owner in order of name, of those without one (None), and of all together
        counts = self.counts
        names = sorted(counts, key=lambda name: (name is None, name or ""))
        together = {kind: sum(of.get(kind, 0) for of in counts.values()) for kind in ThreatType}
        lines = [(name or NO_OWNER, counts[name]) for name in names]
        return super().context() | {
            "which": self.which,
            "other_lists": links,
            "counts": [*lines, ("All", together)] if lines else [],
            "count_columns": OWNER_COLUMNS,
        }


class PriorityList(RecordList):
    """The threats with the highest scores, on one page."""

    title = "Threats in order of priority"
    marked_at = "marking"
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
        """Of ``Ranked`` threats: those of threats, with their place and their last disruption."""

        def of_ranked(column: Column, **more: Any) -> Column:
            value, link = column.value, column.link
            to = (lambda row: link(row.threat)) if link else None
            return replace(column, value=lambda row: value(row.threat), link=to, sort=(), **{"wide_only": False} | more)

        none = no_disruption(self.standpoint)
        of = {column.key: column for column in threat_columns(self.standpoint, lambda: None)}
        return (
            of_ranked(of["reference"], heading="Threat"),
            Column("rank", "Rank", lambda row: row.rank, numeric=True),
            of_ranked(of["name"]),
            of_ranked(of["score"]),
            of_ranked(of["scored_on"], wide_only=True),
            of_ranked(of["type"], wide_only=True),
            *(of_ranked(of[key]) for key in ("tier", "organisation", "lead_responsible_officer")),
            Column(
                "last_disruption",
                "Last disruption",
                lambda row: row.last_disruption.activity_date if row.last_disruption else none,
                lambda row: row.last_disruption.get_absolute_url() if row.last_disruption else "",
            ),
            Column(
                "last_size",
                "Its size",
                lambda row: row.last_disruption.get_size_display() if row.last_disruption else None,
                tag=lambda row: Size(row.last_disruption.size).tag if row.last_disruption else "",
            ),
        )

    @cached_property
    def priorities(self) -> Priorities:
        return priorities(self.filter.qs, self.standpoint, int(self.filter.given.get("top") or USUALLY_RANKED))

    def rows_in_file(self) -> Iterable[Any]:
        return self.priorities.ranked

    @property
    def page(self) -> KeysetPage:
        return KeysetPage(self.priorities.ranked, newer_url="", older_url="", total=self.priorities.scored)

    def context(self) -> dict[str, Any]:
        unscored = address(self.request.GET, without=["top", *FILE], lacking="score", phase="open")
        return super().context() | {
            "priorities": self.priorities,
            "unscored_url": reverse("disruptions:threat_list") + unscored,
        }
