"""The Django admin of records: every write goes through a service, with a reason and against a known version."""

from soc_tracker.lib.record_forms import RecordForm
from soc_tracker.record_admin.admin import ReadOnlyAdmin, RecordAdmin
from soc_tracker.record_admin.inlines import ReadOnlyInline, RecordInline

__all__ = ["ReadOnlyAdmin", "ReadOnlyInline", "RecordAdmin", "RecordForm", "RecordInline"]
