"""What a signature under a plan is bound to, and how what the plan says now stands to it.

The content of a plan has two parts: what the inspectors' required questions rest on (for whom and what it is, its
owner, evidence, aims, actions and reasons for having no aim), and the rest (title, days, tactics, partners, deputies).
What comes of the plan is no content: the progress of actions, results, reviews, and partners asked are daily work.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import get_text_list
from django.utils.timezone import localdate

from disruptions.choices import DataKind, FourP
from forces.models import Organisation
from forces.reach import covers
from plans4p.aims.models import Action, Aim, Omission
from plans4p.choices import OPEN, SignatureState
from plans4p.directory.queries import User
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.signatures.models import Signature, SignatureRequest
from soc_tracker.core.access.models import Reach, sight_of
from soc_tracker.core.access.roles import Role, has_role, is_administrator
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import in_words

PartFields = Mapping[str, Mapping[str, Any]]
"""The fields of each record, by the word for its model and its key, such as "aim 12"."""
MODELS: Mapping[str, type[models.Model]] = {"plan": Plan, "aim": Aim, "omission": Omission, "action": Action}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "plan": ("organisation", "threat", "theme", "owner", "intelligence", "profiles"),
    "aim": ("four_p", "change", "measure", "counts", "target", "due_on"),
    "omission": ("four_p", "reason"),
    "action": ("aim", "description", "owner", "due_on"),
}
OTHER: Mapping[str, tuple[str, ...]] = {
    "plan": ("title", "starts_on", "ends_on", "review_due_on", "deputies"),
    "aim": ("baseline",),
    "omission": (),
    "action": ("tactic", "partners"),
}
MOST_CHANGES = 6
"""That are named of a plan that is no longer as signed."""
NOUNS = {"aim": ("an aim", "aims"), "omission": ("a reason for no aim", "reasons for no aim")}
NOUNS |= {"action": ("an action", "actions")}


@dataclass(frozen=True)
class Content:
    """All that a plan says, in the canonical form that is signed."""

    required: PartFields
    other: PartFields

    @property
    def fingerprint(self) -> str:
        """Of both parts: the same for as long as the plan says the same."""
        return sha256(f"{fingerprint(self.required)} {fingerprint(self.other)}".encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """How a plan stands to its latest signature: which required parts, and which others, it says differently now.

    ``signature`` is None where nobody has signed it.
    """

    signature: Signature | None
    required: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def state(self) -> SignatureState:
        if self.signature is None:
            return SignatureState.UNSIGNED
        if self.required:
            return SignatureState.VOID
        return SignatureState.CHANGED if self.other else SignatureState.AS_SIGNED

    @property
    def holds(self) -> bool:
        """Whether the plan still says, in all that is required, what was signed."""
        return self.state in (SignatureState.AS_SIGNED, SignatureState.CHANGED)

    @property
    def differences(self) -> tuple[str, ...]:
        """What is no longer as signed, that which voids the signature first."""
        return (*self.required, *self.other)

    @property
    def changes(self) -> str:
        """The differences in a sentence; "" for none."""
        others = "also changed since" if self.required else "changed since signed"
        lists = []
        for words, changes in (("no longer as signed", self.required), (others, self.other)):
            more = len(changes) - MOST_CHANGES
            rest = f"; and {more} more" if more > 0 else ""
            if changes:
                lists.append(f"{words}: {'; '.join(changes[:MOST_CHANGES])}{rest}")
        return "; ".join(lists)

    @property
    def words(self) -> str:
        """Who signed the plan when, and whether it still says that."""
        if self.signature is None:
            return "not yet"
        signed = f"{in_words(self.signature.on)}, by {name_of(self.signature.by)}"
        return f"{signed}. {'It has changed since' if self.changes else 'It says what was signed'}"


def fingerprint(part: PartFields) -> str:
    canonical = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def get_content(plan: Plan) -> Content:
    """Read without a query where the plan comes from ``with_content``."""
    aims = list(plan.aims.all())
    records: Mapping[str, Sequence[models.Model]] = {
        "plan": [plan],
        "aim": aims,
        "omission": list(plan.omissions.all()),
        "action": [action for aim in aims for action in aim.actions.all()],
    }
    required, other = (
        {
            f"{word} {record.pk}": {name: _canonical(record, name) for name in names[word]}
            for word, some in records.items()
            for record in some
        }
        for names in (REQUIRED, OTHER)
    )
    return Content(required, other)


def get_standing(plan: Plan) -> Standing:
    """What decides whether a plan is approved, wherever that is shown or acted on."""
    signature = next(iter(plan.signatures.all()), None)
    if signature is None:
        return Standing(None)
    now, signed = get_content(plan), signature.content
    parts_by_key = {**signed["required"], **now.required}
    required: Iterable[str] = ()
    if fingerprint(now.required) != signature.required:
        required = _differences(signed["required"], now.required, parts_by_key)
    others: dict[str, dict[str, Any]] = {key: dict(fields) for key, fields in now.other.items()}
    own, before = others[f"plan {plan.pk}"], signed["other"][f"plan {plan.pk}"]["review_due_on"]
    if own["review_due_on"] not in (None, before) and plan.review_due_on in {r.next_due for r in plan.reviews.all()}:
        own["review_due_on"] = before  # a next review whose day a review has set is no change by hand
    both = signed["other"].keys() & others.keys()  # of a part that was added or removed, the required fields tell
    other = _differences({key: signed["other"][key] for key in both}, {key: others[key] for key in both}, parts_by_key)
    return Standing(signature, tuple(required), tuple(other))


def _canonical(record: models.Model, name: str) -> Any:
    field: Any = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(linked.pk for linked in getattr(record, name).all())
    match value := getattr(record, field.attname):
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
        case _:
            return value


def _differences(before: PartFields, after: PartFields, parts_by_key: PartFields) -> Iterator[str]:
    """What differs: fields of the plan by name, parts by their P, alike ones counted."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for key in (*after, *(key for key in before if key not in after)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        word, names = key.split()[0], ""
        if old and new:
            fields = [name for name in new if old.get(name) != new[name]]
            meta: Any = MODELS[word]._meta
            names = get_text_list([str(meta.get_field(name).verbose_name) for name in fields], "and")
        if word == "plan":
            yield names
        else:
            aim = f"aim {parts_by_key[key]['aim']}" if word == "action" else key
            p = FourP(parts_by_key[aim]["four_p"]).label
            counts[word, p, f"changed ({names})" if names else ("added" if new else "removed")] += 1
    for (word, p, what), number in counts.items():
        one, many = NOUNS[word]
        yield f"{one if number == 1 else f'{number} {many}'} under {p} {what}"


