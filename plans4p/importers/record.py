"""What is on record of the plans that a file names, and of all that it may name: read once, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser

from disruptions.choices import DataKind
from disruptions.models import Threat
from forces.models import Organisation
from forces.names import normalise
from plans4p.importers.reading import Table
from plans4p.models import Action, Aim, LeadOfficer, Omission, Partner, Plan, Tactic
from plans4p.selectors.signers import bodies_of

AimKey = tuple[str, str, str]


def plainly(text: str) -> str:
    """A text without what spreadsheets and forms do to its spaces and line ends."""
    return " ".join(text.split())


class Record:
    """``by`` is who loads the file; None at the console of the server, where everything may be written.

    ``locked``: others wait to change these plans until the transaction ends.
    """

    def __init__(self, table: Table, kind: DataKind, *, by: AbstractBaseUser | None, locked: bool = False) -> None:
        self.kind, self.by = kind, by
        references = table.named("reference")
        plans = Plan.objects.select_for_update(of=("self",)) if locked else Plan.objects.all()
        rows = plans.filter(reference__in=references).select_related("organisation", "threat", "owner").order_by("pk")
        self.plans = {plan.reference: plan for plan in rows.prefetch_related("deputies")}
        self.threats = {t.reference: t for t in Threat.objects.filter(reference__in=table.named("threat"))}
        self.bodies = Organisation.objects.in_bulk(table.named("organisation"))
        self._of_plans = {"plan__reference__in": list(self.plans)}

    def may(self, permission: str, plan: Plan) -> bool:
        return self.by is None or bool(rules.has_perm(permission, self.by, plan))

    @cached_property
    def own_bodies(self) -> set[int] | None:
        """The keys of the bodies for which whoever loads the file writes; None for all."""
        return None if self.by is None else set(bodies_of(self.by).values_list("pk", flat=True))

    @cached_property
    def aims(self) -> dict[AimKey, list[Aim]]:
        """By plan, P and what should change; more than one where the plan says the same twice."""
        return _grouped(Aim.objects.filter(**self._of_plans).select_related("plan"), aim_key)

    @cached_property
    def omissions(self) -> dict[tuple[str, str], Omission]:
        rows = Omission.objects.filter(**self._of_plans).select_related("plan")
        return {(row.plan.reference, row.four_p): row for row in rows}

    @cached_property
    def actions(self) -> dict[tuple[int, str], list[Action]]:
        """By their aim and what is done."""
        rows = Action.objects.filter(aim__plan__reference__in=list(self.plans)).select_related("tactic", "aim__plan")
        return _grouped(rows, lambda row: (row.aim_id, plainly(row.description)))

    @cached_property
    def partners_of(self) -> dict[int, frozenset[int]]:
        """The keys of the partners of each action."""
        rows = Action.partners.through.objects.filter(action__aim__plan__reference__in=list(self.plans))
        found = _grouped(rows.values_list("action", "partner"), lambda row: row[0])
        return {action: frozenset(partner for _, partner in pairs) for action, pairs in found.items()}

    @cached_property
    def officers(self) -> dict[tuple[int, str], LeadOfficer]:
        """By body and name, with the rank and without."""
        found: dict[tuple[int, str], LeadOfficer] = {}
        for officer in LeadOfficer.objects.of_kind(self.kind):
            for name in (str(officer), officer.name):
                found[officer.organisation_id, normalise(name)] = officer
        return found

    @cached_property
    def directory(self) -> dict[int, Partner]:
        return {row.pk: row for row in Partner.objects.all()}

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """By name: those of the kind of data of the file."""
        return {normalise(row.name): row for row in self.directory.values() if row.kind_of_data == self.kind}

    @cached_property
    def tactics(self) -> dict[str, Tactic]:
        return {normalise(row.name): row for row in Tactic.objects.all()}

    @cached_property
    def aimed(self) -> set[tuple[str, str]]:
        """The plans and Ps that have an aim."""
        return {(reference, four_p) for reference, four_p, _ in self.aims}


def aim_key(aim: Aim) -> AimKey:
    return aim.plan.reference, aim.four_p, plainly(aim.change)


def _grouped(rows: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
