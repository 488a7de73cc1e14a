"""Time to closure, what was done in time, and topics over time, each as at any day."""

from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from inspections.closure import charts
from inspections.closure.queries import list_cohorts, list_on_topics, regions_of, topics_of
from inspections.following.forms import ScopeFilter
from inspections.following.pages import TITLE, FollowingReports, list_tabs
from inspections.requirements.models import Requirement
from soc_tracker.core.lists.filter_fields import DayFilter
from soc_tracker.core.lists.filters import Problem
from soc_tracker.core.reports import Makers, Report
from soc_tracker.core.text.days import in_words

ENDS, PROGRAMMES = 6, 8
"""Ends of years before the day, and programmes, that get a column."""


class ClosureFilter(ScopeFilter):
    """As at a day: today, unless another is given."""

    as_at = DayFilter(field_name="due_on", label="As at", method=lambda rows, name, value: rows)

    class Meta:
        model = Requirement
        fields = ()

    @cached_property
    def problems(self) -> list[Problem]:
        problems = super().problems
        day = self.form.cleaned_data.get("as_at") if self.form.is_valid() else None
        if day and day > self.today:
            problems.append(Problem("as_at", day.isoformat(), "As at: give a day that is not yet to come."))
        return problems

    @property
    def day(self) -> date:
        return (self.form.cleaned_data.get("as_at") if self.form.is_valid() else None) or self.today


class DatedReports(FollowingReports):
    """As at a day. ``name`` is that of the address."""

    template_name = "inspections/following_reports.html"
    filterset_class = ClosureFilter
    name = ""
    lead = ""

    def context(self) -> dict[str, Any]:
        tabs = list_tabs(self.name, self.file_query())
        return super().context() | {
            "day": in_words(self.filter.day),
            "lead": self.lead,
            "is_drawn": any(each.is_drawn for each in self.reports.values()),
            "tabs": tabs,
            "tabs_label": TITLE,
            "undated": self.following.undated,
        }


class Closure(DatedReports):
    title = "Time to closure"
    files = "inspections:closure_file"
    name = "inspections:closure"
    lead = "How long it takes from publication until what must change is closed."

    def list_reports(self) -> Makers:
        day = self.filter.day
        by_year = cache(lambda: list_cohorts(self.following.rows, lambda each: str(each.history.made.year), day))
        by_kind = cache(lambda: list_cohorts(self.following.rows, lambda each: each.requirement.kind, day))
        return {
            "by-year": lambda: charts.time_to_closure(
                by_year(), day, slug="by-year", heading="Published in", title="By year of publication"
            ),
            "by-kind": lambda: charts.time_to_closure(by_kind(), day, slug="by-kind", heading="Kind", title="By kind"),
            "done": lambda: charts.done_in_time(by_year(), day),
        }


class Topics(DatedReports):
    title = "Topics over time"
    files = "inspections:topics_file"
    name = "inspections:topics"
    lead = "How many bodies have something open on a topic: a body counts once, however much is open there."

    def list_reports(self) -> Makers:
        return {"over-time": self.over_time, "by-programme": self.by_programme, "by-region": self.by_region}

    @cached_property
    def topics(self) -> dict[int, list[Any]]:
        return topics_of(self.following.rows)

    def over_time(self) -> Report:
        day = self.filter.day
        days = [date(day.year - back, 12, 31) for back in range(ENDS, 0, -1)] + [day]
        sets = [partial(lambda day, each: each.history.is_open(day), day) for day in days]
        return charts.topics_over(
            list_on_topics(self.following.rows, sets, self.topics),
            [in_words(day) for day in days],
            slug="over-time",
            title="Bodies with something open, at the end of each year",
            note="What this site does not hold of earlier years is not in it.",
        )

    def by_programme(self) -> Report:
        day = self.filter.day
        programmes = sorted(
            {each.requirement.inspection.programme for each in self.following.rows},
            key=lambda each: (-each.year, each.name),
        )[:PROGRAMMES]
        sets = [
            partial(lambda of, each: each.history.is_open(day) and each.requirement.inspection.programme == of, of)
            for of in programmes
        ]
        return charts.topics_over(
            list_on_topics(self.following.rows, sets, self.topics),
            [programme.name for programme in programmes],
            slug="by-programme",
            title=f"By programme that found it, as at {in_words(day)}",
            note=f"The newest {PROGRAMMES} programmes.",
        )

    def by_region(self) -> Report:
        day = self.filter.day
        regions = regions_of(self.following.rows, day)
        sets = [
            partial(lambda keys, each: each.requirement.pk in keys and each.history.is_open(day), keys)
            for keys in regions.values()
        ]
        return charts.topics_over(
            list_on_topics(self.following.rows, sets, self.topics),
            list(regions),
            slug="by-region",
            title=f"By region, as at {in_words(day)}",
            note="Bodies that belong to the region on that day, and the region itself.",
        )
