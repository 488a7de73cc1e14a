"""The life of a requirement: it comes with its finding or recommendation, takes steps, and its date moves with reason.

``requirement_of`` gives that of a fact, ``take_step`` adds to its history, ``move_deadline`` gives it another date;
what else is said of it is changed by ``REQUIREMENTS``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from inspections.choices import DuePrecision, EvidenceKind
from inspections.evidence.services import kept_file
from inspections.findings.models import Finding
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import DeadlineMove, Requirement, Step
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import RequirementStatus, nothing_later
from soc_tracker.core.records.services import By, Service, StaleRecordError
from soc_tracker.core.text.days import Precision, first_day, in_words

REQUIREMENTS = Service(Requirement, fixed=("finding", "recommendation"))
STEPS_SAY = "As its steps say: "


def requirement_of(fact: Finding | Recommendation) -> Requirement | None:
    """That of a recommendation, or the own one of a finding; None where there is nothing to follow up."""
    if isinstance(fact, Recommendation):
        return Requirement.objects.filter(recommendation=fact).first()
    return Requirement.objects.filter(finding=fact, recommendation__isnull=True).first()


def keep_requirement(fact: Finding | Recommendation, *, by: By, reason: str) -> None:
    """Give what was just stored its requirement, or bring the one that it has up to date with it.

    A finding of a kind that asks for nothing has none. Raises ValidationError where one with a history would go.
    """
    stored = requirement_of(fact)
    if isinstance(fact, Recommendation):
        values: dict[str, Any] = {"organisation": fact.addressed_to, "region": None, "number": fact.number}
        due = {"due_on": fact.due_on, "due_precision": fact.due_precision}
        has_moved = stored is not None and stored.moves.exists()
        if fact.due_precision != DuePrecision.NONE or not has_moved:
            values |= {f"first_{name}": value for name, value in due.items()}
        values |= {} if has_moved else due
    elif fact.kind.must_be_followed_up:
        values = {"organisation": fact.organisation, "region": fact.region}
    elif stored and (stored.steps.exists() or stored.moves.exists()):
        raise ValidationError({"kind": "It has been followed up already: choose a kind that must be followed up."})
    else:
        if stored:
            REQUIREMENTS.remove(stored, by=by, reason=reason, expected_version=stored.version)
        return
    if stored:
        REQUIREMENTS.change(stored, values, by=by, reason=reason, expected_version=stored.version)
    else:
        named = {"finding": fact.finding, "recommendation": fact} if isinstance(fact, Recommendation) else {}
        REQUIREMENTS.create({"finding": fact, **named, **values}, by=by, reason=reason)


class StepService(Service[Step]):
    """A requirement stands where the latest of its steps says; what was recorded here goes on step by step."""

    def prepare(self, record: Step) -> None:
        if record.on:
            record.on = first_day(record.on, record.on_precision)
        if not record.status.is_stated:
            raise ValidationError({"status": "Say where it stands: a step tells more than that nothing is known."})
        if record.corrects:
            record.place = record.corrects.place or record.corrects.pk
            if record.corrects.requirement_id != record.requirement_id:
                raise ValidationError({"corrects": "Choose a step of this requirement."})
        if record.evidence_kind and not getattr(record, EvidenceKind(record.evidence_kind).field):
            field = EvidenceKind(record.evidence_kind).field
            raise ValidationError({field: f"Say which: “{record.get_evidence_kind_display()}” is the evidence."})

    def follow(self, record: Step, *, by: By, reason: str) -> None:
        """Move the requirement. A step that nobody here took comes from a file, of which the requirement's history
        says so: no row of the requirement itself undoes it.
        """
        [requirement] = Requirement.objects.select_for_update().filter(pk=record.requirement_id)
        last = requirement.steps.standing().latest_first()[0]
        day = {"status_on": last.on, "status_precision": last.on_precision}
        REQUIREMENTS.change(
            requirement,
            {"status": last.status_id, **day, "is_recorded": last.source_id is None},
            by=by,
            reason=reason if record.by_id else f"{STEPS_SAY}{reason}",
            expected_version=requirement.version,
        )


STEPS = StepService(Step, fixed=("requirement",))


def take_step(
    requirement: Requirement,
    *,
    by: By,
    on: date | None,
    status: str,
    note: str,
    expected_version: int,
    today: date,
    source: SourceDocument | None = None,
    locator: str = "",
    corrects: Step | None = None,
    before_publication: bool = False,
    evidence: Mapping[str, Any] | None = None,
) -> Step:
    """Add a step; the requirement then stands where the latest says. What a ``source`` says may come without a day.

    ``corrects`` names a wrong step that no longer counts. ``evidence`` are the fields of a step about what shows it;
    its ``upload`` may be a file that is still to be kept.
    A day before the report's publication needs ``before_publication``. Raises ValidationError for what the rules
    forbid; StaleRecordError as ``Service.change`` does.
    """
    if on and on > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    if on is None and source is None:
        raise ValidationError({"on": "Give the day on which it happened."})
    if not note.strip() and source is None:
        raise ValidationError({"note": "Say what happened."})
    inspection = requirement.inspection
    if on and inspection.published_on and on < inspection.published_on and not before_publication:
        why = f"{in_words(on)} is before the report was published ({inspection.published}): say that this is right."
        raise ValidationError({"before_publication": why})
    line = {"on": on, "status": status, "note": note, "by": by, "source": source, "locator": locator}
    with transaction.atomic():
        current = _lock(requirement, expected_version, {"status": status})
        reason = note.strip() or f"As {source} says."
        more = {**(evidence or {}), "requirement": current, "corrects": corrects}
        with kept_file(more.get("upload"), requirement=current, by=by) as kept:
            step = STEPS.create({**line, **more, "upload": kept}, by=by, reason=reason)
            check_order(step)
        return step


def steps_offered(requirement: Requirement, *, corrects: Step | None = None) -> list[RequirementStatus]:
    """What a step recorded here may say, after those that stand; in place of one of them where it corrects it."""
    if corrects is None:
        return requirement.status.allowed
    steps = list(reversed(requirement.steps.standing().latest_first()))
    return _status_after(steps[: steps.index(corrects)]).allowed


def _status_after(steps: list[Step]) -> RequirementStatus:
    return steps[-1].status if steps else RequirementStatus.named(nothing_later() or "")


def check_order(step: Step) -> None:
    """Raise ValidationError, unless the step may follow the one before it, and the one after it may follow it.

    Whatever was published may follow anything: only what is recorded here is bound by the order.
    """
    steps = list(reversed(step.requirement.steps.standing().latest_first().select_related("by")))
    place = steps.index(step)
    before, after = steps[:place], next(iter(steps[place + 1 :]), None)
    status = _status_after(before)
    if step.source_id is None:
        if step.status not in status.allowed:
            words = " or ".join(f"“{each.label}”" for each in status.allowed if each != status) or "nothing"
            raise ValidationError({"status": f"After “{status.label}” comes {words}, not “{step.status.label}”."})
        _check_agreement(step, before, status)
    if after and after.source_id is None and after.status not in step.status.allowed:
        words = f"“{after.status.label}” of {after.day} cannot follow “{step.status.label}”."
        raise ValidationError({"status": f"{words} Correct that step first."})


def _check_agreement(step: Step, before: list[Step], status: RequirementStatus) -> None:
    """Raise ValidationError where evidence or another person is missing. ``before`` are the steps until then."""
    run = []
    for each in reversed(before):
        if each.status != status:
            break
        run.append(each)
    is_new = step.status != status
    supported = [step, *(run if status.needs_evidence else ())]
    if step.status.needs_evidence and not any(each.evidence_kind or each.source_id for each in supported):
        raise ValidationError({"evidence_kind": f"“{step.status.label}” needs evidence: say what shows it."})
    authors = {each.by for each in run if each.by_id}
    if is_new and step.status.needs_second_person and step.by in authors:
        name = step.by.get_full_name() or step.by.get_username() if step.by else ""
        raise ValidationError({"status": f"“{step.status.label}” is for somebody else to say than {name}, who asked."})


class DeadlineService(Service[DeadlineMove]):
    """The present date is that of the last move; the first date is kept, and is set where there was none."""

    def create(self, values: Mapping[str, Any] | None = None, /, *, by: By, reason: str, **more: Any) -> DeadlineMove:
        """From the date that the requirement has now."""
        requirement = {**(values or {}), **more}["requirement"]
        old = {"old_on": requirement.due_on, "old_precision": requirement.due_precision}
        return super().create({**(values or {}), **more, **old}, by=by, reason=reason)

    def prepare(self, record: DeadlineMove) -> None:
        record.new_on = first_day(record.new_on, record.new_precision)
        if (record.old_on, record.old_precision) == (record.new_on, record.new_precision):
            raise ValidationError({"new_on": f"It is due on {record.new} already: give another date."})

    def follow(self, record: DeadlineMove, *, by: By, reason: str) -> None:
        [requirement] = Requirement.objects.select_for_update().filter(pk=record.requirement_id)
        values = {"due_on": record.new_on, "due_precision": record.new_precision}
        if requirement.first_due_precision == DuePrecision.NONE:
            values |= {f"first_{name}": value for name, value in values.items()}
        REQUIREMENTS.change(requirement, values, by=by, reason=reason, expected_version=requirement.version)


DEADLINES = DeadlineService(DeadlineMove, fixed=("requirement",))


def move_deadline(
    requirement: Requirement,
    *,
    by: By,
    new_on: date,
    setter: str,
    reason: str,
    on: date,
    expected_version: int,
    today: date,
    new_precision: str = Precision.DAY,
    source: SourceDocument | None = None,
    locator: str = "",
) -> DeadlineMove:
    """Give the requirement another due date, which ``setter`` set ``on`` a day. Raises as ``take_step`` does."""
    if on > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    values = {"on": on, "new_on": new_on, "new_precision": new_precision, "setter": setter, "reason": reason, "by": by}
    with transaction.atomic():
        current = _lock(requirement, expected_version, {"due_on": new_on})
        more = {"requirement": current, "source": source, "locator": locator}
        return DEADLINES.create({**values, **more}, by=by, reason=reason)


def _lock(requirement: Requirement, expected_version: int, attempted: Mapping[str, Any]) -> Requirement:
    """The row as it is stored, locked. Raises StaleRecordError."""
    stored = Requirement.objects.select_for_update().filter(pk=requirement.pk).first()
    if stored is None or stored.version != expected_version:
        raise StaleRecordError(stored or requirement, expected_version, attempted, removed=stored is None)
    return stored
