"""Rows of facts: read from files, turned into the values of a record's fields, and what became of each."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BooleanField, DateField, DecimalField, Field, ForeignKey, IntegerField, Model
from django.utils import timezone

from forces.models import Region
from inspections.figures.models import Country
from inspections.models import Inspection
from soc_tracker.core.records.words import Word
from soc_tracker.core.text.normal import normalise
from soc_tracker.reference.catalogue import AmbiguousError, Catalogue
from soc_tracker.reference.kinds import ABOUT, BY_NAME, Kind, Values, name_field

CLEAR = "[clear]"
"""In place of a value: what is on record is taken away."""
NOT_STATED: tuple[Any, ...] = (None, "", [])
LINKED = "what a row finds by fields of it"
NAMES_OF_ITS_OWN = ("name", "short_name", "slug")
IN_ROWS_OF_THEIR_OWN = ("aliases", "region", "region_from")
# What JSON offers for a field of each type, and how a reader is told; all other fields hold text.
FORMS: tuple[tuple[type[Any], tuple[type, ...], str], ...] = (
    (BooleanField, (bool,), "true or false"),
    (DateField, (str,), "a date such as 2023-01-04"),
    (DecimalField, (int, Decimal), "a number without quotation marks"),
    (IntegerField, (int,), "a whole number without quotation marks"),
    (Field, (str,), "text"),
)


class Result(StrEnum):
    """What became of one row."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT_ALONE = "left alone"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    NO_LONGER_IN_FILES = "no longer in the reference data"


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: one field of it, its value and what was expected.

    It is a consequence where the value names what is refused itself.
    """

    field: str
    value: Any
    expected: str
    is_consequence: bool = False

    def __str__(self) -> str:
        value = "missing" if self.value in (None, "", []) else repr(self.value)
        return f"{self.field} is {value}; expected {self.expected}"


class RefusedError(Exception):
    """A row breaks the rules, in one or more places."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class LeftAloneError(Exception):
    """A row is not written, because somebody has edited or removed what it speaks of."""


class UnreadableError(ValueError):
    """A file is not what a file of rows must be."""


@dataclass(frozen=True)
class Row:
    """One object of a file. ``number`` counts from 1, as a reader would. ``problems`` were found when it was read."""

    kind: str
    file: str
    number: int
    data: dict[str, Any]
    problems: tuple["Problem", ...] = ()

    @property
    def unread(self) -> set[str]:
        """The fields whose cells were not understood."""
        return {problem.field for problem in self.problems}

    @property
    def place(self) -> str:
        return f"{self.file}, row {self.number}" if self.number else self.file


