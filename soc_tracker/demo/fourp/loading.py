"""The demo plans on their way into the record, with what stands around them. What is there already stays as it is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from disruptions.models import Threat
from forces.models import Organisation
from plans4p.models import LeadOfficer, Partner, Plan
from plans4p.services import likeness
from soc_tracker.demo.fourp import around, facts
from soc_tracker.demo.fourp.cases import Case, NotReadyError, cases
from soc_tracker.demo.fourp.content import Bank
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.plans import OF_THE_ACCOUNT, SORTS, Sort, Wording
from soc_tracker.demo.fourp.writing import People, Writer, reference
from soc_tracker.roles import Role

Accounts = Mapping[Role, User]


def are_loaded() -> bool:
    """Whether the last of the plans is in. A loading that was cut short before it is taken up again."""
    return Plan.objects.filter(reference=reference(len(SORTS))).exists()


def accounts() -> Accounts:
    """The demo account of each role. Raises NotReadyError where one is missing."""
    found = {user.username: user for user in User.objects.filter(username__in=list(Role))}
    if missing := [role.label.lower() for role in Role if role not in found]:
        raise NotReadyError(f"There is no demo account of: {', '.join(missing)}.")
    return {role: found[role] for role in Role}


def load_demo_plans(fixtures: Path, days: Days, by_role: Accounts) -> int:
    """Write what is missing, and how many plans that were. Raises NotReadyError without the demo records."""
    chosen = cases(SORTS, days)
    published, by = facts.read(fixtures), by_role[Role.ADMINISTRATOR]
    bodies = Organisation.objects.in_bulk([sort.body for sort in SORTS], field_name="slug")
    helpers = around.load_partners(bodies, days, by=by)
    account = by_role[Role.LEAD_RESPONSIBLE_OFFICER]
    officers = around.load_officers(bodies, published, _held(chosen), days, by=by, account=account)
    around.load_orders(bodies, published, _of_plans(chosen), days, by=by)
    around.load_sites(bodies, published, helpers, days, by=by)
    tactics = around.load_tactics(by=by)
    return _Plans(bodies, officers, helpers, by_role).load(chosen, tactics)


@dataclass(frozen=True)
class _Plans:
    bodies: around.Bodies
    officers: Mapping[str, list[LeadOfficer]]
    helpers: Mapping[str, list[Partner]]
    by_role: Accounts

    def load(self, chosen: list[Case], tactics: around.Tactics) -> int:
        """Each in its own transaction, so that nobody who writes meanwhile waits for all of them."""
        bank, stored = Bank(), set(Plan.objects.values_list("reference", flat=True))
        written = 0
        for case in chosen:
            said, number = bank.said(case), case.span.number
            if reference(number) not in stored:
                writer = Writer(case, said, self._people(case.sort, number))
                with transaction.atomic():
                    writer.write(self.bodies[case.sort.body], tactics)
                written += 1
        likeness.compare_all()
        return written

    def _people(self, sort: Sort, number: int) -> People:
        officers = self.officers[sort.body]
        return People(
            hands=self._hands(sort, number),
            signer=self.by_role[Role.INSPECTOR],
            owner=None if sort.owner is None else officers[sort.owner],
            successor=officers[sort.holder] if sort.holder is not None else None,
            partners=self.helpers[sort.body],
        )

    def _hands(self, sort: Sort, number: int) -> tuple[User, ...]:
        """One for most plans, the owner where they have an account; several for the generic, beginning with another."""
        roles = (Role.ADMINISTRATOR, Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER)
        if sort.wording == Wording.GENERIC:
            first = number % len(roles)
            return tuple(self.by_role[role] for role in (*roles[first:], *roles[:first]))
        is_own = (sort.body, sort.owner) == OF_THE_ACCOUNT
        return (self.by_role[Role.LEAD_RESPONSIBLE_OFFICER if is_own else Role.ADMINISTRATOR],)


def _held(chosen: list[Case]) -> dict[tuple[str, int], list[Threat]]:
    """The threats of each officer: those of the plans that they own now."""
    found: dict[tuple[str, int], list[Threat]] = defaultdict(list)
    for case in chosen:
        if case.threat and case.sort.holder is not None:
            found[case.sort.body, case.sort.holder].append(case.threat)
    return found


def _of_plans(chosen: list[Case]) -> dict[str, list[Threat]]:
    """The threats of each body that have a plan."""
    found: dict[str, list[Threat]] = defaultdict(list)
    for case in chosen:
        if case.threat:
            found[case.sort.body].append(case.threat)
    return found
