"""The parts of a plan: aims, reasons for having none, actions, results, reviews and consultations.

Two people may write different parts of one plan at the same time; of one part, the second is refused and shown both.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from plans4p.aims.models import Action, Aim, Omission, Tactic
from plans4p.likeness.services import compare_again
from plans4p.plans.services import ContentService, hold_open
from soc_tracker.core.records.services import By, Service


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

    def remove(self, record: Aim, **terms: Any) -> None:
        """With its actions, whose wording is then compared no more."""
        with transaction.atomic():
            super().remove(record, **terms)
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

    def remove(self, record: Action, **terms: Any) -> None:
        with transaction.atomic():
            super().remove(record, **terms)
            compare_again(record.plan)


TACTICS = Service(Tactic, fixed=("slug",))
AIMS = AimService(Aim, fixed=("plan",))
OMISSIONS = OmissionService(Omission, fixed=("plan",))
ACTIONS = ActionService(Action, fixed=("aim",))
