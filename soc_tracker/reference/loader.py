"""Loads rows into the database: adds, changes, leaves alone what somebody else has said, refuses what is wrong.

Of each field, the record holds what a person wrote last; where none did, what the origin says that outranks the others
(``models.outranks``). So the order in which folders and files are loaded makes no difference, and each value that does
not stand is named beside the one that does. A row speaks only of the fields that it states.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from soc_tracker.core.records.services import By, differing
from soc_tracker.core.records.states import Wording, state_of, state_of_values
from soc_tracker.reference.kinds import KINDS, Kind, Values, name_field
from soc_tracker.reference.models import outranks
from soc_tracker.reference.rows import (
    Catalogue,
    LeftAloneError,
    Line,
    Outcome,
    Problem,
    RefusedError,
    Result,
    Row,
    first_things_first,
    first_values,
    problems_of,
    read,
    stated_values,
)
from soc_tracker.reference.services import keep_statements
from soc_tracker.reference.shelf import Entry, Key, Shelf, holder_in_words, name_of_value

REASON = "Reference data: "


def load(folder: Path, *, only: Collection[str] = (), dry_run: bool = False, accept_good: bool = False) -> Outcome:
    """Bring the database to what the JSON files below the folder say, and say what became of each row.

    Nothing is written in a dry run, nor when a row is refused, unless the good rows are accepted.
    """
    rows, unreadable = read(folder)
    outcome = Outcome(lines=unreadable)
    kinds = [kind for kind in KINDS if not only or kind.name in only]
    with transaction.atomic():
        load_rows(rows, kinds, outcome, origin=folder.resolve().name)
        if dry_run or (outcome.of(Result.REFUSED) and not accept_good):
            transaction.set_rollback(True)
            outcome.written = False
    return outcome


def load_rows(
    rows: Iterable[Row], kinds: Iterable[Kind], outcome: Outcome, *, origin: str, by: By = None, reason: str = REASON
) -> None:
    """Write the good rows, kind by kind, and add to the outcome what became of each.

    ``origin`` is the folder or file that says it. ``reason`` begins the reason of each write, which the name of the
    file ends; by it later loadings tell what files wrote from what people did.
    """
    rows, catalogue = list(rows), Catalogue()
    for kind in kinds:
        of_kind = [row for row in rows if row.kind == kind.name]
        _KindLoader(kind, catalogue, outcome, origin=origin, by=by, reason=reason).load(of_kind)


class _KindLoader:
    """Loads the rows of one kind."""

    def __init__(self, kind: Kind, catalogue: Catalogue, outcome: Outcome, *, origin: str, by: By, reason: str) -> None:
        self.kind, self.catalogue, self.outcome = kind, catalogue, outcome
        self.origin, self.by, self.reason = origin, by, reason
        self.shelf = Shelf(kind, reason)
        self.first_rows: dict[Key, Row] = {}
        self.says: dict[int, dict[str, Any]] = {}

    def load(self, rows: list[Row]) -> None:
        for row in first_things_first(rows, self.kind.refers_to_itself):
            label = self.kind.label(row.data)
            try:
                self.outcome.lines += [
                    Line(result, self.kind.name, label, row.place, why) for result, why in self._load(row)
                ]
            except LeftAloneError as gone:
                self.outcome.lines.append(Line(Result.LEFT_ALONE, self.kind.name, label, row.place, str(gone)))
                self._leave_out(row, gone)
            except RefusedError as refusal:
                line = Line(Result.REFUSED, self.kind.name, label, row.place, problems=refusal.problems)
                self.outcome.lines.append(line)
                self._leave_out(row, refusal)
        keep_statements(self.kind.name, self.origin, self.says)
        if not any(line.kind == self.kind.name for line in self.outcome.of(Result.REFUSED)):
            for record in self.shelf.unmentioned(self.origin):
                key = getattr(record, "slug", str(record))
                self.outcome.lines.append(Line(Result.NO_LONGER_IN_FILES, self.kind.name, key))

    def _load(self, row: Row) -> list[tuple[Result, str]]:
        """Write the row; what became of it, and why. Raises RefusedError, LeftAloneError."""
        stated, problems = stated_values(row, self.kind, self.catalogue)
        first, missing = first_values(row, self.kind, stated, self.catalogue)
        stated |= {} if problems else self.kind.derive(stated)
        key = self._key({**first, **stated})
        record = self.shelf.find(key) if key else None
        if record is None:
            problems += missing
        if problems:
            raise RefusedError(*problems)
        self._refuse_twice(row, key)
        try:
            if record is None:
                record = self.kind.service.create(first | stated, by=self.by, reason=self.reason + row.file)
                became = [(Result.ADDED, "")]
            else:
                record, became = self._bring_up(record, row, stated)
        except ValidationError as error:
            raise problems_of(error, row) from error
        self.catalogue.add(record)
        said = self.shelf.said[record.pk].get(self.origin, {})
        says = said | {name: name_of_value(value) for name, value in stated.items()}
        if says != said:
            self.says[record.pk] = says
        return became

    def _bring_up(self, record: Any, row: Row, stated: Values) -> tuple[Any, list[tuple[Result, str]]]:
        """Give a stored record what the row states, but for what others hold."""
        names = differing(record, stated)
        if not names:
            # A service may have written the record itself a moment ago, to follow another one.
            is_new = self.shelf.is_newer(record, self.outcome.began)
            return record, [(Result.ADDED if is_new else Result.UNCHANGED, "")]
        before, after = state_of(record), state_of_values(stated)
        wording = Wording(self.kind.model, [before, after], names)
        edits, taken, kept = self.shelf.edits_of(record, names), {}, []
        for name in names:
            holder = edits.get(name) or self.shelf.stated_by(record, name, self.origin, stated[name])
            old, new = wording.value(name, before), wording.value(name, after)
            if isinstance(holder, Entry) or (holder and outranks(holder, self.origin)):
                kept.append(f"{name}: “{old}” stays, {holder_in_words(holder)}; here it is “{new}”")
            else:
                also = f", although “{holder}” says otherwise" if holder else ""
                taken[name] = f"{name}: “{old}” → “{new}”{also}"
        became = [(Result.LEFT_ALONE, "; ".join(kept))] if kept else []
        if taken:
            version = record.version
            record = self.kind.service.change(
                record,
                {name: stated[name] for name in taken},
                by=self.by,
                reason=self.reason + row.file,
                expected_version=version,
            )
            is_changed = record.version > version
            became.insert(0, (Result.CHANGED, "; ".join(taken.values())) if is_changed else (Result.UNCHANGED, ""))
        return record, became

    def _key(self, values: Values) -> Key:
        """The key of a row among stored records; () where it does not say."""
        if not values.keys() >= set(self.kind.key):
            return ()
        fields: list[Any] = [self.kind.model._meta.get_field(name) for name in self.kind.key]
        pairs = [(field, values[field.name]) for field in fields]
        return tuple(
            getattr(value, field.target_field.attname) if isinstance(value, Model) else value for field, value in pairs
        )

    def _refuse_twice(self, row: Row, key: Key) -> None:
        """Raises RefusedError when an earlier row has the key too."""
        first = self.first_rows.setdefault(key, row)
        if first is not row:
            names = " and ".join(self.kind.shown or self.kind.key)
            expected = f"a key of its own; {first.place} has this one"
            raise RefusedError(Problem(names, self.kind.label(row.data), expected))

    def _leave_out(self, row: Row, why: Exception) -> None:
        self.catalogue.leave_out(self.kind.model, str(row.data.get(name_field(self.kind.model))), why)
