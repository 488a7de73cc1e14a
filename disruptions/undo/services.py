"""An extract undone whole: the record is again as if it had not been loaded, and the histories tell that it was.

What it added is removed, what it changed goes back to what it was, in every figure as at any day; the threats and crime
types that came with it go, where nothing else names them. Each row's history keeps what it said meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.timezone import now

from disruptions.choices import ExtractContents
from disruptions.counts.services import EVENT_COLUMNS, add_cells
from disruptions.extracts.models import Extract
from disruptions.loading.queries import DISRUPTION, EXTRACT, HISTORY, STATE, THREAT, run, temporary, tidy
from disruptions.loading.services import alone
from disruptions.loading.threats.services import write_first_histories, write_linked_histories
from disruptions.record.models import Disruption
from disruptions.services import CRIME_TYPES, EXTRACTS
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.undo.queries import MODELS, note_reversals, obstacles, reversals, threats_only_named, without_use
from disruptions.words import models as words
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.services import By
from soc_tracker.core.text.folding import fill, folded_fields

DIMENSIONS = ", ".join(f"d.{column}" for column in EVENT_COLUMNS)
AT_A_TIME = 1_000
UNDONE = "Undone: "
"""How the reasons begin with which rows go back."""


def undo(extract: Extract, *, by: By, reason: str, expected_version: int) -> Extract:
    """Take back all that an extract did. Raises ValidationError that says what stands against it, StaleRecordError."""
    models = MODELS[extract.contents]
    moment, why = now(), f"{UNDONE}{reason}"
    with alone(Decision.ALL), temporary(*map(reversals, models)):
        if extract.undone_at:
            raise ValidationError("It has been undone already.")
        undone = EXTRACTS.change(extract, undone_at=moment, by=by, reason=why, expected_version=expected_version)
        for model in models:
            note_reversals(model, extract)
        if reasons := list(obstacles(extract)):
            raise ValidationError(reasons)
        write = Write(extract, moment, by, f"{why} ({extract.file_name})")
        if extract.contents == ExtractContents.DISRUPTIONS:
            undo_disruptions(write)
        else:
            undo_threats(write)
        for crime_type in without_use(CrimeType.objects.filter(extract=extract, version=1)):
            CRIME_TYPES.remove(crime_type, by=by, reason=write.reason, expected_version=1)
    tidy(model._meta.db_table for model in models)
    return undone


@dataclass(frozen=True)
class Write:
    """One undoing: of what, when, by whom and why, as every row of history will say."""

    extract: Extract
    moment: datetime
    by: By
    reason: str


def undo_disruptions(write: Write) -> None:
    name, loaded = reversals(Disruption).name, [write.extract.pk]
    rows_of = f"FROM {name} r JOIN {DISRUPTION} d ON d.id = r.row_id JOIN {EXTRACT} e ON e.id = %s"
    write_histories(  # loading leaves that to the first change
        Disruption,
        "+",
        f"d.id IN (SELECT row_id FROM {name}) AND NOT EXISTS (SELECT 1 FROM {HISTORY} h WHERE h.id = d.id)",
        write,
        with_reason="'Loaded from ' || e.file_name || ', row ' || d.extract_line",
        at_loading=True,
    )
    add_cells(f"SELECT {DIMENSIONS}, d.known_from AS known_date, -1 AS sign {rows_of}", loaded)
    kept = f"""SELECT s.id FROM {DISRUPTION} s JOIN {name} r ON r.row_id = s.state_of_id
        JOIN {HISTORY} h ON h.history_id = r.before_id
        JOIN {EXTRACT} e ON e.id = %s AND s.known_to = e.as_at AND h.known_from < e.as_at"""
    words.forget(f"SELECT row_id FROM {name} UNION ALL {kept}", loaded)
    run(f"DELETE FROM {DISRUPTION} WHERE id IN ({kept})", loaded)
    remove_added(Disruption, write)
    restore_changed(Disruption, write)
    words.store(f"SELECT row_id FROM {name} WHERE before_id IS NOT NULL")
    # What they said before counts again from the day on which the extract had ended it.
    add_cells(f"SELECT {DIMENSIONS}, e.as_at AS known_date, 1 AS sign {rows_of} WHERE r.before_id IS NOT NULL", loaded)
    threats = list(threats_only_named(write.extract).select_related("extract"))
    for at in range(0, len(threats), AT_A_TIME):
        chunk = threats[at : at + AT_A_TIME]
        write_first_histories(chunk)
        keys = ", ".join(str(threat.pk) for threat in chunk)
        write_histories(Threat, "-", f"d.id IN ({keys})", write)
        run(f"DELETE FROM {THREAT} WHERE id IN ({keys})")


def undo_threats(write: Write) -> None:
    """States end again where the next that is left begins: that is no change of their own."""
    links, linked = (
        model._meta.db_table for model in (Threat.crime_types.through, Threat.history.model.crime_types.model)
    )
    name, states, noted = reversals(Threat).name, ThreatState.history.model._meta.db_table, reversals(ThreatState).name
    for model in (MorileAssessment, ThreatState):
        remove_added(model, write)
        restore_changed(model, write, but=("valid_to",))
    run(
        f"""UPDATE {STATE} SET valid_to = (SELECT MIN(n.valid_from) FROM {STATE} n
            WHERE n.threat_id = {STATE}.threat_id AND n.valid_from > {STATE}.valid_from)
        WHERE threat_id IN (SELECT h.threat_id FROM {states} h JOIN {noted} r ON r.row_id = h.id)"""
    )
    run(f"DELETE FROM {links} WHERE threat_id IN (SELECT row_id FROM {name})")
    remove_added(Threat, write)
    run(
        f"""INSERT INTO {links} (threat_id, crimetype_id) SELECT l.threat_id, l.crimetype_id
        FROM {name} r JOIN {linked} l ON l.history_id = r.before_id
        JOIN {CrimeType._meta.db_table} c ON c.id = l.crimetype_id"""
    )
    restore_changed(Threat, write)
    changed = list(Threat.history.filter(history_date=write.moment, history_type="~").values_list("id", flat=True))
    for at in range(0, len(changed), AT_A_TIME):
        write_linked_histories(changed[at : at + AT_A_TIME], write.moment)


def write_histories(
    model: Any, kind: str, which: str, write: Write, *, with_reason: str = "", at_loading: bool = False
) -> None:
    """A row of history for each row (d) that meets a condition, as it stands."""
    fields = model.history.model.tracked_fields
    columns = ["id", *(str(field.column) for field in fields if not field.primary_key)]
    when = "e.loaded_at, e.loaded_by_id" if at_loading else "%s, %s"
    moment = connection.ops.adapt_datetimefield_value(write.moment)
    said = [] if at_loading else [moment, write.by.pk if write.by else None, write.reason]
    run(
        f"""INSERT INTO {model.history.model._meta.db_table} ({", ".join(columns)},
            history_type, history_date, history_user_id, history_change_reason)
        SELECT {", ".join(f"d.{column}" for column in columns)}, %s, {when}, {with_reason or "%s"}
        FROM {model._meta.db_table} d JOIN {EXTRACT} e ON e.id = %s WHERE {which} ORDER BY d.id""",
        [kind, *said, write.extract.pk],
    )


def remove_added(model: Any, write: Write) -> None:
    added = f"SELECT row_id FROM {reversals(model).name} WHERE before_id IS NULL"
    write_histories(model, "-", f"d.id IN ({added})", write)
    run(f"DELETE FROM {model._meta.db_table} WHERE id IN ({added})")


def restore_changed(model: Any, write: Write, *, but: tuple[str, ...] = ()) -> None:
    """Give rows back what their histories say that they were before, as a change of its own."""
    name, table, history = reversals(model).name, model._meta.db_table, model.history.model._meta.db_table
    fields = [each for each in model.history.model.tracked_fields if not each.primary_key]
    values = {field.column: f"h.{field.column}" for field in fields if field.column not in but}
    folded = {field.column: "''" for field in folded_fields(model)}
    values |= {"version": f"{table}.version + 1"} | folded
    run(
        f"""UPDATE {table} SET {", ".join(f"{column} = {value}" for column, value in values.items())}
        FROM {name} r JOIN {history} h ON h.history_id = r.before_id WHERE {table}.id = r.row_id"""
    )
    changed = f"SELECT row_id FROM {name} WHERE before_id IS NOT NULL"
    if folded:
        fill(model._base_manager.filter(pk__in=RawSQL(changed, [])))  # noqa: S611
    write_histories(model, "~", f"d.id IN ({changed})", write)
