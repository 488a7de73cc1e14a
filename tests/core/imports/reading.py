"""Short ways to write a file and to read it back."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter

from soc_tracker.core.imports.cells import Cell, Fault
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers
from soc_tracker.core.imports.sheet import open_sheet


@contextmanager
def folder() -> Iterator[Path]:
    """For tests that run many times over, which must not share a fixture's folder."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def rows_in(path: Path, name: str = "", answers: Answers = NO_ANSWERS) -> tuple[tuple[str, ...], dict[int, list[Cell]]]:
    """The headings, and the rows by line."""
    with open_sheet(path, name or path.name, answers) as sheet:
        rows = {line: chunk.row(index) for chunk in sheet.chunks() for index, line in enumerate(chunk.lines)}
        return sheet.headings, rows


def rows_of(
    data: bytes, name: str = "extract.csv", answers: Answers = NO_ANSWERS
) -> tuple[tuple[str, ...], dict[int, list[Cell]]]:
    with folder() as place:
        path = place / "data"
        path.write_bytes(data)
        return rows_in(path, name, answers)


def faults_of(data: bytes) -> dict[int, Fault]:
    with folder() as place:
        path = place / "data"
        path.write_bytes(data)
        with open_sheet(path, "extract.csv") as sheet:
            return {line: fault for chunk in sheet.chunks() for line, fault in chunk.faults.items()}


def form_of(data: bytes) -> str:
    with folder() as place:
        path = place / "data"
        path.write_bytes(data)
        with open_sheet(path, "extract.csv") as sheet:
            return sheet.form


def csv_text(table: Iterable[Sequence[str]], **dialect: Any) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(table)
    return text.getvalue()


def workbook(path: Path, *sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook of these sheets; dates look like dates, and None is left out."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
    return path
