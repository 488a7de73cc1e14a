"""Loads rows into the database: adds, changes, leaves alone what somebody else has said, refuses what is wrong.

Of each field, the record holds what a person wrote last; where none did, what the origin says that outranks the others
(``models.outranks``). So the order in which folders and files are loaded makes no difference, and each value that does
not stand is named beside the one that does. A row speaks only of the fields that it states.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from soc_tracker.core.records.services import By, differing
from soc_tracker.core.records.states import Wording, state_of, state_of_values
from soc_tracker.core.trail.services import one_load
from soc_tracker.reference.catalogue import AmbiguousError, Catalogue
from soc_tracker.reference.kinds import KINDS, Kind, Values
from soc_tracker.reference.models import Statement, outranks
from soc_tracker.reference.rows import (
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
DECIDED = "Decided, against what other files say: "
"""Begins the reason of a write that counts as a person's."""


def load(folder: Path, *, only: Collection[str] = (), dry_run: bool = False, accept_good: bool = False) -> Outcome:
    """Bring the database to what the JSON files below the folder say, and say what became of each row.

    Nothing is written in a dry run, nor when a row is refused, unless the good rows are accepted.
    """
    rows, unreadable = read(folder)
    outcome = Outcome(lines=unreadable)
    kinds = [kind for kind in KINDS if not only or kind.name in only]
    with transaction.atomic(), one_load(folder.resolve().name, why=f"{REASON}{folder.resolve().name}"):
        load_rows(rows, kinds, outcome, origin=folder.resolve().name)
        if dry_run or (outcome.of(Result.REFUSED) and not accept_good):
            transaction.set_rollback(True)
            outcome.written = False
    return outcome


def load_rows(
    rows: Iterable[Row],
    kinds: Iterable[Kind],
    outcome: Outcome,
    *,
    origin: str,
    by: By = None,
    reason: str = REASON,
    overrules: bool = False,
) -> None:
    """Write the good rows, kind by kind, and add to the outcome what became of each.

    ``origin`` is the folder or file that says it. ``reason`` begins the reason of each write, which the name of the
    file ends; by it later loadings tell what files wrote from what people did. Where it ``overrules``, it has been
    decided that what the rows say stands over what other folders and files do.
    """
    catalogue = Catalogue()
    of_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in Statement.objects.order_by("pk"):
        statements[statement.kind].append(statement)
    for kind in kinds:
        stated = statements[kind.name]
        if of_kind[kind.name] or any(statement.origin == origin for statement in stated):
            shelf = Shelf(kind, reason, stated)
            loader = _KindLoader(kind, catalogue, outcome, shelf=shelf, origin=origin, by=by, overrules=overrules)
            loader.load(of_kind[kind.name])


