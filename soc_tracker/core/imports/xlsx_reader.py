"""Runs as a program of its own: writes the rows of a workbook's sheet to standard output, pickled.

    python -I xlsx_reader.py FILE BYTES SECONDS NUMBER

In a process of its own, because a sheet is held in memory whole, and because a small file can ask for so much memory
or time that the process has to be ended. BYTES and SECONDS are the most memory and processor time. Before the library
that reads workbooks sees the file, every place of a cell in it is checked, and that its cells fit into memory.
NUMBER counts the sheets that a reader sees and that have rows, from 0.
What it writes: a pair of texts that say why not; or the name of the sheet, the number of its rows, lists of rows, and
an empty list at the end. Rows are as in the sheet, blank ones included.
"""

import pickle
import posixpath
import re
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

import python_calamine as calamine

CELLS_AT_A_TIME, TEXT_AT_A_TIME = 20_000, 1 << 22
"""The characters of a few cells can be many."""
LONGEST_ROW = 1 << 20
"""Characters, as in a CSV file."""
LARGEST_EXACT = 2**53
"""Whole numbers beyond it are not exact in a spreadsheet."""
BYTES_AT_A_TIME = 1 << 20
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
"""Of any sheet: the last cell is XFD1048576."""
MOST_CELLS = 32 << 20
"""That the rectangle around all cells may hold: so many are kept, blank or not."""
MOST_ERRORS = 100_000
WORKBOOK = "xl/workbook.xml"
LONGEST_TEXT = 40
"""Characters of a text's number, of an error's name, and of what is shown of a faulty place."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ROW = re.compile("[1-9][0-9]{0,6}")
TEXT_NUMBER = re.compile("[0-9]{1,9}")

Attributes = dict[str, str]


class UnfitError(Exception):
    """The workbook is not read: the word that says why, and what was found."""


def main(path: str, memory: int, seconds: int, number: int) -> None:
    # Beyond the seconds it is told to end; one later it is ended.
    for kind, limits in ((resource.RLIMIT_AS, (memory, memory)), (resource.RLIMIT_CPU, (seconds, seconds + 1))):
        with suppress(ValueError, OSError):  # not every system has each limit
            resource.setrlimit(kind, limits)
    try:
        put_sheet(path, number)
    except UnfitError as error:
        put(error.args)
    except MemoryError:
        put(("large", ""))


def put_sheet(path: str, number: int) -> None:
    """The sheet of that number, from 0, of those with anything in them that a reader sees."""
    with ZipFile(path) as parts:
        is_excel = WORKBOOK in parts.namelist()
        for name, places in checked_sheets(parts) if is_excel else others_of(path):
            if places.cells:
                sheet = book_of(path).get_sheet_by_name(name)
                if sheet.height and not number:
                    put(name)
                    put_rows(sheet, places.errors)
                    return
                number -= bool(sheet.height)
    put(("empty", ""))


def checked_sheets(parts: ZipFile) -> Iterator[tuple[str, "Places"]]:
    """The sheets of an Excel workbook, each once its places are known to be such as a sheet has."""
    check_texts(parts)
    for name, part in sheets_of(parts):
        places = Places()
        parse(parts, part, places.start, places.text, places.end)
        height, width = places.bottom - places.top + 1, places.right - places.left + 1
        if places.cells and height * width > MOST_CELLS:  # each place between the outermost ones is kept
            raise UnfitError("spread", f"{height:,} rows and {width:,} columns")
        yield name, places


def book_of(path: str) -> calamine.CalamineWorkbook:
    """The workbook, known by its contents, whatever its name."""
    with Path(path).open("rb") as file:
        return calamine.load_workbook(file)


def others_of(path: str) -> Iterator[tuple[str, "Places"]]:
    """The sheets of an OpenDocument file, which says no places: only the limits of this process hold it."""
    for sheet in book_of(path).sheets_metadata:
        places = Places()
        places.cells = int(sheet.visible == calamine.SheetVisibleEnum.Visible)
        yield sheet.name, places


def sheets_of(parts: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet that is seen, and the part of the workbook that holds it."""
    relations = {each["Id"]: each for each in elements(parts, "xl/_rels/workbook.xml.rels", "Relationship")}
    sheets = elements(parts, WORKBOOK, "sheet")
    if len({sheet["name"].casefold() for sheet in sheets}) < len(sheets):
        raise UnfitError("damaged", "")
    for sheet in sheets:
        relation = relations[next(value for key, value in sheet.items() if key.rpartition(":")[2] == "id")]
        if sheet.get("state", "visible") == "visible" and relation["Type"].endswith("/worksheet"):
            yield sheet["name"], posixpath.join("/xl", relation["Target"])[1:]


