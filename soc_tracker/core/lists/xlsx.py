"""XLSX of a list, written row by row to a temporary file. Text stays text, numbers numbers, dates dates."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.timezone import localtime

from soc_tracker.core.lists import exports
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.exports import Preamble, are_plain, in_pieces

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767
CUT = " … [cut here: a cell holds no more; the CSV has it all]"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyRowsError(ValueError):
    """More rows than a sheet holds."""


def xlsx_response(filename: str, columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble) -> FileResponse:
    """A download of all rows; ``filename`` without its ending. Raises TooManyRowsError beyond a sheet's capacity."""
    with ExitStack() as closes_on_failure:
        file = closes_on_failure.enter_context(tempfile.TemporaryFile())
        write_workbook(file, columns, rows, preamble)
        closes_on_failure.pop_all()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{filename}.xlsx", content_type=CONTENT_TYPE)


def write_workbook(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble) -> None:
    """A sheet of the rows below what the file says about itself. Raises TooManyRowsError."""
    import xlsxwriter  # here: the server starts without it

    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet, bold = book.add_worksheet("Data"), book.add_format({"bold": True})
        styles = Styles(book)
        lines = preamble.lines()
        for number, (label, text) in enumerate(lines):
            write_cell(sheet, number, 0, label, bold)
            write_cell(sheet, number, 1, text)
        first = len(lines) + 2
        for place, column in enumerate(columns):
            write_cell(sheet, first - 1, place, column.heading, bold)
        for number, row in enumerate(values_of(columns, rows)):
            if number == MOST_ROWS:
                raise TooManyRowsError(f"A sheet holds at most {MOST_ROWS:,} rows.")
            for place, value in enumerate(row):
                write_cell(sheet, first + number, place, value, styles.of(value))


class Styles:
    """How dates are written, and numbers of which the last zero was printed: 84.0 is not 84."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._decimals: dict[int, Format] = {}

    def of(self, value: Any) -> Format | None:
        if not isinstance(value, Decimal):
            return self._day
        places = max(0, -int(value.as_tuple().exponent))
        if places and places not in self._decimals:
            self._decimals[places] = self._book.add_format({"num_format": f"0.{'0' * places}"})
        return self._decimals.get(places)


def values_of(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[Iterable[Any]]:
    """The values of each row."""

    def words_of(column: Column, *field: object) -> exports.Conversion:
        return exports.once_each(column.words) if column.words else lambda values: values

    if are_plain(columns, rows):
        for piece in exports.columns_in_pieces(columns, cast(QuerySet, rows), words_of):
            yield from zip(*piece, strict=True)
    else:
        for row in in_pieces(rows):
            yield [column.value(row) for column in columns]


def write_cell(sheet: Worksheet, row: int, place: int, value: Any, style: Format | None = None) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(row, place, "yes" if value else "no")
        case datetime():
            sheet.write_string(row, place, localtime(value).isoformat(timespec="seconds"))
        case date():
            sheet.write_datetime(row, place, value, style)
        case int() | float() | Decimal():
            sheet.write_number(row, place, value, style if isinstance(value, Decimal) else None)
        case _:
            text = NOT_IN_XML.sub("�", str(value))
            fits = len(text) <= LONGEST_TEXT
            sheet.write_string(row, place, text if fits else text[: LONGEST_TEXT - len(CUT)] + CUT, style)
