"""What is decided about a proposal: its record is made, or nothing is, or what was decided is taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from inspections.choices import TakenIn
from inspections.figures.services import FIGURES
from inspections.findings.services import FINDINGS
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection
from inspections.programmes.services import INSPECTIONS
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ProposedFact
from inspections.reader.meaning.proposals import ProposalKind
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.sources.models import Sourced
from soc_tracker.core.records.services import Service
from soc_tracker.core.records.states import name_of

MOST_NAMED = 3
SERVICES: dict[str, Service[Any]] = {
    ProposalKind.GRADING: GRADINGS,
    ProposalKind.FINDING: FINDINGS,
    ProposalKind.RECOMMENDATION: RECOMMENDATIONS,
    ProposalKind.FIGURE: FIGURES,
}
"""What writes, and takes away, the record of a proposal of each kind."""


def accept(
    fact: ProposedFact, make: Callable[[Any], Sourced], *, by: AbstractBaseUser, expected_version: int
) -> Sourced:
    """Have a record made of a proposal, and keep which. Raises ValidationError, also where it is decided already.

    ``make`` takes who decides, and returns the record.
    """
    with transaction.atomic():
        stored = _locked(fact, expected_version)
        record = make(by)
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
            try:
                if record is not None:
                    why = "Taken back in the review of its report."
                    service.remove(record, by=by, reason=why, expected_version=record.version)
            except ProtectedError as error:
                named = "; ".join(sorted({str(each) for each in error.protected_objects})[:MOST_NAMED])
                raise ValidationError(f"Take back first what belongs to it: {named}.") from error
        stored.record_kind, stored.record_key = "", None
        _decide(stored, Decision.WAITING, by)


def hold_whole(inspection: Inspection, *, by: AbstractBaseUser, expected_version: int) -> Inspection:
    """Say of a draft that all that its report says is held here: of what it has none of, none was found.

    Raises ValidationError where proposals wait, and StaleRecordError as ``Service.change`` does.
    """
    waiting = ProposedFact.objects.filter(report__inspection=inspection, kind__in=SERVICES).open().count()
    if waiting:
        raise ValidationError(f"Decide first what waits: {waiting}.")
    reason = "All that the report says was reviewed."
    return INSPECTIONS.change(
        inspection, taken_in=TakenIn.EVERYTHING, by=by, reason=reason, expected_version=expected_version
    )


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
