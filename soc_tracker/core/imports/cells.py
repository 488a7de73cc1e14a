"""Cells of a spreadsheet: what one holds, which column it belongs to; and stretches of columns."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple, Protocol, TypeAlias

from soc_tracker.core.imports.questions import Question, UnreadableFileError
from soc_tracker.core.lists.columns import STARTS_A_FORMULA
from soc_tracker.core.text.normal import clean_line

# What a cell holds, and how it is shown as text.


Cell: TypeAlias = str | int | float | date | datetime | time | timedelta
"""A blank cell is "". CSV has texts only. XLSX has numbers (whole ones as int) and dates too; TRUE and FALSE are texts.
"""

LONGEST_SHOWN = 200
"""Characters of a value that a message repeats."""


def as_text(cell: Cell) -> str:
    """The cell as a CSV holds it: ISO dates; midnight, which date columns of spreadsheets carry along, is left out."""
    match cell:
        case str():
            return cell
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def in_message(cell: Cell) -> str:
    """The cell for a message: on one line, cut where it is long."""
    text = " ".join(clean_line(as_text(cell)).split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 2] + " …"


def is_blank(row: Iterable[Cell]) -> bool:
    """Whether a spreadsheet would show nothing in this row."""
    return not any(as_text(cell).strip() for cell in row)


# Text that a spreadsheet would run as a formula, guarded when written and restored when read.


GUARD = "'"
_STARTS = "[" + re.escape("".join(STARTS_A_FORMULA)) + "]"
_NEEDS_GUARD = re.compile(f"{GUARD}*{_STARTS}")
_HAS_GUARD = re.compile(f"{GUARD}+{_STARTS}")


def with_guard(text: str) -> str:
    return GUARD + text if _NEEDS_GUARD.match(text) else text


def without_guard(cell: Cell) -> Cell:
    return cell[1:] if isinstance(cell, str) and cell.startswith(GUARD) and _HAS_GUARD.match(cell) else cell


def may_hold_guards(text: str) -> bool:
    """Whether any cell of this piece of a file can be guarded: a quick look before every cell is looked at."""
    return any(GUARD + start in text for start in STARTS_A_FORMULA)


# Which column of a file holds which field, whatever the order, case and spelling of its headings.


ERROR_HEADING = "error"
"""The column that an error file adds; it is ignored in a file that comes back."""

WORD = re.compile(r"[^\W_]+")


class Judge(Protocol):
    """What a column says as a whole, once all of it was read. ``refused`` counts the rows of each refused cell."""

    def questions(self, heading: str, refused: Counter[str]) -> Iterable[Question]:
        """What only the sender can say of the column."""

    def notes(self, heading: str) -> Iterable[str]:
        """What in the column was read otherwise than it may seem."""


@dataclass(frozen=True)
class Field:
    """One column that a file may have.

    ``parse`` gets a cell ("" when blank) and raises ValueError for what it does not understand; ``expected`` then
    says what it would have understood, to go on from "expected". ``required``: the heading must be there. ``of`` is the
    key of a column that this one says something about: in a file without that one, its heading means something else.
    """

    key: str
    heading: str
    synonyms: tuple[str, ...]
    parse: Callable[[Any], Any]
    expected: str
    required: bool = True
    judge: Judge | None = None
    of: str = ""


@dataclass(frozen=True)
class Match:
    """``places``: the key of a field → the index of its column. ``stray``: headings that belong to no field."""

    places: dict[str, int]
    stray: tuple[str, ...]


def plain(words: str) -> str:
    """Words without what people vary: case, spaces, underscores, hyphens and other signs. Signs alone stay."""
    return " ".join(WORD.findall(words.casefold())) or words.strip()


def match(headings: Sequence[str], fields: Sequence[Field], *, where: str = "The first row") -> Match:
    """Find each field's column. Raises UnreadableFileError for missing headings and for two of one field.

    ``where`` says where the headings stand, such as "Row 4".
    """
    keys = {plain(name): field.key for field in fields for name in (field.heading, *field.synonyms)}
    places: dict[str, int] = {}
    stray = []
    for place, heading in enumerate(headings):
        key = keys.get(plain(heading))
        if key is None:
            stray.append(heading or f"column {place + 1}, which has no heading")
        elif key in places:
            raise UnreadableFileError(
                f"Two columns hold the same: “{headings[places[key]]}” and “{heading}”. Keep the one that is right, "
                "remove the other, and try again."
            )
        else:
            places[key] = place
    others = [each.key for each in fields if each.key in places and each.of and each.of not in places]
    stray += [headings[places.pop(key)] for key in others]
    missing = [field.heading for field in fields if field.required and field.key not in places]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        there = ", ".join(f"“{name}”" for name in headings[:30]) or "none"
        raise UnreadableFileError(
            f"{where} does not have {'the heading' if len(missing) == 1 else 'these headings'}: {names}. "
            f"It has: {there[:1000]}. Add what is missing to that row and try again."
        )
    return Match(places, tuple(stray))


# A stretch of a sheet, held by columns; and what is wrong with a row of it.


class Fault(NamedTuple):
    """What is wrong with one row: the heading of the column, the value as it stands there, what was expected."""

    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"{self.column}: “{self.value}”, expected {self.expected}"


@dataclass(frozen=True)
class Chunk:
    """Rows that follow one another; blank ones are left out.

    ``lines``: each row's number as a spreadsheet shows it. ``columns``: one list a heading, as long as ``lines``.
    ``faults``: by line, a row with more cells than there are headings; the row itself is cut to the headings.
    ``strays``: by line, what stands in a row apart from the table, behind its last heading.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[Cell]]
    faults: dict[int, Fault] = field(default_factory=dict)
    strays: dict[int, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The same by rows. Where only a few rows are wanted, ``row`` is quicker."""
        return [list(row) for row in zip(*self.columns, strict=True)]

    def row(self, index: int) -> list[Cell]:
        """The row whose number is ``lines[index]``."""
        return [column[index] for column in self.columns]

    def without(self, places: Sequence[int]) -> "Chunk":
        """The same without these columns."""
        return replace(self, columns=[c for place, c in enumerate(self.columns) if place not in places])

    def without_guards(self) -> "Chunk":
        """The same with the texts that were guarded against being run as formulas."""
        return replace(self, columns=[[without_guard(cell) for cell in column] for column in self.columns])

    def without_rows(self, places: Container[int]) -> "Chunk":
        """The same without the rows at these places."""
        keep = [index not in places for index in range(len(self.lines))]
        lines = list(compress(self.lines, keep))
        faults = {line: fault for line, fault in self.faults.items() if line in lines} if self.faults else {}
        return Chunk(lines, [list(compress(column, keep)) for column in self.columns], faults)

    def parts(self, most: int) -> Iterator["Chunk"]:
        """The same in parts of at most so many rows."""
        if len(self.lines) <= most:
            yield self
            return
        for start in range(0, len(self.lines), most):
            lines = self.lines[start : start + most]
            faults = {line: fault for line, fault in self.faults.items() if lines[0] <= line <= lines[-1]}
            yield Chunk(lines, [column[start : start + most] for column in self.columns], faults)


def chunk_of(rows: Sequence[Sequence[Cell]], first_line: int, width: int, *, is_strict: bool = True) -> Chunk:
    """Rows as they come from a file, made equally long. Unless ``is_strict``, what stands apart moves nothing."""
    lines, fitting, faults, strays = [], [], {}, {}
    for line, row in enumerate(rows, first_line):
        if is_blank(row):
            continue
        if not is_blank(row[width:]):
            value = in_message(", ".join(in_message(cell) for cell in row[width : width + 50]))
            if is_strict or as_text(row[width]).strip():
                expected = f"a row of at most {width} cells, as many as there are headings"
                faults[line] = Fault("after the last heading", value, expected)
            else:
                strays[line] = value
        lines.append(line)
        fitting.append([*row[:width], *[""] * (width - len(row))])
    columns = [list(column) for column in zip(*fitting, strict=True)]
    return Chunk(lines, columns or [[] for _ in range(width)], faults, strays)
