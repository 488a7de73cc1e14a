"""The admin of the words of inspections."""

from inspections.vocabularies import services
from inspections.vocabularies.models import GradeScale
from soc_tracker.core.records.admin import RecordAdmin

WORD = ("label", "slug", "order", "meaning")


class WordAdmin(RecordAdmin):
    list_display: tuple[str, ...] = WORD
    search_fields = ("label", "slug", "meaning")
    prepopulated_fields = {"slug": ("label",)}
    fields: tuple[str, ...] = WORD


class GradeScaleAdmin(WordAdmin):
    service = services.GRADE_SCALES
    list_display = ("label", "from_best_to_worst", "valid_from", "valid_to", "comparable_with", "order")
    fields = (*WORD, "grades", "valid_from", "valid_to", "comparable_with")

    def from_best_to_worst(self, scale: GradeScale) -> str:
        return ", ".join(grade.label for grade in GradeScale.named(scale.slug).grades.all())


class GradeAdmin(WordAdmin):
    service = services.GRADES
    list_display = ("label", "colour", "is_judgement", "order")
    fields = (*WORD, "colour", "is_judgement")


class FindingKindAdmin(WordAdmin):
    service = services.FINDING_KINDS
    list_display = ("label", "colour", "must_be_followed_up", "is_concern", "is_practice", "is_set_apart", "order")
    fields = (*WORD, "plural", "colour", "must_be_followed_up", "is_concern", "is_practice", "is_set_apart")


class SectionAdmin(WordAdmin):
    service = services.SECTIONS
    list_display = ("label", "of_region", "order", "meaning")
    fields = (*WORD, "of_region")


class RequirementStatusAdmin(WordAdmin):
    service = services.REQUIREMENT_STATUSES
    ruling = ("is_open", "is_stated", "is_done", "needs_evidence", "needs_second_person")
    list_display = ("label", "colour", *ruling, "order")
    fields = (*WORD, "colour", *ruling, "next_steps")


class InspectionStageAdmin(WordAdmin):
    service = services.INSPECTION_STAGES
    list_display = ("label", "is_published", "checked_by_body", "order", "meaning")
    fields = (*WORD, "is_published", "checked_by_body")


class MonitoringStageAdmin(WordAdmin):
    service = services.MONITORING_STAGES
    list_display = ("label", "is_public", "delay", "order", "meaning")
    fields = (*WORD, "is_public", "delay")


class QualifierAdmin(WordAdmin):
    service = services.QUALIFIERS
    list_display = ("label", "comparison", "says_all", "bound", "order")
    fields = (*WORD, "comparison", "says_all", "bound")


class UnitAdmin(WordAdmin):
    service = services.UNITS
    list_display = ("label", "kind", "one", "several", "order")
    fields = (*WORD, "kind", "one", "several")
