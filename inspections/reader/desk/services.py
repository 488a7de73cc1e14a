"""What is written of a report that is read: its passages, the draft that is begun of it, and each decision."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from inspections.entering.services import enter_inspection
from inspections.figures.services import FIGURES
from inspections.findings.services import FINDINGS
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ProposedFact, ReportBlock, ReportFile
from inspections.reader.meaning.proposals import Proposal, ProposalKind, Reading
from inspections.reader.structure.blocks import Document
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.sources.models import Sourced
from inspections.sources.services import keep_runs
from inspections.vocabularies.models import InspectionStage
from inspections.work.services import MOVES, TEAM
from soc_tracker.core.imports.uploads import files
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.core.records.services import Service
from soc_tracker.core.records.states import name_of

ROWS_AT_ONCE = 500
LONGEST_WHY = 250
MOST_NAMED = 3
SERVICES: dict[str, Service[Any]] = {
    ProposalKind.GRADING: GRADINGS,
    ProposalKind.FINDING: FINDINGS,
    ProposalKind.RECOMMENDATION: RECOMMENDATIONS,
    ProposalKind.FIGURE: FIGURES,
}
"""What writes, and takes away, the record of a proposal of each kind."""


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
    said = proposal.as_json()
    values = said["values"]
    return ProposedFact(
        report=report,
        body=values.get("organisation") or values.get("region") or values.get("addressed_to") or "",
        **{name: said[name] for name in ("number", "kind", "confidence", "why", "passage", "blocks", "part_of")},
        **{name: said[name] for name in ("page", "line", "values")},
    )


# The draft inspection, and what becomes of each proposal.


def begin_draft(
    report: ReportFile, values: Mapping[str, Any], *, document: Mapping[str, Any], by: Any, expected_version: int
) -> Inspection:
    """Make a draft inspection of a report that was read, at the first of the stages, with its sender as lead.

    ``values`` and ``document`` are those of ``enter_inspection``. Raises as that and ``Service.change`` do.
    """
    first = InspectionStage.rows()[0].slug
    with transaction.atomic():
        # A document that is new comes out with its inspection.
        unseen = {**document, "made_here": True} if document else {}
        inspection = enter_inspection({**values, "stage": first}, document=unseen, by=by)
        reason = f"Read from {report.file_name}."
        TEAM.create(inspection=inspection, account=by, is_lead=True, by=by, reason=reason)
        MOVES.create({"by": by}, inspection=inspection, stage=first, by=by, reason=reason)
        keep_runs(inspection.source, "\n".join(report.blocks.values_list("text", flat=True)))
        REPORTS.begin_review(report, inspection, by=by, expected_version=expected_version)
    return inspection


def accept(fact: ProposedFact, make: Callable[[], Sourced], *, by: AbstractBaseUser, expected_version: int) -> Sourced:
    """Have a record made of a proposal, and keep which. Raises ValidationError, also where it is decided already."""
    with transaction.atomic():
        stored = _locked(fact, expected_version)
        record = make()
        stored.record_kind, stored.record_key = str(record._meta.model_name), record.pk
        _decide(stored, Decision.ACCEPTED, by)
    return record


def drop(fact: ProposedFact, *, by: AbstractBaseUser, expected_version: int) -> None:
    """Make nothing of a proposal. Raises ValidationError where it is decided already."""
    with transaction.atomic():
        _decide(_locked(fact, expected_version), Decision.DROPPED, by)


def take_back(fact: ProposedFact, *, by: AbstractBaseUser, expected_version: int) -> None:
    """Have a proposal wait again, without its record. Raises ValidationError where that must stay."""
    with transaction.atomic():
        stored = _locked(fact, expected_version, decided=True)
        if stored.record_key:
            service = SERVICES[stored.kind]
            [record] = service.model._default_manager.filter(pk=stored.record_key) or [None]
            if record is not None:
                remove(service, record, by=by)
        stored.record_kind, stored.record_key = "", None
        _decide(stored, Decision.WAITING, by)


def remove(service: Service[Any], record: Any, *, by: AbstractBaseUser) -> None:
    """Remove a record of a draft. Raises ValidationError where others hang on it."""
    try:
        reason = "Taken back in the review of its report."
        service.remove(record, by=by, reason=reason, expected_version=record.version)
    except ProtectedError as error:
        named = "; ".join(sorted({str(each) for each in error.protected_objects})[:MOST_NAMED])
        raise ValidationError(f"Take back first what belongs to it: {named}.") from error


def _locked(fact: ProposedFact, expected_version: int, *, decided: bool = False) -> ProposedFact:
    """The proposal as it is stored. Raises ValidationError where somebody was quicker."""
    [stored] = ProposedFact.objects.select_for_update(of=("self",)).filter(pk=fact.pk).select_related("decided_by")
    is_decided = not Decision(stored.decision).is_open
    if stored.version != expected_version or is_decided != decided:
        word = stored.get_decision_display().lower()
        who = f"{name_of(stored.decided_by)} has decided on it" if stored.decided_by else "It has moved on"
        raise ValidationError(f"{who} in the meantime: it is {word} now. Nothing was saved.")
    return stored


def _decide(fact: ProposedFact, decision: Decision, by: AbstractBaseUser) -> None:
    is_open = decision.is_open
    fact.decision = decision
    fact.decided_by, fact.decided_at = (None, None) if is_open else (by, now())  # type: ignore[assignment]
    fact.version += 1
    fact.save()