class _KindLoader:
    """Loads the rows of one kind."""

    def __init__(
        self,
        kind: Kind,
        catalogue: Catalogue,
        outcome: Outcome,
        *,
        shelf: Shelf,
        origin: str,
        by: By,
        overrules: bool,
    ) -> None:
        self.kind, self.catalogue, self.outcome, self.shelf = kind, catalogue, outcome, shelf
        self.origin, self.by, self.reason, self.overrules = origin, by, shelf.reason, overrules
        catalogue.take(kind.model, shelf.records.values())
        self.first_rows: dict[Key, Row] = {}
        self.made: dict[Key, Any] = {}
        self.says: dict[int, dict[str, Any]] = {}

    def load(self, rows: list[Row]) -> None:
        self._make_room(rows)
        for row in first_things_first(rows, self.kind.refers_to_itself):
            label = self.kind.label(row.data)
            try:
                self.outcome.lines += self._load(row, label)
            except LeftAloneError as gone:
                self.outcome.lines.append(self._line(Result.LEFT_ALONE, row, label, why=str(gone)))
                self.catalogue.leave_out(self.kind.model, row.data, gone)
            except RefusedError as refusal:
                self.outcome.lines.append(self._line(Result.REFUSED, row, label, problems=refusal.problems))
                self.catalogue.leave_out(self.kind.model, row.data, refusal)
        keep_statements(self.kind.name, self.origin, self.says)
        if not any(line.kind == self.kind.name for line in self.outcome.of(Result.REFUSED)):
            for record in self.shelf.unmentioned(self.origin):
                key = getattr(record, "slug", str(record))
                self.outcome.lines.append(Line(Result.NO_LONGER_IN_FILES, self.kind.name, key))

    def _line(self, result: Result, row: Row, label: str, **more: Any) -> Line:
        return Line(result, self.kind.name, label, row.place, row.number, **more)

    def _make_room(self, rows: list[Row]) -> None:
        """Add what is new without the lists in which rows name each other: of a circle, none could come first. Of rows
        that name what nobody knows nothing is added, so that nothing is left of what is refused.
        """
        lists = self.kind.lists_of_its_own
        known: dict[str, tuple[Row, dict[str, Any], Key]] = {}
        for row in rows if lists else ():
            bare = replace(row, data={name: value for name, value in row.data.items() if name not in lists})
            with suppress(RefusedError, LeftAloneError):
                stated, first, key, record = self._values(bare)
                if record is None:
                    known[str(row.data.get("slug"))] = (row, first | stated, key)
        while strangers := {
            slug
            for slug, (row, _, _) in known.items()
            for other in (other for name in lists for other in row.data.get(name) or ())
            if other not in known and self.catalogue.find(self.kind.model, str(other)) is None
        }:
            known = {slug: row for slug, row in known.items() if slug not in strangers}
        for row, values, key in known.values():
            with suppress(ValidationError):  # which its row is refused for below
                record = self.kind.service.create(values, by=self.by, reason=self.reason + row.file)
                self.shelf.add(record)
                self.catalogue.add(record)
                self.made[key] = record

    def _values(self, row: Row) -> tuple[dict[str, Any], dict[str, Any], Key, Any]:
        """What a row states, what a new record begins with besides, its key, () where it does not say, and the record
        that there is or None.

        Raises RefusedError, LeftAloneError.
        """
        stated, problems = stated_values(row, self.kind, self.catalogue)
        first, missing = first_values(row, self.kind, stated, self.catalogue)
        stated |= {} if problems else self.kind.derive(stated)
        if "slug" in self.kind.key and "slug" not in stated and stated.keys() & set(self.kind.named_by):
            self._add_slug(stated)
            missing = [problem for problem in missing if problem.field != "slug"]
        values = {**first, **stated}
        key: Key = ()
        if values.keys() >= set(self.kind.key):  # else the row does not say
            for name in self.kind.key:
                model_field: Any = self.kind.model._meta.get_field(name)
                value = values[name]
                key += (getattr(value, model_field.target_field.attname) if isinstance(value, Model) else value,)
        record = self.made.get(key) or (self.shelf.find(key) if key else None)
        if record is None:
            problems += missing
        if problems:
            raise RefusedError(*problems)
        return stated, first, key, record

    def _load(self, row: Row, label: str) -> list[Line]:
        """Write the row, and say what became of it. Raises RefusedError, LeftAloneError."""
        stated, first, key, record = self._values(row)
        earlier = self.first_rows.setdefault(key, row)
        if earlier is not row:
            names = " and ".join(self.kind.label_fields or self.kind.key)
            raise RefusedError(Problem(names, label, f"a key of its own; {earlier.place} has this one"))
        try:
            if record is None:
                record = self.kind.service.create(first | stated, by=self.by, reason=self.reason + row.file)
                self.shelf.add(record)
                lines = [self._line(Result.ADDED, row, label)]
            else:
                record, lines = self._bring_up(record, row, stated, label)
                if key in self.made:
                    lines = [self._line(Result.ADDED, row, label)]
        except ValidationError as error:
            raise problems_of(error, row) from error
        self.catalogue.add(record)
        said = self.shelf.said[record.pk].get(self.origin, {})
        says = said | {name: name_of_value(value) for name, value in stated.items()}
        if says != said:
            self.says[record.pk] = says
        return lines

    def _bring_up(self, record: Any, row: Row, stated: Values, label: str) -> tuple[Any, list[Line]]:
        """Give a stored record what the row states, but for what others hold."""
        names = differing(record, stated)
        if not names:
            # A service may have written the record itself a moment ago, to follow another one.
            is_new = record.pk in self.shelf.last and self.shelf.last[record.pk].on >= self.outcome.began
            return record, [self._line(Result.ADDED if is_new else Result.UNCHANGED, row, label)]
        before, after = state_of(record), state_of_values(stated)
        wording = Wording(self.kind.model, [before, after], names)
        edits = self.shelf.edits_of(record, names)
        taken: list[tuple[str, str, str, str]] = []
        kept: list[tuple[str, str, str, str]] = []
        is_decided = False
        for name in names:
            holder = edits.get(name) or self.shelf.stated_by(record, name, self.origin, stated[name])
            outranked = isinstance(holder, str) and holder != "" and outranks(holder, self.origin)
            stays = isinstance(holder, Entry) or (outranked and not self.overrules)
            is_decided |= outranked and self.overrules
            words = holder_in_words(holder, stays=stays)
            (kept if stays else taken).append((name, wording.value(name, before), wording.value(name, after), words))
        lines = []
        if taken:
            version, reason = record.version, (DECIDED if is_decided else self.reason) + row.file
            values = {name: stated[name] for name, *_ in taken}
            record = self.kind.service.change(record, values, by=self.by, reason=reason, expected_version=version)
            result = Result.CHANGED if record.version > version else Result.UNCHANGED
            why = "; ".join(f"{name}: “{old}” → “{new}”{words}" for name, old, new, words in taken)
            lines.append(self._line(result, row, label, why=why, differences=tuple(taken)))
        if kept:
            why = "; ".join(f"{name}: “{old}” stays, {words}; here it is “{new}”" for name, old, new, words in kept)
            lines.append(self._line(Result.LEFT_ALONE, row, label, why=why, differences=tuple(kept)))
        return record, lines

    def _add_slug(self, stated: dict[str, Any]) -> None:
        """Find which record a row without a slug means, by any name that it goes by, which stays; else make a slug.

        Raises RefusedError where several are called so.
        """
        (first, *more) = self.kind.named_by
        try:
            called = self.catalogue.find(self.kind.model, stated[first]) if not more and first in stated else None
        except AmbiguousError as error:
            raise RefusedError(Problem(first, stated[first], f"one of them by its slug: {error}")) from error
        if called is not None:
            stated["slug"] = self.shelf.records[called.pk].slug
            del stated[first]
        else:
            stated["slug"] = self.shelf.slug_of(stated)
