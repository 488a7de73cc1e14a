"""What is on record of all that a file names, read once; and its rows by the plan and the aim of which they speak."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser

from disruptions.choices import DataKind
from disruptions.threats.models import Threat
from forces.models import Organisation
from plans4p.aims.models import Action, Aim, Omission, Tactic
from plans4p.files.imports.sheet import AIM, PLAN, in_words
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.signatures.queries import list_bodies_for
from soc_tracker.core.imports.reader import Row, Rows
from soc_tracker.core.text.normal import key_of, normalise

AimKey = tuple[str, str, str]


def plainly(text: str) -> str:
    """A text without what spreadsheets and forms do to its spaces and line ends."""
    return " ".join(text.split())


class Record:
    """``by`` is who loads the file, for whom there is only what they may see; None at the console of the server, where
    everything may be written. ``taken`` are references of plans that there are, but not for them.

    ``locked``: others wait to change these plans until the transaction ends.
    """

    def __init__(self, rows: Rows, kind: DataKind, *, by: AbstractBaseUser | None, locked: bool = False) -> None:
        self.kind, self.by = kind, by
        keys = {key_of(reference) for reference in rows.values_of("reference")}
        written = dict(self.seen(Plan).filter(reference_key__in=keys).values_list("reference_key", "reference"))
        unseen = set(
            Plan.objects.filter(reference_key__in=keys - written.keys()).values_list("reference_key", flat=True)
        )
        for row in rows:  # gets its reference as that is written on record; else as the first row has it
            if reference := row.values["reference"]:
                row.values["reference"] = written.setdefault(key_of(reference), reference)
        self.taken = {written[key] for key in unseen}
        plans = self.seen(Plan).filter(reference__in=set(written.values()))
        plans = plans.select_related("organisation", "owner").order_by("pk")
        plans = plans.naming(by, "threat") if by else plans.select_related("threat")
        if locked:
            plans = plans.select_for_update(of=("self",))
        self.plans = {plan.reference: plan for plan in plans.prefetch_related("deputies")}
        threats = set(map(key_of, rows.values_of("threat")))
        self.threats = {t.reference_key: t for t in self.seen(Threat).filter(reference_key__in=threats)}
        self.bodies = Organisation.objects.in_bulk(rows.values_of("organisation"))
        self._of_plans = {"plan__reference__in": list(self.plans)}

    def seen(self, model: Any) -> Any:
        return model.objects.visible_to(self.by) if self.by else model.objects.all()

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
        by_action = _grouped(rows.values_list("action", "partner"), lambda row: row[0])
        return {action: frozenset(partner for _, partner in pairs) for action, pairs in by_action.items()}

    @cached_property
    def officers(self) -> dict[tuple[int, str], LeadOfficer]:
        """By body and name, with the rank and without."""
        officers: dict[tuple[int, str], LeadOfficer] = {}
        for officer in self.seen(LeadOfficer).of_kind(self.kind):
            for name in (str(officer), officer.name):
                officers[officer.organisation_id, normalise(name)] = officer
        return officers

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


def aim_key(aim: Aim) -> AimKey:
    return aim.plan.reference, aim.four_p, plainly(aim.change)


def _grouped(rows: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


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
    plans: dict[str, Group] = defaultdict(Group)
    aims: dict[AimKey, Group] = defaultdict(Group)
    for row in rows:
        if row.values["reference"] is not None:
            plans[row.values["reference"]].rows.append(row)
        if key := aim_key_of(row):
            aims[key].rows.append(row)
    return Groups(dict(plans), dict(aims))


def aim_key_of(row: Row) -> AimKey | None:
    """The aim of which a row speaks, as far as it was understood."""
    values = row.values
    is_whole = values["reference"] and values.get("four_p") and values.get("change")
    if not is_whole or values.get("omission"):
        return None
    return values["reference"], values["four_p"], plainly(values["change"])


def is_same(one: Any, other: Any) -> bool:
    """Texts are the same whatever their spaces and line ends."""
    if isinstance(one, str) and isinstance(other, str):
        return plainly(one) == plainly(other)
    return bool(one == other)


def agree(rows: Rows, group: Group, keys: Sequence[str]) -> None:
    """The first row that says something is believed; a later one that says otherwise is refused."""
    for key in keys:
        first: Row | None = None
        for row in (row for row in group.rows if row.first_of(key)):
            if first is None:
                first, group.says[key] = row, row.values[key]
            elif not is_same(row.values[key], group.says[key]):
                rows.refuse(row, key, f"the same as in row {first.line}, “{in_words(group.says[key])}”, or nothing")


def need(rows: Rows, group: Group, keys: Sequence[str]) -> None:
    """What is not on record yet needs each of these in one of its rows."""
    for key in (key for key in keys if key not in group.says):
        faulty = next((row.line for row in group.rows if rows.is_faulty(row, key)), None)
        why = f"row {faulty}, which would say it, is refused" if faulty else "it is not on record yet"
        refuse_silent(rows, group, key, f"{rows.fields[key].expected}: {why}")


def refuse_silent(rows: Rows, group: Group, key: str, expected: str) -> None:
    """Refuse the rows for want of something; one that has a fault in that column says so already."""
    for row in group.rows:
        if not rows.is_faulty(row, key):
            rows.refuse(row, key, expected)


def refuse_saying(rows: Rows, group: Group, key: str, expected: str) -> None:
    """Refuse the rows that say something in the column."""
    for row in group.rows:
        if row.first_of(key):
            rows.refuse(row, key, expected)


def refuse_all(rows: Rows, group: Group, key: str, expected: str) -> None:
    for row in group.rows:
        rows.refuse(row, key, expected)


def complete(rows: Rows, groups: Groups) -> None:
    """Let refused rows say what other rows say for them, so that each can be mended and loaded alone."""
    for keys, some in ((PLAN, groups.plans), (AIM, groups.aims)):
        for group in some.values():
            for key in (key for key in keys if key in group.says):
                place = rows.match.places[key]
                cell = next(row.cells[place] for row in group.rows if row.first_of(key))
                for row in group.rows:
                    if not row.is_good and row.cells[place] == "":
                        row.cells[place] = cell


MOST_NAMED = 5
"""Names that a message lists."""


def look_up(rows: Rows, record: Record, row: Row) -> None:
    """Put records in the place of names; a name of nothing is a fault of the row."""
    values = row.values
    if row.first_of("threat"):
        threat = record.threats.get(key_of(values["threat"] or ""))
        if threat is None:
            rows.refuse(row, "threat", "the reference of a threat on record")
        elif threat.kind_of_data != record.kind:
            kind = threat.get_kind_of_data_display().lower()
            rows.refuse(row, "threat", f"a threat whose data is {record.kind.label.lower()}; this one is {kind}")
            threat = None
        values["threat"] = threat
    if row.first_of("tactic"):
        tactic, four_p = record.tactics.get(normalise(values["tactic"])), values.get("four_p")
        if tactic is None:
            rows.refuse(row, "tactic", "the name of a tactic of the menu")
        elif four_p and tactic.four_p != four_p:
            rows.refuse(row, "tactic", f"a tactic of the P of the row; this one is of {tactic.get_four_p_display()}")
            tactic = None
        values["tactic"] = tactic
    if row.first_of("partners"):
        names = [" ".join(name.split()) for name in values["partners"].split(";") if name.strip()]
        partners = [record.partners.get(normalise(name)) for name in names]
        if unknown := [f"“{name}”" for name, partner in zip(names, partners, strict=True) if partner is None]:
            expected = "names of partners of the directory, with semicolons between them"
            rows.refuse(row, "partners", f"{expected}; not {', '.join(unknown)}")
        values["partners"] = None if unknown else frozenset(partner.pk for partner in partners if partner) or None
    if row.first_of("organisation"):
        values["organisation"] = record.bodies[values["organisation"]]


def look_up_owner(rows: Rows, record: Record, row: Row, body: Organisation | None) -> None:
    """The owner is an officer of the plan's body. Where that is not known, the row is refused for it already."""
    if not row.first_of("owner"):
        return
    name, row.values["owner"] = row.values["owner"], None
    if body is None:
        return
    officer = record.officers.get((body.pk, normalise(name)))
    plan = record.plans.get(row.values["reference"])
    if officer is None:
        rows.refuse(row, "owner", f"a lead responsible officer of {body} on record: {_names(record, body)}")
    elif not officer.is_active and (plan is None or plan.owner_id != officer.pk):
        rows.refuse(row, "owner", f"an officer who is in the role now: {_names(record, body)}")
    else:
        row.values["owner"] = officer


def _names(record: Record, body: Organisation) -> str:
    names = sorted({str(o) for (pk, _), o in record.officers.items() if pk == body.pk and o.is_active})
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "") or "there is none yet"
