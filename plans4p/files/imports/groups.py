"""What is on record of the plans that a file names, and of all that it may name: read once, in a few queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser

from disruptions.choices import DataKind
from disruptions.threats.models import Threat
from forces.models import Organisation, normalise
from plans4p.aims.models import Action, Aim, Omission, Tactic
from plans4p.files.imports.sheet import AIM, PLAN, Row, Table, in_words
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.signatures.queries import list_bodies_for

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
        return None if self.by is None else set(list_bodies_for(self.by).values_list("pk", flat=True))

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


# Rows that speak of one plan, or of one aim: what they say together, and what is wrong with that.


@dataclass
class Group:
    """The rows, and what they say together, by key."""

    rows: list[Row] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """The rows of a file by the plan, and by the aim, of which they speak."""

    plans: dict[str, Group]
    aims: dict[AimKey, Group]


def groups_of(rows: Iterable[Row]) -> Groups:
    rows = list(rows)
    return Groups(_by(rows, lambda row: row.said["reference"]), _by(rows, aim_key_of))


def aim_key_of(row: Row) -> AimKey | None:
    """The aim of which a row speaks, as far as it was understood."""
    said = row.said
    if not (said["reference"] and said.get("four_p") and said.get("change")) or said.get("omission"):
        return None
    return said["reference"], said["four_p"], plainly(said["change"])


def _by(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Group]:
    found: dict[Any, Group] = defaultdict(Group)
    for row in rows:
        if (place := key(row)) is not None:
            found[place].rows.append(row)
    return dict(found)


def is_same(one: Any, other: Any) -> bool:
    """Texts are the same whatever their spaces and line ends."""
    if isinstance(one, str) and isinstance(other, str):
        return plainly(one) == plainly(other)
    return bool(one == other)


def agree(table: Table, group: Group, keys: Sequence[str]) -> None:
    """The first row that says something is believed; a later one that says otherwise is refused."""
    for key in keys:
        first: Row | None = None
        for row in (row for row in group.rows if row.says(key)):
            if first is None:
                first, group.says[key] = row, row.said[key]
            elif not is_same(row.said[key], group.says[key]):
                table.refuse(row, key, f"the same as in row {first.line}, “{in_words(group.says[key])}”, or nothing")


def need(table: Table, group: Group, keys: Sequence[str]) -> None:
    """What is not on record yet needs each of these in one of its rows."""
    for key in (key for key in keys if key not in group.says):
        refuse_silent(table, group, key, f"{table.expected.words[key]}: {_why(table, group, key)}")


def _why(table: Table, group: Group, key: str) -> str:
    faulty = next((row.line for row in group.rows if table.is_faulty(row, key)), None)
    return f"row {faulty}, which would say it, is refused" if faulty else "it is not on record yet"


def refuse_silent(table: Table, group: Group, key: str, expected: str) -> None:
    """Refuse the rows for want of something; one that has a fault in that column says so already."""
    for row in group.rows:
        if not table.is_faulty(row, key):
            table.refuse(row, key, expected)


def refuse_all(table: Table, group: Group, key: str, expected: str) -> None:
    for row in group.rows:
        table.refuse(row, key, expected)


def complete(table: Table, groups: Groups) -> None:
    """Let refused rows say what other rows say for them, so that each can be mended and loaded alone."""
    for keys, some in ((PLAN, groups.plans), (AIM, groups.aims)):
        for group in some.values():
            for key in (key for key in keys if key in group.says):
                _fill(table, group, key)


def _fill(table: Table, group: Group, key: str) -> None:
    place = table.match.places[key]
    cell = next(row.cells[place] for row in group.rows if row.says(key))
    for row in group.rows:
        if not row.is_good and row.cells[place] == "":
            row.cells[place] = cell


# Names in the cells of a row, and the records they stand for.


MOST_NAMED = 5
"""Names that a message lists."""


def look_up(table: Table, record: Record, row: Row) -> None:
    """Put records in the place of names; a name of nothing is a fault of the row."""
    for key, find in (("threat", _threat), ("tactic", _tactic), ("partners", _partners)):
        if row.says(key):
            row.said[key] = find(table, record, row)
    if row.says("organisation"):
        row.said["organisation"] = record.bodies[row.said["organisation"]]


def look_up_owner(table: Table, record: Record, row: Row, body: Organisation | None) -> None:
    """The owner is an officer of the plan's body. Where that is not known, the row is refused for it already."""
    if not row.says("owner"):
        return
    name, row.said["owner"] = row.said["owner"], None
    if body is None:
        return
    officer = record.officers.get((body.pk, normalise(name)))
    if officer is None:
        table.refuse(row, "owner", f"a lead responsible officer of {body} on record: {_names(record, body)}")
    elif not officer.is_active and not _owns(record, row, officer):
        table.refuse(row, "owner", f"an officer who is in the role now: {_names(record, body)}")
    else:
        row.said["owner"] = officer


def _owns(record: Record, row: Row, officer: LeadOfficer) -> bool:
    plan = record.plans.get(row.said["reference"])
    return plan is not None and plan.owner_id == officer.pk


def _names(record: Record, body: Organisation) -> str:
    of_body = {str(o) for (pk, _), o in record.officers.items() if pk == body.pk and o.is_active}
    names = sorted(of_body)
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "") or "there is none yet"


def _threat(table: Table, record: Record, row: Row) -> Any:
    threat = record.threats.get(row.said["threat"])
    if threat is None:
        table.refuse(row, "threat", "the reference of a threat on record")
    elif threat.kind_of_data != record.kind:
        kind = threat.get_kind_of_data_display().lower()
        table.refuse(row, "threat", f"a threat whose data is {record.kind.label.lower()}; this one is {kind}")
    else:
        return threat
    return None


def _tactic(table: Table, record: Record, row: Row) -> Any:
    tactic, four_p = record.tactics.get(normalise(row.said["tactic"])), row.said.get("four_p")
    if tactic is None:
        table.refuse(row, "tactic", "the name of a tactic of the menu")
    elif four_p and tactic.four_p != four_p:
        table.refuse(row, "tactic", f"a tactic of the P of the row; this one is of {tactic.get_four_p_display()}")
    else:
        return tactic
    return None


def _partners(table: Table, record: Record, row: Row) -> Any:
    names = [" ".join(name.split()) for name in row.said["partners"].split(";") if name.strip()]
    unknown = [name for name in names if normalise(name) not in record.partners]
    if unknown:
        said = ", ".join(f"“{name}”" for name in unknown)
        table.refuse(row, "partners", f"names of partners of the directory, with semicolons between them; not {said}")
        return None
    return frozenset(record.partners[normalise(name)].pk for name in names) or None
