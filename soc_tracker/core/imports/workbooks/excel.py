"""An Excel workbook (XLSX, XLSM) looked through before the library that reads it: every place of a cell is checked."""

import posixpath
import re
from collections.abc import Iterator
from zipfile import ZipFile

from soc_tracker.core.imports.workbooks.parts import (
    BYTES_AT_A_TIME,
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
    parser_of,
)

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ROW = re.compile("[1-9][0-9]{0,6}")
TEXT_NUMBER = re.compile("[0-9]{1,9}")
TRUE, ZERO = ("1", "true"), ("0", "0.0")
PERCENT_FORMATS = {"9", "10"}
"""The numbers of Excel's own formats."""
QUOTED = re.compile(r'"[^"]*"|\\.')


def list_sheets(parts: ZipFile) -> tuple[list[tuple[str, str]], list[str]]:
    """The name of each sheet that is seen with the part that holds it, and the names of those that are hidden."""
    relations = {each["Id"]: each for _, each in elements(parts, "xl/_rels/workbook.xml.rels", "Relationship")}
    sheets = [each for _, each in elements(parts, WORKBOOK, "sheet")]
    if len({sheet["name"].casefold() for sheet in sheets}) < len(sheets):
        raise UnfitError("damaged", "")
    seen, hidden = [], []
    for sheet in sheets:
        relation = relations[next(value for key, value in sheet.items() if key.rpartition(":")[2] == "id")]
        if not relation["Type"].endswith("/worksheet"):
            continue
        if sheet.get("state", "visible") == "visible":
            seen.append((sheet["name"], posixpath.join("/xl", relation["Target"])[1:]))
        else:
            hidden.append(sheet["name"])
    return seen, hidden


def counts_from_1904(parts: ZipFile) -> bool:
    """Whether days are numbers since 1904, as old Macintosh workbooks have it, instead of 1900."""
    return any(each.get("date1904") in TRUE for _, each in elements(parts, WORKBOOK, "workbookPr"))


def surveys(parts: ZipFile, sheets: list[tuple[str, str]]) -> Iterator[tuple[str, Survey | UnfitError]]:
    """The sheets, each once its places are known to be such as a sheet has; or why it is not read."""
    check_texts(parts)
    percents = percent_styles(parts)
    for name, part in sheets:
        places = Places(percents)
        try:
            parse(parts, part, places.start, places.text, places.end)
            places.check_size()
        except UnfitError as error:
            yield name, error
        else:
            yield name, places


def check_texts(parts: ZipFile) -> None:
    """The library makes room for as many texts as the workbook says it has: they must be as many as can be in it."""

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "sst" and int(attributes.get("uniqueCount") or 0) > size:
            raise UnfitError("texts", attributes["uniqueCount"][:LONGEST_TEXT])

    for part in (name for name in parts.namelist() if name.casefold() == "xl/sharedstrings.xml"):
        size = parts.getinfo(part).file_size
        with parts.open(part) as file:
            parser_of(start).Parse(file.read(BYTES_AT_A_TIME))


def percent_styles(parts: ZipFile) -> frozenset[str]:
    """The numbers of the styles that show a number as a percentage."""
    if STYLES not in parts.namelist():
        return frozenset()
    formats, styles, is_cell = set(PERCENT_FORMATS), set(), False
    number = 0
    for kind, each in elements(parts, STYLES, "numFmt", "cellXfs", "xf", "cellStyles", "cellStyleXfs", "dxfs"):
        if kind == "numFmt" and "%" in QUOTED.sub("", each.get("formatCode", "")):
            formats.add(each.get("numFmtId", ""))
        elif kind == "xf" and is_cell:
            if each.get("numFmtId") in formats:
                styles.add(str(number))
            number += 1
        elif kind != "xf" and kind != "numFmt":
            is_cell = kind == "cellXfs"
    return frozenset(styles)


