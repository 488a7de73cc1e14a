"""Runs as a program of its own: writes the rows of a workbook's first sheet that has any to standard output, pickled.

    python -I xlsx_reader.py FILE BYTES SECONDS

In a process of its own, because a sheet is held in memory whole, and because a small file can ask for so much memory
(two cells in opposite corners) that the process is ended. BYTES and SECONDS are the most memory and processor time.
What it writes: the word that says why not, or the number of rows followed by lists of rows, and an empty list at
the end. Rows are as in the sheet, blank ones included.
"""

import pickle
import posixpath
import re
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree
from zipfile import ZipFile

import python_calamine as calamine

CELLS_AT_A_TIME = 20_000
LARGEST_EXACT = 2**53
"""Whole numbers beyond it are not exact in a spreadsheet."""
BYTES_AT_A_TIME = 1 << 20
LONGEST_CELL = 1 << 15
"""Bytes of an error cell in the file; its formula has at most 8,192 characters."""
ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>(.*?)</(?:\w+:)?c>', re.DOTALL
)
ERROR = b't="e"'
ERROR_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})")
MOST_ERRORS = 100_000

Errors = dict[int, list[tuple[int, str]]]
"""By row, each error's column and name, such as #N/A. Both begin with 0."""


def main(path: str, memory: int, seconds: int) -> None:
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        with suppress(ValueError, OSError):  # not every system has each limit
            resource.setrlimit(kind, (limit, limit))
    try:
        put_first_sheet(path)
    except calamine.PasswordError:
        put("locked")
    except MemoryError:
        put("large")


def put_first_sheet(path: str) -> None:
    with Path(path).open("rb") as file:  # known by its contents, whatever its name
        sheet = first_sheet(calamine.load_workbook(file))
    if sheet is None:
        put("empty")
        return
    with ZipFile(path) as parts:
        errors = errors_in(parts, sheet.name)
    put_rows(sheet, errors)


def first_sheet(book: calamine.CalamineWorkbook) -> calamine.CalamineSheet | None:
    """The first sheet with anything in it that a reader sees."""
    for known in book.sheets_metadata:
        if known.typ == calamine.SheetTypeEnum.WorkSheet and known.visible == calamine.SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(known.name)
            if sheet.height:
                return sheet
    return None


def errors_in(parts: ZipFile, name: str) -> Errors:
    """The cells that show an error. calamine gives them as blank, and what went wrong is not the same as nothing."""
    errors: Errors = defaultdict(list)
    with parts.open(part_of(parts, name)) as sheet:
        for column, row, inside in error_cells(sheet):
            value = ERROR_VALUE.search(inside)
            errors[int(row) - 1].append((number_of(column), value[1].decode() if value else "#ERROR"))
            if len(errors) > MOST_ERRORS:
                raise MemoryError
    return errors


def part_of(parts: ZipFile, name: str) -> str:
    """The part of the workbook that holds the sheet."""
    known = next(each for each in elements(parts, "xl/workbook.xml", "sheet") if each["name"] == name)
    relations = elements(parts, "xl/_rels/workbook.xml.rels", "Relationship")
    return next(posixpath.join("/xl", each["Target"])[1:] for each in relations if each["Id"] == known["id"])


def elements(parts: ZipFile, part: str, kind: str) -> list[dict[str, str]]:
    """The attributes of all such elements, without their namespaces, which are of two generations."""
    with parts.open(part) as file:
        tree = ElementTree.parse(file)  # noqa: S314 - within the limits of this process
    found = (element for element in tree.iter() if element.tag.rpartition("}")[2] == kind)
    return [{key.rpartition("}")[2]: value for key, value in element.items()} for element in found]


def error_cells(sheet: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    before = b""
    while piece := sheet.read(BYTES_AT_A_TIME):
        text, end = before + piece, 0
        for found in ERROR_CELL.finditer(text) if ERROR in text else ():
            end = found.end()
            yield found[1], found[2], found[3]
        before = text[max(end, len(text) - LONGEST_CELL) :]


def number_of(letters: bytes) -> int:
    """The index of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def put_rows(sheet: calamine.CalamineSheet, errors: Errors) -> None:
    (_, left), (last, _) = sheet.start or (0, 0), sheet.end or (0, 0)
    put(last + 1)
    at_a_time = max(1, CELLS_AT_A_TIME // sheet.width)
    rows = []
    for number, cells in enumerate(sheet.iter_rows()):
        row = [cell if type(cell) is str else simple(cell) for cell in cells]
        for column, error in errors.get(number, ()):
            row[column - left] = error
        rows.append(row)
        if len(rows) == at_a_time:
            put(rows)
            rows = []
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
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
