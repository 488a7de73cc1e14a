"""Runs as a program of its own: says what the sheets of a workbook hold, and writes their rows, to standard output.

In a process of its own, because a sheet is held in memory whole, and because a small file can ask for so much memory
or time that the process has to be ended. BYTES and SECONDS are the most memory and processor time. Before the library
that reads workbooks sees the file, what it says of the places of its cells is checked, and that they fit into memory.

What it writes, pickled: for each sheet that is seen and has rows a look at it (``look_at``); then what holds for all
(``is_1904``, names of the ``hidden`` sheets). It then reads lines from standard input, each the number of one of the
sheets and 1 or 0 for whether merged cells all have the value of the first; for each line it writes the number of rows,
lists of rows as in the sheet, blank ones included, and an empty list. A pair of texts instead says why not.
"""

import pickle
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import python_calamine as calamine

from soc_tracker.core.imports.workbooks import excel, open_document
from soc_tracker.core.imports.workbooks.parts import Survey, UnfitError, add_to

CELLS_AT_A_TIME, TEXT_AT_A_TIME = 20_000, 1 << 22
"""The characters of a few cells can be many."""
LONGEST_ROW = 1 << 20
"""Characters, as in a CSV file."""
LARGEST_EXACT = 2**53
"""Whole numbers beyond it are not exact in a spreadsheet."""
FIRST_ROWS, FIRST_CELLS, FIRST_LETTERS = 200, 100_000, 400
"""Of what is shown of a sheet before it is chosen: rows with anything in them, their cells, characters of each."""


def main(path: str, memory: str, seconds: str) -> None:
    # Beyond the seconds it is told to end; one later it is ended.
    limits = (int(memory), int(memory)), (int(seconds), int(seconds) + 1)
    for kind, limit in zip((resource.RLIMIT_AS, resource.RLIMIT_CPU), limits, strict=True):
        with suppress(ValueError, OSError):  # not every system has each limit
            resource.setrlimit(kind, limit)
    try:
        book = Book(path)
        for look in book.looks():
            put(look)
        put({"is_1904": book.is_1904, "hidden": book.hidden})
        for line in sys.stdin:
            number, fills = line.split()
            put_rows(book.sheet(int(number)), book.surveys[int(number)], fills=fills == "1")
    except UnfitError as error:
        put(error.args)
    except MemoryError:
        put(("large", ""))
    except calamine.PasswordError:
        put(("password", ""))


@dataclass
class Book:
    """A workbook known by its contents, whatever its name. Of its sheets the largest is kept, others are read again."""

    path: str
    is_1904: bool = False
    hidden: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    kept: tuple[str, calamine.CalamineSheet] | None = None

    def looks(self) -> Iterator[dict[str, Any]]:
        """A look at each sheet that has rows."""
        for name, survey in self._surveys():
            if isinstance(survey, UnfitError):
                self.names.append(name)
                self.surveys.append(Survey())
                yield {"name": name, "unfit": survey.args}
            elif survey.cells and (look := look_at(name, sheet := self.opened.get_sheet_by_name(name), survey))["rows"]:
                self.names.append(name)
                self.surveys.append(survey)
                if not self.kept or sheet.height > self.kept[1].height:
                    self.kept = name, sheet
                yield look

    def sheet(self, number: int) -> calamine.CalamineSheet:
        name = self.names[number]
        return self.kept[1] if self.kept and self.kept[0] == name else self.opened.get_sheet_by_name(name)

    @cached_property
    def opened(self) -> calamine.CalamineWorkbook:
        with Path(self.path).open("rb") as file:
            return calamine.load_workbook(file)

    def _surveys(self) -> Iterator[tuple[str, Survey | UnfitError]]:
        if not is_zipfile(self.path):
            yield from self._unseen()
            return
        with ZipFile(self.path) as parts:
            names = parts.namelist()
            if excel.WORKBOOK in names:
                self.is_1904 = excel.counts_from_1904(parts)
                sheets, self.hidden = excel.list_sheets(parts)
                yield from excel.surveys(parts, sheets)
            elif open_document.CONTENT in names:
                surveys = open_document.surveys(parts)
                for name, survey in self._unseen():
                    yield name, surveys.get(name, survey)
            else:
                yield from self._unseen()

    def _unseen(self) -> Iterator[tuple[str, Survey]]:
        """Sheets of which nothing is known beforehand: only the limits of this process hold their reading."""
        for sheet in self.opened.sheets_metadata:
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible == calamine.SheetVisibleEnum.Visible:
                survey = Survey()
                survey.cells = 1
                yield sheet.name, survey
            else:
                self.hidden.append(sheet.name)


