"""The list of recommendations."""

from dataclasses import replace
from datetime import date, timedelta

from forces.pages import other_names
from inspections.pages import (
    CITATIONS,
    LOCATOR,
    SINCE,
    SINCE_ON,
    SOURCE,
    SOURCES_DIFFER,
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    PublishedList,
    RegionsFilter,
    SourcesFilter,
    address_of,
    marked,
)
from inspections.recommendations.models import Recommendation, RecommendationQuerySet
from inspections.vocabularies.models import RequirementStatus
from soc_tracker.core.lists.columns import Column, on, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet

RECOMMENDATION_COLUMNS = (
    marked(Column("text", "Recommendation", lambda recommendation: recommendation.text, address_of)),
    Column(
        "addressed_to",
        "For",
        lambda recommendation: recommendation.addressed_to.name,
        lambda recommendation: address_of(recommendation.addressed_to),
        sort=("addressed_to__name", "due_on", "finding__order", "number"),
    ),
    Column(
        "due",
        "Due",
        lambda recommendation, today: recommendation.requirement.due_in_words(today),
        dated=True,
        sort=("requirement__due_on", "addressed_to__name", "finding__order", "number"),
        api=("due_as_published",),
    ),
    Column(
        "status",
        "Status",
        lambda row: row.requirement.status.label,
        tag=lambda row: row.requirement.status.colour,
        sort=("requirement__status__order", "requirement__due_on"),
    ),
    Column("known", "Known", lambda row: row.requirement.known, api=()),
    Column("status_kind", "Kind of status", lambda row: row.requirement.status_kind),
    Column(
        "status_on",
        "Status as at (first day of the span known)",
        lambda row: row.requirement.status_day.on,
        api=("status_on", "status_precision"),
    ),
    Column("due_on", "Due (first day of the span known)", lambda recommendation: recommendation.due_on),
    Column(
        "due_now",
        "Due now (first day of the span known)",
        lambda recommendation: recommendation.requirement.due_on,
        api=("due_now_on", "due_now_precision"),
    ),
    Column("due_precision", "Precision", lambda recommendation: recommendation.get_due_precision_display()),
    Column("number", "Number", lambda recommendation: recommendation.number, numeric=True),
    Column(
        "finding",
        "Finding",
        lambda recommendation: recommendation.finding.title,
        lambda recommendation: address_of(recommendation.finding),
        wide_only=True,
    ),
    replace(
        SINCE,
        value=lambda recommendation: SINCE.value(recommendation.finding),
        sort=("-finding__inspection__published_on", "requirement__due_on", "number"),
    ),
    replace(SINCE_ON, value=lambda recommendation: SINCE_ON.value(recommendation.finding)),
    Column("programme", "Programme", lambda recommendation: recommendation.finding.inspection.programme.name),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
)


def recommendations_on_pages(today: date) -> tuple[Column, ...]:
    """What the page of something else shows of its recommendations."""
    return on(pick(RECOMMENDATION_COLUMNS, "text", "addressed_to", "due", "status", "known"), today)


class RecommendationFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", "finding__folded", "addressed_to__folded"),
        elsewhere=(other_names("addressed_to"),),
        label="Words",
    )
    status = ChoicesFilter("requirement__status", choices=RequirementStatus.words, label="Status")
    overdue = OneChoiceFilter(
        field_name="due_on", choices=[("yes", "Only overdue")], label="Overdue", method="only_overdue"
    )
    due_within = OneChoiceFilter(
        field_name="due_on",
        choices=[(str(days), f"The next {days} days, not closed") for days in (30, 90, 365)],
        label="Due within",
        method="only_due_within",
        empty_label="Any time",
    )
    due_from = DayFilter(field_name="due_on", label="Due from", method=lambda rows, name, day: rows.due_from(day))
    due_to = DayFilter(
        field_name="due_on", label="Due to (that day included)", method=lambda rows, name, day: rows.due_to(day)
    )
    organisation = OrganisationsFilter("addressed_to__slug")
    region = RegionsFilter(organisation="addressed_to", region="finding__region", label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")
    inspection = InspectionsFilter("finding__inspection__slug")
    source = SourcesFilter()

    class Meta:
        model = Recommendation
        fields = ()

    def only_overdue(self, queryset: RecommendationQuerySet, name: str, value: str) -> RecommendationQuerySet:
        return queryset.overdue(self.today)

    def only_due_within(self, queryset: RecommendationQuerySet, name: str, value: str) -> RecommendationQuerySet:
        last = self.today + timedelta(days=int(value))
        return queryset.not_closed().due_from(self.today).due_to(last)


class RecommendationList(PublishedList):
    title = "Recommendations"
    template_name = "inspections/recommendation_list.html"
    filterset_class = RecommendationFilter
    columns = RECOMMENDATION_COLUMNS
    on_page = ("text", "addressed_to", "due", "status", "known", "since", "finding")
    order = ("requirement__due_on", "addressed_to__name", "finding__order", "number")
