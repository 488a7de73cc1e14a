"""Opening any spreadsheet and reading it in chunks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from soc_tracker.core.imports.cells import (
    ERROR_HEADING,
    Cell,
    Chunk,
    UnreadableFileError,
    as_text,
    plain,
    with_guard,
    without_guard,
)
from soc_tracker.core.imports.csv_source import CsvSource
from soc_tracker.core.imports.files import is_workbook
from soc_tracker.core.imports.xlsx_source import XlsxSource
from soc_tracker.core.lists.xlsx import LONGEST_TEXT, OPTIONS

MOST_COLUMNS = 200


class Source(Protocol):
    """A file of one form: CSV or XLSX."""

    suffix: str
    delimiter: str
    marked: bool
    size: int

    @property
    def form(self) -> str: ...

    @property
    def position(self) -> int: ...

    def heading_row(self) -> list[Cell]: ...

    def chunks(self, width: int) -> Iterator[Chunk]: ...

    def close(self) -> None: ...


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


@contextmanager
def open_sheet(path: Path, name: str) -> Iterator[Sheet]:
    """The first sheet of a file that its owner calls ``name``. Raises UnreadableFileError."""
    source: Source = XlsxSource(path) if is_workbook(path, name) else CsvSource(path)
    try:
        yield Sheet(source)
    finally:
        source.close()


# The refused rows as a file of the same kind, each with what is wrong with it, to be mended and loaded again.


LONGEST_ERROR = 4_000
"""Characters; a row has few faults, but their values can be long."""


class ErrorFile:
    """Rows with the headings of a sheet, in its order, and the column "error" last.

    A sheet from XLSX gives XLSX unless ``path`` ends in ".csv"; one from CSV gives CSV with its delimiter, UTF-8, with
    a byte order mark where the source had one or was Windows-1252. Text that a spreadsheet would run is guarded, and
    comes back as it was when the file is opened with ``open_sheet``. Close it, or use it as a context manager.
    """

    def __init__(self, path: Path, like: Sheet) -> None:
        is_csv = like.suffix == ".csv" or path.suffix.casefold() == ".csv"
        self._rows: _Rows = _CsvRows(path, like) if is_csv else _XlsxRows(path)
        self._rows.write([*like.headings, ERROR_HEADING])

    def add(self, raw_row: Sequence[Cell], errors: Sequence[str]) -> None:
        """One refused row as the chunk had it (``chunk.row(index)``), and what is wrong with it."""
        self._rows.write([*raw_row, "; ".join(errors)[:LONGEST_ERROR]])

    def close(self) -> None:
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Rows(Protocol):
    def write(self, row: Sequence[Cell]) -> None: ...

    def close(self) -> None: ...


class _CsvRows:
    def __init__(self, path: Path, like: Sheet) -> None:
        self._file = path.open("w", encoding="utf-8-sig" if like.marked else "utf-8", newline="")
        self._writer = csv.writer(self._file, delimiter=like.delimiter)

    def write(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([with_guard(as_text(cell)) for cell in row])

    def close(self) -> None:
        self._file.close()


class _XlsxRows:
    def __init__(self, path: Path) -> None:
        import xlsxwriter  # here: the server starts without it

        self._book = xlsxwriter.Workbook(str(path), OPTIONS)
        self._sheet = self._book.add_worksheet("Data")
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._height = 0

    def write(self, row: Sequence[Cell]) -> None:
        for place, cell in enumerate(row):
            match cell:
                case "":
                    pass
                case datetime() if cell.year >= FIRST_YEAR:
                    self._sheet.write_datetime(self._height, place, cell, self._moment)
                case date() if cell.year >= FIRST_YEAR:
                    self._sheet.write_datetime(self._height, place, cell, self._day)
                case int() | float():
                    self._sheet.write_number(self._height, place, cell)
                case _:
                    self._sheet.write_string(self._height, place, with_guard(as_text(cell))[:LONGEST_TEXT])
        self._height += 1

    def close(self) -> None:
        self._book.close()


FIRST_YEAR = 1900
"""The calendar of spreadsheets begins here."""
