"""One demo plan written down, step by step, as people write one: through the services and under their rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, cycle
from typing import Any

from django.contrib.auth.models import User

from disruptions.choices import DataKind, FourP
from forces.models import Organisation
from plans4p.aims import services as aims_services
from plans4p.aims.models import Aim, Tactic
from plans4p.choices import ENDED, PlanResult, ResultKind, ReviewKind
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.plans import services as plans_services
from plans4p.plans.models import Plan
from plans4p.reviews import services as reviews_services
from plans4p.signatures import services as signatures_services
from soc_tracker.demo.chance import chance
from soc_tracker.demo.fourp import words
from soc_tracker.demo.fourp.cases import Case
from soc_tracker.demo.fourp.content import AimSaid, Said
from soc_tracker.demo.fourp.network import made_up_names
from soc_tracker.demo.fourp.plans import Stage, Wording
from soc_tracker.demo.fourp.results import contribute, target
from soc_tracker.demo.fourp.span import TO_SIGN
from soc_tracker.demo.fourp.words import REASON

RANKS = ("DS", "DC", "PC", "PS", "DI")
ASKED_PARTNERS = 2


def reference(number: int) -> str:
    return f"4P-DEMO-{number:04}"


@dataclass(frozen=True)
class People:
    """Who has to do with a plan. ``hands`` are those who write its parts in turn; the first wrote the plan.

    ``signer`` is a second officer of its body, ``reviewer`` the inspector who assures its quality.
    """

    hands: tuple[User, ...]
    signer: LeadOfficer
    reviewer: User
    owner: LeadOfficer | None
    successor: LeadOfficer | None
    partners: list[Partner]


class Writer:
    """Writes one plan."""

    def __init__(self, case: Case, said: Said, people: People) -> None:
        self.case, self.said, self.people, self.span = case, said, people, case.span
        self.reference = reference(case.span.number)
        self.rng = chance("4P plan", self.reference)
        names = made_up_names(self.reference, 6)
        self.doers = cycle(f"{self.rng.choice(RANKS)} {name.split()[1]}" for name in names)
        self.hands = cycle(people.hands)
        self.places = count()

    def write(self, body: Organisation, tactics: Mapping[str, list[Tactic]]) -> Plan:
        """The plan with all its parts, at the stage of its sort."""
        plan = self._draft(body)
        aims = [(said, self._aim(plan, said)) for said in self.said.aims]
        for said, aim in aims:
            for text in said.actions:
                self._action(aim, text, tactics)
        for four_p, why in self.said.omissions.items():
            aims_services.OMISSIONS.create(
                {"plan": plan, "four_p": four_p, "reason": why}, by=next(self.hands), reason=REASON
            )
        self._consult(plan)
        if self.case.sort.stage != Stage.DRAFT:
            self._run(plan, [aim for _, aim in aims])
        elif self.case.sort.wording == Wording.TAILORED:
            on = self.span.starts_on + TO_SIGN
            signatures_services.ask_to_sign(plan, self.people.signer, by=plan.author, today=on, note=words.TO_SIGN)
        for said, aim in aims:
            for text in said.late_actions:
                aims_services.ACTIONS.create({"description": text}, aim=aim, by=next(self.hands), reason=REASON)
        return plan

    def _draft(self, body: Organisation) -> Plan:
        sort, threat = self.case.sort, self.case.threat
        intelligence = self.rng.choice(words.INTELLIGENCE)
        if sort.wording in (Wording.GENERIC, Wording.UNCLEAR):
            intelligence = words.THIN_INTELLIGENCE
        return plans_services.write_plan(
            reference=self.reference,
            title=f"{threat.name}: {self.case.crime_type.lower()}"
            if threat
            else f"{sort.theme} in the control strategy",
            kind_of_data=DataKind.ILLUSTRATIVE,
            organisation=body,
            threat=threat,
            theme=sort.theme,
            owner=self.people.owner,
            starts_on=self.span.starts_on,
            ends_on=self.span.ends_on,
            review_due_on=self.span.first_due_on,
            intelligence=intelligence if sort.has_evidence else "",
            by=self.people.hands[0],
            today=self.span.starts_on,
            reason=REASON,
        )

    def _aim(self, plan: Plan, said: AimSaid) -> Aim:
        year_before = self.case.disruptions_since(self.span.starts_on - timedelta(days=365), said.four_p)
        baseline = sum(row.activity_date < self.span.starts_on for row in year_before)
        return aims_services.AIMS.create(
            plan=plan,
            four_p=said.four_p,
            change=said.change,
            measure=said.measure,
            counts=said.counts,
            baseline=baseline if said.counts == ResultKind.DISRUPTIONS and plan.threat else None,
            target=target(self.case, said),
            due_on=self.span.ends_on,
            by=next(self.hands),
            reason=REASON,
        )

    def _action(self, aim: Aim, text: str, tactics: Mapping[str, list[Tactic]]) -> None:
        step = self.span.step(next(self.places))
        helps = self.case.sort.asks_partners and aim.four_p in (FourP.PREVENT, FourP.PROTECT)
        aims_services.ACTIONS.create(
            aim=aim,
            description=text,
            owner=next(self.doers),
            due_on=step.due_on,
            status=step.status,
            tactic=self.rng.choice(tactics[aim.four_p]),
            partners=[self.rng.choice(self.people.partners)] if helps else [],
            outcome=self.rng.choice(words.OUTCOMES[FourP(aim.four_p)]) if step.status in ENDED else "",
            by=next(self.hands),
            reason=REASON,
        )

    def _consult(self, plan: Plan) -> None:
        """Some of the body's partners are asked in the first days, where they are asked at all."""
        if self.case.sort.asks_partners and self.case.sort.owner is not None:
            for place, partner in enumerate(self.rng.sample(self.people.partners, ASKED_PARTNERS)):
                on, note = self.span.starts_on + timedelta(days=2 + 3 * place), self.rng.choice(words.ASKED)
                reviews_services.CONSULTATIONS.create(
                    plan=plan, partner=partner, on=on, note=note, by=plan.author, reason=REASON
                )

    def _run(self, plan: Plan, aims: list[Aim]) -> None:
        """Sign the plan, and lead it to where it stands."""
        self._sign(plan, self.span.signed_on)
        if self.span.is_reviewed:
            self._review(plan)
        contribute(self.case, list(zip(self.said.aims, aims, strict=True)), by=plan.author)
        plan.refresh_from_db()
        more: dict[str, Any] = {"by": plan.author, "expected_version": plan.version}
        if self.case.sort.is_passed_on and self.people.successor:
            on = self.span.days.ago(80)
            plan = plans_services.change_owner(plan, self.people.successor, on=on, reason=words.PASSED_ON, **more)
            self._sign(plan, on + TO_SIGN)  # a signature does not pass on
        elif self.case.sort.stage == Stage.UNDER_REVIEW:
            plans_services.begin_review(plan, reason=words.TO_REVIEW, **more)
        elif self.case.sort.stage == Stage.CLOSED:
            on, result = self.span.days.ahead(-12), PlanResult.ACHIEVED
            plans_services.close_plan(plan, result=result, learning=words.LEARNED, on=on, reason=REASON, **more)

    def _sign(self, plan: Plan, on: date) -> None:
        signatures_services.approve(plan, by=self.people.signer.user, today=on, expected_version=plan.version)

    def _review(self, plan: Plan) -> None:
        """By a second person where the body has that done, then by the owner."""
        if self.case.sort.is_checked:
            self._reviewed(plan, ReviewKind.SECOND_PERSON, self.span.signed_on + timedelta(days=20))
        self._reviewed(plan, ReviewKind.OWNER, self.span.reviewed_on)

    def _reviewed(self, plan: Plan, kind: ReviewKind, on: date) -> None:
        is_owner = kind == ReviewKind.OWNER
        plan.refresh_from_db()
        reviews_services.review_plan(
            plan,
            kind=kind,
            on=on,
            checked=words.CHECKED if is_owner else words.QUALITY_CHECKED,
            changes=words.CHANGED if is_owner else words.QUALITY_CHANGED,
            by=plan.author if is_owner else self.people.reviewer,
            next_due=self.span.next_review_on if is_owner else None,
            expected_version=plan.version,
        )
