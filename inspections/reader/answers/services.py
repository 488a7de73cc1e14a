"""What is written of a response that was uploaded: its matches, and the response that a person makes of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from inspections.entering.services import free_slug
from inspections.programmes.services import SOURCES
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.reader.desk.services import REPORTS, keep_reading
from inspections.reader.meaning.answers import Match
from inspections.reader.meaning.proposals import ProposalKind, Reading
from inspections.reader.structure.blocks import Document
from inspections.requirements.models import Requirement
from inspections.responses.models import Response
from inspections.responses.services import give_response
from inspections.sources.models import SourceDocument
from inspections.sources.services import keep_runs
from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.models import UploadStage


def keep_matches(report: ReportFile, document: Document, matches: list[Match]) -> None:
    """Keep the blocks of a response and what they were matched with, in place of those of an earlier reading of it."""
    lines = {block.number: block for block in document.blocks}
    with transaction.atomic():
        keep_reading(report, document, Reading())
        ProposedFact.objects.bulk_create(
            ProposedFact(
                report=report,
                number=number,
                kind=ProposalKind.ANSWER,
                values={
                    "requirement": match.key,
                    "kind": match.kind,
                    "acceptance": match.acceptance,
                    "due_on": match.due.on.isoformat() if match.due and match.due.on else "",
                },
                confidence=match.confidence,
                why=match.why,
                passage="\n".join(lines[each].text for each in dict.fromkeys(match.blocks)),
                blocks=list(match.blocks),
                page=lines[match.blocks[0]].page,
                line=lines[match.blocks[0]].line,
            )
            for number, match in enumerate(matches)
        )


def save_response(
    report: ReportFile,
    response: Response,
    values: Mapping[str, Any],
    answers: Mapping[Requirement, Mapping[str, Any] | None],
    *,
    document: Mapping[str, Any],
    by: Any,
    reason: str,
    expected_version: int,
    today: date,
) -> Response:
    """Store what a person made of a response that was read, and let go of its text; all or nothing.

    ``document`` describes where it was published, where that is not on record. No text may copy the response. Raises as
    ``give_response`` does.
    """
    with transaction.atomic():
        source = values["source"]
        if source is None:
            slug, why = free_slug(SourceDocument, document["title"]), f"Entered by hand: {document['title']}."
            source = SOURCES.create(document, slug=slug, by=by, reason=why)
        keep_runs(source, "\n".join(report.blocks.values_list("text", flat=True)))
        changed = give_response(
            response,
            {**values, "source": source},
            answers,
            by=by,
            reason=reason,
            expected_version=expected_version,
            today=today,
        )
        report.blocks.all().delete()
        report.proposals.all().delete()
        files.delete_when_written(report.file)
        done = {"stage": UploadStage.LOADED, "file": ""}
        REPORTS.change(report, done, by=by, reason=f"Saved: {changed}.", expected_version=report.version)
    return changed
