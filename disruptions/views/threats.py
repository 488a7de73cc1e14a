"""Threats: their list, their order of priority, and each on a page of its own."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from disruptions.filters.threats import MASTER, NAMED_ONLY, PriorityFilter, ThreatFilter
from disruptions.models import Threat
from disruptions.presenters.threats import BODY_COLUMNS, body_counts, priority_columns, threat_columns
from disruptions.selectors.threat_plans import PlansByThreat, plans_of
from disruptions.selectors.threats import Priorities, counts_by_name, priorities
from disruptions.views.record import RecordList
from soc_tracker.lib.pagination import Page
from soc_tracker.lib.query_strings import address
from soc_tracker.lib.tables import Column

TITLES = {MASTER: "Master list of SOC threats", NAMED_ONLY: "Threats that only a disruption names"}


class ThreatList(RecordList):
    """Threats as they stood on a day; ``list=master`` narrows them to the inspectorate's master list."""

    usual_title = "SOC threats"
    template_name = "disruptions/threat_list.html"
    filterset_class = ThreatFilter
    order = ("reference",)
    sorts: ClassVar = {
        "type": ("type", "tier", "reference"),
        "tier": ("tier", "reference"),
        "organisation": ("organisation__name", "reference"),
        "score": ("-score", "reference"),
        "last_disruption": ("last_disruption", "reference"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Threat.objects.visible_to(user).for_list()

    @property
    def which(self) -> str:
        """The value of ``list``: "" is every threat on record."""
        return str(self.filter.given.get("list") or "")

    @property
    def title(self) -> str:
        return TITLES.get(self.which, self.usual_title)

    @property
    def columns(self) -> tuple[Column, ...]:
        return threat_columns(self.standpoint, lambda: self.filter.disruptions_known_to)

    @property
    def on_page(self) -> tuple[str, ...]:
        if self.which == NAMED_ONLY:
            return ("reference", "first_type", "name", "organisation")
        return ("reference", "name", "type", "tier", "phase", "organisation", "score", "last_disruption")

    def extra_context(self) -> dict[str, Any]:
        return {
            "which": self.which,
            "standpoint": self.standpoint,
            "other_lists": self._other_lists(),
            **self._counts(),
        }

    def _other_lists(self) -> list[tuple[str, str]]:
        """The other lists from the same standpoint, by name."""
        lists = [(title, address(self._asked, list=name)) for name, title in TITLES.items() if name != self.which]
        whole = [("Every threat on record", address(self._asked))] if self.which else []
        pages = (("In order of priority", "priority_list"), ("Data quality", "data_quality"))
        return [
            *whole,
            *lists,
            *((title, reverse(f"disruptions:{name}") + address(self._asked)) for title, name in pages),
        ]

    @property
    def _asked(self) -> QueryDict:
        """The part of the address that says from where the record is looked at."""
        query = self.filter.query.copy()
        for name in set(query) - {"data", "as_at"}:
            del query[name]
        return query

    def _counts(self) -> dict[str, Any]:
        """Of the master list: how many threats of each type each body has."""
        if self.which != MASTER or self.filter.problems:
            return {"counts": []}
        return {
            "counts": body_counts(counts_by_name(self.filter.qs)),
            "count_columns": BODY_COLUMNS,
        }


class PriorityList(RecordList):
    """The threats with the highest scores, on one page."""

    title = "Threats in order of priority"
    template_name = "disruptions/priority_list.html"
    filterset_class = PriorityFilter
    on_page = (
        *("reference", "rank", "name", "score", "organisation"),
        *("lead_responsible_officer", "plan", "last_disruption", "last_size"),
    )
    order = ()

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Threat.objects.visible_to(user).select_related("organisation")

    @property
    def columns(self) -> tuple[Column, ...]:
        return priority_columns(self.standpoint, lambda: self.plans)

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().breadcrumbs(), ("SOC threats", reverse("disruptions:threat_list"))]

    @cached_property
    def priorities(self) -> Priorities:
        return priorities(self.filter.qs, self.standpoint, self.filter.size)

    @cached_property
    def plans(self) -> PlansByThreat:
        return plans_of(self.request.user, [row.threat.pk for row in self.priorities.ranked])

    def rows_in_file(self) -> Iterable[Any]:
        return self.priorities.ranked

    def _page(self) -> Page:
        return Page(self.priorities.ranked, newer_url="", older_url="", total=self.priorities.scored)

    def extra_context(self) -> dict[str, Any]:
        unscored = address(self.request.GET, without=["top", "format"], lacking="score", phase="open")
        return {
            "standpoint": self.standpoint,
            "priorities": self.priorities,
            "unscored_url": reverse("disruptions:threat_list") + unscored,
        }
