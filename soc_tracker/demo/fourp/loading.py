"""The demo plans on their way into the record, with what stands around them. What is there already stays as it is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from disruptions.threats.models import Threat
from forces.models import Organisation
from plans4p.likeness import services as likeness_services
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.signin import SECOND_OFFICER
from soc_tracker.demo.fourp import around, facts
from soc_tracker.demo.fourp.cases import Case, NotReadyError, cases
from soc_tracker.demo.fourp.content import Bank
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.plans import OF_THE_ACCOUNT, OF_THE_SECOND, SORTS, Sort, Wording
from soc_tracker.demo.fourp.writing import People, Writer, reference

Accounts = Mapping[str, User]
"""By user name: those of the roles are their values."""


def are_loaded() -> bool:
    """Whether the last of the plans is in. A loading that was cut short before it is taken up again."""
    return Plan.objects.filter(reference=reference(len(SORTS))).exists()


def accounts() -> Accounts:
    """The demo account of each role, and the second officer's. Raises NotReadyError where one is missing."""
    named = {role.value: role.label.lower() for role in Role} | {SECOND_OFFICER: "second lead responsible officer"}
    found = {user.username: user for user in User.objects.filter(username__in=named)}
    if missing := [words for username, words in named.items() if username not in found]:
        raise NotReadyError(f"There is no demo account of: {', '.join(missing)}.")
    return found


def load_demo_plans(fixtures: Path, days: Days, by_name: Accounts) -> int:
    """Write what is missing, and how many plans that were. Raises NotReadyError without the demo records."""
    chosen = cases(SORTS, days)
    published, by = facts.read(fixtures), by_name[Role.ADMINISTRATOR]
    bodies = Organisation.objects.in_bulk([sort.body for sort in SORTS], field_name="slug")
    helpers = around.load_partners(bodies, days, by=by)
    own = {OF_THE_ACCOUNT: by_name[Role.LEAD_RESPONSIBLE_OFFICER], OF_THE_SECOND: by_name[SECOND_OFFICER]}
    officers = around.load_officers(bodies, published, _held(chosen), days, by=by, accounts=own)
    around.load_orders(bodies, published, _of_plans(chosen), days, by=by)
    around.load_sites(bodies, published, helpers, days, by=by)
    tactics = around.load_tactics(by=by)
    return _Plans(bodies, officers, helpers, by_name).load(chosen, tactics)


@dataclass(frozen=True)
class _Plans:
    bodies: around.Bodies
    officers: Mapping[str, list[LeadOfficer]]
    helpers: Mapping[str, list[Partner]]
    by_name: Accounts

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
        likeness_services.compare_all()
        return written

    def _people(self, sort: Sort, number: int) -> People:
        """The owner writes where they have an account, else an administrator; a second officer of the body signs.

        Generic plans are by several hands.
        """
        officers = self.officers[sort.body]
        owner = None if sort.owner is None else officers[sort.owner]
        successor = None if sort.holder is None else officers[sort.holder]
        others = [officer for officer in officers if officer.user and officer not in (owner, successor)]
        administrator = self.by_name[Role.ADMINISTRATOR]
        hands = (owner.user,) if owner and owner.user else (administrator,)
        if sort.wording == Wording.GENERIC:
            hands = (administrator, others[-1].user)[:: 1 if number % 2 else -1]
        return People(
            hands=hands,
            signer=others[0],
            reviewer=self.by_name[Role.INSPECTOR],
            owner=owner,
            successor=successor,
            partners=self.helpers[sort.body],
        )


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
