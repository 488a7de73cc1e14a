"""The end of a plan: closed with what came of it and of each action, and reopened where that was too early."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from plans4p.choices import ENDED, ActionStatus, PlanStatus
from plans4p.models import Action, Plan
from plans4p.services.plans import STEPS, hold_open, refuse_stage
from soc_tracker.lib.services import By, Service

_ENDINGS = Service(Action)
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
            _ENDINGS.change(action, values, by=by, reason=why, expected_version=action.version)
        closed = {"status": PlanStatus.CLOSED, "closed_on": on, "result": result, "learning": learning}
        return STEPS.change(plan, closed, by=by, reason=reason, expected_version=expected_version)


def reopen_plan(plan: Plan, *, by: By, reason: str, expected_version: int) -> Plan:
    """Take a closed plan under review. Its history keeps when it was closed and with what result; its actions stay."""
    refuse_stage(plan, PlanStatus.CLOSED)
    values = {"status": PlanStatus.UNDER_REVIEW, "closed_on": None, "result": ""}
    return STEPS.change(plan, values, by=by, reason=reason, expected_version=expected_version)
