"""Loads the files into the database: adds, changes, leaves alone what somebody has edited, refuses what is wrong."""

from collections.abc import Collection
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from soc_tracker.core.records import services as records
from soc_tracker.reference.files import first_things_first, read
from soc_tracker.reference.kinds import KINDS, Kind, Values
from soc_tracker.reference.outcome import LeftAloneError, Line, Outcome, Problem, RefusedError, Result, Row
from soc_tracker.reference.stored import REASON, Catalogue, Key, Shelf
from soc_tracker.reference.values import problems_of, values_of


def load(folder: Path, *, only: Collection[str] = (), dry_run: bool = False, accept_good: bool = False) -> Outcome:
    """Bring the database to what the files below the folder say, in one transaction, and say what became of each row.

    Nothing is written in a dry run, nor when a row is refused, unless the good rows are accepted.
    """
    rows, unreadable = read(folder)
    outcome = Outcome(lines=unreadable)
    catalogue = Catalogue()
    with transaction.atomic():
        for kind in KINDS:
            if not only or kind.name in only:
                _KindLoader(kind, catalogue, outcome).load([row for row in rows if row.kind == kind.name])
        if dry_run or (outcome.of(Result.REFUSED) and not accept_good):
            transaction.set_rollback(True)
            outcome.written = False
    return outcome


class _KindLoader:
    """Loads the rows of one kind."""

    def __init__(self, kind: Kind, catalogue: Catalogue, outcome: Outcome) -> None:
        self.kind = kind
        self.catalogue = catalogue
        self.outcome = outcome
        self.shelf = Shelf(kind)
        self.seen: dict[Key, Row] = {}

    def load(self, rows: list[Row]) -> None:
        for row in first_things_first(rows, self.kind.refers_to_itself):
            self._load_row(row)
        if not any(line.kind == self.kind.name for line in self.outcome.of(Result.REFUSED)):
            self._name_those_without_row()

    def _name_those_without_row(self) -> None:
        for record in self.shelf.no_longer_in_files:
            key = getattr(record, "slug", str(record))
            self.outcome.lines.append(Line(Result.NO_LONGER_IN_FILES, self.kind.name, key))

    def _load_row(self, row: Row) -> None:
        try:
            record, result, why = self._write(row)
        except LeftAloneError as gone:
            self._note(row, Result.LEFT_ALONE, why=str(gone))
            self.catalogue.leave_out(self.kind.model, str(row.data.get("slug")), gone)
        except RefusedError as refusal:
            self._note(row, Result.REFUSED, problems=refusal.problems)
            self.catalogue.leave_out(self.kind.model, str(row.data.get("slug")), refusal)
        else:
            self._note(row, result, why=why)
            if self.kind.has_slugs:
                self.catalogue.add(row.data["slug"], record)

    def _note(self, row: Row, result: Result, *, why: str = "", problems: tuple[Problem, ...] = ()) -> None:
        label = self.kind.label(row.data)
        self.outcome.lines.append(Line(result, self.kind.name, label, row.place, why, problems))

    def _write(self, row: Row) -> tuple[Model, Result, str]:
        values = values_of(row, self.kind, self.catalogue)
        record = self.shelf.find(self._key(row, values))
        reason = REASON + row.file
        try:
            if record is None:
                return self.kind.service.create(values, by=None, reason=reason), Result.ADDED, ""
            return self._bring_up_to_date(record, values, reason)
        except ValidationError as error:
            raise problems_of(error, row) from error

    def _bring_up_to_date(self, record: Model, values: Values, reason: str) -> tuple[Model, Result, str]:
        fields = ", ".join(records.differing(record, values))
        if not fields:
            # A service may have written the record itself a moment ago, to follow another one.
            return record, Result.ADDED if self.shelf.is_newer(record, self.outcome.began) else Result.UNCHANGED, ""
        edit = self.shelf.edit_of(record)
        if edit:
            return record, Result.LEFT_ALONE, f"{edit}; it differs in {fields}"
        version = record.version
        changed = self.kind.service.change(record, values, by=None, reason=reason, expected_version=version)
        return changed, Result.CHANGED if changed.version > version else Result.UNCHANGED, fields

    def _key(self, row: Row, values: Values) -> Key:
        """The row's key among stored records. Raises RefusedError when an earlier row has it too."""
        key = tuple(getattr(values[name], "pk", values[name]) for name in self.kind.key)
        first = self.seen.setdefault(key, row)
        if first is not row:
            names = " and ".join(self.kind.shown or self.kind.key)
            raise RefusedError(
                Problem(names, self.kind.label(row.data), f"a key of its own; {first.place} has this one")
            )
        return key
