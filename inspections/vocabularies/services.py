"""The words of inspections, with the rules that keep the facts that name them true."""

from typing import Any

from django.core.exceptions import ValidationError

from inspections.gradings.models import Grading
from inspections.vocabularies.models import (
    FindingKind,
    Grade,
    GradeScale,
    InspectionStage,
    MonitoringStage,
    Qualifier,
    RequirementStatus,
    Section,
    Unit,
)
from soc_tracker.core.records.services import WordService


class GradeScaleService(WordService[GradeScale]):
    """A scale keeps the grades that were given on it, and names one that stands for all with which it is comparable."""

    def prepare(self, record: GradeScale) -> None:
        other = record.comparable_with
        if other and (other == record or other.comparable_with):
            first = other.comparable_with.label if other.comparable_with and other != record else "another scale"
            raise ValidationError({"comparable_with": f"Choose {first}."})
        if other and GradeScale.objects.filter(comparable_with=record).exists():
            raise ValidationError({"comparable_with": "Other scales name this one: change them first."})

    def follow(self, record: GradeScale, **why: Any) -> None:
        given = Grading.objects.filter(scale=record, grade__is_judgement=True)
        lost = given.exclude(grade__in=record.grades.values("slug")).order_by("grade__order").first()
        if lost:
            raise ValidationError({"grades": f"{lost.grade} has been given on this scale, and stays on it."})


GRADES = WordService(Grade, ruling=("is_judgement",))
GRADE_SCALES = GradeScaleService(GradeScale)
FINDING_KINDS = WordService(FindingKind, ruling=("is_concern", "must_be_followed_up"))
SECTIONS = WordService(Section)
REQUIREMENT_STATUSES = WordService(RequirementStatus)
INSPECTION_STAGES = WordService(InspectionStage, ruling=("is_published",))
MONITORING_STAGES = WordService(MonitoringStage)
QUALIFIERS = WordService(Qualifier, ruling=("says_all",))
UNITS = WordService(Unit, ruling=("kind",))
ALL = (
    *(GRADES, GRADE_SCALES, FINDING_KINDS, SECTIONS),
    *(REQUIREMENT_STATUSES, INSPECTION_STAGES, MONITORING_STAGES, QUALIFIERS, UNITS),
)