def elements(parts: ZipFile, part: str, kind: str) -> list[Attributes]:
    """The attributes of all such elements."""
    rows: list[Attributes] = []
    parse(parts, part, lambda name, attributes: rows.append(attributes) if local(name) == kind else None)
    return rows


def check_texts(parts: ZipFile) -> None:
    """The library makes room for as many texts as the workbook says it has: they must be as many as can be in it."""

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "sst" and int(attributes.get("uniqueCount") or 0) > size:
            raise UnfitError("texts", attributes["uniqueCount"][:LONGEST_TEXT])

    for part in (name for name in parts.namelist() if name.casefold() == "xl/sharedstrings.xml"):
        size = parts.getinfo(part).file_size
        with parts.open(part) as file:
            parser_of(start).Parse(file.read(BYTES_AT_A_TIME))


def parse(parts: ZipFile, part: str, start: Callable[[str, Attributes], None], *more: Callable[[str], None]) -> None:
    """Read a part element by element. ``more`` take the texts and the ends of elements."""
    parser = parser_of(start)
    if more:
        parser.CharacterDataHandler, parser.EndElementHandler = more
    with parts.open(part) as file:
        while piece := file.read(BYTES_AT_A_TIME):
            parser.Parse(piece)
        parser.Parse(b"", True)


def parser_of(start: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_declarations
    return parser


def refuse_declarations(*_: object) -> None:
    """No spreadsheet program writes them; they can make a short text endless."""
    raise UnfitError("declarations", "")


def local(name: str) -> str:
    return name.rpartition(":")[2]


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


class Places:
    """Where a sheet says that its cells are, before any is kept; and which of them show an error, with its name, such
    as #N/A. The library gives those as blank, and what went wrong is not the same as nothing.
    """

    def __init__(self) -> None:
        self.columns = Columns()
        self.row = self.column = -1
        self.last_row = ("", -1)
        self.kind = ""
        self.top, self.bottom, self.left, self.right = MOST_ROWS, -1, MOST_COLUMNS, -1
        self.cells = 0
        self.content: str | None = None
        self.errors: dict[int, list[tuple[int, str]]] = defaultdict(list)

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
        elif name == "row":
            self.row = self.row_of(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
        elif name in ("dimension", "mergeCell"):
            for corner in attributes.get("ref", "").split(":"):
                self.place(corner)

    def cell(self, attributes: Attributes) -> None:
        """A cell without a place follows the one before it."""
        if reference := attributes.get("r"):
            self.row, self.column = self.place(reference)
        else:
            self.column += 1
        if self.column >= MOST_COLUMNS or self.row >= MOST_ROWS:
            raise UnfitError("place", f"column {self.column + 1}, row {self.row + 1}")
        self.kind = attributes.get("t", "")

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
            self.errors[self.row].append((self.column, self.content or "#ERROR"))
            if len(self.errors) > MOST_ERRORS:
                raise MemoryError
        elif not TEXT_NUMBER.fullmatch(self.content):
            raise UnfitError("text", self.content)
        self.content = None


def put_rows(sheet: calamine.CalamineSheet, errors: dict[int, list[tuple[int, str]]]) -> None:
    (_, left), (last, _) = sheet.start or (0, 0), sheet.end or (0, 0)
    put(last + 1)
    at_a_time = max(1, CELLS_AT_A_TIME // sheet.width)
    rows, length = [], 0
    for number, cells in enumerate(sheet.iter_rows()):
        row = [cell if type(cell) is str else simple(cell) for cell in cells]
        for column, error in errors.get(number, ()):
            row[column - left] = error
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


def simple(cell: Any) -> Any:
    """Numbers without decimals as int, TRUE and FALSE as the spreadsheet shows them."""
    if type(cell) is bool:
        return "TRUE" if cell else "FALSE"
    if type(cell) is float and cell.is_integer() and abs(cell) < LARGEST_EXACT:
        return int(cell)
    return cell


def put(value: Any) -> None:
    pickle.dump(value, sys.stdout.buffer, protocol=5)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
