"""The admin of requirements, their steps and their dates: read here, and written on the page of the requirement."""

from inspections.programmes.admin import OrganisationRegionFilter, Used
from inspections.requirements.models import DeadlineMove, Step
from inspections.requirements.services import DEADLINES, REQUIREMENTS, STEPS
from soc_tracker.core.records.admin import ReadOnlyAdmin, ReadOnlyInline

STEP_FIELDS = (
    *("requirement", "on", "on_precision", "status", "note", "by", "source", "locator", "corrects"),
    *("evidence_kind", "evidence", "document", "figure", "link", "upload"),
)
MOVE_FIELDS = ("requirement", "on", "old_on", "new_on", "new_precision", "setter", "reason", "by", "source", "locator")


class StepInline(ReadOnlyInline):
    model = Step
    fields = ("on", "status", "note", "by", "source", "locator", "evidence_kind", "evidence")
    links = ("by", "source")


class DeadlineMoveInline(ReadOnlyInline):
    model = DeadlineMove
    fields = ("on", "old_on", "new_on", "new_precision", "setter", "reason", "by")
    links = ("by",)


class RequirementAdmin(ReadOnlyAdmin):
    """It comes and goes with its finding or recommendation, and is followed on its own page."""

    service = REQUIREMENTS
    list_display = ("__str__", "kind", "addressee", "due", "status", "is_priority")
    list_filter = (
        "status",
        "acceptance",
        "implementation",
        "is_priority",
        ("finding__inspection__programme", Used),
        OrganisationRegionFilter,
        ("organisation", Used),
    )
    list_select_related = ("finding", "recommendation__addressed_to", "organisation", "region")
    search_fields = ("recommendation__text", "finding__title", "organisation__name", "region__name", "owner")
    date_hierarchy = "due_on"
    inlines = (StepInline, DeadlineMoveInline)
    fieldsets = (
        (None, {"fields": ("finding", "recommendation", "organisation", "region", "status")}),
        ("Due", {"fields": (("first_due", "due"), "open_because")}),
        ("Outcome", {"fields": ("acceptance", "implementation")}),
        ("Who follows it", {"fields": ("is_priority", "owner", "inspector")}),
    )


class StepAdmin(ReadOnlyAdmin):
    service = STEPS
    list_display = ("requirement", "day", "status", "note", "source", "by")
    list_filter = ("status",)
    list_select_related = (
        *("requirement__finding", "requirement__recommendation__addressed_to"),
        *("requirement__organisation", "requirement__region", "by", "source"),
    )
    search_fields = ("note", "requirement__finding__title", "requirement__recommendation__text")
    date_hierarchy = "on"
    fields = STEP_FIELDS


class DeadlineMoveAdmin(ReadOnlyAdmin):
    service = DEADLINES
    name_on_index = "Due dates that moved"
    list_display = ("requirement", "on", "old", "new", "setter", "reason", "by")
    list_filter = ("setter",)
    list_select_related = StepAdmin.list_select_related
    search_fields = ("reason", "requirement__finding__title", "requirement__recommendation__text")
    date_hierarchy = "on"
    fields = MOVE_FIELDS
