"""An extract undone whole: the record is again as if it had not been loaded, and the histories tell that it was.

What it added is removed, what it changed goes back to what it was, in every figure as at any day; the threats and crime
types that came with it go, where nothing else names them. Each row's history keeps what it said meanwhile.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.expressions import RawSQL
from django.utils.timezone import now

from disruptions.choices import ExtractContents
from disruptions.counts.services import EVENT_COLUMNS, add_cells
from disruptions.extracts.models import Extract
from disruptions.extracts.services import (
    EXTRACTS,
    Act,
    write_first_histories,
    write_first_histories_of,
    write_histories,
)
from disruptions.loading.queries import DISRUPTION, EXTRACT, HISTORY, STATE, THREAT, run, temporary
from disruptions.loading.services import alone, one_at_a_time, tidy
from disruptions.loading.threats.services import write_linked_histories
from disruptions.record.models import Disruption
from disruptions.resemblances.models import Resemblance
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.threats.services import CRIME_TYPES
from disruptions.undo.queries import MODELS, note_reversals, obstacles, reversals, without_use
from disruptions.withdrawals.models import Lack
from disruptions.withdrawals.services import KEYS, write_back
from disruptions.words import models as words
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.services import By
from soc_tracker.core.text.normal import ReferenceKey, fill, folded_fields

DIMENSIONS = ", ".join(f"d.{column}" for column in EVENT_COLUMNS)
AT_A_TIME = 1_000
UNDONE = "Undone: "
"""How the reasons begin with which rows go back."""


def undo(extract: Extract, *, by: By, reason: str, expected_version: int) -> Extract:
    """Take back all that an extract did. Raises ValidationError that says what stands against it, StaleRecordError."""
    models = MODELS[extract.contents]
    moment, why = now(), f"{UNDONE}{reason}"
    with one_at_a_time(), transaction.atomic(), alone(Decision.ALL), temporary(KEYS, *map(reversals, models)):
        if extract.undone_at:
            raise ValidationError("It has been undone already.")
        undone = EXTRACTS.change(extract, undone_at=moment, by=by, reason=why, expected_version=expected_version)
        for model in models:
            note_reversals(model, extract)
        if reasons := list(obstacles(extract)):
            raise ValidationError(reasons)
        act = Act(extract, moment, by, f"{why} ({extract.file_name})")
        if extract.withdrawn_at:
            write_back(act)
        Lack.objects.filter(extract=extract).delete()
        Resemblance.objects.filter(extract=extract).delete()
        if extract.contents == ExtractContents.DISRUPTIONS:
            undo_disruptions(act)
        else:
            undo_threats(act)
        for crime_type in without_use(CrimeType.objects.filter(extract=extract, version=1)):
            CRIME_TYPES.remove(crime_type, by=by, reason=act.reason, expected_version=1)
    tidy(model._meta.db_table for model in models)
    return undone


def undo_disruptions(act: Act) -> None:
    name, loaded = reversals(Disruption).name, [act.extract.pk]
    rows_of = f"FROM {name} r JOIN {DISRUPTION} d ON d.id = r.row_id JOIN {EXTRACT} e ON e.id = %s"
    write_first_histories(f"d.id IN (SELECT row_id FROM {name})")
    add_cells(f"SELECT {DIMENSIONS}, d.known_from AS known_date, -1 AS sign {rows_of}", loaded)
    kept = f"""SELECT s.id FROM {DISRUPTION} s JOIN {name} r ON r.row_id = s.state_of_id
        JOIN {HISTORY} h ON h.history_id = r.before_id
        JOIN {EXTRACT} e ON e.id = %s AND s.known_to = e.as_at AND h.known_from < e.as_at"""
    words.forget(f"SELECT row_id FROM {name} UNION ALL {kept}", loaded)
    run(f"DELETE FROM {DISRUPTION} WHERE id IN ({kept})", loaded)
    remove_added(Disruption, act)
    restore_changed(Disruption, act)
    words.store(f"SELECT row_id FROM {name} WHERE before_id IS NOT NULL")
    # What they said before counts again from the day on which the extract had ended it.
    add_cells(f"SELECT {DIMENSIONS}, e.as_at AS known_date, 1 AS sign {rows_of} WHERE r.before_id IS NOT NULL", loaded)
    # Threats that the file brought by their names, of which nothing else is known now
    named = Threat.objects.filter(extract=act.extract, version=1)
    threats = list(without_use(named).select_related("extract"))
    for at in range(0, len(threats), AT_A_TIME):
        chunk = threats[at : at + AT_A_TIME]
        write_first_histories_of(chunk)
        keys = ", ".join(str(threat.pk) for threat in chunk)
        write_histories(Threat, "-", f"d.id IN ({keys})", act)
        run(f"DELETE FROM {THREAT} WHERE id IN ({keys})")


def undo_threats(act: Act) -> None:
    """States end again where the next that is left begins: that is no change of their own."""
    links, linked = (
        model._meta.db_table for model in (Threat.crime_types.through, Threat.history.model.crime_types.model)
    )
    name, states, noted = reversals(Threat).name, ThreatState.history.model._meta.db_table, reversals(ThreatState).name
    for model in (MorileAssessment, ThreatState):
        remove_added(model, act)
        restore_changed(model, act, but=("valid_to",))
    run(
        f"""UPDATE {STATE} SET valid_to = (SELECT MIN(n.valid_from) FROM {STATE} n
            WHERE n.threat_id = {STATE}.threat_id AND n.valid_from > {STATE}.valid_from)
        WHERE threat_id IN (SELECT h.threat_id FROM {states} h JOIN {noted} r ON r.row_id = h.id)"""
    )
    run(f"DELETE FROM {links} WHERE threat_id IN (SELECT row_id FROM {name})")
    remove_added(Threat, act)
    run(
        f"""INSERT INTO {links} (threat_id, crimetype_id) SELECT l.threat_id, l.crimetype_id
        FROM {name} r JOIN {linked} l ON l.history_id = r.before_id
        JOIN {CrimeType._meta.db_table} c ON c.id = l.crimetype_id"""
    )
    restore_changed(Threat, act)
    changed = list(Threat.history.filter(history_date=act.moment, history_type="~").values_list("id", flat=True))
    for at in range(0, len(changed), AT_A_TIME):
        write_linked_histories(changed[at : at + AT_A_TIME], act.moment)


def remove_added(model: Any, act: Act) -> None:
    added = f"SELECT row_id FROM {reversals(model).name} WHERE before_id IS NULL"
    write_histories(model, "-", f"d.id IN ({added})", act)
    run(f"DELETE FROM {model._meta.db_table} WHERE id IN ({added})")


def restore_changed(model: Any, act: Act, *, but: tuple[str, ...] = ()) -> None:
    """Give rows back what their histories say that they were before, as a change of its own."""
    name, table, history = reversals(model).name, model._meta.db_table, model.history.model._meta.db_table
    fields = [each for each in model.history.model.tracked_fields if not each.primary_key]
    values = {field.column: f"h.{field.column}" for field in fields if field.column not in but}
    folded = {field.column: "''" for field in folded_fields(model) if not isinstance(field, ReferenceKey)}
    values |= {"version": f"{table}.version + 1"} | folded
    run(
        f"""UPDATE {table} SET {", ".join(f"{column} = {value}" for column, value in values.items())}
        FROM {name} r JOIN {history} h ON h.history_id = r.before_id WHERE {table}.id = r.row_id"""
    )
    changed = f"SELECT row_id FROM {name} WHERE before_id IS NOT NULL"
    if folded:
        fill(model._base_manager.filter(pk__in=RawSQL(changed, [])))  # noqa: S611
    write_histories(model, "~", f"d.id IN ({changed})", act)
