"""Writes of what counts towards aims, and of what was proposed and does not."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from disruptions.record.models import Disruption
from plans4p.aims.models import Aim
from plans4p.choices import ResultKind
from plans4p.plans.models import Plan
from plans4p.plans.services import PartService
from plans4p.results.models import Contribution, Dismissal
from soc_tracker.core.records.services import By


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
