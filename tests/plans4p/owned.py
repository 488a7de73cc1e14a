"""A lead responsible officer with an account, their plans, and everything that can fall due around these."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User

from forces.models import Organisation
from plans4p.aims.models import Action
from plans4p.aims.services import ACTIONS
from plans4p.choices import Every
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS
from plans4p.reminders.models import Reminders
from plans4p.reminders.services import REMINDERS
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import (
    REASON,
    make_action,
    make_aim,
    make_author,
    make_officer,
    make_order,
    make_organisation,
    make_partner,
    make_plan,
)

TODAY = date(2023, 5, 10)


def day(days: int) -> date:
    """So many days from the day of the tests."""
    return TODAY + timedelta(days=days)


def make_owner(role: Role = Role.LEAD_RESPONSIBLE_OFFICER, **more: Any) -> LeadOfficer:
    organisation = Organisation.objects.filter(slug="cheshire").first() or make_organisation()
    user = demo_account(role)
    return LeadOfficer.objects.filter(user=user).first() or make_officer(
        organisation, name=user.get_full_name(), user=user, **more
    )


def make_own_plan(owner: LeadOfficer, reference: str = "4P-00001", status: str = "active", **more: Any) -> Plan:
    given = {"kind_of_data": owner.kind_of_data, "review_due_on": date(2024, 12, 1)} | more
    return make_plan(owner.organisation, reference, status, owner=owner, **given)


def make_hands_full(owner: LeadOfficer, *names: str) -> None:
    """For each name, two plans on which everything falls due that a digest tells: nine dates."""
    for name in names or ("first",):
        _full(owner, f"{owner.pk}-{name}")


def _full(owner: LeadOfficer, name: str) -> None:
    body, kind = owner.organisation, {"kind_of_data": owner.kind_of_data}
    late = make_own_plan(owner, f"4P-late-{name}", review_due_on=day(-1))
    near = make_own_plan(owner, f"4P-near-{name}", review_due_on=day(3))
    make_action(make_aim(late, due_on=day(-2)), due_on=day(-4))
    make_action(make_aim(near, due_on=day(5)), due_on=day(2))
    order = {"in_force_from": day(-90), "made_on": day(-90)} | kind
    make_order(body, f"end-{name}", expires_on=day(20), **order)
    make_order(body, f"out-{name}", expires_on=None, release_on=day(30), setting="custody", **order)
    agreement = {"sharing_agreement": "Agreement 7", "agreement_expires_on": day(40)} | kind
    partner = make_partner(f"Trust {name}", [body], **agreement)
    CONSULTATIONS.create(plan=near, partner=partner, on=day(-9), by=make_author(), reason=REASON)


def change_action(action: Action, by: User, **values: Any) -> Action:
    return ACTIONS.change(action, values, by=by, reason="Agreed at the meeting.", expected_version=action.version)


def make_reminders(user: User, every: Every = Every.DAY, **more: Any) -> Reminders:
    return REMINDERS.create({"every": every} | more, user=user, by=user, reason=REASON)
