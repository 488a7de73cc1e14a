"""The good rows of a file of disruptions, put on record: all of it inside the database and one transaction."""

from disruptions import text_search
from disruptions.models import Disruption, Extract, Threat
from disruptions.services.cells import DETAILED, add_cells
from disruptions.services.loading.databases import make_joinable, run, value
from disruptions.services.loading.disruptions.comparing import IS_NEW, ROWS, TYPE_OF_NAME
from disruptions.services.loading.scratch import CHANGES, CRIME_TYPES, NAMED_THREATS
from disruptions.services.loading.terms import DISRUPTION, EXTRACT, HISTORY, ORGANISATION, STATE, THREAT, Terms
from soc_tracker.lib.folded_fields import fill

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
        text_search.store(f"SELECT d.id {fresh}", [last, extract.pk])


def change_rows(extract: Extract, terms: Terms) -> None:
    """Give the rows that differ their new values from the as-at day on; what they said until then stays as a row."""
    make_joinable(CHANGES.name, "disruption_id")
    changed = f"{DISRUPTION} d JOIN {CHANGES.name} ch ON ch.disruption_id = d.id"
    keys = f"SELECT disruption_id FROM {CHANGES.name}"
    add_cells(f"SELECT {_dimensions()}, ch.known_on AS known_date, -1 AS sign FROM {changed}")
    text_search.forget(keys)
    _write_histories("+", f"WHERE NOT EXISTS (SELECT 1 FROM {HISTORY} h WHERE h.id = d.id)")
    kept = {column: f"d.{column}" for column in COLUMNS} | {"state_of_id": "d.id", "known_to": "ch.known_on"}
    run(
        f"""INSERT INTO {DISRUPTION} ({", ".join(kept)})
        SELECT {", ".join(kept.values())} FROM {changed} WHERE d.known_from < ch.known_on ORDER BY d.id"""
    )
    text_search.store(f"SELECT id FROM {DISRUPTION} WHERE state_of_id IN ({keys}) AND known_to = %s", [terms.day])
    _update(extract, terms)
    text_search.store(keys)
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
    return ", ".join(f"d.{column}" for column in (*DETAILED, "activity_date"))
