"""The list of recommendations, and the page of one with its log and the form that adds to it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

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
from inspections.queries import User, list_log
from inspections.recommendations.forms import LogForm
from inspections.recommendations.models import (
    Recommendation,
    RecommendationQuerySet,
    due_in_words,
    is_overdue,
    last_day,
    status_day,
    status_kind,
)
from inspections.recommendations.services import log_recommendation
from inspections.vocabularies.models import RecommendationStatus
from soc_tracker.core.lists.columns import Column, on, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.history import changes_of
from soc_tracker.core.records.pages import DetailPage


def known_in_words(recommendation: Any) -> str:
    """Of which kind and day its status is: entered in its log here, or known from what was published and not since."""
    if day := last_day(recommendation):
        return f"{status_kind(recommendation)} {day if recommendation.last_on else '(day not known)'}"
    return f"as published ({recommendation.finding.inspection.published}), nothing later here"


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
        due_in_words,
        dated=True,
        sort=("due_on", "addressed_to__name", "finding__order", "number"),
        api=("due_as_published",),
    ),
    Column(
        "status",
        "Status",
        lambda row: row.status.label,
        tag=lambda row: row.status.colour,
        sort=("status__order", "due_on"),
    ),
    Column("known", "Known", known_in_words, api=()),
    Column("status_kind", "Kind of status", status_kind),
    Column(
        "status_on",
        "Status as at (first day of the span known)",
        lambda row: status_day(row)[0],
        api=("status_on", "status_precision"),
    ),
    Column("due_on", "Due (first day of the span known)", lambda recommendation: recommendation.due_on),
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
        sort=("-finding__inspection__published_on", "due_on", "number"),
    ),
    replace(SINCE_ON, value=lambda recommendation: SINCE_ON.value(recommendation.finding)),
    Column("programme", "Programme", lambda recommendation: recommendation.finding.inspection.programme.name),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
)


def recommendations_on_pages() -> tuple[Column, ...]:
    """What the page of something else shows of its recommendations."""
    return on(pick(RECOMMENDATION_COLUMNS, "text", "addressed_to", "due", "status", "known"), localdate())


class RecommendationFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", "finding__folded", "addressed_to__folded"),
        elsewhere=(other_names("addressed_to"),),
        label="Words",
    )
    status = ChoicesFilter(choices=RecommendationStatus.words, label="Status")
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
    due_from = DayFilter(field_name="due_on", label="Due from", method="only_due_from")
    due_to = DayFilter(field_name="due_on", label="Due to (that day included)", method="only_due_to")
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

    def only_due_from(self, queryset: RecommendationQuerySet, name: str, value: date) -> RecommendationQuerySet:
        return queryset.due_from(value)

    def only_due_to(self, queryset: RecommendationQuerySet, name: str, value: date) -> RecommendationQuerySet:
        return queryset.due_to(value)


class RecommendationList(PublishedList):
    title = "Recommendations"
    template_name = "inspections/recommendation_list.html"
    filterset_class = RecommendationFilter
    columns = RECOMMENDATION_COLUMNS
    on_page = ("text", "addressed_to", "due", "status", "known", "since", "finding")
    order = ("due_on", "addressed_to__name", "finding__order", "number")

    def rows_for(self, user: User) -> QuerySet:
        return self.with_citations(Recommendation.objects.visible_to(user).for_list())


LOG = "inspections.log_recommendation"


class RecommendationPage(DetailPage):
    """Everybody reads the log; inspectors and administrators add to it."""

    permission = "inspections.read_published"
    write_permission = LOG
    model = Recommendation
    parents = (("Recommendations", "inspections:recommendation_list"),)
    template_name = "inspections/recommendation_detail.html"
    form: LogForm | None = None

    def facts(self) -> dict[str, Any]:
        recommendation = self.object
        finding = recommendation.finding
        start = {"expected_version": recommendation.version, "status": recommendation.status_id}
        return {
            "summary": [
                ("For", recommendation.addressed_to.name, address_of(recommendation.addressed_to)),
                ("Finding", finding.title, address_of(finding)),
                ("Inspection", finding.inspection.title, address_of(finding.inspection)),
            ],
            "overdue": is_overdue(recommendation, localdate()),
            "log": list_log(self.request.user, recommendation),
            "changes": changes_of(recommendation),
            "form": (self.form or LogForm(recommendation, initial=start)) if self.request.user.has_perm(LOG) else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add a line to the log."""
        self.object = self.get_object()
        self.form = LogForm(self.object, request.POST)
        form, today = self.form, localdate()
        if form.is_valid() and form.submit(
            lambda: log_recommendation(self.object, by=request.user, today=today, **form.cleaned_data)
        ):
            messages.success(request, "The log has a new line.")
            return redirect(self.object)
        self.object = self.get_object()  # as it stands now
        return self.render_to_response(self.get_context_data(), status=form.status)
