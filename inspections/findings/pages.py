"""The list of findings and the page of one."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet

from inspections.choices import Tone
from inspections.figures.models import Measure
from inspections.figures.pages import FIGURES_ON_PAGES
from inspections.findings.models import Finding
from inspections.pages import (
    ABOUT,
    ABOUT_KIND,
    CITATIONS,
    ENTER,
    INSPECTION,
    LOCATOR,
    NAMES,
    OTHER_NAMES,
    PROGRAMME,
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
    TopicsFilter,
    address_of,
    marked,
)
from inspections.queries import get_finding_facts, list_changes
from inspections.recommendations.pages import recommendations_on_pages
from inspections.requirements.models import Requirement
from inspections.vocabularies.models import FindingKind, RequirementStatus, Section
from inspections.work.queries import is_own_work, list_notes
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, Elsewhere, OneChoiceFilter, SlugsFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import DetailPage

NOTHING_TO_FOLLOW = "Nothing to follow up"


FINDING_COLUMNS = (
    marked(Column("title", "Finding", lambda finding: finding.title, address_of, sort=("title",))),
    Column(
        "kind",
        "Kind",
        lambda finding: finding.kind.label,
        tag=lambda finding: finding.kind.colour,
        sort=("weight", "title"),
    ),
    replace(ABOUT, sort=("organisation__name", "region__name", "-inspection__programme__year", "order")),
    ABOUT_KIND,
    Column("tone", "Tone", lambda finding: finding.get_tone_display()),
    Column("section", "Section of the report", lambda finding: finding.section.label, wide_only=True),
    Column("topics", "Topics", lambda finding: "; ".join(topic.name for topic in finding.topics.all()), wide_only=True),
    Column(
        "status",
        "Status",
        lambda finding: finding.requirement.status.label if finding.requirement else NOTHING_TO_FOLLOW,
        tag=lambda finding: finding.requirement.status.colour if finding.requirement else "grey",
    ),
    Column("known", "Known", lambda finding: finding.requirement and finding.requirement.known, api=()),
    Column("status_kind", "Kind of status", lambda finding: finding.requirement and finding.requirement.status_kind),
    Column(
        "status_on",
        "Status as at (first day of the span known)",
        lambda finding: finding.requirement and finding.requirement.status_day.on,
        api=("status_on", "status_precision"),
    ),
    SINCE,
    SINCE_ON,
    PROGRAMME,
    INSPECTION,
    Column(
        "letter",
        "Letter before the report",
        lambda finding: finding.letter,
        api=("is_accelerated", "letter_on", "letter_precision"),
    ),
    Column("summary", "Summary", lambda finding: finding.summary),
    Column(
        "measure",
        "Measure that it is about",
        lambda finding: finding.measure.name if finding.measure else "",
        wide_only=True,
    ),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
    Column("slug", "Slug", lambda finding: finding.slug),
)
FINDINGS_ON_PAGES = pick(FINDING_COLUMNS, "title", "kind", "about", "status")


class FindingFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", *NAMES),
        elsewhere=(*OTHER_NAMES, Elsewhere("Topic", "pk", Finding.topics.through, "finding", "topic__folded")),
        label="Words",
    )
    kind = ChoicesFilter(choices=FindingKind.words, label="Kind")
    tone = ChoicesFilter(choices=Tone.choices, label="Tone")
    topic = TopicsFilter()
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    about = OneChoiceFilter(
        field_name="region",
        choices=[("region", "Regions as a whole"), ("organisation", "Single bodies")],
        label="About",
        method=lambda rows, name, value: rows.filter(region__isnull=value != "region"),
    )
    programme = ProgrammesFilter()
    section = ChoicesFilter(choices=Section.words, label="Section of the report")
    status = ChoicesFilter(
        choices=lambda: [*RequirementStatus.words(), ("nothing_to_follow", NOTHING_TO_FOLLOW)],
        label="Status",
        method="standing_at",
    )
    practice = OneChoiceFilter(  # set by links, whatever the kinds of it are called
        field_name="kind",
        choices=[("yes", "What others may learn from")],
        label="Good practice",
        method=lambda rows, name, value: rows.filter(kind__is_practice=True),
        widget=forms.HiddenInput,
    )
    measure = SlugsFilter(
        "measure__slug", records=Measure.objects.visible_to, label="Measure that it is about", hidden=True
    )
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Finding
        fields = ()

    def standing_at(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        own = Requirement.objects.published().filter(Q(status__in=slugs), recommendation__isnull=True)
        follows_nothing = Q(kind__must_be_followed_up=False) if "nothing_to_follow" in slugs else Q(pk__in=())
        return queryset.filter(follows_nothing | Q(pk__in=own.values("finding")))


class FindingList(PublishedList):
    """The weightiest first, then the newest; what is context comes after every finding."""

    title = "Findings"
    template_name = "inspections/finding_list.html"
    filterset_class = FindingFilter
    columns = FINDING_COLUMNS
    on_page = ("title", "kind", "about", "tone", "status", "since")
    order = ("weight", "-inspection__programme__year", "-inspection__published_on", "inspection__title", "order")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many rows there are, and how many of them are context. One query."""
        rows = self.filter.qs.order_by()
        numbers: dict[str, int] = rows.aggregate(all=Count("pk"), context=Count("pk", filter=Q(tone=Tone.CONTEXT)))
        return numbers

    def total(self) -> int:
        return self.numbers["all"]

    def context(self) -> dict[str, Any]:
        """``no_findings``: how many of the rows are context."""
        return super().context() | {"no_findings": self.numbers["context"]}


class FindingPage(DetailPage):
    permission = "inspections.read_published"
    model = Finding
    parents = (("Findings", "inspections:finding_list"),)
    template_name = "inspections/finding_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("repeats__inspection__programme")

    def facts(self) -> dict[str, Any]:
        is_own = is_own_work(self.request.user, self.object.inspection)
        return {
            "facts": get_finding_facts(self.request.user, self.object, params=self.request.GET),
            "is_own_work": is_own,
            "notes": list_notes(self.request.user, self.object) if is_own else [],
            "changes": list_changes(self.object),
            "may_enter": self.request.user.has_perm(ENTER) and (is_own or not self.object.inspection.out_at),
            "recommendation_columns": recommendations_on_pages(self.today),
            "figure_columns": FIGURES_ON_PAGES,
        }
