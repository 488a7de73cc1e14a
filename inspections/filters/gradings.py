"""Gradings."""

from inspections.choices import (
    Grade,
    GradeScale,
    QuestionTheme,
)
from inspections.filters.shared import (
    InspectionsFilter,
    OrganisationsFilter,
    ProgrammesFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.models import (
    Grading,
    Question,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, SlugsFilter
from soc_tracker.lib.filters import StrictFilterSet


class GradingFilter(StrictFilterSet):
    grade = ChoicesFilter(choices=Grade.choices, label="Grade")
    theme = ChoicesFilter("question__theme", choices=QuestionTheme.choices, label="About")
    programme = ProgrammesFilter()
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")
    scale = ChoicesFilter(choices=GradeScale.choices, label="Grade scale")
    question = SlugsFilter(
        "question__slug", records=Question.objects.visible_to, words="text", label="Question", hidden=True
    )
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Grading
        fields = ()
