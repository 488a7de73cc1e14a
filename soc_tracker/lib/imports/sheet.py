"""Opening any spreadsheet and reading it in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from soc_tracker.lib.imports.cells import Cell, as_text
from soc_tracker.lib.imports.chunks import Chunk
from soc_tracker.lib.imports.csv_source import CsvSource
from soc_tracker.lib.imports.errors import UnreadableFileError
from soc_tracker.lib.imports.formulas import without_guard
from soc_tracker.lib.imports.headings import ERROR_HEADING, plain
from soc_tracker.lib.imports.signatures import is_workbook
from soc_tracker.lib.imports.xlsx_source import XlsxSource

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
        found = [as_text(without_guard(cell)).strip() for cell in source.heading_row()]
        while found and not found[-1]:
            found.pop()
        _refuse_odd(found)
        self._width = len(found)
        self._errors = [place for place, heading in enumerate(found) if plain(heading) == ERROR_HEADING]
        self.headings = tuple(heading for place, heading in enumerate(found) if place not in self._errors)
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
    source = _source(path, name)
    try:
        yield Sheet(source)
    finally:
        source.close()


def _source(path: Path, name: str) -> Source:
    if is_workbook(path, name):
        return XlsxSource(path)
    return CsvSource(path)


def _refuse_odd(headings: list[str]) -> None:
    if not any(headings):
        raise UnreadableFileError("The file is empty. Choose a file whose first row holds the headings.")
    if len(headings) > MOST_COLUMNS:
        raise UnreadableFileError(
            f"The first row has {len(headings):,} cells; at most {MOST_COLUMNS} columns are read. "
            "Choose a file whose first row holds the headings, or remove the columns that are not needed."
        )
