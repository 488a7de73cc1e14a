"""A report is reviewed as a later edition of another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from inspections.programmes.models import Inspection
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ReportFile
from inspections.reader.desk.services import REPORTS
from inspections.reader.editions.queries import compare_editions
from inspections.reader.review.queries import in_order, reviewed
from inspections.sources.services import keep_runs


def begin_edition(report: ReportFile, earlier: ReportFile, *, by: Any, expected_version: int) -> Inspection:
    """Review a report as a later edition of one that was reviewed: what says the same is decided as it was there.

    Raises ValidationError where no inspection has been begun of the earlier one, and as ``Service.change`` does.
    """
    inspection = earlier.inspection
    if inspection is None:
        raise ValidationError("Begin the draft of the earlier edition first.")
    with transaction.atomic():
        keep_runs(inspection.source, "\n".join(report.blocks.values_list("text", flat=True)))
        for pair in compare_editions(in_order(reviewed(earlier)), in_order(reviewed(report))):
            if pair.is_same and pair.before and pair.after and not Decision(pair.before.decision).is_open:
                for name in ("decision", "decided_by_id", "decided_at", "record_kind", "record_key"):
                    setattr(pair.after, name, getattr(pair.before, name))
                pair.after.save()
        REPORTS.begin_review(report, inspection, by=by, expected_version=expected_version, earlier=earlier)
    return inspection
