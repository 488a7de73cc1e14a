"""The counts of disruptions, kept with every write: see ``disruptions.counts.models`` for what a cell is.

A write brings *events*: +1 on the day a row became known, -1 on the day it
ended. One statement sums them to the cells of every level, be they of one row or of ten million.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from disruptions.counts.models import COLUMNS, COMPARED, FULL, KEYS, LEVELS, MONTHLY, YEARLY, Cell, Level
from disruptions.loading.services import one_at_a_time
from disruptions.record.models import Disruption
from soc_tracker.core.text.days import first_of_year_sql, month_sql

# In this order: databases that sort what they sum compare the columns that differ most first.
ORDER = tuple(COLUMNS[name] for name in (*KEYS, "four_p", "size", "threat_type", "involvement"))
EVENT_COLUMNS = (*ORDER, "kind_of_data", "activity_date")
"""What an event says of its row."""
FINE = Level(0, ("four_p", "threat_type", "crime_type", "extract"), monthly=False, known=True)
SOURCES = {MONTHLY: "reported", FINE: "fine", FULL: "fresh"}
"""What levels are summed from, the smallest first; ``fresh`` sums the events themselves."""
TOGETHER = {FULL: "organisation_id", MONTHLY: "activity", YEARLY: "organisation_id", COMPARED: "activity"}
"""What is read together comes to lie together."""
MEMORY = "128MB"  # of PostgreSQL, for the sums of an extract, until its transaction ends


@dataclass(frozen=True)
class Event:
    """What the record said of a disruption began (+1) or ended (-1) to be so on a day."""

    row: Disruption
    known_date: date
    sign: int


CELL_COLUMNS = ("level", "kind_of_data", "activity", "known", *ORDER, "n")


def add_cells(events_sql: str, params: Sequence[Any] = ()) -> None:
    """Append the sums of a relation of events. Its columns, in any order: EVENT_COLUMNS, known_date and sign."""
    with connection.cursor() as cursor:
        steps = ", ".join(f"{name} AS MATERIALIZED ({sums})" for name, sums in steps_sql(events_sql).items())
        cells = " UNION ALL ".join(f"SELECT * FROM ({each}) AS level" for each in map(cells_of, LEVELS))
        names = ", ".join(CELL_COLUMNS)
        cursor.execute(f"WITH {steps} INSERT INTO {Cell._meta.db_table} ({names}) {cells}", params)


def steps_sql(events_sql: str) -> dict[str, str]:
    """The relations from which the cells of a relation of events are summed, as SQL by name: each from those before."""
    columns = ", ".join((*ORDER, "kind_of_data"))
    fresh = (
        f"SELECT {columns}, activity, known, SUM(sign) AS n FROM (SELECT {columns}, sign,"
        f" {month_sql('activity_date')} AS activity, {month_sql('known_date')} AS known FROM ({events_sql}) AS events"
        f") AS months GROUP BY {columns}, activity, known HAVING SUM(sign) <> 0"
    )
    return {"fresh": fresh} | {SOURCES[level]: sums(level, "fresh") for level in (MONTHLY, FINE)}


def sums(level: Level, source: str) -> str:
    """The sums of a level, with the columns of every level's cells but its number."""
    columns = {COLUMNS[name] for name in level.dimensions}
    activity = "activity" if level.monthly else first_of_year_sql("activity")
    grouped = ["kind_of_data", activity, *["known"] * level.known, *(name for name in ORDER if name in columns)]
    nothing = {name: "CAST(NULL AS bigint)" if name.endswith("_id") else "''" for name in ORDER}
    values = ", ".join(name if name in columns else f"{nothing[name]} AS {name}" for name in ORDER)
    known = "known" if level.known else "CAST(NULL AS date) AS known"
    return (
        f"SELECT kind_of_data, {activity} AS activity, {known}, {values}, SUM(n) AS n"
        f" FROM {source} GROUP BY {', '.join(grouped)} HAVING SUM(n) <> 0"
    )


def cells_of(level: Level) -> str:
    """The SELECT of CELL_COLUMNS of a level, from the smallest of the SOURCES that tells apart what it counts by."""
    columns = ", ".join(("kind_of_data", "activity", "known", *ORDER, "n"))
    if level in SOURCES:
        cells = f"SELECT {level.number:d} AS level, {columns} FROM {SOURCES[level]}"
    else:
        source = next(
            name
            for wide, name in SOURCES.items()
            if {*level.dimensions} <= {*wide.dimensions} and wide.monthly >= level.monthly
        )
        cells = f"SELECT {level.number:d} AS level, {columns} FROM ({sums(level, source)}) AS sums"
    return f"{cells} ORDER BY {TOGETHER[level]}" if level in TOGETHER else cells


def add_events(events: Iterable[Event]) -> None:
    """Append the events of single rows. What cancels out, as where a write moves no count, touches no cell."""
    numbers: Counter[tuple[Any, ...]] = Counter()
    for event in events:
        values = (getattr(event.row, name) for name in (*ORDER, "kind_of_data"))
        months = (day.replace(day=1) for day in (event.row.activity_date, event.known_date))
        numbers[*values, *months] += event.sign
    names = (*EVENT_COLUMNS, "known_date")
    columns = ", ".join(f"CAST(%s AS bigint) AS {name}" if name.endswith("_id") else f"%s AS {name}" for name in names)
    adapt = connection.ops.adapt_datefield_value
    rows = [([*values, adapt(activity), adapt(known)], n) for (*values, activity, known), n in numbers.items() if n]
    if rows:
        selects = " UNION ALL ".join(f"SELECT {columns}, {n:d} AS sign" for _, n in rows)
        add_cells(selects, [value for values, _ in rows for value in values])


def rebuild_cells() -> None:
    """Make all cells anew from the rows. Writers wait until it is done; readers go on with the old ones."""
    with one_at_a_time(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # elsewhere a transaction that writes is alone anyway
            cursor.execute(f"LOCK TABLE {Disruption._meta.db_table} IN SHARE MODE")
            cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'")
        cursor.execute(f"DELETE FROM {Cell._meta.db_table}")
        columns, rows = ", ".join(EVENT_COLUMNS), f"FROM {Disruption._meta.db_table}"
        add_cells(
            f"SELECT {columns}, known_from AS known_date, 1 AS sign {rows}"
            f" UNION ALL SELECT {columns}, known_to, -1 {rows} WHERE known_to IS NOT NULL"
        )
