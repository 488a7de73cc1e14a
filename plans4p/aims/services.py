"""The parts of a plan: aims, reasons for having none, actions, results, reviews and consultations.

Two people may write different parts of one plan at the same time; of one part, the second is refused and shown both.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from disruptions.record.models import Disruption
from plans4p.aims.models import Action, Aim, Contribution, Dismissal, Omission, Tactic
from plans4p.choices import ResultKind
from plans4p.likeness.services import compare_again
from plans4p.plans.models import Plan
from plans4p.plans.services import ContentService, Part, PartService, hold_open
from soc_tracker.core.records.services import By, Service


class WordedService(ContentService[Part]):
    """What holds the wording of actions: once it is removed, that is compared with other plans no more."""

    def remove(self, record: Any, **terms: Any) -> None:
        with transaction.atomic():
            super().remove(record, **terms)
            compare_again(record.plan)


class AimService(WordedService[Aim]):
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


class OmissionService(ContentService[Omission]):
    """Under one P, a plan has aims or a reason for having none."""

    def prepare(self, record: Omission) -> None:
        super().prepare(record)
        if record.plan.aims.filter(four_p=record.four_p).exists():
            raise ValidationError({"four_p": f"The plan has an aim under {record.get_four_p_display()}."})


class ActionService(WordedService[Action]):
    """The wording of actions is compared with that of other plans, in the background, after each change."""

    def follow(self, record: Action, *, by: By, reason: str) -> None:
        super().follow(record, by=by, reason=reason)
        compare_again(record.plan)


TACTICS = Service(Tactic, fixed=("slug",))
AIMS = AimService(Aim, fixed=("plan",))
OMISSIONS = OmissionService(Omission, fixed=("plan",))
ACTIONS = ActionService(Action, fixed=("aim",))


class ContributionService(PartService[Contribution]):
    """What counts is of the plan's kind of data, and happened since the plan began; a disruption is of the aim's P."""

    def prepare(self, record: Contribution) -> None:
        super().prepare(record)
        plan, disruption, four_p = record.plan, record.disruption, record.aim.four_p
        if disruption and disruption.state_of_id:
            raise ValidationError({"disruption": "Link the disruption as it is now, not an earlier state of it."})
        if disruption and disruption.four_p != four_p:
            theirs, own = disruption.get_four_p_display(), record.aim.get_four_p_display()
            raise ValidationError({"disruption": f"{disruption.reference} is {theirs}, and the aim {own}."})
        source = disruption or record.order
        if source and source.kind_of_data != plan.kind_of_data:
            kinds = f"{source.get_kind_of_data_display().lower()} data, and the plan {plan.get_kind_of_data_display()}"
            raise ValidationError(f"{source} is {kinds}: the two never add up.")
        if record.on < plan.starts_on:
            raise ValidationError({"on": "That was before the plan began, so it is none of its results."})


CONTRIBUTIONS = ContributionService(Contribution, fixed=("aim", "disruption", "order"))
DISMISSALS = PartService(Dismissal, fixed=("plan", "disruption"))


def link_disruption(aim: Aim, disruption: Disruption, *, by: By, reason: str = "Linked by hand.") -> Contribution:
    """Count a disruption towards an aim. Raises ValidationError where it is of another P or counts already."""
    values = {"kind": ResultKind.DISRUPTIONS, "disruption": disruption, "on": disruption.activity_date}
    return CONTRIBUTIONS.create(values, aim=aim, by=by, reason=reason)


def link_disruptions(pairs: Iterable[tuple[Aim, Disruption]], *, by: By) -> list[Contribution]:
    """Count several at once: all of them, or, where one is refused, none. Raises as ``link_disruption``."""
    with transaction.atomic():
        return [link_disruption(aim, row, by=by, reason="Linked with others at once.") for aim, row in pairs]


def dismiss_disruption(plan: Plan, disruption: Disruption, *, by: By, reason: str) -> Dismissal:
    """Say that a proposed disruption is none of the plan's results, so that it is not proposed again."""
    return DISMISSALS.create({"plan": plan, "disruption": disruption, "reason": reason}, by=by, reason=reason)
