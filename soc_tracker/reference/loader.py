"""Loads rows into the database: adds, changes, leaves alone what somebody has edited, refuses what is wrong."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone

from soc_tracker.core.records.services import By, differing
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.reference.kinds import KINDS, Kind, Values, name_field
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
    problems_of,
    read,
    values_of,
)

REASON = "Reference data: "
Key = tuple[Any, ...]


def load(folder: Path, *, only: Collection[str] = (), dry_run: bool = False, accept_good: bool = False) -> Outcome:
    """Bring the database to what the JSON files below the folder say, and say what became of each row.

    Nothing is written in a dry run, nor when a row is refused, unless the good rows are accepted.
    """
    rows, unreadable = read(folder)
    outcome = Outcome(lines=unreadable)
    kinds = [kind for kind in KINDS if not only or kind.name in only]
    with transaction.atomic():
        load_rows(rows, kinds, outcome)
        if dry_run or (outcome.of(Result.REFUSED) and not accept_good):
            transaction.set_rollback(True)
            outcome.written = False
    return outcome


def load_rows(
    rows: Iterable[Row], kinds: Iterable[Kind], outcome: Outcome, *, by: By = None, reason: str = REASON
) -> None:
    """Write the good rows, kind by kind, and add to the outcome what became of each.

    ``reason`` begins the reason of each write, which the name of the file ends; by it later loadings know their own.
    """
    rows, catalogue = list(rows), Catalogue()
    for kind in kinds:
        of_kind = [row for row in rows if row.kind == kind.name]
        _KindLoader(kind, catalogue, outcome, by, reason).load(of_kind)


class _KindLoader:
    """Loads the rows of one kind."""

    def __init__(self, kind: Kind, catalogue: Catalogue, outcome: Outcome, by: By, reason: str) -> None:
        self.kind = kind
        self.catalogue = catalogue
        self.outcome = outcome
        self.by = by
        self.reason = reason
        self.shelf = Shelf(kind, reason)
        self.seen: dict[Key, Row] = {}

    def load(self, rows: list[Row]) -> None:
        for row in first_things_first(rows, self.kind.refers_to_itself):
            label = self.kind.label(row.data)
            try:
                record, result, why = self._write(row)
                self.catalogue.add(record)
                line = Line(result, self.kind.name, label, row.place, why)
            except LeftAloneError as gone:
                line = Line(Result.LEFT_ALONE, self.kind.name, label, row.place, str(gone))
                self._leave_out(row, gone)
            except RefusedError as refusal:
                line = Line(Result.REFUSED, self.kind.name, label, row.place, problems=refusal.problems)
                self._leave_out(row, refusal)
            self.outcome.lines.append(line)
        if not any(line.kind == self.kind.name for line in self.outcome.of(Result.REFUSED)):
            for record in self.shelf.no_longer_in_files:
                key = getattr(record, "slug", str(record))
                self.outcome.lines.append(Line(Result.NO_LONGER_IN_FILES, self.kind.name, key))

    def _write(self, row: Row) -> tuple[Model, Result, str]:
        """The record of the row, what became of the row, and why. Raises RefusedError, LeftAloneError."""
        values = values_of(row, self.kind, self.catalogue)
        record = self.shelf.find(self._key(row, values))
        reason = self.reason + row.file
        try:
            if record is None:
                return self.kind.service.create(values, by=self.by, reason=reason), Result.ADDED, ""
            fields = ", ".join(differing(record, values))
            if not fields:
                # A service may have written the record itself a moment ago, to follow another one.
                is_new = self.shelf.is_newer(record, self.outcome.began)
                return record, Result.ADDED if is_new else Result.UNCHANGED, ""
            if edit := self.shelf.edit_of(record):
                return record, Result.LEFT_ALONE, f"{edit}; it differs in {fields}"
            version = record.version
            changed = self.kind.service.change(record, values, by=self.by, reason=reason, expected_version=version)
            return changed, Result.CHANGED if changed.version > version else Result.UNCHANGED, fields
        except ValidationError as error:
            raise problems_of(error, row) from error

    def _key(self, row: Row, values: Values) -> Key:
        """The row's key among stored records. Raises RefusedError when an earlier row has it too."""
        key = tuple(getattr(values[name], "pk", values[name]) for name in self.kind.key)
        first = self.seen.setdefault(key, row)
        if first is not row:
            names = " and ".join(self.kind.shown or self.kind.key)
            expected = f"a key of its own; {first.place} has this one"
            raise RefusedError(Problem(names, self.kind.label(row.data), expected))
        return key

    def _leave_out(self, row: Row, why: Exception) -> None:
        self.catalogue.leave_out(self.kind.model, str(row.data.get(name_field(self.kind.model))), why)


@dataclass(frozen=True)
class Entry:
    """The last line of a record's history."""

    reason: str
    on: datetime
    by: str

    def __str__(self) -> str:
        on = in_words(timezone.localtime(self.on).date(), Precision.DAY)
        return f"by {self.by or 'an unnamed process'} on {on}, “{self.reason or 'no reason given'}”"


class Shelf:
    """The stored records of one kind, found by their key in the files even where somebody has changed that key.

    Knows who wrote each last: the files, whose reason begins with ``reason``, or somebody else.
    Costs four queries, whatever the number of records.
    """

    def __init__(self, kind: Kind, reason: str) -> None:
        self.reason = reason
        single = [name for name, field in kind.fields.items() if isinstance(field, ForeignKey)]
        many = [name for name, field in kind.fields.items() if field.many_to_many]
        stored = kind.model._base_manager.select_related(*single).prefetch_related(*many).order_by("pk")
        self.records: dict[int, Any] = {record.pk: record for record in stored}
        self.by_key: dict[Key, int] = {}
        for pk, record in self.records.items():
            self.by_key.setdefault(tuple(getattr(record, column) for column in kind.key_columns), pk)
        self.loaded: dict[Key, int] = {}
        self.last: dict[int, Entry] = {}
        self.touched: set[int] = set()
        history: Any = kind.model.history
        entries = history.order_by("history_id").values_list(
            "id", "history_change_reason", "history_date", "history_user__username", *kind.key_columns
        )
        for pk, why, on, by, *key in entries:
            self.last[pk] = Entry(why or "", on, by or "")
            if self.last[pk].reason.startswith(reason):
                self.loaded[tuple(key)] = pk

    def find(self, key: Key) -> Any:
        """The record with this key, or the one that was loaded with it and has another key since; else None.

        Raises LeftAloneError when it was loaded once, and somebody has removed it.
        """
        pk = self.by_key.get(key) or self.loaded.get(key)
        if pk is None:
            return None
        if pk not in self.records:
            raise LeftAloneError(f"removed {self.last[pk]}")
        self.touched.add(pk)
        return self.records[pk]

    def edit_of(self, record: Model) -> str:
        """Who edited the record since the files were loaded; empty when nobody did."""
        entry = self.last.get(record.pk)
        if entry is None:
            return "stored without a history"
        return "" if entry.reason.startswith(self.reason) else f"edited {entry}"

    def is_newer(self, record: Model, moment: datetime) -> bool:
        return record.pk in self.last and self.last[record.pk].on >= moment

    @property
    def no_longer_in_files(self) -> list[Model]:
        """Records that an earlier run loaded and that no row of this run speaks of."""
        loaded = set(self.loaded.values()) & set(self.records)
        return [self.records[pk] for pk in sorted(loaded - self.touched)]
