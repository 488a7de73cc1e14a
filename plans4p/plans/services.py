"""Plans from draft to closure, and what keeps them to their signature, whoever writes them or a part of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.urls import resolve

from disruptions.choices import DataKind
from plans4p.aims.models import Action
from plans4p.choices import ENDED, OPEN, ActionStatus, PlanStatus, ReviewKind
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Consultation, OwnerChange, Plan, Review
from plans4p.signatures.models import Signature, SignatureRequest
from plans4p.signatures.queries import get_standing
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import in_words

SIGNED = ("plan_version", "required", "other", "content", "copies_reason")
SIGNATURES = Service(Signature, fixed=("plan", "by", "on", "at", *SIGNED))
REQUESTS = Service(SignatureRequest, fixed=("plan", "by", "to", "on"))
PLAIN = Service(Plan)
"""Writes a plan without a look at its signature: for signing itself, and for what takes it under review."""


def keep_to_signature(plan: Plan, *, by: By, reason: str) -> None:
    """Take an active plan under review where it no longer says what was signed, in what is required.

    ``plan`` then is as it is stored. Called in the transaction of the write, which holds the plan.
    """
    with transaction.atomic():
        stored = Plan.objects.with_content().filter(pk=plan.pk, status=PlanStatus.ACTIVE).first()
        if stored is None:
            return
        stands = get_standing(stored)
        if stands.signature is None or stands.holds:
            return
        signed = in_words(stands.signature.on)
        why = f"{reason} No longer as signed on {signed}, so under review until it is signed again."
        PLAIN.change(stored, status=PlanStatus.UNDER_REVIEW, by=by, reason=why, expected_version=stored.version)
    plan.refresh_from_db()


MOVED_BY_THEIR_OWN_STEPS = (
    *("status", "owner", "approved_by", "approved_on", "closed_on", "result", "learning"),
    *("reference", "kind_of_data", "author"),
)
"""What no edit of a plan touches: each has a function here that says what must be so first."""


class StepService(Service[Plan]):
    """A step of a plan may touch what a signature is bound to, as a change of owner does."""

    def follow(self, record: Plan, *, by: By, reason: str) -> None:
        keep_to_signature(record, by=by, reason=reason)


class PlanService(StepService):
    """A plan and all that it names are of one kind of data; a closed plan is not changed."""

    def prepare(self, record: Plan) -> None:
        if record._state.adding and record.status != PlanStatus.DRAFT:
            raise ValidationError({"status": "A plan begins as a draft, and runs once somebody has signed it."})
        if record._state.adding and not is_addressable(record.reference):
            raise ValidationError({"reference": "Choose another: the address of the plan’s page cannot hold this one."})
        refuse_closed(record)
        for aim in record.aims.order_by("due_on", "pk") if record.pk else ():
            if not record.runs_on(aim.due_on):
                name = "starts_on" if aim.due_on < record.starts_on else "ends_on"
                due = in_words(aim.due_on)
                words = f"The aim “{aim.change}” is due on {due}: move that day first, or choose another."
                raise ValidationError({name: words})
        refuse_mixed(record, "threat", record.threat)
        refuse_mixed(record, "owner", record.owner)

    def check_removal(self, record: Plan) -> None:
        if record.status != PlanStatus.DRAFT:
            raise ValidationError("Only a draft can be removed. Close the plan, and say what came of it.")


PLANS = PlanService(Plan, fixed=MOVED_BY_THEIR_OWN_STEPS)
OWNER_CHANGES = Service(OwnerChange)
BY_STEPS = StepService(Plan)


def write_plan(
    values: Mapping[str, Any] | None = None, /, *, by: By, today: date, reason: str = "Written.", **more: Any
) -> Plan:
    """Write a new draft. Its kind of data is that of its threat, else of its owner; its reference the next free one."""
    fields = {**(values or {}), **more}
    fields.setdefault("starts_on", today)
    source = fields.get("threat") or fields.get("owner")
    fields.setdefault("kind_of_data", source.kind_of_data if source else DataKind.RECORDED)
    with transaction.atomic():
        if "reference" not in fields:  # 4P-00001 and so on; of two who write at once the second may be refused
            highest = Plan.objects.aggregate(highest=Max("pk"))["highest"] or 0
            references = (f"4P-{number:05}" for number in count(highest + 1))
            fields["reference"] = next(text for text in references if not Plan.objects.filter(reference=text).exists())
        plan = PLANS.create(fields, author=by, status=PlanStatus.DRAFT, by=by, reason=reason)
        if plan.owner:
            first = {"plan": plan, "on": today, "before": None, "after": plan.owner, "reason": reason}
            OWNER_CHANGES.create(first, by=by, reason=reason)
    return plan


def change_owner(plan: Plan, owner: LeadOfficer, *, on: date, by: By, reason: str, expected_version: int) -> Plan:
    """Pass a plan to another owner, or give one to a draft that has none. The day and the reason are kept for good."""
    refuse_closed(plan)
    refuse_mixed(plan, "owner", owner)
    if plan.owner_id == owner.pk:
        raise ValidationError({"owner": f"{owner} owns this plan already."})
    with transaction.atomic():
        changed = BY_STEPS.change(plan, owner=owner, by=by, reason=reason, expected_version=expected_version)
        values = {"plan": changed, "on": on, "before": plan.owner, "after": owner, "reason": reason}
        OWNER_CHANGES.create(values, by=by, reason=reason)
    return changed


def begin_review(plan: Plan, *, by: By, reason: str, expected_version: int) -> Plan:
    """Take an active plan under review; it runs again once that is written down or the plan is signed anew."""
    refuse_stage(plan, PlanStatus.ACTIVE)
    return BY_STEPS.change(
        plan, status=PlanStatus.UNDER_REVIEW, by=by, reason=reason, expected_version=expected_version
    )


def end_review(plan: Plan, *, next_due: date, by: By, reason: str, expected_version: int) -> Plan:
    """The plan was reviewed, and is due the next time on a later day. It runs again if it is what was signed."""
    values: dict[str, Any] = {"review_due_on": next_due}
    if plan.status == PlanStatus.UNDER_REVIEW:
        stored = Plan.objects.with_content().filter(pk=plan.pk).first()
        if stored and get_standing(stored).holds:
            values["status"] = PlanStatus.ACTIVE
    return BY_STEPS.change(plan, values, by=by, reason=reason, expected_version=expected_version)


def name_deputies(plan: Plan, deputies: Iterable[LeadOfficer], *, by: By, reason: str, expected_version: int) -> Plan:
    """Say who writes the plan beside its owner. Raises ValidationError where one is of another body or kind of data."""
    refuse_closed(plan)
    deputies = list(deputies)
    if strangers := [officer for officer in deputies if officer.organisation_id != plan.organisation_id]:
        raise ValidationError({"deputies": f"{strangers[0]} is of another body: a deputy is of {plan.organisation}."})
    refuse_mixed(plan, "deputies", *deputies)
    return BY_STEPS.change(plan, deputies=deputies, by=by, reason=reason, expected_version=expected_version)


def hold_open(plan: Plan) -> Plan:
    """Let nobody else write the plan or a part of it until the transaction ends. Raises as ``refuse_closed``.

    Returns it as it is stored now. Whoever writes a part holds its plan first, so that no two wait for each other.
    """
    stored = Plan.objects.select_for_update(no_key=True).filter(pk=plan.pk).order_by("pk").first()
    if stored is None:
        return plan  # it is gone, which the write that follows finds
    refuse_closed(stored)
    return stored


def refuse_closed(plan: Plan) -> None:
    """Raise ValidationError where the plan is closed: what it said then stands."""
    if plan.status not in OPEN:
        raise ValidationError(f"{plan.reference} is closed, and what it says no longer changes.")


def refuse_stage(plan: Plan, *stages: PlanStatus) -> None:
    """Raise ValidationError where the plan is at none of the stages."""
    if plan.status not in stages:
        needed = " or ".join(stage.label.lower() for stage in stages)
        raise ValidationError(f"{plan.reference} is {plan.get_status_display().lower()}; it must be {needed} for this.")


def is_addressable(reference: str) -> bool:
    """Whether a plan of this reference has a page of its own: some texts do not fit its address, some are others'."""
    if "/" in reference or not reference.isprintable() or not reference.strip("."):
        return False
    return resolve(Plan(reference=reference).get_absolute_url()).url_name == "plan"


