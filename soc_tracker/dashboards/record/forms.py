"""What a page can be asked of the record: kind of data, day, period; and which bodies a comparison is of."""

from enum import StrEnum
from functools import cached_property

from disruptions.choices import FourP
from disruptions.record.models import Disruption
from disruptions.standpoint.forms import AsAtFilter, OrganisationsFilter, RegionsFilter, StandpointSet
from disruptions.trend.queries import Span
from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from soc_tracker.core.lists.columns import in_page_words
from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter
from soc_tracker.core.lists.filters import Problem
from soc_tracker.core.text.days import months_between
from soc_tracker.dashboards.record.queries import ChosenPeriod, period_of

# More months than this are drawn by quarter unless the reader asks for months.
MOST_MONTHS = 24


class PeriodFilter(StandpointSet):
    """The standpoint, and a period of activity with both ends in it."""

    locals()["from"] = DayFilter(label="Activity from", method="as_it_is")  # a keyword, so no plain attribute
    to = DayFilter(label="Activity to", method="as_it_is")

    class Meta:
        model = Disruption
        fields = ()

    @cached_property
    def period(self) -> ChosenPeriod:
        return period_of(self.given.get("from"), self.given.get("to"), self.standpoint.day)


class TrendFilter(PeriodFilter):
    """A period, and whether it is told by month or by quarter."""

    by = OneChoiceFilter(
        choices=[(Span.MONTH.value, "Month"), (Span.QUARTER.value, "Quarter")],
        label="Over time by",
        method="as_it_is",
        empty_label="Month, or quarter for over two years",
    )

    @property
    def span(self) -> Span:
        months = months_between(self.period.first, self.period.last) + 1
        usual = Span.MONTH if months <= MOST_MONTHS else Span.QUARTER
        return Span(self.given.get("by") or usual)


SHOWN_ALONE = (
    ("open-items", "What is not closed, by years since publication, in small pictures"),
    ("topics", "Findings by topic"),
    ("published-shares", "Shares of lead disruptions, as published"),
    ("quarters", "Lead disruptions by 4P and quarter, in small pictures"),
    ("lead-disruptions", "Lead disruptions by 4P and by size"),
    ("threats", "Threats on the master list"),
    ("rates", "In proportion to officers and residents"),
)
"""What a comparison may show by itself: the slugs of its reports, and what they are called."""


class Boundaries(StrEnum):
    """Whether a body that is no more is counted by itself, or with the one in which all of it goes on today."""

    THEN = "then"
    NOW = "now"


BOUNDARIES = (
    (Boundaries.THEN.value, "Of then: each body by itself"),
    (Boundaries.NOW.value, "Of now: with the body in which it goes on"),
)


class BoundariesFilter(OneChoiceFilter):
    def __init__(self) -> None:
        super().__init__(
            choices=BOUNDARIES,
            label="Boundaries",
            method="as_it_is",
            empty_label="Of then, unless chosen",
        )


class RecordPartFilter(TrendFilter):
    """What the page of the record of a body or a region can be asked."""

    boundaries = BoundariesFilter()


class SecondDay(AsAtFilter):
    """Another day, so that what was recorded between the two shows."""

    def __init__(self) -> None:
        super().__init__()
        self.label = "And beside it, as at"


class CompareFilter(PeriodFilter):
    """Bodies side by side; with ``second_as_at`` also as the record stood on another day."""

    region = RegionsFilter(records=Region.objects.visible_to)
    organisation = OrganisationsFilter(records=Organisation.objects.visible_to)
    kind = ChoicesFilter(choices=OrganisationKind.choices, label="All of a kind", method="as_it_is")
    four_p = OneChoiceFilter(
        choices=FourP.choices, label="Share of", method="as_it_is", empty_label="Pursue, unless chosen"
    )
    second_as_at = SecondDay()
    boundaries = BoundariesFilter()
    show = OneChoiceFilter(choices=SHOWN_ALONE, label="Only", method="as_it_is")

    @cached_property
    def problems(self) -> list[Problem]:
        """With a second day on which nothing of the period was known yet."""
        problems = list(super().problems)
        second = self.given.get("second_as_at")
        if second and not problems and second < self.period.first:
            begin, label = in_page_words(self.period.first), self.filters["second_as_at"].label
            message = f"{label}: {in_page_words(second)} is before the period, which begins on {begin}."
            problems.append(Problem("second_as_at", second.isoformat(), f"{message} Choose a later day."))
        return problems