@dataclass(frozen=True)
class Line:
    """What became of one row, and why.

    ``differences`` are the fields that it changes or would change: name, before, after, and who says otherwise.
    """

    result: Result
    kind: str
    key: str
    place: str = ""
    number: int = 0
    why: str = ""
    differences: tuple[tuple[str, str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_consequence(self) -> bool:
        """Whether it is refused for nothing but that another row is."""
        return bool(self.problems) and all(problem.is_consequence for problem in self.problems)


@dataclass
class Outcome:
    """What became of all rows."""

    began: datetime = field(default_factory=timezone.now)
    written: bool = True
    lines: list[Line] = field(default_factory=list)

    def of(self, result: Result) -> list[Line]:
        return [line for line in self.lines if line.result == result]

    @property
    def summary(self) -> str:
        return ", ".join(f"{result} {len(self.of(result))}" for result in Result)


def read(folder: Path) -> tuple[list[Row], list[Line]]:
    """The rows of every JSON file below the folder, named by its kind, and a refusal for what is none."""
    rows: list[Row] = []
    refused: list[Line] = []
    for path in sorted(folder.rglob("*.json")):
        place = path.relative_to(folder).as_posix()
        try:
            if path.stem not in BY_NAME:
                raise UnreadableError(f"a file is named after the kind of its rows: one of {', '.join(BY_NAME)}")
            items = json.loads(path.read_text("utf-8"), parse_float=Decimal, object_pairs_hook=_each_key_once)
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise UnreadableError("expected a list of objects")
            whole = [Row(path.stem, place, number, item) for number, item in enumerate(items, start=1)]
            rows += [part for row in whole for part in parts_of(row)]
        except ValueError as error:
            refused.append(Line(Result.REFUSED, path.stem, "the whole file", place, why=str(error)))
    if not rows and not refused:
        refused.append(Line(Result.REFUSED, "files", "the folder", folder.name, why="it holds no JSON file"))
    return rows, refused


def first_things_first(rows: list[Row], refers_to: str) -> list[Row]:
    """The rows so ordered that each comes after the row of its own kind that it refers to.

    Rows that refer to each other in a circle come last, where they are refused.
    """
    placed: list[Row] = []
    waiting = rows
    while waiting:
        names = {row.data.get("slug") or row.data.get("name") for row in waiting}
        ready = [row for row in waiting if row.data.get(refers_to, "") not in names]
        if not ready:
            break
        placed += ready
        waiting = [row for row in waiting if row.data.get(refers_to, "") in names]
    return placed + waiting


def stated_values(row: Row, kind: Kind, catalogue: Catalogue) -> tuple[dict[str, Any], list[Problem]]:
    """The value of each field that the row states, and all that is wrong with them. An empty field is not stated;
    ``CLEAR`` states that there is nothing.

    Raises LeftAloneError when the row belongs to something that somebody has removed.
    """
    known = [*kind.columns, *([ABOUT] if kind.is_about_one else [])]
    allowed = f"one of the fields {', '.join(kind.columns)}"
    problems = [*row.problems, *(Problem(name, row.data[name], allowed) for name in row.data if name not in known)]
    values: dict[str, Any] = {}
    names = [name for name in kind.fields if row.data.get(name) not in NOT_STATED and name not in row.unread]
    if row.data.get(ABOUT) not in NOT_STATED and "region" in kind.fields:
        names.insert(0, ABOUT)
    if kind.found_by:
        names.append(LINKED)
    for at, name in enumerate(names):
        try:
            values |= _stated(name, row, kind, catalogue, [*values.values()])
        except AmbiguousError as error:
            if name not in names[:at]:
                names.append(name)  # what else the row says may tell which
            else:
                problems.append(Problem(name, row.data.get(name), f"one of them by its slug: {error}"))
        except RefusedError as refusal:
            problems += refusal.problems
    return values, problems


def first_values(row: Row, kind: Kind, stated: Values, catalogue: Catalogue) -> tuple[dict[str, Any], list[Problem]]:
    """What a new record begins with in the fields that its row does not state, and those that it cannot be without."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, model_field in kind.fields.items():
        if (
            name not in stated
            and name not in kind.found_by
            and row.data.get(name) in NOT_STATED
            and name not in row.unread
        ):
            try:
                default = [] if model_field.many_to_many else model_field.get_default()
                values[name] = _value(model_field, default, catalogue, ())
            except RefusedError as refusal:
                problems += refusal.problems
    return values, problems


def problems_of(error: ValidationError, row: Row) -> RefusedError:
    """What the rules of the record's service and model refused, in the words of a refused row."""
    broken = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    problems = []
    for name, messages in broken.items():
        expected = f"no conflict with a rule: {' '.join(messages)}"
        if name == NON_FIELD_ERRORS:
            problems.append(Problem("the row", "as it stands", expected))
        else:
            problems.append(Problem(name, row.data.get(name, "not stated"), expected))
    return RefusedError(*problems)


def _each_key_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise UnreadableError(f"one object says “{key}” twice, the second time {value!r}")
        values[key] = value
    return values


def parts_of(row: Row) -> list[Row]:
    """A row as rows of the kinds that it speaks of: an organisation's may hold its names and its place in a region."""
    if row.kind != "organisations":
        return [row]
    slug, others = row.data.get("slug") or row.data.get("name"), row.data.get("aliases", [])
    if not isinstance(others, list):
        raise UnreadableError(f"row {row.number}: aliases is {others!r}; expected a list of names")
    names = [str(name) for name in (*(row.data.get(key) for key in NAMES_OF_ITS_OWN), *others) if name]
    once = {normalise(name): name for name in reversed(names)}
    own = {key: value for key, value in row.data.items() if key not in IN_ROWS_OF_THEIR_OWN}
    parts = [("organisations", own), *(("aliases", {"organisation": slug, "name": name}) for name in once.values())]
    if "region" in row.data:
        place = {"organisation": slug, "region": row.data["region"], "valid_from": row.data.get("region_from")}
        parts.append(("memberships", place))
    first, *rest = [Row(kind, row.file, row.number, part) for kind, part in parts]
    return [replace(first, problems=row.problems), *rest]


def _value(model_field: Any, value: Any, catalogue: Catalogue, near: Collection[Any]) -> Any:
    """Raises RefusedError, AmbiguousError."""
    if model_field.many_to_many:
        records: list[Model] = []
        problems: list[Problem] = []
        for name in _checked(value, (list,), model_field, f"a list of {name_field(model_field.related_model)}s"):
            try:
                records.append(_record(model_field, name, catalogue, near))
            except RefusedError as refusal:
                problems += refusal.problems
        if problems:
            raise RefusedError(*problems)
        return records
    if value is None and model_field.null:
        return None
    if isinstance(model_field, ForeignKey):
        return _record(model_field, value, catalogue, near)
    types, expected = next((types, words) for kind, types, words in FORMS if isinstance(model_field, kind))
    if model_field.choices:
        expected = f"one of {', '.join(str(choice) for choice, _ in model_field.choices)}"
    try:
        return model_field.clean(_checked(value, types, model_field, expected), None)
    except ValidationError as error:
        problem = Problem(model_field.name, value, f"{expected} ({' '.join(error.messages)})")
        raise RefusedError(problem) from error


def _record(model_field: Any, name: Any, catalogue: Catalogue, near: Collection[Any]) -> Model:
    model = model_field.related_model
    expected = f"the name or {name_field(model)} of a known {model._meta.verbose_name}"
    if issubclass(model, Word):
        expected = f"one of {', '.join(slug for slug, _ in model.words())}"
    try:
        record = catalogue.find(model, _checked(name, (str,), model_field, expected), near)
    except RefusedError as refusal:
        because = Problem(model_field.name, name, f"{expected} whose own row is not refused", is_consequence=True)
        raise RefusedError(because) from refusal
    if record is None:
        nearest = catalogue.nearest(model, name) if name else ""
        raise RefusedError(Problem(model_field.name, name, expected + (f", such as “{nearest}”" if nearest else "")))
    return record


def _stated(name: str, row: Row, kind: Kind, catalogue: Catalogue, near: Collection[Any]) -> dict[str, Any]:
    """What the row states under one name; ``CLEAR`` states what stands for nothing in the field. Raises RefusedError,
    also where the field cannot be without a value; AmbiguousError.
    """
    if name == ABOUT:
        return _about(row.data[ABOUT], kind.model, catalogue)
    if name == LINKED:
        return _linked(row, kind, catalogue)
    model_field: Any = kind.fields[name]
    if row.data[name] != CLEAR:
        return {name: _value(model_field, row.data[name], catalogue, near)}
    if model_field.many_to_many:
        return {name: []}
    if model_field.null:
        return {name: None}
    if model_field.blank and model_field.empty_strings_allowed and not model_field.is_relation:
        return {name: ""}
    raise RefusedError(Problem(name, CLEAR, "a value: a record cannot be without it"))


def _linked(row: Row, kind: Kind, catalogue: Catalogue) -> dict[str, Model | None]:
    """The record that a row names by fields of it, such as a recommendation by its finding and number, under the link
    to it; other such links lead to nothing. Raises RefusedError, AmbiguousError.
    """
    stated = {name: value for name, value in row.data.items() if value not in NOT_STATED}
    link = next((link for link, parts in kind.found_by.items() if {link, *[*parts][:1]} & stated.keys()), "")
    if not link and len(kind.found_by) > 1:
        ways = "; or ".join(", ".join(parts) or link for link, parts in kind.found_by.items())
        raise RefusedError(Problem("what it is about", "", f"columns that name it: {ways}"))
    link = link or next(iter(kind.found_by))
    model_field: Any = kind.model._meta.get_field(link)
    if link in stated:
        inspection = catalogue.find(Inspection, stated["inspection"]) if "inspection" in stated else None
        record = _record(model_field, stated[link], catalogue, [inspection])
    else:
        record = _matching(model_field, kind.found_by[link], stated, catalogue)
    return {**dict.fromkeys(kind.found_by), link: record}


def _matching(link: Any, parts: Mapping[str, str], stated: Values, catalogue: Catalogue) -> Model:
    """The one record that has what a row states of it. Raises RefusedError, AmbiguousError."""
    model = link.related_model
    values: dict[str, Any] = {}
    for name, part in reversed(list(parts.items())):  # the last tells which of several the first means
        if name in stated or not link.null:
            model_field = model._meta.get_field(part)
            value = stated.get(name, model_field.get_default())
            values[part] = _value(model_field, value, catalogue, [*values.values()])
    if ABOUT in stated and "organisation" in parts.values():
        values |= _about(stated[ABOUT], model, catalogue)
    records = catalogue.matching(model, parts.values(), values)
    if len(records) == 1:
        return records[0]
    words = f"the {' and '.join(values)} of a known {model._meta.verbose_name}"
    if records:
        words = f"what tells which of {len(records)} {model._meta.verbose_name_plural} is meant: {', '.join(parts)}"
    raise RefusedError(Problem(link.name, " / ".join(str(value) for value in reversed(values.values())), words))


def _about(name: Any, model: type[Model], catalogue: Catalogue) -> dict[str, Any]:
    """The region or the body that a row is about, or the whole country: a region by its own name, which a body may
    share. Raises RefusedError.
    """
    fields = {field.name for field in model._meta.fields}
    if "national" in fields and name == Country.name:
        return {"national": True}
    region = catalogue.find(Region, name) if "region" in fields and isinstance(name, str) else None
    body = model._meta.get_field("organisation")
    return {"region": region} if region else {"organisation": _record(body, name, catalogue, ())}


def _checked(value: Any, types: tuple[type, ...], model_field: Any, expected: str) -> Any:
    if (isinstance(value, bool) and bool not in types) or not isinstance(value, types):
        raise RefusedError(Problem(model_field.name, value, expected))
    return value
