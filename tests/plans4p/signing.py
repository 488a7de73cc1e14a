"""What tests of signatures share: a body with officers who have accounts, and a plan that can be signed."""

from datetime import date

from django.contrib.auth.models import User

from forces.models import Organisation
from plans4p.aims.services import OMISSIONS
from plans4p.plans.models import Plan
from plans4p.signatures.queries import Standing, get_standing
from plans4p.signatures.services import approve
from tests.makers import make_account_of, make_action, make_aim, make_organisation, make_plan

TODAY = date(2023, 3, 1)


def make_ready(reference: str = "4P-00001", **more) -> Plan:
    """A draft of Cheshire's that answers every required question; "owner" owns it, "author" wrote it first."""
    body = Organisation.objects.filter(slug="cheshire").first() or make_organisation()
    owner, author = make_account_of(body, "owner"), make_account_of(body, "author")
    dates = {"review_due_on": date(2023, 9, 1)}
    more = dates | {"intelligence": "Profile 12", "owner": owner.lead_officer, "author": author} | more
    plan = make_plan(body, reference, **more)
    make_action(make_aim(plan))
    for p in ("prevent", "protect", "prepare"):
        OMISSIONS.create({"plan": plan, "four_p": p, "reason": "Another plan covers it."}, by=author, reason="x")
    return plan


def sign(plan: Plan, by: User | None = None, today: date = TODAY) -> Plan:
    """Signed by a second officer of its body, unless by another."""
    plan.refresh_from_db()
    return approve(plan, by=by or make_account_of(plan.organisation), today=today, expected_version=plan.version)


def stands(plan: Plan) -> Standing:
    """As it is stored."""
    return get_standing(Plan.objects.get(pk=plan.pk))


def status(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).status
