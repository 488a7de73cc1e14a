"""CSV and XLSX of a list: row by row, safe to open in a spreadsheet, honest when it breaks off.

Where each column shows one field (``columns.of_field``), rows are written straight from what the database answers: no
object for each, and the values of a column together.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import structlog
from django.db.models import CharField, Expression, F, Field, Func, IntegerField, QuerySet, TextField
from django.http import FileResponse, StreamingHttpResponse
from django.utils.timezone import localtime

from soc_tracker.core.lists.columns import STARTS_A_FORMULA, Column
from soc_tracker.core.lists.paging import field_of, is_day

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS_AT_A_TIME = 2_000
Values = Sequence[Any]
Conversion = Callable[[Values], Iterable[Any]]
"""What becomes of the values of a column, all of some rows at a time."""


class DayAsStored(Func):
    """A day that is only written down again: SQLite, which holds it as text, then need not make a date of it."""

    template = "%(expressions)s"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)


def once_each(convert: Callable[[Any], Any]) -> Conversion:
    """What a function makes of each value, worked out once for each: for columns of few different values."""
    return partial(map, cache(convert))


def are_plain(columns: Sequence[Column], rows: Iterable[Any]) -> bool:
    """Whether the rows can be read in this way."""
    return isinstance(rows, QuerySet) and all(column.field for column in columns)


def columns_in_pieces(
    columns: Sequence[Column],
    rows: QuerySet,
    conversion_of: Callable[[Column, Field, bool], Conversion],
    *,
    days_as_stored: bool = False,
) -> Iterator[list[Iterable[Any]]]:
    """The columns of some rows at a time. ``conversion_of`` says what is done with the values of a column, given its
    field and whether that may be empty.

    One cursor reads them all, so they are the rows of one moment.
    """
    paths = list(dict.fromkeys(column.field for column in columns))
    fields = {path: field_of(rows, path) for path in paths}
    selected: list[str | Expression] = [
        DayAsStored(F(path)) if days_as_stored and is_day(field) else path for path, (field, _) in fields.items()
    ]
    places = [(paths.index(column.field), conversion_of(column, *fields[column.field])) for column in columns]
    waiting = rows.values_list(*selected).iterator(chunk_size=ROWS_AT_A_TIME)
    while piece := list(islice(waiting, ROWS_AT_A_TIME)):
        values = list(zip(*piece, strict=True))
        yield [convert(values[place]) for place, convert in places]


BYTE_ORDER_MARK = "\ufeff"
OBJECTS_AT_A_TIME = 500
NEEDS_QUOTES = re.compile('[",\r\n]')
RISKY = re.compile('^[=+@\t\r\n-]|[",\r\n]').search
BETWEEN = "\x00"  # what no text of a database holds
MARKS = (",", '"', "\r", "\n", *(BETWEEN + start for start in STARTS_A_FORMULA))
INCOMPLETE = "THIS FILE IS INCOMPLETE: it broke off here because of an error. Please export it again."
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Preamble:
    """What the first rows of a file say about it."""

    title: str
    filter: str
    kind_of_data: str
    as_at: str
    made_at: datetime
    made_by: str
    marking: str = ""

    def lines(self) -> list[tuple[str, str]]:
        made = localtime(self.made_at).strftime("%Y-%m-%d %H:%M:%S %Z")
        return [
            *([("Marking", self.marking)] if self.marking else []),
            ("Title", self.title),
            ("Filter", self.filter),
            ("Kind of data", self.kind_of_data),
            ("As at", self.as_at),
            ("Made", made),
            ("Made by", self.made_by),
        ]


def csv_response(
    filename: str, columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble | None
) -> StreamingHttpResponse:
    """A download of all rows; ``filename`` without its ending. UTF-8 with a byte order mark, which Excel asks for.

    Without a preamble its first line has the headings.
    """
    headers = {"Content-Disposition": f'attachment; filename="{filename}.csv"'}
    return StreamingHttpResponse(
        csv_lines(columns, rows, preamble), content_type="text/csv; charset=utf-8", headers=headers
    )


def csv_lines(columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble | None) -> Iterator[str]:
    """The file piece by piece; its last line says so when reading the rows fails."""

    def lines(cells: Iterable[Iterable[Any]]) -> str:
        text = StringIO(newline="")
        csv.writer(text).writerows(cells)
        return text.getvalue()

    try:
        head: list[Sequence[str]] = [*preamble.lines(), ()] if preamble else []
        head.append([column.heading for column in columns])
        yield BYTE_ORDER_MARK + lines([in_file(cell) for cell in line] for line in head)
        if are_plain(columns, rows) and len(columns) > 1:
            # As the CSV writer would write them, in a fraction of its time: most columns need no look at single cells.
            for piece in columns_in_pieces(columns, cast(QuerySet, rows), cells_of, days_as_stored=True):
                yield "\r\n".join([*map(",".join, zip(*piece, strict=True)), ""])
            return
        waiting = in_pieces(rows)
        while objects := list(islice(waiting, OBJECTS_AT_A_TIME)):
            yield lines([in_file(column.value(row)) for column in columns] for row in objects)
    except Exception:
        log.exception("export_broke_off", title=preamble.title if preamble else "")
        yield lines([[INCOMPLETE]])


def cells_of(column: Column, field: Field, nullable: bool) -> Conversion:
    """How the values of a column become cells of a CSV."""

    def quote(value: Any) -> str:
        cell = in_file(value)
        return '"{}"'.format(cell.replace('"', '""')) if NEEDS_QUOTES.search(cell) else cell

    def texts(values: Sequence[str]) -> Sequence[str]:
        """Looks at single texts only where one of them all needs it."""
        together = BETWEEN + BETWEEN.join(values)
        if not any(mark in together for mark in MARKS):
            return values
        return [text if not RISKY(text) else quote(text) for text in values]

    if column.words:
        words = column.words
        return once_each(lambda value: quote(words(value)))
    if isinstance(field, CharField | TextField) and not nullable:
        return texts
    if isinstance(field, IntegerField) or is_day(field):
        return partial(map, (lambda value: "" if value is None else str(value)) if nullable else str)
    return lambda values: list(map(quote, values))


def in_pieces(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows without holding all of them in memory."""
    return rows.iterator(chunk_size=OBJECTS_AT_A_TIME) if isinstance(rows, QuerySet) else iter(rows)


