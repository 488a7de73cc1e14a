"""The counts of disruptions, kept with every write: see ``disruptions.models.cells`` for what a cell is.

A write tells its *events*: +1 on the day a row became known, -1 on the day it
ended. They are summed in the database, once in full detail, and the coarser
tables are summed from that, so that one row and ten million go the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from disruptions.cells.models import DetailCell, MarginCell, MonthCell, MonthMarginCell, OutlineCell, YearCell
from disruptions.record.models import Disruption
from soc_tracker.core.text.days import month_sql, year_sql

# In this order: databases that sort what they sum compare the columns that differ most first.
COARSE = ("organisation_id", "four_p", "size", "involvement", "kind_of_data")
DETAILED = (
    "organisation_id",
    "crime_type_id",
    "four_p",
    "size",
    "threat_type",
    "involvement",
    "extract_id",
    "kind_of_data",
)
MONTHS = ("known_month", "activity_month")
MARGIN = ("activity_year", "four_p", "kind_of_data")  # what all margins are by
CELLS = (DetailCell, MonthCell, YearCell, OutlineCell, MarginCell, MonthMarginCell)
"""All tables of cells."""

COARSE_MARGINS = {
    "organisation": "organisation_id",
    "size": "size",
    "involvement": "involvement",
    "activity_month": "activity_month",
}
FINE_MARGINS = {"threat_type": "threat_type", "crime_type": "crime_type_id", "extract": "extract_id"}
"""The dimensions of the margins, each with the column that it sums by."""

MEMORY = "128MB"  # for the sums of an extract, until its transaction ends
# Temporary tables, gone when the cells are added.
_DETAIL, _COARSE, _FINE = "fresh_detail", "fresh_coarse", "fresh_fine"


@dataclass(frozen=True)
class Event:
    """What the record said of a disruption began (+1) or ended (-1) to be so on a day."""

    row: Disruption
    known_date: date
    sign: int


def add_cells(events_sql: str, params: Sequence[Any] = ()) -> None:
    """Append the sums of a relation of events to all tables of cells.

    Its columns, in any order: those of DETAILED, activity_date, known_date and sign.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which by itself gives sums the memory that small ones need
            cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'")
        _keep(cursor, _DETAIL, _summed(_months_of(events_sql), (*MONTHS, *DETAILED)), params)
        _keep(cursor, _COARSE, _summed(_DETAIL, (*MONTHS, *COARSE)))
        _keep(cursor, _FINE, _summed(_with_year(_DETAIL), (*MARGIN, "known_month", *FINE_MARGINS.values())))
        _append_cells(cursor)
        _append_margins(cursor, _with_year(_COARSE), COARSE_MARGINS)
        _append_margins(cursor, _FINE, FINE_MARGINS)
        for name in (_DETAIL, _COARSE, _FINE):
            cursor.execute(f"DROP TABLE {name}")


def add_events(events: Iterable[Event]) -> None:
    """Append the events of single rows."""
    told = [_event_sql(event) for event in events]
    add_cells(" UNION ALL ".join(sql for sql, _ in told), [value for _, values in told for value in values])


def rebuild_cells() -> None:
    """Make all cells anew from the rows. Writers wait until it is done; readers go on with the old ones."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # elsewhere a transaction that writes is alone anyway
            cursor.execute(f"LOCK TABLE {Disruption._meta.db_table} IN SHARE MODE")
        for model in CELLS:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
        add_cells(events_of_rows())


def events_of_rows() -> str:
    """The events of all stored rows, as ``add_cells`` takes them."""
    columns, rows = ", ".join((*DETAILED, "activity_date")), f"FROM {Disruption._meta.db_table}"
    return (
        f"SELECT {columns}, known_from AS known_date, 1 AS sign {rows}"
        f" UNION ALL SELECT {columns}, known_to, -1 {rows} WHERE known_to IS NOT NULL"
    )


def _event_sql(event: Event) -> tuple[str, list[Any]]:
    """One event as a SELECT. Keys are cast, so that PostgreSQL knows the type of an empty one."""
    keys = [name for name in DETAILED if name.endswith("_id")]
    columns = [f"CAST(%s AS bigint) AS {name}" if name in keys else f"%s AS {name}" for name in DETAILED]
    values = [getattr(event.row, name) for name in DETAILED]
    days = [connection.ops.adapt_datefield_value(day) for day in (event.row.activity_date, event.known_date)]
    sql = f"SELECT {', '.join(columns)}, %s AS activity_date, %s AS known_date, {event.sign:d} AS sign"
    return sql, [*values, *days]


def _months_of(events_sql: str) -> str:
    days = {"activity_month": "activity_date", "known_month": "known_date"}
    months = ", ".join(f"{month_sql(day)} AS {name}" for name, day in days.items())
    return f"(SELECT {', '.join(DETAILED)}, {months}, sign AS n FROM ({events_sql}) AS events)"


def _with_year(table: str) -> str:
    return f"(SELECT *, {year_sql('activity_month')} AS activity_year FROM {table})"


def _summed(relation: str, columns: Sequence[str]) -> str:
    by = ", ".join(columns)
    return f"SELECT {by}, SUM(n) AS n FROM {relation} AS parts GROUP BY {by} HAVING SUM(n) <> 0"


def _keep(cursor: CursorWrapper, name: str, select: str, params: Sequence[Any] = ()) -> None:
    cursor.execute(f"CREATE TEMPORARY TABLE {name} AS {select}", params)


def _append_cells(cursor: CursorWrapper) -> None:
    """Every table but the margins. What is read together, of one body or of some months, comes to lie together."""
    months, years = (*MONTHS, *DETAILED), (*DETAILED, "activity_year")
    coarse_months, coarse_years = (*MONTHS, *COARSE), (*COARSE, "activity_year")
    _append(cursor, DetailCell, months, f"SELECT * FROM {_DETAIL} ORDER BY organisation_id")
    _append(cursor, MonthCell, coarse_months, f"SELECT * FROM {_COARSE} ORDER BY activity_month")
    _append(cursor, YearCell, years, f"{_summed(_with_year(_DETAIL), years)} ORDER BY organisation_id")
    _append(cursor, OutlineCell, coarse_years, _summed(_with_year(_COARSE), coarse_years))


def _append(cursor: CursorWrapper, model: Any, columns: Sequence[str], select: str) -> None:
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}, n) {select}")


def _append_margins(cursor: CursorWrapper, table: str, columns: Mapping[str, str]) -> None:
    for dimension, column in columns.items():
        _append_margin(cursor, MarginCell, dimension, column, table)
        _append_margin(cursor, MonthMarginCell, dimension, column, table, "known_month")


def _append_margin(cursor: CursorWrapper, model: Any, dimension: str, column: str, table: str, *more: str) -> None:
    columns = ", ".join((*MARGIN, *more))
    value = f"COALESCE(CAST({column} AS varchar(20)), '')"
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({columns}, dimension, value, n)"
        f" SELECT {columns}, %s, {value}, SUM(n) FROM {table} AS parts"
        f" GROUP BY {columns}, {column} HAVING SUM(n) <> 0",
        [dimension],
    )