class Columns(dict[str, int]):
    """The index of each column by its letters: A is 0, AA is 26."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        if not 0 < number <= MOST_COLUMNS:
            raise ValueError(letters)
        self[letters] = number - 1
        return number - 1


class Places(Survey):
    """Where a sheet says that its cells are, and what it says of them."""

    def __init__(self, percent_styles: frozenset[str]) -> None:
        super().__init__()
        self.columns = Columns()
        self.row = self.column = -1
        self.last_row = ("", -1)
        self.kind, self.style, self.is_hidden = "", "", False
        self.content: str | None = None
        self.percent_styles, self.is_special = percent_styles, bool(percent_styles)

    def start(self, name: str, attributes: Attributes) -> None:
        """Called for each of millions of elements, so that what comes most often comes first."""
        name = name if ":" not in name else local(name)
        if name == "c":
            self.cell(attributes)
        elif name in ("v", "is"):
            self.cells += 1
            self.content = "" if self.kind in ("s", "e") else None
            if self.row != self.bottom or not self.left <= self.column <= self.right:
                self.top, self.bottom = min(self.top, self.row), max(self.bottom, self.row)
                self.left, self.right = min(self.left, self.column), max(self.right, self.column)
            if self.is_special:  # in a hidden row, or it may show a percentage
                if self.is_hidden:
                    add_to(self.hidden_rows, self.row, self.row)
                if self.style in self.percent_styles and self.kind in ("", "n"):
                    add_to(self.percents[self.column], self.row, self.row)
        elif name == "row":
            self.row = self.row_of(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
            self.is_hidden = attributes.get("hidden") in TRUE or attributes.get("ht") in ZERO
            self.is_special = self.is_hidden or bool(self.percent_styles)
        elif name in ("dimension", "mergeCell", "col"):
            self.area(name, attributes)

    def area(self, name: str, attributes: Attributes) -> None:
        """Several cells, or a whole column."""
        if name != "col":
            corners = [self.place(corner) for corner in attributes.get("ref", "").split(":")]
            if name == "mergeCell":
                (top, left), (bottom, right) = corners[0], corners[-1]
                self.add_merged(top, bottom, left, right)
        elif attributes.get("hidden") in TRUE or attributes.get("width") in ZERO:
            first, last = int(attributes.get("min") or 0), int(attributes.get("max") or 0)
            add_to(self.hidden_columns, first - 1, min(last, MOST_COLUMNS) - 1)

    def cell(self, attributes: Attributes) -> None:
        """A cell without a place follows the one before it."""
        if reference := attributes.get("r"):
            self.row, self.column = self.place(reference)
        else:
            self.column += 1
        if self.column >= MOST_COLUMNS or self.row >= MOST_ROWS:
            raise UnfitError("place", f"column {self.column + 1}, row {self.row + 1}")
        self.kind = attributes.get("t", "")
        if self.percent_styles:
            self.style = attributes.get("s", "")

    def place(self, reference: str) -> tuple[int, int]:
        digits = reference.lstrip(LETTERS)
        try:
            column = self.columns[reference[: len(reference) - len(digits)]]
        except ValueError:
            raise UnfitError("place", reference[:LONGEST_TEXT]) from None
        seen, row = self.last_row
        return row if digits == seen else self.row_of(digits, reference), column

    def row_of(self, digits: str, reference: str = "") -> int:
        if not ROW.fullmatch(digits) or int(digits) > MOST_ROWS:
            raise UnfitError("place", (reference or f"row {digits}")[:LONGEST_TEXT])
        self.last_row = digits, int(digits) - 1
        return int(digits) - 1

    def text(self, piece: str) -> None:
        if self.content is not None:
            self.content = (self.content + piece)[:LONGEST_TEXT]

    def end(self, name: str) -> None:
        if self.content is None or name.rpartition(":")[2] not in ("v", "is"):
            return
        if self.kind == "e":
            self.add_error(self.row, self.column, self.content)
        elif not TEXT_NUMBER.fullmatch(self.content):
            raise UnfitError("text", self.content)
        self.content = None
