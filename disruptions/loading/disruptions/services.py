"""Filling large tables without their indexes, which are built faster once the rows are in than kept up row by row.

Both databases undo this with the rest when the transaction ends badly. What is
put back is read from the database first, so it is what was there.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date

from django.db import connection

from disruptions.counts.models import Cell
from disruptions.counts.services import EVENT_COLUMNS, add_cells
from disruptions.extracts.models import Extract
from disruptions.loading.disruptions.queries import IS_NEW, ROWS, TYPE_OF_NAME, additions, changes, compare, missing
from disruptions.loading.services import add_crime_types
from disruptions.loading.staging.queries import (
    CHANGES,
    CRIME_TYPES,
    DISRUPTION,
    DISRUPTIONS,
    EXTRACT,
    HISTORY,
    MANY,
    NAMED_THREATS,
    ORGANISATION,
    STATE,
    THREAT,
    Found,
    Terms,
    is_postgresql,
    make_joinable,
    rows,
    run,
    tidy,
    value,
)
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from disruptions.words import models as words_models
from soc_tracker.core.records.services import By
from soc_tracker.core.text.folding import fill

CELL = Cell._meta.db_table
TABLES = (THREAT, DISRUPTION, CELL)


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


COLUMNS = tuple(str(field.column) for field in Disruption._meta.concrete_fields if not field.primary_key)
IN_HISTORY = ("id", *(str(field.column) for field in Disruption.history.model.tracked_fields if not field.primary_key))
FROM_FILE = {
    "reference": "s.reference",
    "threat_id": "t.id",
    "threat_type": "COALESCE(st.type, t.first_type)",
    "organisation_id": "s.organisation_id",
    "organisation_kind": "o.kind",
    "involvement": "s.involvement",
    "supported_id": "s.supported_id",
    "four_p": "s.four_p",
    "size": "s.size",
    "crime_type_id": "COALESCE(c.id, s.crime_type_id)",
    "activity_date": "s.activity_date",
    "added_date": "s.added_date",
    "summary": "s.summary",
    "folded": "s.folded",
    "extract_line": "s.line",
}
"""What each column of a disruption gets from the row read (s) and what that speaks of."""

OPTIONAL = {"supported": "supported_id", "crime_type": "crime_type_id", "summary": "summary"}
"""The columns that a file may do without, by the key of their heading."""


def joined(known_on: str) -> str:
    """The rows read with what they speak of. A threat is of the type that it had when the row became known."""
    return f"""{ROWS} s
        JOIN {THREAT} t ON t.reference = s.threat_reference
        JOIN {ORGANISATION} o ON o.id = s.organisation_id
        LEFT JOIN {CRIME_TYPES.name} c ON c.number = s.crime_type_id
        LEFT JOIN {STATE} st ON st.threat_id = t.id
            AND st.valid_from <= {known_on} AND (st.valid_to IS NULL OR st.valid_to > {known_on})"""


def add_threats(extract: Extract) -> None:
    """Add the threats that only this file names: without a state or an owner, and of the type that their name says."""
    run(
        f"""INSERT INTO {THREAT} (reference, name, kind_of_data, first_type, lead_responsible_officer,
            extract_id, extract_line, version)
        SELECT n.reference, '', %s, {TYPE_OF_NAME}, '', %s, n.line, 1
        FROM {NAMED_THREATS.name} n WHERE NOT EXISTS (SELECT 1 FROM {THREAT} t WHERE t.reference = n.reference)
        ORDER BY n.line""",
        [extract.kind_of_data, extract.pk],
    )
    fill(Threat.objects.filter(extract=extract, folded=""))


def add_rows(extract: Extract, *, is_first: bool = False) -> None:
    """Add the disruptions that are new. They are known from the day on which they reached the national database.

    ``is_first``: nothing is on record yet, and the index of words is made when the rows are in.
    """
    last = value(f"SELECT MAX(id) FROM {DISRUPTION}") or 0
    values = FROM_FILE | {"known_from": "s.added_date", "kind_of_data": "%s", "extract_id": "%s", "version": "1"}
    run(
        f"""INSERT INTO {DISRUPTION} ({", ".join(values)}) SELECT {", ".join(values.values())}
        FROM {joined("s.added_date")} {"" if is_first else f"WHERE {IS_NEW}"} ORDER BY s.line""",
        [extract.kind_of_data, extract.pk],
    )
    # Keys only grow: the rows just added are found without reading the older ones.
    fresh = f"FROM {DISRUPTION} d WHERE d.id > %s AND d.extract_id = %s"
    add_cells(f"SELECT {_dimensions()}, d.known_from AS known_date, 1 AS sign {fresh}", [last, extract.pk])
    if not is_first:
        words_models.store(f"SELECT d.id {fresh}", [last, extract.pk])


def change_rows(extract: Extract, terms: Terms) -> None:
    """Give the rows that differ their new values from the as-at day on; what they said until then stays as a row."""
    make_joinable(CHANGES.name, "disruption_id")
    changed = f"{DISRUPTION} d JOIN {CHANGES.name} ch ON ch.disruption_id = d.id"
    keys = f"SELECT disruption_id FROM {CHANGES.name}"
    add_cells(f"SELECT {_dimensions()}, ch.known_on AS known_date, -1 AS sign FROM {changed}")
    words_models.forget(keys)
    _write_histories("+", f"WHERE NOT EXISTS (SELECT 1 FROM {HISTORY} h WHERE h.id = d.id)")
    kept = {column: f"d.{column}" for column in COLUMNS} | {"state_of_id": "d.id", "known_to": "ch.known_on"}
    run(
        f"""INSERT INTO {DISRUPTION} ({", ".join(kept)})
        SELECT {", ".join(kept.values())} FROM {changed} WHERE d.known_from < ch.known_on ORDER BY d.id"""
    )
    words_models.store(f"SELECT id FROM {DISRUPTION} WHERE state_of_id IN ({keys}) AND known_to = %s", [terms.day])
    _update(extract, terms)
    words_models.store(keys)
    _write_histories("~")
    add_cells(f"SELECT {_dimensions()}, ch.known_on AS known_date, 1 AS sign FROM {changed}")


def _update(extract: Extract, terms: Terms) -> None:
    absent = {column for key, column in OPTIONAL.items() if key not in terms.headings}
    if "summary" in absent:  # then the row says what it said
        absent.add("folded")
    given = {column: sql for column, sql in FROM_FILE.items() if column not in absent}
    if "supported_id" in absent:  # a lead disruption is for nobody else
        given["supported_id"] = f"CASE WHEN s.involvement = 'lead' THEN NULL ELSE {DISRUPTION}.supported_id END"
    given |= {"known_from": "ch.known_on", "extract_id": "%s", "version": f"{DISRUPTION}.version + 1"}
    run(
        f"""UPDATE {DISRUPTION} SET {", ".join(f"{column} = {sql}" for column, sql in given.items())}
        FROM {joined("%s")} JOIN {CHANGES.name} ch ON ch.line = s.line
        WHERE {DISRUPTION}.id = ch.disruption_id""",
        [extract.pk, terms.day, terms.day],
    )


def _write_histories(kind: str, condition: str = "") -> None:
    """A row of history for each row that differs, as it stands: when, by whom and why say where it comes from."""
    run(
        f"""INSERT INTO {HISTORY} ({", ".join(IN_HISTORY)},
            history_type, history_date, history_user_id, history_change_reason)
        SELECT {", ".join(f"d.{column}" for column in IN_HISTORY)},
            %s, e.loaded_at, e.loaded_by_id, 'Loaded from ' || e.file_name || ', row ' || d.extract_line
        FROM {DISRUPTION} d JOIN {CHANGES.name} ch ON ch.disruption_id = d.id
        JOIN {EXTRACT} e ON e.id = d.extract_id {condition}""",
        [kind],
    )


def _dimensions() -> str:
    return ", ".join(f"d.{column}" for column in EVENT_COLUMNS)


# A file of disruptions on its way into the record.


class DisruptionLoader:
    """Compares the rows of a file with each other and with the record, and puts the good ones on record."""

    rows = DISRUPTIONS
    tables = (DISRUPTIONS, NAMED_THREATS, CHANGES, CRIME_TYPES)
    compare = staticmethod(compare)
    additions = staticmethod(additions)
    changes = staticmethod(changes)
    missing = staticmethod(missing)

    def newest(self) -> date | None:
        """The last day on which a row of the file was added to the national database."""
        day = value(f"SELECT MAX(added_date) FROM {DISRUPTIONS.name}")
        return date.fromisoformat(str(day)) if day else None

    def write(self, extract: Extract, terms: Terms, found: Found, by: By) -> None:
        is_first = found.added >= MANY and not Disruption.objects.exists()
        with without_indexes() if is_first else nullcontext():
            add_crime_types(terms, found, by)
            add_threats(extract)
            add_rows(extract, is_first=is_first)
        if found.changed:
            change_rows(extract, terms)

    def tidy(self, found: Found) -> None:
        tidy(TABLES, changed_much=found.changes_much)
