"""Opening any spreadsheet and reading it in chunks."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from soc_tracker.core.imports.cells import (
    ERROR_HEADING,
    Cell,
    Chunk,
    as_text,
    is_blank,
    plain,
    with_guard,
    without_guard,
)
from soc_tracker.core.imports.csv_source import CsvSource
from soc_tracker.core.imports.files import is_workbook
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, UnreadableFileError
from soc_tracker.core.imports.xlsx_source import EmptyWorkbookError, XlsxSource
from soc_tracker.core.lists.exports import LONGEST_TEXT, OPTIONS

MOST_COLUMNS = 200


Source = CsvSource | XlsxSource


class Sheet:
    """The table in a file. ``chunks`` reads it once, from the row after the headings to the end.

    ``form`` says what was recognised ("CSV, UTF-8, semicolons"); ``size`` and ``position`` are bytes of the file and
    bytes read so far; ``suffix`` is ".csv" or ".xlsx". A column headed "error", which an error file adds, is left out.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        headings = [as_text(without_guard(cell)).strip() for cell in source.heading_row()]
        while headings and not headings[-1]:
            headings.pop()
        if not any(headings):
            raise UnreadableFileError("The file is empty. Choose a file whose first row holds the headings.")
        if len(headings) > MOST_COLUMNS:
            raise UnreadableFileError(
                f"The first row has {len(headings):,} cells; at most {MOST_COLUMNS} columns are read. "
                "Choose a file whose first row holds the headings, or remove the columns that are not needed."
            )
        self._width = len(headings)
        self._errors = [place for place, heading in enumerate(headings) if plain(heading) == ERROR_HEADING]
        self.headings = tuple(heading for place, heading in enumerate(headings) if place not in self._errors)
        self.form, self.suffix, self.size = source.form, source.suffix, source.size
        self.delimiter, self.marked = source.delimiter, source.marked
        self.questions: list[Question] = []

    @property
    def position(self) -> int:
        return self._source.position

    def chunks(self, rows: int = 10_000) -> Iterator[Chunk]:
        """All rows that are not blank, from one to so many at a time.

        Raises UnreadableFileError where the file turns out to be broken.
        """
        for chunk in self._source.chunks(self._width):
            whole = chunk.without(self._errors) if self._errors else chunk
            if whole.lines:
                yield from whole.parts(rows)


@dataclass(frozen=True)
class Table:
    """All rows of one sheet of a small file that are not blank, each with its number. A CSV file has no ``name``."""

    name: str
    form: str
    rows: list[tuple[int, list[Cell]]]


def read_tables(path: Path, name: str, *, most: int) -> list[Table]:
    """Every sheet with rows of a file that its owner calls ``name``. Raises UnreadableFileError, also beyond ``most``
    rows.
    """
    tables: list[Table] = []
    is_book = is_workbook(path, name)
    while not tables or is_book:
        source: Source = XlsxSource(path, len(tables)) if is_book else CsvSource(path)
        try:
            first = source.heading_row()
            rows = [(source.rows_read, first)]
            for chunk in source.chunks(MOST_COLUMNS):
                rows += [(line, row) for at, line in enumerate(chunk.lines) if not is_blank(row := chunk.row(at))]
                if len(rows) + sum(len(table.rows) for table in tables) > most:
                    raise UnreadableFileError(f"The file has more than {most:,} rows. Split it, and try again.")
            tables.append(Table(source.sheet, source.form, rows))
        except EmptyWorkbookError:
            if not tables:
                raise
            break
        finally:
            source.close()
    return tables


@contextmanager
def open_sheet(path: Path, name: str, answers: Answers = NO_ANSWERS) -> Iterator[Sheet]:
    """The first sheet of a file that its owner calls ``name``. Raises UnreadableFileError."""
    source: Source = XlsxSource(path) if is_workbook(path, name) else CsvSource(path)
    try:
        yield Sheet(source)
    finally:
        source.close()


# The refused rows as a file of the same kind, each with what is wrong with it, to be mended and loaded again.


LONGEST_ERROR = 4_000
"""Characters; a row has few faults, but their values can be long."""
FIRST_YEAR = 1900
"""The calendar of spreadsheets begins here."""

Write = Callable[[Sequence[Cell]], Any]


@contextmanager
def error_file(path: Path, like: Sheet) -> Iterator[Callable[[Sequence[Cell], Sequence[str]], Any]]:
    """Rows with the headings of a sheet, in its order, and the column "error" last: gives what adds one, as the chunk
    had it (``chunk.row(index)``), with what is wrong with it.

    A sheet from XLSX gives XLSX unless ``path`` ends in ".csv"; one from CSV gives CSV with its delimiter, UTF-8, with
    a byte order mark where the source had one or was Windows-1252. Text that a spreadsheet would run is guarded, and
    comes back as it was when the file is opened with ``open_sheet``.
    """
    is_csv = like.suffix == ".csv" or path.suffix.casefold() == ".csv"
    with _csv_file(path, like) if is_csv else _xlsx_file(path) as write:
        write([*like.headings, ERROR_HEADING])
        yield lambda row, errors: write([*row, "; ".join(errors)[:LONGEST_ERROR]])


@contextmanager
def _csv_file(path: Path, like: Sheet) -> Iterator[Write]:
    with path.open("w", encoding="utf-8-sig" if like.marked else "utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=like.delimiter)
        yield lambda row: writer.writerow([with_guard(as_text(cell)) for cell in row])


@contextmanager
def _xlsx_file(path: Path) -> Iterator[Write]:
    import xlsxwriter  # here: the server starts without it

    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        sheet, height = book.add_worksheet("Data"), count()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

        def write(row: Sequence[Cell]) -> None:
            line = next(height)
            for place, cell in enumerate(row):
                match cell:
                    case "":
                        pass
                    case date() if cell.year >= FIRST_YEAR:
                        sheet.write_datetime(line, place, cell, moment if isinstance(cell, datetime) else day)
                    case int() | float():
                        sheet.write_number(line, place, cell)
                    case _:
                        sheet.write_string(line, place, with_guard(as_text(cell))[:LONGEST_TEXT])

        yield write
