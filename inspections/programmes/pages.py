"""The list of inspections and the page of one; what programmes can be narrowed to."""

from typing import Any

from django.db.models import Q, QuerySet

from inspections.choices import TakenIn
from inspections.figures.pages import FIGURES_ON_PAGES
from inspections.findings.models import by_section
from inspections.findings.pages import FINDING_COLUMNS
from inspections.gradings.models import Grading
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.pages import (
    CITATIONS,
    ENTER,
    LOCATOR,
    NAMES,
    NOT_COMPARABLE,
    OTHER_NAMES,
    SOURCE,
    SOURCES_DIFFER,
    OrganisationsFilter,
    ProgrammesFilter,
    PublishedList,
    RegionsFilter,
    SourcesFilter,
    address_of,
    marked,
    stated,
)
from inspections.programmes.models import Inspection, Programme
from inspections.queries import get_inspection_facts
from inspections.recommendations.pages import recommendations_on_pages
from inspections.repeats.pages import REVISIT_COLUMNS
from inspections.vocabularies.models import GradeScale
from inspections.work.queries import is_own_work
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import DetailPage

INSPECTION_COLUMNS = (
    marked(Column("title", "Inspection", lambda inspection: inspection.title, address_of, sort=("title",))),
    Column("programme", "Programme", lambda inspection: inspection.programme.name, sort=("programme__year", "title")),
    Column(
        "about",
        "Region or organisation",
        lambda inspection: (inspection.region or inspection.organisation).name,
        lambda inspection: address_of(inspection.region or inspection.organisation),
        api=("region", "organisation"),
    ),
    Column(
        "fieldwork",
        "Fieldwork",
        lambda inspection: inspection.fieldwork,
        wide_only=True,
        api=("fieldwork_on", "fieldwork_precision"),
    ),
    Column("published", "Published", lambda inspection: inspection.published, api=()),
    Column("published_on", "Published (first day of the span known)", lambda inspection: inspection.published_on),
    Column("published_precision", "Precision", lambda inspection: inspection.get_published_precision_display()),
    Column("scale", "Grade scale", lambda inspection: inspection.programme.scale.label, wide_only=True, api=()),
    Column("taken_in", "Taken in here", lambda inspection: inspection.get_taken_in_display()),
    Column("note", "Note", lambda inspection: inspection.note),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
    Column("slug", "Slug", lambda inspection: inspection.slug),
)


class ProgrammeFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "folded_note"), label="Words")
    scale = ChoicesFilter(choices=GradeScale.words, label="Grade scale")

    class Meta:
        model = Programme
        fields = ()


class InspectionFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "programme__folded", *NAMES), elsewhere=OTHER_NAMES, label="Words")
    programme = ProgrammesFilter("programme__slug")
    organisation = OrganisationsFilter(method="inspected")
    region = RegionsFilter(label="Region")
    taken_in = ChoicesFilter(choices=TakenIn.choices, label="Taken in here")
    source = SourcesFilter()

    class Meta:
        model = Inspection
        fields = ()

    def inspected(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Inspections of one of the organisations, alone or with its region."""
        graded = Grading.objects.published().filter(organisation__slug__in=slugs)
        return queryset.filter(Q(organisation__slug__in=slugs) | Q(pk__in=graded.values("inspection")))


class InspectionList(PublishedList):
    title = "Inspections"
    template_name = "inspections/inspection_list.html"
    filterset_class = InspectionFilter
    columns = INSPECTION_COLUMNS
    on_page = ("title", "programme", "about", "fieldwork", "published", "taken_in")
    order = ("-published_on", "title")

    def context(self) -> dict[str, Any]:
        return super().context() | {"may_enter": self.request.user.has_perm(ENTER)}


class InspectionPage(DetailPage):
    permission = "inspections.read_published"
    model = Inspection
    parents = (("Inspections", "inspections:inspection_list"),)
    template_name = "inspections/inspection_detail.html"

    def facts(self) -> dict[str, Any]:
        inspection, facts = self.object, get_inspection_facts(self.request.user, self.object)
        is_own = is_own_work(self.request.user, inspection)
        scope = inspection.region or inspection.organisation
        ungraded = " The region itself is not graded." if inspection.region else ""
        findings = [finding for finding in facts.findings.rows if not finding.is_context]
        return {
            "facts": facts,
            "may_enter": self.request.user.has_perm(ENTER) and (is_own or not inspection.out_at),
            "is_own_work": is_own,
            "summary": [
                ("Region inspected" if inspection.region else "Organisation inspected", scope.name, address_of(scope)),
                ("Programme", inspection.programme.name),
                ("Fieldwork", inspection.fieldwork),
                ("Published", inspection.published),
                ("Grade scale", f"{inspection.programme.scale.in_words} {NOT_COMPARABLE}{ungraded}"),
                ("Taken in here", inspection.get_taken_in_display()),
                *stated("Note", inspection.note),
            ],
            "set_apart": [row for row in findings if row.kind.is_set_apart and not row.kind.is_practice],
            "practice": [row for row in findings if row.kind.is_practice],
            "sections": by_section(row for row in findings if not (row.kind.is_set_apart or row.kind.is_practice)),
            "context_rows": [finding for finding in facts.findings.rows if finding.is_context],
            "nothing_graded": none_of("grading", inspection),
            "nothing_recommended": none_of("recommendation", inspection),
            "nothing_found": none_of("finding", inspection),
            "grading_columns": pick(GRADING_COLUMNS, "organisation", "grade", "question", "summary"),
            "finding_columns": pick(FINDING_COLUMNS, "title", "kind", "about", "section"),
            "observation_columns": pick(FINDING_COLUMNS, "title", "tone", "about"),
            "context_columns": pick(FINDING_COLUMNS, "title", "about", "section"),
            "recommendation_columns": recommendations_on_pages(self.today),
            "figure_columns": FIGURES_ON_PAGES,
            "revisit_columns": pick(REVISIT_COLUMNS, "finding", "about", "made", "outcome", "summary"),
        }


def none_of(what: str, inspection: Inspection) -> str:
    """Why a page has none: only of an inspection that is held whole does it mean that there is none."""
    if TakenIn(inspection.taken_in).is_whole:
        return f"This inspection has no {what}: everything it says is held here."
    held = inspection.get_taken_in_display().lower()
    return f"No {what} of this inspection is held here. Taken in of it: {held}."
