"""An OpenDocument spreadsheet (ODS) looked through before the library that reads it.

It names no places but says how often a cell, a row or a column is repeated, so that a short file can ask for any size.
"""

from dataclasses import dataclass, field
from zipfile import ZipFile

from soc_tracker.core.imports.workbooks.parts import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    Attributes,
    Survey,
    UnfitError,
    add_to,
    elements,
    local,
    parse,
)

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
HIDDEN = ("collapse", "filter")
CELLS = ("table-cell", "covered-table-cell")


def surveys(parts: ZipFile) -> dict[str, Survey]:
    """The sheets by their names. Raises UnfitError, for the library reads all of them or none."""
    if CONTENT not in parts.namelist():
        raise UnfitError("damaged", "")
    if MANIFEST in parts.namelist() and elements(parts, MANIFEST, "encryption-data"):
        raise UnfitError("password", "")
    content = Content()
    parse(parts, CONTENT, content.start, content.text, content.end)
    for _, sheet in content.sheets:
        sheet.check_size()
    return dict(content.sheets)


def times(attributes: Attributes, kind: str) -> int:
    """How often an element stands there, or over how many it spans."""
    words = attributes.get(f"table:number-{kind}", "1")
    if not words.isdecimal() or not 0 < int(words[:10]) <= MOST_ROWS:
        raise UnfitError("place", f"number-{kind} {words}"[:LONGEST_TEXT])
    return int(words)


@dataclass
class Content:
    """The sheets of the file as its elements come."""

    sheets: list[tuple[str, Survey]] = field(default_factory=list)
    depth: int = 0
    row: int = 0
    column: int = 0
    columns: int = 0
    rows: int = 1
    is_hidden: bool = False
    error: tuple[int, int] | None = None
    content: str = ""

    @property
    def sheet(self) -> Survey:
        return self.sheets[-1][1]

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name in CELLS and self.depth == 1:
            self.cell(attributes)
        elif name == "table-row" and self.depth == 1:
            self.rows = times(attributes, "rows-repeated")
            self.column, self.is_hidden = 0, attributes.get("table:visibility") in HIDDEN
        elif name == "table-column" and self.depth == 1:
            first, self.columns = self.columns, self.columns + times(attributes, "columns-repeated")
            if attributes.get("table:visibility") in HIDDEN:
                add_to(self.sheet.hidden_columns, first, self.columns - 1)
        elif name == "table":
            self.depth += 1
            if self.depth == 1:  # a table within a cell is none of the sheets
                self.sheets.append((attributes.get("table:name", ""), Survey()))
                self.row, self.columns = 0, 0

    def cell(self, attributes: Attributes) -> None:
        sheet, width = self.sheet, times(attributes, "columns-repeated")
        first, self.column = self.column, self.column + width
        kind = attributes.get("office:value-type")
        if kind is None:
            return
        last, bottom = self.column - 1, self.row + self.rows - 1
        if last >= MOST_COLUMNS or bottom >= MOST_ROWS:
            raise UnfitError("place", f"column {last + 1}, row {bottom + 1}")
        sheet.cells += 1
        sheet.top, sheet.bottom = min(sheet.top, self.row), max(sheet.bottom, bottom)
        sheet.left, sheet.right = min(sheet.left, first), max(sheet.right, last)
        if self.is_hidden:
            add_to(sheet.hidden_rows, self.row, bottom)
        if kind == "percentage":
            for column in range(first, last + 1):
                add_to(sheet.percents[column], self.row, bottom)
        if attributes.get("calcext:value-type") == "error":
            self.error, self.content = (self.row, first), ""
        height = times(attributes, "rows-spanned")
        sheet.add_merged(self.row, self.row + height - 1, first, first + times(attributes, "columns-spanned") - 1)

    def text(self, piece: str) -> None:
        if self.error:
            self.content = (self.content + piece)[:LONGEST_TEXT]

    def end(self, name: str) -> None:
        name = local(name)
        if name in CELLS and self.error:
            self.sheet.add_error(*self.error, self.content.strip())
            self.error = None
        elif name == "table-row" and self.depth == 1:
            self.row += self.rows
        elif name == "table":
            self.depth -= 1
