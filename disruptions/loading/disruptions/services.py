"""The good rows of a file of disruptions, put on record inside the database, with history, words and counts.

Large tables are filled without their indexes, which are built faster once the rows are in than kept up row by row.
Both databases undo this with the rest when the transaction ends badly. What is
put back is read from the database first, so it is what was there.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from disruptions.columns.models import DISRUPTION_COLUMNS
from disruptions.counts.models import LEVELS, Cell
from disruptions.counts.services import CELL_COLUMNS, EVENT_COLUMNS, add_cells, cells_of, steps_sql
from disruptions.extracts.models import Extract
from disruptions.extracts.services import columns_of
from disruptions.loading.disruptions.queries import (
    CHANGES,
    IS_NEW,
    LACKING,
    NAMED_THREATS,
    ON_RECORD,
    ROWS,
    TYPE_OF_NAME,
    additions,
    changes,
    compare,
    missing,
    newest,
    staged_disruptions,
)
from disruptions.loading.queries import (
    DISRUPTION,
    EXTRACT,
    HISTORY,
    MANY,
    NAMED_CRIME_TYPES,
    ORGANISATION,
    STATE,
    THREAT,
    Numbers,
    Terms,
    is_postgresql,
    make_joinable,
    rows,
    run,
    value,
)
from disruptions.loading.services import Loader, add_crime_types
from disruptions.pending.services import hide, in_slices, set_aside
from disruptions.record.models import Disruption
from disruptions.resemblances.models import Resemblance
from disruptions.resemblances.queries import resembling
from disruptions.threats.models import CrimeType, Threat, ThreatState
from disruptions.withdrawals.models import Lack
from disruptions.words import models as words_models
from soc_tracker.core.records.services import By
from soc_tracker.core.text.normal import fill

TABLES = (THREAT, DISRUPTION, Cell._meta.db_table)
DIMENSIONS = ", ".join(f"d.{column}" for column in EVENT_COLUMNS)


@contextmanager
def without_indexes() -> Iterator[None]:
    """Take indexes and foreign keys off the tables that a loading fills, and put them back afterwards.

    Nobody else reads the tables in between. To be used inside a transaction.
    """
    if is_postgresql():
        run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with a check outstanding cannot be altered
    words_models.drop()
    parts = [part for table in TABLES for part in _parts(table)]
    for drop, _ in parts:
        run(drop)
    yield
    for _, create in parts:
        run(create)
    words_models.create()
    if is_postgresql():
        run("SET CONSTRAINTS ALL DEFERRED")


def _parts(table: str) -> list[tuple[str, str]]:
    """How to take each index and foreign key off a table, and how to put it back."""
    quote = connection.ops.quote_name
    if not is_postgresql():
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
        return [(f"DROP INDEX {quote(name)}", create) for name, create in rows(sql, [table])]
    indexes = rows(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",  # which keeps its index
        [table],
    )
    keys = rows(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname",
        [table],
    )
    return [(f"DROP INDEX {name}", create) for name, create in indexes] + [
        (
            f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}",
            f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {key}",
        )
        for name, key in keys
    ]


# The good rows of a file of disruptions, put on record: all of it inside the database and one transaction.


def from_file() -> dict[str, str]:
    """What each column of a disruption gets from the row of the file (s) and what that speaks of."""
    plain = {column.column: f"s.{column.staged}" for column in DISRUPTION_COLUMNS}
    return plain | {
        "threat_id": "t.id",
        "threat_type": "COALESCE(st.type, t.first_type)",
        "organisation_kind": "o.kind",
        "crime_type_id": "COALESCE(c.id, s.crime_type_id)",
        "folded": "s.folded",
        "reference_key": "s.reference_key",
        "extract_line": "s.line",
    }


def joined(known_on: str) -> str:
    """The rows read with what they speak of. A threat is of the type that it had when the row became known."""
    return f"""{ROWS} s
        JOIN {THREAT} t ON t.reference_key = s.threat_key
        JOIN {ORGANISATION} o ON o.id = s.organisation_id
        LEFT JOIN {NAMED_CRIME_TYPES.name} c ON c.number = s.crime_type_id
        LEFT JOIN {STATE} st ON st.threat_id = t.id
            AND st.valid_from <= {known_on} AND (st.valid_to IS NULL OR st.valid_to > {known_on})"""


@dataclass(frozen=True)
class Slice:
    """Some lines of the file, ends included; the key of a row is its line and ``key``, which was set aside for it."""

    first: int
    last: int
    key: int


def add_threats(extract: Extract, part: Slice | None = None) -> None:
    """Add the threats that only this file names: without a state or an owner, and of the type that their name says."""
    values = {
        **({"id": f"n.line + {part.key:d}"} if part else {}),
        "reference": "n.reference",
        "reference_key": "n.reference_key",
        "name": "''",
        "kind_of_data": "%s",
        "first_type": TYPE_OF_NAME,
        "lead_responsible_officer": "''",
        "extract_id": "%s",
        "extract_line": "n.line",
        "version": "1",
    }
    lines = f"n.line BETWEEN {part.first:d} AND {part.last:d} AND" if part else ""
    run(
        f"""INSERT INTO {THREAT} ({", ".join(values)}) SELECT {", ".join(values.values())}
        FROM {NAMED_THREATS.name} n
        WHERE {lines} NOT EXISTS (SELECT 1 FROM {THREAT} t WHERE t.reference_key = n.reference_key)
        ORDER BY n.line""",
        [extract.kind_of_data, extract.pk],
    )
    threats = Threat._base_manager.filter(extract=extract, folded="")  # pending ones among them
    fill(threats.filter(pk__range=(part.first + part.key, part.last + part.key)) if part else threats)


def add_rows(extract: Extract, part: Slice | None = None, *, is_first: bool = False) -> int:
    """Add the disruptions that are new. They are known from the day on which they reached the national database.

    ``is_first``: nothing is on record yet, and the index of words is made when the rows are in. Of a slice, the counts
    are left to ``add_cells_in_slices``. Returns the last key before theirs.
    """
    last = value(f"SELECT MAX(id) FROM {DISRUPTION}") or 0
    values = {
        **({"id": f"s.line + {part.key:d}"} if part else {}),
        **from_file(),
        "known_from": "s.added_date",
        "kind_of_data": "%s",
        "extract_id": "%s",
        "version": "1",
    }
    lines = [f"s.line BETWEEN {part.first:d} AND {part.last:d}"] if part else []
    where = " AND ".join([*lines, *([] if is_first else [IS_NEW])])
    run(
        f"""INSERT INTO {DISRUPTION} ({", ".join(values)}) SELECT {", ".join(values.values())}
        FROM {joined("s.added_date")} {f"WHERE {where}" if where else ""} ORDER BY s.line""",
        [extract.kind_of_data, extract.pk],
    )
    if part:
        written = [part.first + part.key, part.last + part.key]
        words_models.store(f"SELECT id FROM {DISRUPTION} WHERE id BETWEEN %s AND %s", written)
        return part.key
    # Keys only grow: the rows just added are found without reading the older ones.
    fresh = f"FROM {DISRUPTION} d WHERE d.id > %s AND d.extract_id = %s"
    add_cells(f"SELECT {DIMENSIONS}, d.known_from AS known_date, 1 AS sign {fresh}", [last, extract.pk])
    if not is_first:
        words_models.store(f"SELECT d.id {fresh}", [last, extract.pk])
    return int(last)


def change_rows(extract: Extract, terms: Terms) -> None:
    """Give the rows that differ their new values from the as-at day on; what they said until then stays as a row."""
    make_joinable(CHANGES.name, "disruption_id")
    changed = f"{DISRUPTION} d JOIN {CHANGES.name} ch ON ch.disruption_id = d.id"
    keys = f"SELECT disruption_id FROM {CHANGES.name}"
    columns = [str(field.column) for field in Disruption._meta.concrete_fields if not field.primary_key]
    kept = {column: f"d.{column}" for column in columns} | {"state_of_id": "d.id", "known_to": "ch.known_on"}
    add_cells(f"SELECT {DIMENSIONS}, ch.known_on AS known_date, -1 AS sign FROM {changed}")
    words_models.forget(keys)
    write_histories("+", f"WHERE NOT EXISTS (SELECT 1 FROM {HISTORY} h WHERE h.id = d.id)")
    run(
        f"""INSERT INTO {DISRUPTION} ({", ".join(kept)})
        SELECT {", ".join(kept.values())} FROM {changed} WHERE d.known_from < ch.known_on ORDER BY d.id"""
    )
    words_models.store(f"SELECT id FROM {DISRUPTION} WHERE state_of_id IN ({keys}) AND known_to = %s", [terms.day])
    update_rows(extract, terms)
    words_models.store(keys)
    write_histories("~")
    add_cells(f"SELECT {DIMENSIONS}, ch.known_on AS known_date, 1 AS sign FROM {changed}")


def update_rows(extract: Extract, terms: Terms) -> None:
    """What the file has no column for stays as it is on record, and so does how the reference is written."""
    absent = {"reference", "reference_key"} | {
        column.column for column in DISRUPTION_COLUMNS if column.name not in terms.headings
    }
    if "summary" in absent:
        absent.add("folded")
    values = {column: sql for column, sql in from_file().items() if column not in absent}
    if "supported_id" in absent:  # a lead disruption is for nobody else
        values["supported_id"] = f"CASE WHEN s.involvement = 'lead' THEN NULL ELSE {DISRUPTION}.supported_id END"
    values |= {"known_from": "ch.known_on", "extract_id": "%s", "version": f"{DISRUPTION}.version + 1"}
    run(
        f"""UPDATE {DISRUPTION} SET {", ".join(f"{column} = {sql}" for column, sql in values.items())}
        FROM {joined("%s")} JOIN {CHANGES.name} ch ON ch.line = s.line
        WHERE {DISRUPTION}.id = ch.disruption_id""",
        [extract.pk, terms.day, terms.day],
    )


def write_histories(kind: str, condition: str = "") -> None:
    """A row of history for each row that differs, as it stands: when, by whom and why say where it comes from."""
    columns = columns_of(Disruption)
    run(
        f"""INSERT INTO {HISTORY} ({", ".join(columns)},
            history_type, history_date, history_user_id, history_change_reason)
        SELECT {", ".join(f"d.{column}" for column in columns)},
            %s, e.loaded_at, e.loaded_by_id, 'Loaded from ' || e.file_name || ', row ' || d.extract_line
        FROM {DISRUPTION} d JOIN {CHANGES.name} ch ON ch.disruption_id = d.id
        JOIN {EXTRACT} e ON e.id = d.extract_id {condition} ORDER BY ch.line""",
        [kind],
    )


def write_disruptions(extract: Extract, terms: Terms, numbers: Numbers, by: By) -> None:
    is_first = numbers.added >= MANY and not Disruption.objects.exists()
    with without_indexes() if is_first else nullcontext():
        add_crime_types(extract, terms, numbers, by)
        add_threats(extract)
        last = add_rows(extract, is_first=is_first)
    Resemblance.objects.bulk_create(resembling(extract, last), batch_size=500)
    write_others(extract, terms, numbers)


def write_others(extract: Extract, terms: Terms, numbers: Numbers) -> None:
    """What an extract does beside adding rows: those that it changes, and those that it lacks."""
    if numbers.changed:
        change_rows(extract, terms)
    if terms.part_of:  # what is in its mended rows, it does not lack
        run(
            f"""DELETE FROM {Lack._meta.db_table} WHERE extract_id = %s
            AND disruption_id IN (SELECT d.id FROM {ROWS} s {ON_RECORD})""",
            [terms.part_of.pk],
        )
    if extract.rows_missing:
        run(
            f"INSERT INTO {Lack._meta.db_table} (extract_id, disruption_id) SELECT %s, d.id {LACKING} ORDER BY d.id",
            [extract.pk, terms.kind.value, terms.day],
        )


def add_in_slices(extract: Extract, terms: Terms, numbers: Numbers, by: By) -> None:
    """Write the new rows, with what they bring, in many short transactions; the caller puts them on record."""
    last = value(f"SELECT MAX(line) FROM {ROWS}")
    with transaction.atomic():
        for key in add_crime_types(extract, terms, numbers, by).values():
            for model in (CrimeType, CrimeType.history.model):
                hide(model, key, key)
        threats, disruptions = (set_aside(model, last) - 1 for model in (Threat, Disruption))
    in_slices(1, last, lambda first, end: add_threats(extract, Slice(first, end, threats)))
    make_joinable(NAMED_CRIME_TYPES.name)
    in_slices(1, last, lambda first, end: add_rows(extract, Slice(first, end, disruptions)))
    add_cells_in_slices(f"{DISRUPTION} d WHERE d.id BETWEEN {disruptions + 1:d} AND {disruptions + last:d}")
    resemblances = list(resembling(extract, disruptions))
    with transaction.atomic():
        for made in Resemblance.objects.bulk_create(resemblances, batch_size=500):
            hide(Resemblance, made.pk, made.pk)


def add_cells_in_slices(rows_sql: str) -> None:
    """Count new rows: summed beside others, in temporary tables, and then copied. Each level by itself: until a
    statement ends, SQLite holds in memory all that it has sorted.
    """
    steps = steps_sql(f"SELECT {DIMENSIONS}, d.known_from AS known_date, 1 AS sign FROM {rows_sql}")
    table, names = Cell._meta.db_table, ", ".join(CELL_COLUMNS)
    first, *others = map(cells_of, LEVELS)
    for name in (*steps, "loading_cell"):
        run(f"DROP TABLE IF EXISTS temp.{name}")
    for name, made in (*steps.items(), ("loading_cell", first)):
        run(f"CREATE TEMPORARY TABLE {name} AS {made}")
    for level in others:
        run(f"INSERT INTO loading_cell {level}")
    if last := value("SELECT MAX(rowid) FROM loading_cell"):
        with transaction.atomic():
            key = set_aside(Cell, last) - 1
        copy = f"INSERT INTO {table} (id, {names}) SELECT rowid + {key:d}, {names} FROM loading_cell WHERE rowid"
        in_slices(1, last, lambda first, end: run(f"{copy} BETWEEN {first:d} AND {end:d}"))
    for name in (*steps, "loading_cell"):
        run(f"DROP TABLE temp.{name}")


def overtaken(since: datetime) -> bool:
    """Whether somebody has written, since then, a disruption of the file, or a threat that it names."""
    histories = (
        (HISTORY, f"JOIN {DISRUPTION} d ON d.id = h.id JOIN {ROWS} s ON s.reference_key = d.reference_key"),
        (
            Threat.history.model._meta.db_table,
            f"JOIN {THREAT} t ON t.id = h.id JOIN {NAMED_THREATS.name} s ON s.reference_key = t.reference_key",
        ),
        (
            ThreatState.history.model._meta.db_table,
            f"JOIN {THREAT} t ON t.id = h.threat_id JOIN {NAMED_THREATS.name} s ON s.reference_key = t.reference_key",
        ),
    )
    moment = connection.ops.adapt_datetimefield_value(since)
    return any(
        rows(f"SELECT 1 FROM {table} h {join} WHERE h.history_date > %s LIMIT 1", [moment]) for table, join in histories
    )


LOADER = Loader(
    rows=staged_disruptions,
    others=(NAMED_THREATS, CHANGES, NAMED_CRIME_TYPES),
    newest=newest,
    compare=compare,
    additions=additions,
    changes=changes,
    missing=missing,
    keeps_missing=True,
    write=write_disruptions,
    tables=TABLES,
    overtaken=overtaken,
    add=add_in_slices,
    change=write_others,
)
