"""Who may sign a plan: a second person of the body's own chain. Whose account writes for which body."""

from typing import Any

from django.db.models import Q, QuerySet

from disruptions.choices import DataKind
from forces.models import Organisation
from plans4p.choices import OPEN
from plans4p.models import Action, Aim, LeadOfficer, Omission, Plan, SignatureRequest
from plans4p.selectors.directory import User
from soc_tracker.roles import Role, has_role, is_administrator

WRITERS = (Role.LEAD_RESPONSIBLE_OFFICER, Role.ANALYST)


def officer_of(user: User | None) -> LeadOfficer | None:
    """The lead responsible officer whose account it is, while they are in the role: their body is the account's.

    None of an inspector's account, whoever's it is: inspectors judge what bodies write.
    """
    account: Any = user
    officer: LeadOfficer | None = getattr(account, "lead_officer", None)
    if officer is None or not officer.is_active or has_role(account, Role.INSPECTOR):
        return None
    works = is_administrator(account) or any(has_role(account, role) for role in WRITERS)
    return officer if works else None


def bodies_of(user: User) -> QuerySet[Organisation]:
    """The bodies for which somebody writes plans and records: their own; all of an administrator's."""
    bodies: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    if is_administrator(user):
        return bodies
    officer = officer_of(user)
    return bodies.filter(pk=officer.organisation_id) if officer else bodies.none()


def hindrance(user: User, plan: Plan) -> str:
    """Why somebody may not sign a plan; "" for nothing."""
    officer = officer_of(user)
    if officer is None or officer.organisation_id != plan.organisation_id or officer.kind_of_data != plan.kind_of_data:
        return f"A lead responsible officer of {plan.organisation} signs its plans."
    if user.pk in (plan.owner.user_id if plan.owner else None, plan.author_id):
        return "A second person signs a plan: neither its owner nor its author."
    if user.pk in writers(plan):
        return "A second person signs a plan: you have written a part of it since it was last signed."
    return ""


def signers(plan: Plan) -> QuerySet[LeadOfficer]:
    """The officers of the plan's body who may sign it, as ``hindrance`` has it."""
    roles = [role.label for role in (*WRITERS, Role.ADMINISTRATOR)]
    not_they = {plan.author_id, plan.owner.user_id if plan.owner else None, *writers(plan)} - {None}
    officers = LeadOfficer.objects.of_kind(DataKind(plan.kind_of_data)).in_role()
    with_role = Q(user__is_superuser=True) | Q(user__groups__name__in=roles)
    found: QuerySet[LeadOfficer] = (
        officers.filter(with_role, organisation=plan.organisation_id, user__is_active=True)
        .exclude(user__in=not_they)
        .exclude(user__groups__name=Role.INSPECTOR.label)
        .select_related("user")
        .order_by("name", "pk")
        .distinct()
    )
    return found


def to_sign(user: User) -> QuerySet[SignatureRequest]:
    """What somebody asked the user to sign and waits for, longest first."""
    requests = SignatureRequest.objects.waiting().filter(to=user.pk, plan__status__in=OPEN)
    found: QuerySet[SignatureRequest] = requests.select_related("plan", "by").order_by("on", "pk")
    return found


def writers(plan: Plan) -> set[int]:
    """The accounts that have written a version of the plan, its aims, actions or reasons for none since the signature.

    Of a plan that was never signed: ever.
    """
    latest = next(iter(plan.signatures.all()), None)
    since = {"history_date__gt": latest.at} if latest else {}
    aims = Aim.history.filter(plan_id=plan.pk)
    of_actions = Action.history.filter(aim_id__in=aims.values("id"))
    rows = (Plan.history.filter(id=plan.pk), aims, Omission.history.filter(plan_id=plan.pk), of_actions)
    first, *more = (each.filter(history_user__isnull=False, **since).values_list("history_user") for each in rows)
    return {user for (user,) in first.order_by().union(*(each.order_by() for each in more))}
