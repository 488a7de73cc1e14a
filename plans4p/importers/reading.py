"""The rows of a file of plans understood, all of them in memory: such files are small."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disruptions.importers.names import Organisations
from plans4p.importers.form import Expected, plan_fields
from soc_tracker.lib.imports import (
    Cell,
    Chunk,
    ErrorFile,
    Fault,
    Match,
    Memo,
    Progress,
    Sheet,
    UnreadableFileError,
    match,
    nothing,
    open_sheet,
    shown,
)

MOST_ROWS = 20_000


@dataclass
class Row:
    """``said`` holds what was understood, by key; None where the cell is empty or could not be understood."""

    line: int
    cells: list[Cell]
    said: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    def says(self, *keys: str) -> str:
        """The first of the keys of which the row says something; "" for none."""
        return next((key for key in keys if self.said.get(key) is not None), "")


@dataclass
class Table:
    """A file as it was read. ``places`` are its columns by key, ``expected`` the words for what is wrong."""

    sheet: Sheet
    match: Match
    rows: list[Row]
    expected: Expected

    def refuse(self, row: Row, key: str, expected: str) -> None:
        """Say that what a row holds in a column cannot be, and take nothing from there."""
        place = self.match.places.get(key)
        value = "" if place is None else shown(row.cells[place])
        row.faults.append(Fault(self.expected.heading(key), value, expected))

    def is_faulty(self, row: Row, key: str) -> bool:
        """Whether the row has a fault in a column already."""
        heading = self.expected.heading(key)
        return any(fault.column == heading for fault in row.faults)

    def named(self, key: str) -> set[Any]:
        """Every value that stands in a column."""
        return {row.said[key] for row in self.rows if row.says(key)}

    def write_errors(self, errors: Path) -> None:
        """Copy the rows that have a fault, each with what is wrong with it."""
        with ErrorFile(errors, self.sheet) as file:
            for row in self.rows:
                if row.faults:
                    file.add(row.cells, [str(fault) for fault in row.faults])


def read(path: Path, name: str, organisations: Organisations, progress: Progress = nothing) -> Table:
    """Raises UnreadableFileError, also for a file of more rows than plans have."""
    fields = plan_fields(organisations)
    with open_sheet(path, name) as sheet:
        found = match(sheet.headings, fields)
        headings = {key: sheet.headings[place] for key, place in found.places.items()}
        memos = {f.key: Memo(f, headings[f.key]) for f in fields if f.key in headings}
        table = Table(sheet, found, [], Expected(headings, {f.key: f.expected for f in fields}))
        for chunk in sheet.chunks():
            table.rows += _rows(chunk, found, memos)
            progress(sheet.position, sheet.size)
            if len(table.rows) > MOST_ROWS:
                raise UnreadableFileError(
                    f"The file has more than {MOST_ROWS:,} rows, and plans are read up to that many at a time. "
                    "Split it into several files, each with the headings."
                )
    return table


def _rows(chunk: Chunk, found: Match, memos: dict[str, Memo]) -> Iterator[Row]:
    columns = {key: memo.column(chunk.columns[found.places[key]]) for key, memo in memos.items()}
    for at, line in enumerate(chunk.lines):
        row = Row(line, chunk.row(at), {})
        if line in chunk.faults:
            row.faults.append(chunk.faults[line])
        for key, column in columns.items():
            value = column[at]
            row.said[key] = None if type(value) is Fault else value
            if type(value) is Fault:
                row.faults.append(value)
        yield row
