"""CSV of a list, streamed row by row, safe to open in a spreadsheet, honest when it breaks off."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import structlog
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.timezone import localtime

from soc_tracker.lib.tables import Column

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_A_TIME = 500
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
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

    def lines(self) -> list[tuple[str, str]]:
        made = localtime(self.made_at).strftime("%Y-%m-%d %H:%M:%S %Z")
        return [
            ("Title", self.title),
            ("Filter", self.filter),
            ("Kind of data", self.kind_of_data),
            ("As at", self.as_at),
            ("Made", made),
            ("Made by", self.made_by),
        ]


class _Line:
    """Stands in for a file: what the CSV writer would write comes back instead."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    filename: str, columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble
) -> StreamingHttpResponse:
    """A download of all rows; ``filename`` without its ending. UTF-8 with a byte order mark, which Excel asks for."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}.csv"'}
    return StreamingHttpResponse(
        csv_lines(columns, rows, preamble), content_type="text/csv; charset=utf-8", headers=headers
    )


def csv_lines(columns: Sequence[Column], rows: Iterable[Any], preamble: Preamble) -> Iterator[str]:
    """The file piece by piece; its last line says so when reading the rows fails."""
    write = csv.writer(_Line()).writerow
    try:
        head = [*preamble.lines(), (), [column.heading for column in columns]]
        yield BYTE_ORDER_MARK + "".join(write([in_file(cell) for cell in line]) for line in head)
        waiting = in_pieces(rows)
        while piece := list(islice(waiting, ROWS_AT_A_TIME)):
            yield "".join(write([in_file(column.value(row)) for column in columns]) for row in piece)
    except Exception:
        log.exception("export_broke_off", title=preamble.title)
        yield write([INCOMPLETE])


def in_pieces(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows without holding all of them in memory."""
    return rows.iterator(chunk_size=ROWS_AT_A_TIME) if isinstance(rows, QuerySet) else iter(rows)


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
