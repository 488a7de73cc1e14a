"""Good rows beside the record: what each would add or change, in words and as it would be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from disruptions.choices import FourP
from plans4p.choices import ActionStatus, ResultKind
from plans4p.importers.form import PLAN
from plans4p.importers.groups import Group, Groups, aim_key_of, is_same
from plans4p.importers.reading import Row, Table
from plans4p.importers.record import AimKey, Record, plainly
from plans4p.importers.wording import in_words
from plans4p.models import Plan
from plans4p.services.importing import Write
from soc_tracker.lib.imports import Told

PLAN_FIELDS = {key: key for key in PLAN}
AIM_FIELDS = {
    **{key: key for key in ("four_p", "change", "measure", "counts", "baseline", "target")},
    "aim_due_on": "due_on",
}
OMISSION_FIELDS = {"four_p": "four_p", "omission": "reason"}
ACTION_FIELDS = {
    "action": "description",
    "action_owner": "owner",
    "action_due_on": "due_on",
    **{key: key for key in ("status", "outcome", "tactic", "partners")},
}
"""The field of the record that each column fills."""
CHOICES: Mapping[str, Any] = {"four_p": FourP, "counts": ResultKind, "status": ActionStatus}
OTHER_PURPOSE: Mapping[str, tuple[str, Any]] = {"threat": ("theme", ""), "theme": ("threat", None)}
"""Of the two purposes of a plan, one takes the place of the other."""


@dataclass
class Entry:
    """What one row brings."""

    row: Row
    adds: bool = False
    changes: bool = False
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def told(self) -> Told:
        four_p = self.row.said.get("four_p")
        where = f"{self.row.said['reference']}, {FourP(four_p).label}" if four_p else self.row.said["reference"]
        return Told(self.row.line, where, tuple(self.differences))


@dataclass
class Found:
    """``writes`` holds the plans to be written by reference; an entry stands for each good row, in order."""

    writes: dict[str, Write] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @property
    def additions(self) -> list[Told]:
        return [entry.told for entry in self.entries if entry.adds and not entry.changes]

    @property
    def changes(self) -> list[Told]:
        return [entry.told for entry in self.entries if entry.changes]

    @property
    def unchanged(self) -> int:
        return sum(1 for entry in self.entries if not entry.adds and not entry.changes)

    def fingerprint(self, *more: Any) -> str:
        return sha256(repr((self.additions, self.changes, self.unchanged, *more)).encode()).hexdigest()


class Comparison:
    """Of one file with the record."""

    def __init__(self, table: Table, record: Record, groups: Groups) -> None:
        self.table, self.record, self.groups = table, record, groups
        self.found = Found()
        self.aims: dict[AimKey, Write] = {}

    def run(self) -> Found:
        for row in self.table.rows:
            if row.is_good:
                self.found.entries.append(self._entry(row))
        return self.found

    def _entry(self, row: Row) -> Entry:
        entry, reference = Entry(row), row.said["reference"]
        plan = self.found.writes.get(reference) or self._plan(entry, reference)
        if row.says("omission"):
            stored = self.record.omissions.get((reference, row.said["four_p"]))
            plan.omissions.append(self._write(entry, OMISSION_FIELDS, row.said, stored))
        elif key := aim_key_of(row):
            aim = self.aims.get(key) or self._aim(entry, key, plan)
            if row.says("action"):
                aim.parts.append(self._action(entry, aim))
        return entry

    def _plan(self, entry: Entry, reference: str) -> Write:
        """The first good row of a plan brings what the file says of it."""
        stored = self.record.plans.get(reference)
        plan = self._write(entry, PLAN_FIELDS, self.groups.plans[reference].says, stored)
        if stored:
            self._replace_purpose(entry, plan, stored)
        self.found.writes[reference] = plan
        return plan

    def _replace_purpose(self, entry: Entry, plan: Write, stored: Plan) -> None:
        for key, (other, nothing) in OTHER_PURPOSE.items():
            if key in plan.values and getattr(stored, other):
                plan.values[other] = nothing
                before = self._words(other, getattr(stored, other))
                entry.differences.append((self.table.expected.heading(other), before, ""))

    def _aim(self, entry: Entry, key: AimKey, plan: Write) -> Write:
        stored = self.record.aims.get(key, [None])[0]
        group: Group = self.groups.aims[key]
        says = {**group.says, "four_p": key[1], "change": entry.row.said["change"]}
        if stored is None:
            says.setdefault("counts", ResultKind.DISRUPTIONS.value)
        aim = self.aims[key] = self._write(entry, AIM_FIELDS, says, stored)
        plan.parts.append(aim)
        return aim

    def _action(self, entry: Entry, aim: Write) -> Write:
        key = (aim.stored.pk, plainly(entry.row.said["action"])) if aim.stored else None
        stored = self.record.actions.get(key, [None])[0] if key else None
        return self._write(entry, ACTION_FIELDS, entry.row.said, stored)

    def _write(self, entry: Entry, fields: Mapping[str, str], says: Mapping[str, Any], stored: Any) -> Write:
        """What the file says and the record does not."""
        values: dict[str, Any] = {}
        for key, name in fields.items():
            before, after = self._before(stored, name), says.get(key)
            if after is None or (stored is not None and is_same(before, after)):
                continue
            values[name] = self._partners(after) if name == "partners" else after
            words = self._words(key, before), self._words(key, after)
            entry.differences.append((self.table.expected.heading(key), *words))
        entry.adds |= stored is None
        entry.changes |= stored is not None and bool(values)
        return Write(entry.row.line, stored, values)

    def _before(self, stored: Any, name: str) -> Any:
        if stored is None:
            return None
        return self.record.partners_of.get(stored.pk) if name == "partners" else getattr(stored, name)

    def _partners(self, keys: Iterable[int]) -> list[Any]:
        return [self.record.directory[key] for key in sorted(keys)]

    def _words(self, key: str, value: Any) -> str:
        if not value and value != 0:
            return ""
        if key == "partners":
            return "; ".join(str(partner) for partner in self._partners(value))
        return str(CHOICES[key](value).label) if key in CHOICES else in_words(value)
