"""The record as this site knew it at a moment: its tables, put in front of whatever is asked of them.

Rows keep only what they say now; their histories keep what each said from when on. ``as_known`` gives every SELECT on
the tables of the record a WITH that bears their names, in which they are as they were: what has been written since is
left out, what it replaced stands again. So each list, count, chart, file and answer of the API is asked once, and is
right under both clocks. Names and memberships of bodies, plans and published facts are as they are now.

A row that nothing was written to since then is as it stands, so a question costs what the later extracts have brought.
Counts are the cells of now, less what the changed rows count, and what they counted then. Words are looked for in rows
that have changed since as they were written: without capitals and hyphens, but accent by accent.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

from django.db import connection, models
from django.db.models import Max
from django.utils.timezone import make_aware

from disruptions.counts.models import COLUMNS, LEVELS, Cell
from disruptions.extracts.models import Extract
from disruptions.pending.models import on_record
from disruptions.record.models import Disruption
from disruptions.standpoint.models import KNOWN
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from soc_tracker.core.text.days import month_sql

DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR, LAST_YEAR = 1990, 2200
NAMES = tuple(
    model._meta.db_table for model in (Disruption, Cell, Threat, ThreatState, MorileAssessment, CrimeType, Extract)
)


@contextmanager
def as_known(moment: datetime | None) -> Iterator[None]:
    """Ask the record as it was known here at the moment; of now where there is none. For reading only."""
    if moment is None:
        yield
        return
    prefix = tables_as_known(moment)

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        is_of_record = sql.lstrip("( ").startswith("SELECT") and any(name in sql for name in NAMES)
        return execute(f"{prefix} {sql}" if is_of_record else sql, params, many, context)

    token = KNOWN.set(moment)
    try:
        with connection.execute_wrapper(ask):
            yield
    finally:
        KNOWN.reset(token)


def tables_as_known(moment: datetime) -> str:
    """The WITH that bears the names of the tables. What has changed is gathered first, from the tables themselves."""
    when = f"'{connection.ops.adapt_datetimefield_value(moment)}'"
    later = f"SELECT id FROM {stored(Extract)} WHERE loaded_at > {when}"
    of_later = f"d.extract_id IN ({later}) AND d.id > (SELECT MIN(COALESCE(after_key, 0)) FROM {stored(Extract)} e"
    changed = {
        "later_disruptions": f"{written_since(Disruption, when)} UNION SELECT d.id FROM {stored(Disruption)} d"
        f" WHERE d.state_of_id IS NULL AND {of_later} WHERE e.loaded_at > {when})",
        "later_threats": f"{written_since(Threat, when)} UNION"
        f" SELECT d.id FROM {stored(Threat)} d WHERE d.extract_id IN ({later})",
        "later_assessments": written_since(MorileAssessment, when),
        "later_crime_types": written_since(CrimeType, when),
        # States end where the next begins, which leaves no history: all states of a threat are looked at together.
        "later_states": f"SELECT threat_id AS id FROM {history(ThreatState)} WHERE history_date > {when}",
    }
    tables = {
        "disruptions_then": disruptions_then(when),
        "changed_counts": changed_counts(),
        **{name: f"{kept(model, source)} UNION ALL {then(model, source, when)}" for name, model, source in PLAIN},
        # A threat that only disruptions named has no history of its beginning where a person was first to change it.
        Threat._meta.db_table: f"{kept(Threat, 'later_threats')} OR (t.extract_id NOT IN ({later}) AND t.id NOT IN"
        f" (SELECT id FROM {history(Threat)} WHERE history_date <= {when}))"
        f" UNION ALL {then(Threat, 'later_threats', when)}",
        ThreatState._meta.db_table: states_then(when),
        Extract._meta.db_table: extracts_then(when),
        Disruption._meta.db_table: f"{kept(Disruption, 'later_disruptions')} AND (t.state_of_id IS NULL"
        " OR t.state_of_id NOT IN (SELECT id FROM later_disruptions)) UNION ALL SELECT * FROM disruptions_then",
        Cell._meta.db_table: cells_then(),
    }
    steps = [f"{name} AS MATERIALIZED ({sql})" for name, sql in changed.items()]
    hints = dict.fromkeys(("disruptions_then", "changed_counts"), "MATERIALIZED")
    steps += [f"{name} AS {hints.get(name, 'NOT MATERIALIZED')} ({sql})" for name, sql in tables.items()]
    return f"WITH {', '.join(steps)}"


PLAIN = (
    (MorileAssessment._meta.db_table, MorileAssessment, "later_assessments"),
    (CrimeType._meta.db_table, CrimeType, "later_crime_types"),
)
"""Rows that are simply what their history last said of them."""


def stored(model: type[models.Model]) -> str:
    """The table itself, also where a WITH bears its name: SQLite must be told, PostgreSQL finds no later one."""
    return f"main.{model._meta.db_table}" if connection.vendor == "sqlite" else model._meta.db_table


def history(model: Any) -> str:
    table: str = model.history.model._meta.db_table
    return table


def written_since(model: Any, when: str) -> str:
    return f"SELECT id FROM {history(model)} WHERE history_date > {when}"


def columns_of(model: type[models.Model], **instead: str) -> str:
    """The columns of a table in their order, of t unless something stands instead."""
    names = [str(field.column) for field in model._meta.concrete_fields]
    return ", ".join(f"{instead[name]} AS {name}" if name in instead else f"t.{name}" for name in names)


def kept(model: type[models.Model], changed: str) -> str:
    """The rows to which nothing was written since."""
    return f"SELECT {columns_of(model)} FROM {stored(model)} t WHERE t.id NOT IN (SELECT id FROM {changed})"


def worked_out(model: type[models.Model], text: str) -> dict[str, str]:
    """What histories do not keep, for it is worked out of a reference and a text: as the row has it while it says the
    same, else as far as a database works it out.
    """
    now = f"FROM {stored(model)} p WHERE p.id = t.id"
    folded = f"REPLACE(REPLACE(LOWER(t.reference || ' ' || t.{text}), '-', ' '), '&', ' and ')"
    return {
        "reference_key": f"COALESCE((SELECT p.reference_key {now}), LOWER(t.reference))",
        "folded": f"COALESCE((SELECT p.folded {now} AND p.{text} = t.{text}), {folded})",
    }


def then(model: Any, changed: str, when: str) -> str:
    """The rows that something was written to since, as their histories say that they were."""
    instead = worked_out(Threat, "name") if model is Threat else {}
    return f"""SELECT {columns_of(model, **instead)} FROM {history(model)} t JOIN (
        SELECT MAX(history_id) AS last FROM {history(model)}
        WHERE history_date <= {when} AND id IN (SELECT id FROM {changed}) GROUP BY id
    ) lasts ON lasts.last = t.history_id WHERE t.history_type <> '-'"""


def states_then(when: str) -> str:
    """The states of the threats of which one changed: each ends where the next that was known begins."""
    names = columns_of(ThreatState)
    ends = "LEAD(t.valid_from) OVER (PARTITION BY t.threat_id ORDER BY t.valid_from)"
    here = f"SELECT id FROM {history(ThreatState)} WHERE history_date > {when}"
    untouched = f"""SELECT {names} FROM {stored(ThreatState)} t
        WHERE t.threat_id IN (SELECT id FROM later_states) AND t.id NOT IN ({here})"""
    return f"""SELECT {names} FROM {stored(ThreatState)} t WHERE t.threat_id NOT IN (SELECT id FROM later_states)
        UNION ALL SELECT {columns_of(ThreatState, valid_to=ends)} FROM (
            {untouched} UNION ALL {then(ThreatState, f"({here}) AS h", when)}
        ) t"""


def extracts_then(when: str) -> str:
    """The extracts that had been loaded, none of them undone yet that was undone since."""
    since = {
        "undone_at": f"CASE WHEN t.undone_at <= {when} THEN t.undone_at END",
        "withdrawn_at": f"CASE WHEN t.withdrawn_at <= {when} THEN t.withdrawn_at END",
        "put_back_at": f"CASE WHEN t.put_back_at <= {when} THEN t.put_back_at END",
        "rows_withdrawn": f"CASE WHEN t.withdrawn_at <= {when} THEN t.rows_withdrawn ELSE 0 END",
    }
    return f"SELECT {columns_of(Extract, **since)} FROM {stored(Extract)} t WHERE t.loaded_at <= {when}"


def disruptions_then(when: str) -> str:
    """The changed disruptions with all the states that they had: a version holds from its first day until the day
    before the first of any later one. An earlier state has the key that it is stored under, where it still is. The
    first version may have been kept after the second, so they are taken in their own order.
    """
    is_last = "t.next_from IS NULL"
    ends = "CASE WHEN t.known_to < t.next_from THEN t.known_to ELSE t.next_from END"
    same = "s.state_of_id = t.id AND s.known_from = t.known_from"
    key = (
        f"COALESCE((SELECT MAX(s.id) FROM {stored(Disruption)} s WHERE {same} AND s.known_to = {ends}), -t.history_id)"
    )
    instead = worked_out(Disruption, "summary") | {
        "id": f"CASE WHEN {is_last} THEN t.id ELSE {key} END",
        "state_of_id": f"CASE WHEN {is_last} THEN NULL ELSE t.id END",
        "known_to": f"CASE WHEN {is_last} THEN t.known_to ELSE {ends} END",
    }
    return f"""SELECT {columns_of(Disruption, **instead)} FROM (
        SELECT h.*, MIN(h.known_from) OVER (
            PARTITION BY h.id ORDER BY h.version, h.history_id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_from, MAX(CASE WHEN h.history_type = '-' THEN 1 ELSE 0 END) OVER (PARTITION BY h.id) AS is_gone
        FROM {history(Disruption)} h
        WHERE h.history_date <= {when} AND h.id IN (SELECT id FROM later_disruptions)
    ) t WHERE t.is_gone = 0 AND ({is_last} OR t.known_from < {ends})"""


def changed_counts() -> str:
    """What to add to the cells of now: the events of changed rows as they were, and against them those of now."""
    later = "SELECT id FROM later_disruptions"
    there = on_record(Disruption._meta.db_table, "t.id")  # the cells of others are not counted yet
    now = f"{stored(Disruption)} t WHERE (t.id IN ({later}) OR t.state_of_id IN ({later})) AND {there}"
    names = ", ".join(("kind_of_data", "activity_date", *COLUMNS.values()))
    events = [
        f"SELECT {names}, {day} AS known_date, {sign:d} AS sign FROM (SELECT * FROM {source}) AS rows_{place}"
        f" WHERE {day} IS NOT NULL"
        for place, (source, turn) in enumerate(((now, -1), ("disruptions_then", 1)))
        for day, sign in (("known_from", turn), ("known_to", -turn))
    ]
    activity, known, columns = month_sql("activity_date"), month_sql("known_date"), ", ".join(COLUMNS.values())
    return f"""SELECT kind_of_data, {activity} AS activity, {known} AS known, {columns}, SUM(sign) AS n
        FROM ({" UNION ALL ".join(events)}) AS events
        GROUP BY kind_of_data, {activity}, {known}, {columns} HAVING SUM(sign) <> 0"""


def cells_then() -> str:
    """A change is counted on every level, with more than that tells apart, which adds up to the same."""
    levels = " UNION ALL ".join(f"SELECT {level.number:d} AS level" for level in LEVELS)
    of_change = {"id": "0", "level": "l.level"}
    return f"""SELECT {columns_of(Cell)} FROM {stored(Cell)} t
        UNION ALL SELECT {columns_of(Cell, **of_change)} FROM changed_counts t CROSS JOIN ({levels}) AS l"""


# A moment in the words of an address: the end of a day, the loading of an extract, or the moment itself.


def read_moment(text: str) -> datetime:
    """The last moment that it speaks of. Raises ValueError where it is none."""
    if text.isdecimal() and len(text) < 10:
        loaded = Extract.objects.filter(pk=int(text)).values_list("loaded_at", flat=True).first()
        if loaded is None:
            raise ValueError(f"no extract has the number {text}.")
        # The crime types that came with it were written a moment later.
        brought = CrimeType.history.filter(extract=int(text), history_type="+").aggregate(Max("history_date"))
        return max(loaded, brought["history_date__max"] or loaded)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            "give a day such as 2023-07-13, the number of an extract, or a moment such as 2023-07-13T14:30:00."
        ) from None
    if DAY_ALONE.fullmatch(text):
        moment = datetime.combine(moment, time.max)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"give a day of the years {FIRST_YEAR} to {LAST_YEAR}.")
    return moment if moment.tzinfo else make_aware(moment)
