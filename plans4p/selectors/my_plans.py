"""What a lead responsible officer finds on their own page: their plans, what is due, and what waits to be linked."""

from dataclasses import dataclass
from datetime import date, timedelta

from plans4p.models import Action, LeadOfficer, Plan, SignatureRequest
from plans4p.selectors.directory import User
from plans4p.selectors.due import NEAR, Due, due
from plans4p.selectors.proposals import Waiting, waiting_for
from plans4p.selectors.signers import to_sign
from soc_tracker.lib.bounded import Bounded, bounded

PLANS, WAITING = 50, 20


@dataclass(frozen=True)
class MyPlans:
    """``officer`` is None where the user's account is no lead responsible officer's.

    ``plans`` are those that they own or are a deputy for, ``to_sign`` is what somebody asked them to sign.
    """

    officer: LeadOfficer | None
    plans: Bounded
    due: Due
    waiting: list[Waiting]
    to_sign: list[SignatureRequest]


def my_plans(user: User, today: date) -> MyPlans:
    """As many queries for many plans as for few."""
    officer = LeadOfficer.objects.filter(user=user.pk).select_related("organisation").first()
    listed = Plan.objects.visible_to(user).open().for_list().with_content().order_by("review_due_on", "pk")
    plans = bounded(listed.of_writer(user), PLANS)
    return MyPlans(
        officer=officer,
        plans=plans,
        due=due(user, today),
        waiting=waiting_for(user, plans.rows)[:WAITING],
        to_sign=list(to_sign(user)[:WAITING]),
    )


@dataclass(frozen=True)
class InShort:
    """How many of an officer's actions are overdue or due soon, and how many plans to review by then, late or not."""

    officer: LeadOfficer
    overdue: int
    due: int
    to_review: int


def in_short(user: User, today: date) -> InShort | None:
    """The same in numbers, over so many days as ``due`` looks ahead; None where the account is no officer's."""
    officer = LeadOfficer.objects.filter(user=user.pk).first()
    if officer is None:
        return None
    plans = Plan.objects.visible_to(user).of_owner(user).open()
    actions = Action.objects.visible_to(user).filter(aim__plan__in=plans)
    return InShort(
        officer=officer,
        overdue=actions.overdue(today).count(),
        due=actions.due_within(today, NEAR.days).count(),
        to_review=plans.running().filter(review_due_on__lte=today + timedelta(days=NEAR.days)).count(),
    )