# Who may sign a plan: a second person of the body's own chain. Whose account writes for which body.


WRITERS = (Role.LEAD_RESPONSIBLE_OFFICER, Role.ANALYST)


def get_officer(user: User | None) -> LeadOfficer | None:
    """The lead responsible officer whose account it is, while they are in the role: their body is the account's.

    None where the account's reach does not cover that body, and None of an inspector's account, whoever's it is:
    inspectors judge what bodies write.
    """
    account: Any = user
    if account is None or has_role(account, Role.INSPECTOR):
        return None
    if not is_administrator(account) and not any(has_role(account, role) for role in WRITERS):
        return None
    officer: LeadOfficer | None = getattr(account, "lead_officer", None)
    return officer if officer and officer.is_active and sight_of(account).sees(officer.organisation_id) else None


def list_bodies_for(user: User) -> QuerySet[Organisation]:
    """The bodies for which somebody writes plans and records: their own; all of an administrator's."""
    bodies: QuerySet[Organisation] = Organisation.objects.visible_to(user)
    if is_administrator(user):
        return bodies
    officer = get_officer(user)
    return bodies.filter(pk=officer.organisation_id) if officer else bodies.none()


def hindrance(user: User, plan: Plan) -> str:
    """Why somebody may not sign a plan; "" for nothing."""
    officer = get_officer(user)
    if officer is None or officer.organisation_id != plan.organisation_id or officer.kind_of_data != plan.kind_of_data:
        return f"A lead responsible officer of {plan.organisation} signs its plans."
    if user.pk in (plan.owner.user_id if plan.owner else None, plan.author_id):
        return "A second person signs a plan: neither its owner nor its author."
    if user.pk in list_writers(plan):
        return "A second person signs a plan: you have written a part of it since it was last signed."
    return ""


def list_signers(plan: Plan) -> QuerySet[LeadOfficer]:
    """The officers of the plan's body who may sign it, as ``hindrance`` has it, and whose account reaches it."""
    roles = [role.label for role in (*WRITERS, Role.ADMINISTRATOR)]
    not_they = {plan.author_id, plan.owner.user_id if plan.owner else None, *list_writers(plan)} - {None}
    officers = LeadOfficer.objects.of_kind(DataKind(plan.kind_of_data)).in_role()
    with_role = Q(user__is_superuser=True) | Q(user__groups__name__in=roles)
    reach = Reach.objects.in_force(localdate()).filter(covers(plan.organisation_id, localdate()))
    is_administrators = Q(user__is_superuser=True) | Q(user__groups__name=Role.ADMINISTRATOR.label)
    reaching = is_administrators | Q(Exists(reach.filter(account=OuterRef("user"))))
    signers: QuerySet[LeadOfficer] = (
        officers.filter(with_role, reaching, organisation=plan.organisation_id, user__is_active=True)
        .exclude(user__in=not_they)
        .exclude(user__groups__name=Role.INSPECTOR.label)
        .select_related("user")
        .order_by("name", "pk")
        .distinct()
    )
    return signers


def list_requests_to(user: User) -> QuerySet[SignatureRequest]:
    """What somebody asked the user to sign and waits for, longest first."""
    requests = SignatureRequest.objects.visible_to(user).waiting().filter(to=user.pk, plan__status__in=OPEN)
    ordered: QuerySet[SignatureRequest] = requests.select_related("plan", "by").order_by("on", "pk")
    return ordered


def list_writers(plan: Plan) -> set[int]:
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
