"""The refused rows as a file of the same kind, each with what is wrong with it, to be mended and loaded again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from soc_tracker.lib.imports.cells import Cell, as_text
from soc_tracker.lib.imports.formulas import with_guard
from soc_tracker.lib.imports.headings import ERROR_HEADING
from soc_tracker.lib.imports.sheet import Sheet
from soc_tracker.lib.xlsx_export import LONGEST_TEXT, OPTIONS

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
            self._cell(place, cell)
        self._height += 1

    def _cell(self, place: int, cell: Cell) -> None:
        match cell:
            case "":
                return
            case datetime() if cell.year >= FIRST_YEAR:
                self._sheet.write_datetime(self._height, place, cell, self._moment)
            case date() if cell.year >= FIRST_YEAR:
                self._sheet.write_datetime(self._height, place, cell, self._day)
            case int() | float():
                self._sheet.write_number(self._height, place, cell)
            case _:
                self._sheet.write_string(self._height, place, with_guard(as_text(cell))[:LONGEST_TEXT])

    def close(self) -> None:
        self._book.close()


FIRST_YEAR = 1900
"""The calendar of spreadsheets begins here."""
