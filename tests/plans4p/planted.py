"""Two bodies with everything that stands around 4P plans, each record of one of them marked by a word of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from forces.models import Organisation
from plans4p.aims.models import Action, Aim, Contribution
from plans4p.aims.services import CONTRIBUTIONS, OMISSIONS
from plans4p.directory.services import PHASES, TERMS, TRAININGS
from plans4p.likeness.services import compare_now
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS, REVIEWS
from plans4p.signatures.services import ask_to_sign
from plans4p.sites.models import Site
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, give_reach
from tests.makers import (
    REASON,
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_officer,
    make_order,
    make_plan,
    make_site,
    make_threat,
)

DAY = date(2023, 3, 1)
SOUGHT = "quagga"
"""A word in the texts of every body."""
COPIED = "Move the victims of the line to another town before the raid begins"
"""What stands word for word in a plan of each body."""


@dataclass(frozen=True)
class Planted:
    """A body with one of each record."""

    body: Organisation
    word: str
    plan: Plan
    aim: Aim
    action: Action
    result: Contribution
    officer: LeadOfficer
    order: AncillaryOrder
    site: Site

    @property
    def kwargs(self) -> dict[str, dict[str, Any]]:
        """What the addresses of its records hold, by the name of the address."""
        plan, officer = {"reference": self.plan.reference}, {"pk": self.officer.pk}
        edited = {
            "aim": self.aim.pk,
            "action": self.action.pk,
            "result": self.result.pk,
            "officer": self.officer.pk,
            "order": self.order.pk,
            "site": self.site.pk,
        }
        begun = {"aim": self.plan.pk, "consultation": self.plan.pk, "omission": self.plan.pk, "action": self.aim.pk}
        begun |= {"result": self.aim.pk, "training": self.officer.pk, "term": self.order.pk, "phase": self.site.pk}
        steps = ["approve", "ask", "decline", "deputies", "owner", "begin-review", "review", "close"]
        names = ["plan", "plan_print", "plan_history", "plan_edit", "plan_around", "plan_links"]
        return {
            **dict.fromkeys(names, plan),
            **{f"plan_step {step}": plan | {"step": step} for step in (*steps, "reopen", "remove")},
            **{f"record_edit {kind}": {"kind": kind, "pk": pk} for kind, pk in edited.items()},
            **{f"record_remove {kind}": {"kind": kind, "pk": pk} for kind, pk in edited.items()},
            **{f"part_new {kind}": {"kind": kind, "parent": pk} for kind, pk in begun.items()},
            "action_outcome": {"pk": self.action.pk},
            "officer": officer,
            "order": {"reference": self.order.reference},
            "site": {"slug": self.site.slug},
            "threat": {"reference": self.plan.threat.reference if self.plan.threat else ""},
        }

    @property
    def addresses(self) -> list[str]:
        return [reverse(f"plans4p:{name.split()[0]}", kwargs=kwargs) for name, kwargs in self.kwargs.items()]

    @property
    def other_addresses(self) -> list[str]:
        """Of its records, beyond those of the plans' own."""
        plan = self.plan.reference
        return [
            reverse("plan_summary", args=[plan]),
            reverse("plan_summary_pdf", args=[plan]),
            *(
                reverse(f"api:{name}-detail", args=[key])
                for name, key in (("plan", plan), ("lead-officer", self.officer.pk))
            ),
            reverse("api:order-detail", args=[self.order.reference]),
            reverse("api:site-detail", args=[self.site.slug]),
        ]


def plant(body: Organisation, word: str, partner: Partner) -> Planted:
    """All of it names the word: titles, texts, people, references."""
    text = f"{word} {SOUGHT}"
    by = {"by": make_author(), "reason": REASON}
    officer = make_officer(body, f"Ada {text}", rank=f"Rank {text}")
    second = make_officer(body, f"Lee {text}")
    threat = make_threat(f"OCG-{word.upper()}", body, name=f"Threat {text}")
    days = {"starts_on": date(2022, 1, 1)}
    plan = make_plan(body, f"4P-{word}", threat=threat, title=f"Plan {text}", owner=officer, intelligence=text, **days)
    aim = make_aim(plan, change=f"Change {text}", measure=f"Measure {text}")
    action = make_action(aim, f"Seize the telephones of {text}", owner=f"PC {text}")
    for number in range(2):
        make_action(aim, f"{COPIED}{' at once' * number}", partners=[partner])
    OMISSIONS.create({"plan": plan, "four_p": "prevent", "reason": f"None {text}"}, **by)
    REVIEWS.create({"plan": plan, "kind": "second_person", "on": DAY, "checked": text, "changes": text}, **by)
    CONSULTATIONS.create({"plan": plan, "partner": partner, "on": DAY, "note": f"Said {text}"}, **by)
    disruption = make_disruption(
        f"DIS-{word.upper()}", body, threat=threat, activity_date=date(2022, 5, 1), summary=text
    )
    values = {"kind": "disruptions", "disruption": disruption, "on": disruption.activity_date}
    result = CONTRIBUTIONS.create(values, aim=aim, **by)
    make_disruption(f"DIS-{word.upper()}-2", body, threat=threat, activity_date=date(2022, 6, 1), summary=text)
    account = add_account({"username": f"{word}-signer"}, [Role.LEAD_RESPONSIBLE_OFFICER], by=None, reason=REASON)
    give_reach(account, organisation=body, by=None, reason=REASON)
    signer = make_officer(body, f"Signer {text}", user=account)
    ask_to_sign(plan, signer, by=make_author(), today=DAY, note=f"Sign {text}")
    TRAININGS.create({"officer": officer, "subject": f"Trained {text}", "completed_on": DAY}, **by)
    order = make_order(body, f"SCPO-{word}", threat=threat, subject=f"SUB-{word}", manager=f"PS {text}")
    TERMS.create({"order": order, "kind": "association", "text": f"Term {text}"}, **by)
    site = make_site(body, f"Place {text}", partners=[partner], measures=text, evaluation=text)
    PHASES.create({"site": site, "phase": "clear", "starts_on": DAY}, **by)
    assert second.pk
    return Planted(body, word, plan, aim, action, result, officer, order, site)


def compare(*planted: Planted) -> None:
    """Their wording, once all of it is there."""
    for each in planted:
        compare_now(each.plan)


def reader(role: Role, *bodies: Organisation, username: str = "reader") -> User:
    """An account of the role that reaches the bodies, and none beside; an officer's where that is the role."""
    account = add_account({"username": username}, [role], by=None, reason=REASON)
    for body in bodies:
        give_reach(account, organisation=body, by=None, reason=REASON)
    if role == Role.LEAD_RESPONSIBLE_OFFICER and bodies:
        make_officer(bodies[0], "Kim Reader", user=account)
    return User.objects.get(pk=account.pk)