def look_at(name: str, sheet: calamine.CalamineSheet, survey: Survey) -> dict[str, Any]:
    """What a reader decides by: the first rows by their line, and what of the sheet is hidden, merged or a percentage.

    Rows and columns that it names are lines of the sheet and places in a row.
    """
    (_, left), (last, _) = sheet.start or (0, 0), sheet.end or (0, 0)
    most = max(1, min(FIRST_ROWS, FIRST_CELLS // max(1, sheet.width)))
    rows: list[tuple[int, list[Any]]] = []
    for line, row in enumerate(sheet.iter_rows(), 1):
        cells = [cell[:FIRST_LETTERS] if type(cell) is str else simple(cell) for cell in row]
        if any(str(cell).strip() for cell in cells):
            rows.append((line, cells))
            if len(rows) == most:
                break
    return {
        "name": name,
        "height": last + 1,
        "rows": rows,
        "hidden_rows": [(first + 1, end + 1) for first, end in survey.hidden_rows],
        "hidden_columns": [(first - left, end - left) for first, end in survey.hidden_columns],
        "merged": [(top + 1, bottom + 1, first - left, end - left) for top, bottom, first, end in survey.merged],
        "percents": [column - left for column in sorted(survey.percents)],
    }


def put_rows(sheet: calamine.CalamineSheet, survey: Survey, *, fills: bool) -> None:
    (_, left), (last, _) = sheet.start or (0, 0), sheet.end or (0, 0)
    put(last + 1)
    at_a_time = max(1, CELLS_AT_A_TIME // sheet.width)
    shows = Shows(survey, left, fills=fills)
    rows, length = [], 0
    for number, cells in enumerate(sheet.iter_rows()):
        row = [cell if type(cell) is str else simple(cell) for cell in cells]
        if number in shows.rows:
            shows.change(number, row)
        rows.append(row)
        longer = length + sum([len(cell) for cell in row if type(cell) is str])
        if longer - length > LONGEST_ROW:
            raise UnfitError("long", f"{number + 1:,}")
        length = longer
        if len(rows) == at_a_time or length > TEXT_AT_A_TIME:
            put(rows)
            rows, length = [], 0
    if rows:
        put(rows)
    put([])


class Rows:
    """Some rows of a sheet, as runs."""

    def __init__(self, runs: list[list[int]]) -> None:
        self.runs = sorted(runs)
        self.at = 0

    def __contains__(self, row: object) -> bool:
        """For rows that never go back."""
        runs = self.runs
        while self.at < len(runs) and runs[self.at][1] < row:  # type: ignore[operator]
            self.at += 1
        return self.at < len(runs) and runs[self.at][0] <= row  # type: ignore[operator]


class Shows:
    """What cells show that the library gives otherwise: errors, percentages and, where wanted, the value of merged
    cells in each of them. ``rows`` are those that have any.
    """

    def __init__(self, survey: Survey, left: int, *, fills: bool) -> None:
        self.left, self.errors = left, survey.errors
        self.percents = {column - left: Rows(runs) for column, runs in survey.percents.items()}
        self.merged = [(t, b, max(f - left, 0), e - left) for t, b, f, e in sorted(survey.merged)] if fills else []
        self.values: list[tuple[int, int, Any]] = []  # last row, column and value of merged cells
        runs = [[row, row] for row in survey.errors]
        runs += [run for each in survey.percents.values() for run in each]
        runs += [[top, bottom] for top, bottom, _, _ in self.merged]
        joined: list[list[int]] = []
        for first, last in sorted(runs):
            add_to(joined, first, last)
        self.rows = Rows(joined)

    def change(self, number: int, row: list[Any]) -> None:
        for column, error in self.errors.get(number, ()):
            row[column - self.left] = error
        for column, rows in self.percents.items():
            if number in rows and type(row[column]) in (int, float):
                row[column] = f"{row[column] * 100:.12g}%"
        self.values = [value for value in self.values if value[0] >= number]
        for _, column, value in self.values:
            if row[column] == "":
                row[column] = value
        while self.merged and self.merged[0][0] <= number:
            top, bottom, first, last = self.merged.pop(0)
            if top == number and first < len(row) and row[first] != "":
                places = range(first, min(last + 1, len(row)))
                self.values += [(bottom, column, row[first]) for column in places]


def simple(cell: Any) -> Any:
    """Numbers without decimals as int, TRUE and FALSE as the spreadsheet shows them."""
    if type(cell) is bool:
        return "TRUE" if cell else "FALSE"
    if type(cell) is float and cell.is_integer() and abs(cell) < LARGEST_EXACT:
        return int(cell)
    return cell


def put(value: Any) -> None:
    pickle.dump(value, sys.stdout.buffer, protocol=5)
    if not isinstance(value, list) or not value:  # somebody waits for it
        sys.stdout.buffer.flush()
