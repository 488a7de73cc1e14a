"""The list of gradings and the page of one."""

from typing import Any

from inspections.choices import QuestionTheme
from inspections.gradings.models import Grading
from inspections.gradings.queries import list_meanings
from inspections.pages import (
    CITATIONS,
    INSPECTION,
    LOCATOR,
    NOT_COMPARABLE,
    PROGRAMME,
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
from inspections.programmes.models import Question
from inspections.queries import list_changes, list_other_gradings
from inspections.vocabularies.models import Grade, GradeScale
from inspections.work.queries import is_own_work
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, SlugsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import DetailPage

GRADING_COLUMNS = (
    Column(
        "organisation",
        "Organisation",
        lambda grading: grading.organisation.name,
        lambda grading: address_of(grading.organisation),
        sort=("organisation__name", "-inspection__programme__year", "question__order"),
    ),
    marked(Column("grade", "Grade", lambda grading: grading.grade.label, tag=lambda grading: grading.grade.colour)),
    Column("question", "Question", lambda grading: grading.question.text, address_of),
    PROGRAMME,
    Column("scale", "Grade scale", lambda grading: grading.scale.label, wide_only=True),
    Column(
        "not_comparable_with",
        "Not comparable with",
        lambda grading: "; ".join(scale.label for scale in grading.scale.not_comparable_with),
    ),
    Column(
        "published",
        "Published",
        lambda grading: grading.inspection.published,
        wide_only=True,
        sort=("inspection__published_on", "organisation__name"),
        api=(),
    ),
    INSPECTION,
    Column("summary", "In support", lambda grading: grading.summary),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
)


class GradingFilter(StrictFilterSet):
    grade = ChoicesFilter(choices=Grade.words, label="Grade")
    theme = ChoicesFilter("question__theme", choices=QuestionTheme.choices, label="About")
    programme = ProgrammesFilter()
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")
    scale = ChoicesFilter(choices=GradeScale.words, label="Grade scale")
    question = SlugsFilter(
        "question__slug", records=Question.objects.visible_to, words="text", label="Question", hidden=True
    )
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Grading
        fields = ()


class GradingList(PublishedList):
    title = "Gradings"
    template_name = "inspections/grading_list.html"
    filterset_class = GradingFilter
    columns = GRADING_COLUMNS
    on_page = ("organisation", "grade", "question", "programme", "scale", "published")
    order = ("-inspection__programme__year", "organisation__name", "question__order")


class GradingPage(DetailPage):
    permission = "inspections.read_published"
    model = Grading
    parents = (("Gradings", "inspections:grading_list"),)
    template_name = "inspections/grading_detail.html"

    def facts(self) -> dict[str, Any]:
        grading = self.object
        others = list_other_gradings(self.request.user, grading)
        return {
            "summary": [
                ("Organisation", grading.organisation.name, address_of(grading.organisation)),
                ("Inspection", grading.inspection.title, address_of(grading.inspection)),
                ("Published", grading.inspection.published),
                ("Grade scale", f"{grading.scale.in_words} {NOT_COMPARABLE}"),
            ],
            "is_own_work": is_own_work(self.request.user, grading.inspection),
            "meanings": list_meanings(self.request.user, grading.scale),
            "changes": list_changes(grading),
            "others": others,
            "scales_differ": any(other.scale.family != grading.scale.family for other in others.rows),
            "grading_columns": pick(GRADING_COLUMNS, "question", "grade", "programme", "scale"),
        }