def refuse_mixed(plan: Plan, name: str, *records: Any) -> None:
    """Raise ValidationError of the field where one of the records is of another kind of data than the plan."""
    for record in records:
        if record and record.kind_of_data != plan.kind_of_data:
            kind = record.get_kind_of_data_display().lower()
            raise ValidationError({name: f"{record} is {kind}: plans and what they name are of one kind of data."})


ENDINGS = Service(Action)
"""Of actions whose plan is held already, and whose wording stays, so that it is not compared again."""

Ends = Mapping[int, tuple[ActionStatus, str]]
"""What becomes of open actions, by key: how each ends, and its outcome."""


def close_plan(
    plan: Plan,
    *,
    result: str,
    learning: str,
    on: date,
    by: By,
    reason: str,
    expected_version: int,
    ends: Ends | None = None,
) -> Plan:
    """End a plan that runs, with what came of it, what was learned and what becomes of each open action.

    Raises ValidationError where an open action is not among the ``ends``. One that has ended since is left as it is.
    """
    refuse_stage(plan, PlanStatus.ACTIVE, PlanStatus.UNDER_REVIEW)
    if not learning.strip():
        raise ValidationError({"learning": "Say what was learned, so that the next plan is better."})
    with transaction.atomic():
        hold_open(plan)
        ends = ends or {}
        actions = Action.objects.filter(aim__plan=plan).not_ended()
        if left := [action for action in actions if action.pk not in ends or ends[action.pk][0] not in ENDED]:
            raise ValidationError([f"Say what becomes of the action “{action}”." for action in left])
        for action in actions:
            status, outcome = ends[action.pk]
            values = {"status": status, "outcome": outcome}
            why = f"The plan was closed: {reason}"
            ENDINGS.change(action, values, by=by, reason=why, expected_version=action.version)
        closed = {"status": PlanStatus.CLOSED, "closed_on": on, "result": result, "learning": learning}
        return BY_STEPS.change(plan, closed, by=by, reason=reason, expected_version=expected_version)


