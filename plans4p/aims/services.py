"""The parts of a plan: aims, reasons for having none, actions, results, reviews and consultations.

Two people may write different parts of one plan at the same time; of one part, the second is refused and shown both.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from disruptions.record.models import Disruption
from plans4p.aims.models import Action, Aim, Omission, Tactic
from plans4p.choices import ResultKind, ReviewKind
from plans4p.likeness.services import compare_again
from plans4p.orders.models import AncillaryOrder
from plans4p.plans.models import Consultation, Plan, Review
from plans4p.plans.services import end_review, hold_open, keep_to_signature
from plans4p.results.models import Contribution, Dismissal
from soc_tracker.core.records.services import By, Service

Part = TypeVar("Part", bound=models.Model)


class PartService(Service[Part]):
    """A part is written while its plan is open, by one person at a time."""

    def prepare(self, record: Any) -> None:
        if record._state.adding:
            hold_open(record.plan)

    def change(self, record: Any, values: Mapping[str, Any] | None = None, /, **told: Any) -> Part:
        with transaction.atomic():
            hold_open(record.plan)
            return super().change(record, values, **told)

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


class AimService(ContentService[Aim]):
    """Under one P, a plan has aims or a reason for having none. An aim is due while the plan runs."""

    def prepare(self, record: Aim) -> None:
        plan = hold_open(record.plan)
        if not plan.runs_on(record.due_on):
            raise ValidationError({"due_on": f"Choose a day while the plan runs, {plan.days_in_words}."})
        if record.plan.omissions.filter(four_p=record.four_p).exists():
            p = record.get_four_p_display()
            raise ValidationError({"four_p": f"The plan says why it has no aim under {p}: remove that reason first."})

    def fixed_fields(self, record: Aim) -> tuple[str, ...]:
        """Its P, too, once a disruption counts towards it, which is of that P."""
        is_linked = record.contributions.filter(disruption__isnull=False).exists()
        return (*self.fixed, "four_p") if is_linked else self.fixed

    def check_removal(self, record: Aim) -> None:
        if record.contributions.exists():
            raise ValidationError("Results count towards this aim. Take them off it first, so that none is lost.")

    def remove(self, record: Aim, **told: Any) -> None:
        """With its actions, whose wording is then compared no more."""
        with transaction.atomic():
            super().remove(record, **told)
            compare_again(record.plan)


class OmissionService(ContentService[Omission]):
    """Under one P, a plan has aims or a reason for having none."""

    def prepare(self, record: Omission) -> None:
        super().prepare(record)
        if record.plan.aims.filter(four_p=record.four_p).exists():
            raise ValidationError({"four_p": f"The plan has an aim under {record.get_four_p_display()}."})


class ActionService(ContentService[Action]):
    """The wording of actions is compared with that of other plans, in the background, after each change."""

    def follow(self, record: Action, *, by: By, reason: str) -> None:
        super().follow(record, by=by, reason=reason)
        compare_again(record.plan)

    def remove(self, record: Action, **told: Any) -> None:
        with transaction.atomic():
            super().remove(record, **told)
            compare_again(record.plan)


class ContributionService(PartService[Contribution]):
    """What counts is of the plan's kind of data, and happened since the plan began; a disruption is of the aim's P."""

    def prepare(self, record: Contribution) -> None:
        super().prepare(record)
        if record.disruption:
            _check_disruption(record.disruption, record.aim)
        plan = record.plan
        named = record.disruption or record.order
        if named and named.kind_of_data != plan.kind_of_data:
            kinds = f"{named.get_kind_of_data_display().lower()} data, and the plan {plan.get_kind_of_data_display()}"
            raise ValidationError(f"{named} is {kinds}: the two never add up.")
        if record.on < plan.starts_on:
            raise ValidationError({"on": "That was before the plan began, so it is none of its results."})


class ConsultationService(PartService[Consultation]):
    """A plan consults partners of its own kind of data."""

    def prepare(self, record: Consultation) -> None:
        super().prepare(record)
        if record.partner.kind_of_data != record.plan.kind_of_data:
            raise ValidationError({"partner": f"{record.partner} is of another kind of data than the plan."})


TACTICS = Service(Tactic, fixed=("slug",))
AIMS = AimService(Aim, fixed=("plan",))
OMISSIONS = OmissionService(Omission, fixed=("plan",))
ACTIONS = ActionService(Action, fixed=("aim",))
CONTRIBUTIONS = ContributionService(Contribution, fixed=("aim", "disruption", "order"))
DISMISSALS = PartService(Dismissal, fixed=("plan", "disruption"))
REVIEWS = PartService(Review, fixed=("plan", "by"))
CONSULTATIONS = ConsultationService(Consultation, fixed=("plan",))


def link_disruption(aim: Aim, disruption: Disruption, *, by: By, reason: str = "Linked by hand.") -> Contribution:
    """Count a disruption towards an aim. Raises ValidationError where it is of another P or counts already."""
    values = {"kind": ResultKind.DISRUPTIONS, "disruption": disruption, "on": disruption.activity_date}
    return CONTRIBUTIONS.create(values, aim=aim, by=by, reason=reason)


def link_disruptions(pairs: Iterable[tuple[Aim, Disruption]], *, by: By) -> list[Contribution]:
    """Count several at once: all of them, or, where one is refused, none. Raises as ``link_disruption``."""
    with transaction.atomic():
        return [link_disruption(aim, row, by=by, reason="Linked with others at once.") for aim, row in pairs]


def link_order(aim: Aim, order: AncillaryOrder, *, by: By, reason: str = "Linked by hand.") -> Contribution:
    """Count an order towards an aim."""
    values = {"kind": ResultKind.ORDERS, "order": order, "on": order.made_on}
    return CONTRIBUTIONS.create(values, aim=aim, by=by, reason=reason)


def _check_disruption(disruption: Disruption, aim: Aim) -> None:
    if disruption.state_of_id:
        raise ValidationError({"disruption": "Link the disruption as it is now, not an earlier state of it."})
    if disruption.four_p != aim.four_p:
        theirs, own = disruption.get_four_p_display(), aim.get_four_p_display()
        raise ValidationError({"disruption": f"{disruption.reference} is {theirs}, and the aim {own}."})


def dismiss_disruption(plan: Plan, disruption: Disruption, *, by: By, reason: str) -> Dismissal:
    """Say that a proposed disruption is none of the plan's results, so that it is not proposed again."""
    return DISMISSALS.create({"plan": plan, "disruption": disruption, "reason": reason}, by=by, reason=reason)


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
