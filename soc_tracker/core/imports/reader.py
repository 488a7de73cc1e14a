"""The engine of every import: a sheet read once, its cells understood by the columns of a form, faults kept by row.

Large files go through piece by piece (``Reader``); small ones come whole as rows that can be looked at one by one,
refused and given back (``read_rows``). What is compared with the record and written is the business of each import.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from pathlib import Path
from typing import Any

from soc_tracker.core.imports.cells import Cell, Chunk, Fault, Field, Match, in_message, match
from soc_tracker.core.imports.days import DAY_0_OF_1904, DayColumn
from soc_tracker.core.imports.error_file import error_file
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.imports.parsers import Memo
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, UnreadableFileError
from soc_tracker.core.imports.sheet import Sheet, open_sheet

Progress = Callable[[int, int], None]
"""Is told how many bytes have been read, and of how many."""
Values = dict[str, list[Any]]
"""The values of some rows, by the key of their column."""
MOST_ROWS = 20_000
"""Of a file whose rows are held in memory."""
MOST_COUNTED, MOST_NAMED = 2_000, 20
"""Different cells of a column that are counted, and that are named."""


def nothing(done: int, of: int) -> None:
    """Tell nobody."""


class _Unknown:
    """Stands for a value that was not understood: no rule finds it too early, too late, or the same as another."""

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __lt__

    def __bool__(self) -> bool:
        return False


UNKNOWN = _Unknown()


@dataclass(frozen=True)
class Rule:
    """What a value must be, given the others of its row. ``broken`` finds the rows of a piece that break it.

    It is left out where the file lacks the column, or one of those that it ``needs`` besides.
    """

    key: str
    expected: str
    broken: Callable[[Values], Iterable[int]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Some rows of a file. ``faults`` are what is wrong with them, each with the row's place in the piece.

    Where a cell was not understood, its value is ``UNKNOWN``.
    """

    chunk: Chunk
    values: Values
    faults: list[tuple[int, Fault]]

    def good(self) -> tuple[list[int], Values]:
        """The lines of the rows without a fault, and their values."""
        if not self.faults:
            return list(self.chunk.lines), self.values
        bad = {at for at, _ in self.faults}
        keep = [at not in bad for at in range(len(self.chunk.lines))]
        values = {key: list(compress(column, keep)) for key, column in self.values.items()}
        return list(compress(self.chunk.lines, keep)), values

    def refusals(self, reference: str = "reference") -> list[Refusal]:
        """The faults with line and reference, which stands in the column of that key."""
        names = self.values.get(reference)
        return [Refusal(self.chunk.lines[at], str((names and names[at]) or ""), *fault) for at, fault in self.faults]


class Reader:
    """Reads a sheet once, by the columns and rules of a form."""

    def __init__(self, sheet: Sheet, fields: Sequence[Field], rules: Sequence[Rule] = ()) -> None:
        """Raises UnreadableFileError when a heading is missing. ``questions`` are all that reading the file raises,
        ``notes`` what was read otherwise than it may seem; both are whole when the last piece is read.
        """
        self.sheet = sheet
        self.questions: list[Question] = list(sheet.questions)
        self.notes: list[str] = []
        where = f"Row {sheet.line:,}" + (f" of the sheet “{sheet.head.name}”" if sheet.head.name else "")
        try:
            self.match: Match = match(sheet.headings, fields, where=where)
        except UnreadableFileError as error:
            # With what can be chosen instead, where the sender has chosen, or may have to.
            can_choose = len(sheet.layout.heads) > 1 or any(question.answer for question in sheet.layout.questions)
            raise UnreadableFileError(str(error), self.questions if can_choose else ()) from error
        self.headings = {key: sheet.headings[place] for key, place in self.match.places.items()}
        self.memos = {each.key: Memo(each, self.headings[each.key]) for each in fields if each.key in self.headings}
        self.judges = {each.key: each.judge for each in fields if each.judge and each.key in self.headings}
        for judge in self.judges.values() if sheet.is_1904 else ():
            if isinstance(judge, DayColumn):
                judge.day_0 = DAY_0_OF_1904
        self.refused: dict[str, Counter[str]] = defaultdict(Counter)
        self.unstated: dict[str, Counter[str]] = defaultdict(Counter)
        self.rules = [rule for rule in rules if self.headings.keys() >= {rule.key, *rule.needs}]

    def how_read(self) -> dict[str, Any]:
        """What an outcome tells of the reading, once it has ended."""
        return {
            "form": f"{self.sheet.form}; {self.sheet.place}",
            "notes": (*self.sheet.notes, *self.notes),
            "passed_over": tuple(self.sheet.passed.rows),
            "passed_over_rows": self.sheet.passed.count,
        }

    def pieces(self, progress: Progress = nothing) -> Iterator[Piece]:
        """The rows, in the order of the file. ``progress`` is told how many bytes have been read, and of how many."""
        for chunk in self.sheet.chunks():
            yield self._understood(chunk)
            progress(self.sheet.position, self.sheet.size)
        # All is read: what the columns say as a whole is asked and noted.
        asked = {question.key for question in self.questions}
        for key, judge in self.judges.items():
            new = [each for each in judge.questions(self.headings[key], self.refused[key]) if each.key not in asked]
            asked |= {question.key for question in new}
            self.questions += new
            self.notes += (note for note in judge.notes(self.headings[key]) if note not in self.notes)
        for key, cells in self.unstated.items():
            named = ", ".join(f"“{cell}” {count:,}" for cell, count in cells.most_common(MOST_NAMED))
            self.notes.append(f"{self.headings[key]}: taken as not stated, with the number of cells: {named}.")

    def _understood(self, chunk: Chunk) -> Piece:
        places = self.match.places
        values: Values = {key: memo.column(chunk.columns[places[key]]) for key, memo in self.memos.items()}
        faults: list[tuple[int, Fault]] = []
        if chunk.faults:  # rows that are too long
            at_line = {line: at for at, line in enumerate(chunk.lines)}
            faults += [(at_line[line], fault) for line, fault in chunk.faults.items()]
        for key, memo in self.memos.items():
            if memo.marks:
                self.unstated[key].update(in_message(cell) for cell in chunk.columns[places[key]] if cell in memo.marks)
            refused = self.refused[key]
            for at, value in enumerate(values[key]) if memo.faulty else ():
                if type(value) is Fault:
                    values[key][at] = UNKNOWN
                    faults.append((at, value))
                    if len(refused) < MOST_COUNTED or value.value in refused:
                        refused[value.value] += 1
        for rule in self.rules:
            cells = chunk.columns[places[rule.key]]
            faults += [
                (at, Fault(self.headings[rule.key], in_message(cells[at]), rule.expected)) for at in rule.broken(values)
            ]
        return Piece(chunk, values, faults)


