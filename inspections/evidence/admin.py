"""The admin of files that show that something was done: which there are. They are downloaded from the site."""

from inspections.evidence.services import EVIDENCE_FILES
from soc_tracker.core.records.admin import ReadOnlyAdmin


class EvidenceFileAdmin(ReadOnlyAdmin):
    service = EVIDENCE_FILES
    list_display = ("file_name", "requirement", "size", "by", "at")
    list_select_related = (
        *("requirement__finding", "requirement__recommendation__addressed_to"),
        *("requirement__organisation", "requirement__region", "by"),
    )
    search_fields = ("file_name", "requirement__finding__title")
    date_hierarchy = "at"
    fields = ("requirement", "file_name", "size", "by", "at")
