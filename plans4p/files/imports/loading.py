"""Loading a file of plans: read, compared with the record, told in words, and written as decided."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from disruptions.choices import DataKind, FourP
from disruptions.loading.names.imports import Organisations
from plans4p.choices import ResultKind
from plans4p.files.imports.groups import AimKey, Groups, Record, aim_key, aim_key_of, complete, is_same, plainly
from plans4p.files.imports.rules import check
from plans4p.files.imports.sheet import CHOICES, fields_of_part, in_words, plan_fields
from plans4p.files.services import Terms, Write, write_plans
from soc_tracker.core.imports.outcome import (
    MOST_ADDITIONS,
    MOST_CHANGES,
    MOST_MISSING,
    MOST_REFUSALS,
    Decision,
    Outcome,
    RowInWords,
)
from soc_tracker.core.imports.questions import Answers, are_open
from soc_tracker.core.imports.reader import MOST_ROWS, Progress, Row, Rows, nothing, read_rows
from soc_tracker.core.trail.services import digest_of_file, one_load

OTHER_PURPOSE: Mapping[str, tuple[str, Any]] = {"threat": ("theme", ""), "theme": ("threat", None)}
"""Of the two purposes of a plan, one takes the place of the other."""
NOUNS = {"aim": ("aim", "aims"), "action": ("action", "actions"), "omission": ("reason", "reasons")}


@dataclass(frozen=True)
class PlansOutcome(Outcome):
    """``fingerprint`` is the same for two checks that found the same, row by row, however many rows each would show.

    A row is added where all that it brings is new, and changed where it touches what is on record. ``missing`` counts
    aims, actions and reasons of the plans in the file that it does not name.
    """

    fingerprint: str


@dataclass
class Entry:
    """What one row brings."""

    row: Row
    adds: bool = False
    changes: bool = False
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def words(self) -> RowInWords:
        values = self.row.values
        p = f", {FourP(values['four_p']).label}" if values.get("four_p") else ""
        return RowInWords(self.row.line, f"{values['reference']}{p}", tuple(self.differences))


class Comparison:
    """Of the good rows of one file with the record: what each would add or change.

    ``writes`` holds the plans to be written by reference; an entry stands for each good row, in order.
    """

    def __init__(self, rows: Rows, record: Record, groups: Groups) -> None:
        self.rows, self.record, self.groups = rows, record, groups
        self.writes: dict[str, Write] = {}
        self.aims: dict[AimKey, Write] = {}
        self.entries = [self.compare(row) for row in rows if row.is_good]

    def compare(self, row: Row) -> Entry:
        """The first good row of a plan, or of an aim, brings what the file says of it."""
        entry, reference, values = Entry(row), row.values["reference"], row.values
        stored: Any = self.record.plans.get(reference)
        if reference not in self.writes:
            plan = self.writes[reference] = self.write(entry, "plan", self.groups.plans[reference].says, stored)
            for key, (other, empty) in OTHER_PURPOSE.items() if stored else ():
                if key in plan.values and getattr(stored, other):
                    plan.values[other] = empty
                    before = self.words(other, getattr(stored, other))
                    entry.differences.append((self.rows.heading(other), before, ""))
        if row.first_of("omission"):
            stored = self.record.omissions.get((reference, values["four_p"]))
            self.writes[reference].omissions.append(self.write(entry, "omission", values, stored))
            return entry
        place = aim_key_of(row)
        if place and place not in self.aims:
            stored = self.record.aims.get(place, [None])[0]
            says = {**self.groups.aims[place].says, "four_p": values["four_p"], "change": values["change"]}
            if stored is None:
                says.setdefault("counts", ResultKind.DISRUPTIONS.value)
            self.aims[place] = self.write(entry, "aim", says, stored)
            self.writes[reference].parts.append(self.aims[place])
        if place and row.first_of("action"):
            aim = self.aims[place].stored
            actions = self.record.actions.get((aim.pk, plainly(values["action"])), []) if aim else []
            self.aims[place].parts.append(self.write(entry, "action", values, next(iter(actions), None)))
        return entry

    def write(self, entry: Entry, part: str, says: Mapping[str, Any], stored: Any) -> Write:
        """What the file says and the record does not."""
        values: dict[str, Any] = {}
        for key, name in fields_of_part(part).items():
            after, before = says.get(key), None
            if stored is not None:
                before = self.record.partners_of.get(stored.pk) if name == "partners" else getattr(stored, name)
            if after is None or (stored is not None and is_same(before, after)):
                continue
            values[name] = self.partners(after) if name == "partners" else after
            entry.differences.append((self.rows.heading(key), self.words(key, before), self.words(key, after)))
        entry.adds |= stored is None
        entry.changes |= stored is not None and bool(values)
        return Write(entry.row.line, stored, values)

    def partners(self, keys: Iterable[int]) -> list[Any]:
        return [self.record.directory[key] for key in sorted(keys)]

    def words(self, key: str, value: Any) -> str:
        if not value and value != 0:
            return ""
        if key == "partners":
            return "; ".join(str(partner) for partner in self.partners(value))
        return str(CHOICES[key](value).label) if key in CHOICES else in_words(value)


def count_missing(rows: Rows, record: Record, plans: Collection[str]) -> dict[str, Counter[str]]:
    """Of these plans, by reference: the aims, actions and reasons for no aim that no row names, refused or not."""
    places: set[tuple[str, ...]] = set()
    for row in rows:
        if row.first_of("omission"):
            places.add(("omission", str(row.values["reference"]), str(row.values.get("four_p"))))
        elif key := aim_key_of(row):
            places |= {("aim", *key), ("action", *key, plainly(row.values.get("action") or ""))}
    missing: dict[str, Counter[str]] = defaultdict(Counter)
    for aim in (aim for aims in record.aims.values() for aim in aims):
        missing[aim.plan.reference]["aim"] += ("aim", *aim_key(aim)) not in places
    for place in record.omissions:
        missing[place[0]]["omission"] += ("omission", *place) not in places
    for action in (action for actions in record.actions.values() for action in actions):
        key = aim_key(action.aim)
        missing[key[0]]["action"] += ("action", *key, plainly(action.description)) not in places
    return {reference: counts for reference, counts in missing.items() if reference in plans and counts.total()}


@dataclass(frozen=True)
class Loading:
    """A file of plans to load. ``today`` is when new plans begin of which it does not say so."""

    path: Path
    file_name: str
    kind: DataKind
    today: date
    by: AbstractBaseUser | None = None
    answers: Answers = field(default_factory=dict)


def load(
    loading: Loading,
    decision: Decision,
    *,
    errors: Path | None = None,
    fingerprint: str = "",
    progress: Progress = nothing,
    follow: Callable[[], None] = lambda: None,
) -> PlansOutcome:
    """Check a file and, as decided, put its rows on record.

    ``errors`` is where the refused rows go, if there are any: in the form of the file, with a column that says what
    is wrong with each. ``fingerprint`` is that of the check on which was decided: where the record has changed
    since, so that the file would do something else, nothing is written. ``progress`` is told how many bytes have
    been read, and of how many. ``follow`` is called when the rows are written, before that is final: what it raises
    undoes it.
    Raises UnreadableFileError, which says what is wrong with the file as a whole, and NotWrittenError where somebody
    else wrote to the same plans at that moment.
    """
    rows = read_rows(
        loading.path,
        loading.file_name,
        plan_fields(Organisations(loading.answers), loading.answers),
        answers=loading.answers,
        progress=progress,
        most=MOST_ROWS,
    )
    if are_open(rows.questions):
        decision = Decision.CHECK
    # A check reads beside others; what may write holds its plans from the first comparison to the last row.
    with nullcontext() if decision is Decision.CHECK else transaction.atomic():
        record = Record(rows, loading.kind, by=loading.by, locked=decision is not Decision.CHECK)
        groups = check(rows, record, loading.today)
        comparison = Comparison(rows, record, groups)
        outcome = outcome_of(rows, comparison, count_missing(rows, record, comparison.writes))
        is_new = decision.writes(new=outcome.added + outcome.changed, refused=outcome.refused)
        if is_new and fingerprint in ("", outcome.fingerprint):
            digest = digest_of_file(loading.path)
            with one_load(loading.file_name, by=loading.by, why="A file of plans", sha256=digest):
                write_plans(comparison.writes, Terms(loading.file_name, loading.kind, loading.by, loading.today))
            follow()
            outcome = replace(outcome, written=True)
    if errors and outcome.refused:
        complete(rows, groups)
        rows.write_errors(errors)
    return outcome


def outcome_of(rows: Rows, comparison: Comparison, missing: dict[str, Counter[str]]) -> PlansOutcome:
    refusals = rows.refusals()
    references = []  # such as "4P-00012: 1 aim, 3 actions"
    for reference, counts in sorted(missing.items()):
        numbers = [f"{counts[kind]:,} {NOUNS[kind][counts[kind] != 1]}" for kind in NOUNS if counts[kind]]
        references.append(f"{reference}: {', '.join(numbers)}")
    additions = [entry.words for entry in comparison.entries if entry.adds and not entry.changes]
    changes = [entry.words for entry in comparison.entries if entry.changes]
    unchanged = len(comparison.entries) - len(additions) - len(changes)
    return PlansOutcome(
        written=False,
        added=len(additions),
        changed=len(changes),
        unchanged=unchanged,
        refused=sum(1 for row in rows if not row.is_good),
        missing=sum(counts.total() for counts in missing.values()),
        stray=rows.match.stray,
        additions=tuple(additions[:MOST_ADDITIONS]),
        changes=tuple(changes[:MOST_CHANGES]),
        refusals=tuple(refusals[:MOST_REFUSALS]),
        missing_references=tuple(references[:MOST_MISSING]),
        questions=tuple(rows.questions),
        **rows.reader.how_read(),
        fingerprint=sha256(repr((additions, changes, unchanged, refusals, references)).encode()).hexdigest(),
    )
