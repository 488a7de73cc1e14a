"""The refused rows as a file of the same kind, each with what is wrong with it, to be mended and loaded again."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from soc_tracker.core.imports.cells import ERROR_HEADING, Cell, as_text, with_guard
from soc_tracker.core.imports.sheet import Sheet
from soc_tracker.core.lists.exports import LONGEST_TEXT, OPTIONS

LONGEST_ERROR = 4_000
"""Characters; a row has few faults, but their values can be long."""
FIRST_YEAR = 1900
"""The calendar of spreadsheets begins here."""

Write = Callable[[Sequence[Cell]], Any]


@contextmanager
def error_file(
    path: Path, like: Sheet, beside: Sequence[str] = ()
) -> Iterator[Callable[[Sequence[Cell], Sequence[str]], Any]]:
    """Rows with the headings of a sheet, in its order, those ``beside`` them, and the column "error" last: gives what
    adds one, as the chunk had it (``chunk.row(index)``), with what stands beside it, and what is wrong with it.

    A workbook gives XLSX unless ``path`` ends in ".csv"; one from CSV gives CSV with its delimiter, UTF-8, with
    a byte order mark where the source had one or was Windows-1252. Text that a spreadsheet would run is guarded, and
    comes back as it was when the file is opened with ``open_sheet``.
    """
    is_csv = path.suffix.casefold() == ".csv" or (like.suffix == ".csv" and path.suffix.casefold() != ".xlsx")
    with _csv_file(path, like) if is_csv else _xlsx_file(path) as write:
        write([*like.headings, *beside, ERROR_HEADING])
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