def reopen_plan(plan: Plan, *, by: By, reason: str, expected_version: int) -> Plan:
    """Take a closed plan under review. Its history keeps when it was closed and with what result; its actions stay."""
    refuse_stage(plan, PlanStatus.CLOSED)
    values = {"status": PlanStatus.UNDER_REVIEW, "closed_on": None, "result": ""}
    return BY_STEPS.change(plan, values, by=by, reason=reason, expected_version=expected_version)


Part = TypeVar("Part", bound=models.Model)


class PartService(Service[Part]):
    """A part is written while its plan is open, by one person at a time."""

    def prepare(self, record: Any) -> None:
        if record._state.adding:
            hold_open(record.plan)

    def change(self, record: Any, values: Mapping[str, Any] | None = None, /, **terms: Any) -> Part:
        with transaction.atomic():
            hold_open(record.plan)
            return super().change(record, values, **terms)

    def remove(self, record: Any, *, by: By, reason: str, expected_version: int) -> None:
        with transaction.atomic():
            hold_open(record.plan)
            super().remove(record, by=by, reason=reason, expected_version=expected_version)


class ContentService(PartService[Part]):
    """A part that is signed with its plan: whatever changes it may leave the plan to be signed again."""

    def follow(self, record: Any, *, by: By, reason: str) -> None:
        keep_to_signature(record.plan, by=by, reason=reason)

    def remove(self, record: Any, *, by: By, reason: str, expected_version: int) -> None:
        with transaction.atomic():
            super().remove(record, by=by, reason=reason, expected_version=expected_version)
            keep_to_signature(record.plan, by=by, reason=reason)


class ConsultationService(PartService[Consultation]):
    """A plan consults partners of its own kind of data."""

    def prepare(self, record: Consultation) -> None:
        super().prepare(record)
        if record.partner.kind_of_data != record.plan.kind_of_data:
            raise ValidationError({"partner": f"{record.partner} is of another kind of data than the plan."})


CONSULTATIONS = ConsultationService(Consultation, fixed=("plan",))
REVIEWS = PartService(Review, fixed=("plan", "by"))


def review_plan(
    plan: Plan,
    *,
    kind: ReviewKind,
    on: date,
    checked: str,
    changes: str,
    by: Any,
    expected_version: int,
    next_due: date | None = None,
) -> Review:
    """Write a review down. The owner's ends the time under review, and says when the next is due: ``next_due``.

    Raises ValidationError where a second person is the owner or the author.
    """
    if kind == ReviewKind.SECOND_PERSON:
        if by.pk in (plan.owner.user_id if plan.owner else None, plan.author_id):
            raise ValidationError("A second person assures the quality of a plan: neither its owner nor its author.")
        next_due = None
    elif next_due is None or next_due <= on:
        raise ValidationError({"next_due": "Give the day of the next review, after this one."})
    reason = f"{kind.label}: {changes}"
    with transaction.atomic():
        values = {"plan": plan, "kind": kind, "on": on, "by": by, "checked": checked, "changes": changes}
        values["next_due"] = next_due
        review = REVIEWS.create(values, by=by, reason=reason)
        if next_due:
            end_review(plan, next_due=next_due, by=by, reason=reason, expected_version=expected_version)
    return review
