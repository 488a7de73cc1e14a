"""What became of a file of plans."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from disruptions.choices import DataKind, FourP
from disruptions.loading.files.imports import Organisations
from plans4p.choices import ActionStatus, ResultKind
from plans4p.files.imports.groups import AimKey, Group, Groups, Record, aim_key, aim_key_of, complete, is_same, plainly
from plans4p.files.imports.rules import check
from plans4p.files.imports.sheet import PLAN, Row, Table, in_words, read
from plans4p.files.services import Terms, Write, write_plans
from plans4p.plans.models import Plan
from soc_tracker.core.imports.outcome import Decision, Progress, Refusal, RowInWords, nothing
from soc_tracker.core.imports.outcome import Outcome as RowOutcome


@dataclass(frozen=True)
class Outcome(RowOutcome):
    """``fingerprint`` is the same for two checks that found the same, row by row, however many rows each would show.

    A row is added where all that it brings is new, and changed where it touches what is on record. ``missing`` counts
    aims, actions and reasons of the plans in the file that it does not name.
    """

    fingerprint: str


# Good rows beside the record: what each would add or change, in words and as it would be written.


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
    def told(self) -> RowInWords:
        four_p = self.row.said.get("four_p")
        where = f"{self.row.said['reference']}, {FourP(four_p).label}" if four_p else self.row.said["reference"]
        return RowInWords(self.row.line, where, tuple(self.differences))


@dataclass
class Found:
    """``writes`` holds the plans to be written by reference; an entry stands for each good row, in order."""

    writes: dict[str, Write] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @property
    def additions(self) -> list[RowInWords]:
        return [entry.told for entry in self.entries if entry.adds and not entry.changes]

    @property
    def changes(self) -> list[RowInWords]:
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
        for key, (other, emptied) in OTHER_PURPOSE.items():
            if key in plan.values and getattr(stored, other):
                plan.values[other] = emptied
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


# What plans of a file have on record and the file does not name: it stays, and is counted.


WORDS = {"aim": ("aim", "aims"), "action": ("action", "actions"), "omission": ("reason", "reasons")}


def missing(table: Table, record: Record, plans: Collection[str]) -> dict[str, Counter[str]]:
    """Of these plans, by reference: the aims, actions and reasons for no aim that no row names, refused or not."""
    named = _named(table)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for aims in record.aims.values():
        for aim in aims:
            found[aim.plan.reference]["aim"] += ("aim", *aim_key(aim)) not in named
    for place in record.omissions:
        found[place[0]]["omission"] += ("omission", *place) not in named
    for actions in record.actions.values():
        for action in actions:
            place = (*aim_key(action.aim), plainly(action.description))
            found[place[0]]["action"] += ("action", *place) not in named
    return {reference: counts for reference, counts in found.items() if reference in plans and counts.total()}


def _named(table: Table) -> set[tuple[str, ...]]:
    named: set[tuple[str, ...]] = set()
    for row in table.rows:
        if row.says("omission"):
            named.add(("omission", str(row.said["reference"]), str(row.said.get("four_p"))))
        elif key := aim_key_of(row):
            named |= {("aim", *key), ("action", *key, plainly(row.said.get("action") or ""))}
    return named


def missing_in_words(found: Mapping[str, Counter[str]]) -> list[str]:
    """Such as "4P-00012: 1 aim, 3 actions"."""
    return [
        f"{reference}: " + ", ".join(f"{counts[kind]:,} {_noun(kind, counts[kind])}" for kind in WORDS if counts[kind])
        for reference, counts in sorted(found.items())
    ]


def _noun(kind: str, number: int) -> str:
    one, more = WORDS[kind]
    return one if number == 1 else more


# Loading a file of plans: read, compared with the record, and written as decided.


MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50


@dataclass(frozen=True)
class Loading:
    """A file of plans to load. ``today`` is when new plans begin of which it does not say so."""

    path: Path
    file_name: str
    kind: DataKind
    today: date
    by: AbstractBaseUser | None = None


def load(
    loading: Loading,
    decision: Decision,
    *,
    errors: Path | None = None,
    shown: str = "",
    progress: Progress = nothing,
    follow: Callable[[], None] = lambda: None,
) -> Outcome:
    """Check a file and, as decided, put its rows on record.

    ``errors`` is where the refused rows go, if there are any: in the form of the file, with a column that says what
    is wrong with each. ``shown`` is the fingerprint of the check on which was decided: where the record has changed
    since, so that the file would do something else, nothing is written. ``progress`` is told how many bytes have
    been read, and of how many. ``follow`` is called when the rows are written, before that is final: what it raises
    undoes it.
    Raises UnreadableFileError, which says what is wrong with the file as a whole, and NotWrittenError where somebody
    else wrote to the same plans at that moment.
    """
    table = read(loading.path, loading.file_name, Organisations(), progress)
    with _alone(decision):
        record = Record(table, loading.kind, by=loading.by, locked=decision is not Decision.CHECK)
        groups = check(table, record, loading.today)
        found = Comparison(table, record, groups).run()
        outcome = _outcome(table, found, missing(table, record, found.writes))
        if _is_to_write(decision, outcome) and shown in ("", outcome.fingerprint):
            write_plans(found.writes, Terms(loading.file_name, loading.kind, loading.by, loading.today))
            follow()
            outcome = replace(outcome, written=True)
    if errors and outcome.refused:
        complete(table, groups)
        table.write_errors(errors)
    return outcome


@contextmanager
def _alone(decision: Decision) -> Iterator[None]:
    """A check reads beside others; what may write holds its plans from the first comparison to the last row."""
    if decision is Decision.CHECK:
        yield
        return
    with transaction.atomic():
        yield


def _is_to_write(decision: Decision, outcome: Outcome) -> bool:
    accepted = decision is Decision.GOOD or (decision is Decision.ALL and not outcome.refused)
    return accepted and bool(outcome.added or outcome.changed)


def _outcome(table: Table, found: Found, missed: dict[str, Counter[str]]) -> Outcome:
    refusals = _refusals(table)
    additions, changes, references = found.additions, found.changes, missing_in_words(missed)
    return Outcome(
        written=False,
        added=len(additions),
        changed=len(changes),
        unchanged=found.unchanged,
        refused=sum(1 for row in table.rows if not row.is_good),
        missing=sum(counts.total() for counts in missed.values()),
        stray=table.match.stray,
        form=table.sheet.form,
        additions=tuple(additions[:MOST_ADDITIONS]),
        changes=tuple(changes[:MOST_CHANGES]),
        refusals=tuple(refusals[:MOST_REFUSALS]),
        missing_references=tuple(references[:MOST_MISSING]),
        fingerprint=found.fingerprint(refusals, references),
    )


def _refusals(table: Table) -> list[Refusal]:
    return [Refusal(row.line, str(row.said["reference"] or ""), *fault) for row in table.rows for fault in row.faults]