def in_file(value: Any) -> str:
    """A value as a file holds it: ISO dates, plain numbers, and no text that a spreadsheet would run."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return localtime(value).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case int() | float():
            return str(value)
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


# XLSX of a list, written row by row to a temporary file. Text stays text, numbers numbers, days and times are such. Its
# headings stay in sight and carry filters, and columns are as wide as what they hold.


CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767
EXACT_DIGITS = 15
"""A spreadsheet keeps no more of a number: a longer one is written as text."""
NARROWEST, WIDEST, MEASURED_ROWS = 8, 60, 500
"""Of columns, in characters; and of how many rows the texts are looked at for it."""
FILTER_BUTTON = 3
CUT = " … [cut here: a cell holds no more; the CSV has it all]"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyRowsError(ValueError):
    """More rows than a sheet holds."""


class Sheet(NamedTuple):
    """One sheet of a workbook: its name, at most 31 letters, the table on it, and what stands above that."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    preamble: Preamble | None


def xlsx_response(
    filename: str, columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble | None
) -> FileResponse:
    """A download of all rows; ``filename`` without its ending. Raises TooManyRowsError beyond a sheet's capacity."""
    return workbook_response(filename, [Sheet("Data", columns, rows, preamble)])


def workbook_response(filename: str, sheets: Iterable[Sheet]) -> FileResponse:
    """A download of several tables, a sheet each, below what it says about itself. Raises TooManyRowsError."""
    import xlsxwriter  # here: the server starts without it

    with ExitStack() as closes_on_failure:
        file = closes_on_failure.enter_context(tempfile.TemporaryFile())
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            styles, bold = Styles(book), book.add_format({"bold": True})
            for sheet in sheets:
                write_sheet(book.add_worksheet(sheet.name), sheet, styles, bold)
        closes_on_failure.pop_all()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{filename}.xlsx", content_type=CONTENT_TYPE)


def write_sheet(page: Worksheet, sheet: Sheet, styles: Styles, bold: Format) -> None:
    from xlsxwriter.utility import xl_range

    lines = sheet.preamble.lines() if sheet.preamble else []
    for number, (label, text) in enumerate(lines):
        write_cell(page, number, 0, label, bold)
        write_cell(page, number, 1, text)
    first, number = len(lines) + 2 if lines else 1, -1
    widths = []
    for place, column in enumerate(sheet.columns):
        write_cell(page, first - 1, place, column.heading, bold)
        widths.append(max(NARROWEST, len(column.heading) + FILTER_BUTTON))
    for number, row in enumerate(values_of(sheet.columns, sheet.rows)):
        if number == MOST_ROWS:
            raise TooManyRowsError(f"A sheet holds at most {MOST_ROWS:,} rows.")
        for place, value in enumerate(row):
            write_cell(page, first + number, place, value, styles.of(value))
            if number < MEASURED_ROWS:
                widths[place] = max(widths[place], len(str(value)))
    last = (first + number, len(sheet.columns) - 1)
    page.freeze_panes(first, min(1, len(sheet.columns) - 1))
    page.autofilter(first - 1, 0, *last)
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, *last)})
    for place, width in enumerate(widths):
        page.set_column(place, place, min(width, WIDEST) + 1)


class Styles:
    """How days and times are written, and numbers of which the last zero was printed: 84.0 is not 84."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._decimals: dict[int, Format] = {}

    def of(self, value: Any) -> Format | None:
        if not isinstance(value, Decimal):
            return self._moment if isinstance(value, datetime) else self._day
        places = max(0, -int(value.as_tuple().exponent))
        if places and places not in self._decimals:
            self._decimals[places] = self._book.add_format({"num_format": f"0.{'0' * places}"})
        return self._decimals.get(places)


def values_of(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[Iterable[Any]]:
    """The values of each row."""

    def words_of(column: Column, *field: object) -> Conversion:
        return once_each(column.words) if column.words else lambda values: values

    if are_plain(columns, rows):
        for piece in columns_in_pieces(columns, cast(QuerySet, rows), words_of):
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
        case datetime():  # a sheet knows no time zone: it is the time on the clocks of the site's
            sheet.write_datetime(row, place, localtime(value).replace(tzinfo=None, microsecond=0), style)
        case date():
            sheet.write_datetime(row, place, value, style)
        case int() | Decimal() if len(Decimal(value).normalize().as_tuple().digits) > EXACT_DIGITS:
            sheet.write_string(row, place, in_file(value))
        case int() | float() | Decimal():
            sheet.write_number(row, place, value, style if isinstance(value, Decimal) else None)
        case _:
            text = NOT_IN_XML.sub("�", str(value))
            fits = len(text) <= LONGEST_TEXT
            sheet.write_string(row, place, text if fits else text[: LONGEST_TEXT - len(CUT)] + CUT, style)
