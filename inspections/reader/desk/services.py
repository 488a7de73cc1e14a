"""What is written of a report that is read: its passages, and the draft that is begun of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from inspections.entering.services import enter_inspection
from inspections.programmes.models import Inspection
from inspections.reader.desk.models import ProposedFact, ReportBlock, ReportFile
from inspections.reader.meaning.proposals import Proposal, Reading
from inspections.reader.structure.blocks import Document
from inspections.sources.services import keep_runs
from inspections.vocabularies.models import drafting_stage
from inspections.work.services import MOVES, TEAM
from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.imports.uploads.services import Uploads

ROWS_AT_ONCE = 500
LONGEST_WHY = 250


class ReportFiles(Uploads[ReportFile]):
    """Of a report that was given up, or could not be read, no passage is kept."""

    def follow(self, record: ReportFile, *, by: Any, reason: str) -> None:
        if record.stage in (UploadStage.GIVEN_UP, UploadStage.FAILED):
            record.blocks.all().delete()
            record.proposals.all().delete()

    def begin_review(
        self, report: ReportFile, inspection: Inspection, *, by: Any, expected_version: int, **more: Any
    ) -> ReportFile:
        """Its proposals become records of the inspection from now on; the file itself is of no more use."""
        values = {"stage": UploadStage.LOADED, "inspection": inspection, "file": "", **more}
        with transaction.atomic():
            files.delete_when_written(report.file)
            reason = f"Review begun: {inspection}."
            return self.change(report, values, by=by, reason=reason, expected_version=expected_version)


REPORTS = ReportFiles(ReportFile, kept_for=timedelta(days=14))


# What the reader has made of it.


def keep_reading(report: ReportFile, document: Document, reading: Reading) -> None:
    """Keep the blocks and proposals of a report, in place of those of an earlier reading of it."""
    unread = {each.block: each.why[:LONGEST_WHY] for each in reading.unread}
    blocks = [
        ReportBlock(
            report=report,
            number=block.number,
            kind=block.kind.value,
            level=block.level,
            text=f"{block.marker} {block.text}".strip(),
            page=block.page,
            line=block.line,
            path=list(block.path),
            why_unread=unread.get(block.number, ""),
        )
        for block in document.blocks
    ]
    with transaction.atomic():
        report.blocks.all().delete()
        report.proposals.all().delete()
        ReportBlock.objects.bulk_create(blocks, batch_size=ROWS_AT_ONCE)
        proposed = [proposed_fact(report, proposal) for proposal in reading.proposals]
        ProposedFact.objects.bulk_create(proposed, batch_size=ROWS_AT_ONCE)


def proposed_fact(report: ReportFile, proposal: Proposal) -> ProposedFact:
    fields = proposal.as_json()
    values = fields["values"]
    return ProposedFact(
        report=report,
        body=values.get("organisation") or values.get("region") or values.get("addressed_to") or "",
        **{name: fields[name] for name in ("number", "kind", "confidence", "why", "passage", "blocks", "part_of")},
        **{name: fields[name] for name in ("page", "line", "values")},
    )


# The draft inspection.


def begin_draft(
    report: ReportFile, values: Mapping[str, Any], *, document: Mapping[str, Any], by: Any, expected_version: int
) -> Inspection:
    """Make a draft inspection of a report that was read, at the stage of drafting, with its sender as lead.

    ``values`` and ``document`` are those of ``enter_inspection``. Raises as that and ``Service.change`` do.
    """
    stage = drafting_stage().slug
    with transaction.atomic():
        # A document that is new comes out with its inspection.
        unseen = {**document, "made_here": True} if document else {}
        inspection = enter_inspection({**values, "stage": stage}, document=unseen, by=by)
        reason = f"Read from {report.file_name}."
        TEAM.create(inspection=inspection, account=by, is_lead=True, by=by, reason=reason)
        MOVES.create({"by": by}, inspection=inspection, stage=stage, by=by, reason=reason)
        keep_runs(inspection.source, "\n".join(report.blocks.values_list("text", flat=True)))
        REPORTS.begin_review(report, inspection, by=by, expected_version=expected_version)
    return inspection
