"""Who may do what with 4P plans and with what stands around them, as permissions of the rules package.

Whoever reaches their body reads them. Each permission is asked of one plan or record, where there is one: then it says
whether that one is theirs to write, sign or review. Asked without, it says whether there can be any. An account's body
is that of its lead responsible officer: see ``get_officer``. Administrators write every plan and record; signing is no
writing, and theirs only as an officer of the body.
"""

from typing import Any

import rules

from plans4p.choices import RequestStatus
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.signatures.queries import WRITERS, get_officer, hindrance
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.access.permissions import allow
from soc_tracker.core.access.roles import Role, has_any_role, has_role, in_role, is_administrator


@rules.predicate
def writes(user: Any, plan: Plan | None) -> bool:
    """As owner, author or deputy of the plan."""
    if plan is None:
        return get_officer(user) is not None
    if not any(has_role(user, role) for role in WRITERS):
        return False
    return (
        plan.author_id == user.pk
        or owns(user, plan)
        or any(deputy.user_id == user.pk for deputy in plan.deputies.all())
    )


@rules.predicate
def owns(user: Any, plan: Plan | None) -> bool:
    """The plan; of one that has no owner yet, its author says who that is."""
    if plan is None:
        return get_officer(user) is not None
    owner = plan.owner.user_id if plan.owner else plan.author_id
    return user.is_authenticated and owner == user.pk


@rules.predicate
def signs(user: Any, plan: Plan | None) -> bool:
    return get_officer(user) is not None if plan is None else not hindrance(user, plan)


@rules.predicate
def has_request(user: Any, plan: Plan | None) -> bool:
    """Somebody has asked the user to sign the plan, and waits for an answer."""
    return plan is None or any(
        request.to_id == user.pk and request.status == RequestStatus.WAITING
        for request in plan.signature_requests.all()
    )


@rules.predicate
def works_for_the_body(user: Any, record: Any) -> bool:
    """Of the plan or record; for a partner, one of those that it serves."""
    officer = get_officer(user)
    if officer is None or record is None:
        return officer is not None
    if isinstance(record, Partner):
        return bool(record.serves.filter(pk=officer.organisation_id).exists())
    return bool(record.organisation_id == officer.organisation_id)


@rules.predicate
def reaches(user: Any, record: Any) -> bool:
    """The body of the plan or record, which else does not exist for the user; a partner is in everybody's directory."""
    return record is None or isinstance(record, Partner) or sight_of(user).sees(record.organisation_id)


allow("plans4p.read_plan", has_any_role, "Read and export 4P plans", by_reach=True)
allow(
    "plans4p.read_directory",
    has_any_role,
    "Read of lead responsible officers and Clear, Hold, Build sites; and, of the whole country, of partners",
    by_reach=True,
)
allow("plans4p.read_order", has_any_role, "Read and export ancillary orders", by_reach=True)
allow("plans4p.be_reminded", has_any_role, "Be reminded by e-mail, and have a calendar, of what is due", by_reach=True)
allow(
    "plans4p.write_plan",
    reaches & (writes | is_administrator),
    "Write a 4P plan: its owner, its author and their deputies; and load plans from a file",
    by_reach=True,
)
allow(
    "plans4p.change_owner",
    reaches & (owns | is_administrator),
    "Pass a 4P plan to another owner, and name deputies: its owner",
    by_reach=True,
)
allow(
    "plans4p.sign_plan",
    reaches & signs,
    "Sign a 4P plan: a second officer of its body, who has not written it",
    by_reach=True,
)
allow(
    "plans4p.decline_to_sign",
    has_any_role & reaches & has_request,
    "Decline to sign a 4P plan: whoever was asked to",
    by_reach=True,
)
reviews = in_role(Role.INSPECTOR) | is_administrator | works_for_the_body | writes
allow(
    "plans4p.review_plan",
    reaches & reviews,
    "Write a review of a 4P plan down: inspectors, its writers, and officers of its body",
    by_reach=True,
)
allow(
    "plans4p.keep_directory",
    reaches & (works_for_the_body | is_administrator),
    "Keep officers, partners, orders and sites: officers of the body that they are of",
    by_reach=True,
)
