"""Signing a plan, and asking somebody to: a second person of the body's own chain signs what they have read."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from plans4p.choices import PlanStatus, RequestStatus, SignatureState
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.plans.services import PLAIN, REQUESTS, SIGNATURES, hold_open
from plans4p.quality.queries import Question, list_parts, list_questions
from plans4p.signatures.models import SignatureRequest
from plans4p.signatures.queries import fingerprint, get_content, get_standing, hindrance, list_signers
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import in_words


class UnansweredError(ValidationError):
    """A plan cannot be signed yet; ``questions`` are the required ones that it leaves open."""

    def __init__(self, questions: list[Question]) -> None:
        self.questions = questions
        super().__init__([f"{question.key.label}: {question.to_do}" for question in questions])


def approve(
    plan: Plan, *, by: Any, today: date, expected_version: int, read: str | None = None, copies_reason: str = ""
) -> Plan:
    """Sign a draft, a plan under review, or one that has changed since it was signed, so that it runs.

    The signature keeps what the plan says at that moment, while nobody else writes a part of it.
    ``read`` is the fingerprint of what the signer has read (see ``Content``); None: as it is now.
    Raises UnansweredError with every required question that it leaves open, ValidationError where the signer is no
    second person of the plan's body, where it is closed or as signed, or where it no longer says what was read; and,
    as of ``copies_reason``, where some of its actions stand in other plans and it is not said why it is signed so.
    """
    with transaction.atomic():
        plan = _hold(plan)
        if why := hindrance(by, plan):
            raise ValidationError(why)
        content = get_content(plan)
        if read is not None and read != content.fingerprint:
            raise ValidationError("The plan has changed since you opened this page. Read it again before you sign it.")
        (parts,) = list_parts(by, [plan], today)
        if unanswered := [q for q in list_questions(parts) if q.key.is_required and not q.answered]:
            raise UnansweredError(unanswered)
        if parts.shared and not copies_reason.strip():
            words = (
                f"{parts.shared} of its {parts.compared} actions also stand in other plans: say why it is signed so."
            )
            raise ValidationError({"copies_reason": words})
        values = {"status": PlanStatus.ACTIVE, "approved_by": by, "approved_on": today}
        reason = f"Approved on {in_words(today)}."
        signed = PLAIN.change(plan, values, by=by, reason=reason, expected_version=expected_version)
        signature = {
            "plan": signed,
            "by": by,
            "on": today,
            "at": now(),
            "plan_version": signed.version,
            "required": fingerprint(content.required),
            "other": fingerprint(content.other),
            "content": {"required": content.required, "other": content.other},
            "copies_reason": copies_reason.strip() if parts.shared else "",
        }
        SIGNATURES.create(signature, by=by, reason=reason)
        for request in signed.signature_requests.waiting():  # whom else somebody asked need not sign any more
            is_answer = request.to_id == by.pk
            status = RequestStatus.SIGNED if is_answer else RequestStatus.DROPPED
            answer = {"status": status, "answered_on": today}
            why = "Signed." if is_answer else f"{name_of(by)} has signed it."
            REQUESTS.change(request, answer, by=by, reason=why, expected_version=request.version)
    return signed


def ask_to_sign(plan: Plan, officer: LeadOfficer, *, by: Any, today: date, note: str = "") -> SignatureRequest:
    """Ask an officer who may sign the plan to do so. Raises ValidationError where they may not, or were asked."""
    with transaction.atomic():
        plan = _hold(plan)
        if not list_signers(plan).filter(pk=officer.pk).exists():
            raise ValidationError({"to": f"{officer} may not sign this plan: choose another officer of its body."})
        values = {"plan": plan, "by": by, "to": officer.user, "on": today, "note": note}
        return REQUESTS.create(values, by=by, reason=f"{officer} was asked to sign.")


def decline_to_sign(request: SignatureRequest, *, reason: str, by: Any, today: date) -> SignatureRequest:
    """Say why one does not sign. Raises ValidationError where it was not they who were asked, or it is answered."""
    if request.to_id != by.pk or request.status != RequestStatus.WAITING:
        raise ValidationError("Only who was asked declines to sign, and once.")
    values = {"status": RequestStatus.DECLINED, "answered_on": today, "answer": reason}
    return REQUESTS.change(request, values, by=by, reason=f"Declined: {reason}", expected_version=request.version)


def _hold(plan: Plan) -> Plan:
    """The plan as it is stored, which nobody else writes until the transaction ends. Refuses one that needs no name."""
    hold_open(plan)
    stored: Plan = (
        Plan.objects.select_related("organisation", "owner").with_content().filter(pk=plan.pk).first() or plan
    )
    if stored.status == PlanStatus.ACTIVE and get_standing(stored).state == SignatureState.AS_SIGNED:
        raise ValidationError(f"{stored.reference} is signed already, and says what was signed.")
    return stored