@dataclass
class Row:
    """One row of a small file: ``values`` by key, None where the cell is empty or could not be understood."""

    line: int
    cells: list[Cell]
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    def first_of(self, *keys: str) -> str:
        """The first of the keys under which the row has a value; "" for none."""
        return next((key for key in keys if self.values.get(key) is not None), "")


class Rows:
    """All rows of a small file, with what is wrong with them, also by what the import finds in them itself."""

    def __init__(self, reader: Reader, fields: Sequence[Field]) -> None:
        self.sheet, self.match, self.questions = reader.sheet, reader.match, reader.questions
        self.reader = reader
        self.fields = {each.key: each for each in fields}
        self.headings = reader.headings
        self.rows: list[Row] = []

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def heading(self, key: str) -> str:
        """What a column is called in the file; where the file lacks it, its usual name."""
        return self.headings.get(key, self.fields[key].heading)

    def refuse(self, row: Row, key: str, expected: str) -> None:
        """Say that what a row holds in a column cannot be, and take nothing from there."""
        place = self.match.places.get(key)
        value = "" if place is None else in_message(row.cells[place])
        row.faults.append(Fault(self.heading(key), value, expected))

    def is_faulty(self, row: Row, key: str) -> bool:
        """Whether the row has a fault in a column already."""
        heading = self.heading(key)
        return any(fault.column == heading for fault in row.faults)

    def values_of(self, key: str) -> set[Any]:
        """Every value that stands in a column."""
        return {row.values[key] for row in self.rows if row.first_of(key)}

    def refusals(self, reference: str = "reference") -> list[Refusal]:
        """The faults of all rows, with line and reference."""
        return [
            Refusal(row.line, str(row.values.get(reference) or ""), *fault) for row in self.rows for fault in row.faults
        ]

    def write_errors(self, errors: Path) -> None:
        """Copy the rows that have a fault, each with what is wrong with it."""
        with error_file(errors, self.sheet) as add:
            for row in self.rows:
                if row.faults:
                    add(row.cells, [str(fault) for fault in row.faults])


def read_rows(
    path: Path,
    name: str,
    fields: Sequence[Field],
    *,
    answers: Answers = NO_ANSWERS,
    progress: Progress = nothing,
    most: int = MOST_ROWS,
) -> Rows:
    """Read a small file whole. Raises UnreadableFileError, also for a file of more rows than ``most``."""
    with open_sheet(path, name, answers, fields) as sheet:
        reader = Reader(sheet, fields)
        rows = Rows(reader, fields)
        for piece in reader.pieces(progress):
            faults: dict[int, list[Fault]] = {}
            for at, fault in piece.faults:
                faults.setdefault(at, []).append(fault)
            for at, line in enumerate(piece.chunk.lines):
                values = {key: None if column[at] is UNKNOWN else column[at] for key, column in piece.values.items()}
                rows.rows.append(Row(line, piece.chunk.row(at), values, faults.get(at, [])))
            if len(rows.rows) > most:
                raise UnreadableFileError(
                    f"The file has more than {most:,} rows, and such files are read up to that many at a time. "
                    "Split it into several files, each with the headings."
                )
    return rows


def copy_refused(
    path: Path,
    name: str,
    errors: Path,
    *,
    fields: Sequence[Field],
    answers: Answers = NO_ANSWERS,
    faults: Callable[[int, int], Iterable[tuple[int, Fault]]],
    beside: tuple[str, str] | None = None,
) -> None:
    """Read a large file a second time and copy the rows that have a fault, each with what is wrong with it.

    ``faults`` gives those of the rows between two lines, both included, in their order. ``beside`` is the heading of a
    column that the file gets where it has none of that name, and what stands in it in each row.
    """
    with open_sheet(path, name, answers, fields) as sheet:
        headings, more = ([beside[0]], [beside[1]]) if beside and beside[0] not in sheet.headings else ([], [])
        with error_file(errors, sheet, headings) as add:
            for chunk in sheet.chunks():
                of_line: dict[int, list[str]] = {}
                for line, fault in faults(chunk.lines[0], chunk.lines[-1]):
                    of_line.setdefault(line, []).append(str(fault))
                for at, line in enumerate(chunk.lines) if of_line else ():
                    if line in of_line:
                        add([*chunk.row(at), *more], of_line[line])
