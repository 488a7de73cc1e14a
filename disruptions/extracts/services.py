"""Every write of extracts, of files on their way to become one, and of the histories of what an extract brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from disruptions.extracts.models import Extract, Upload
from disruptions.loading.queries import DISRUPTION, EXTRACT, HISTORY, run
from disruptions.record.models import Disruption
from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.core.records.services import By, Service

EXTRACTS = Service(Extract, fixed=("contents", "kind_of_data", "sha256"))
UPLOADS = Uploads(Upload, kept_for=timedelta(days=7))
"""Extracts on their way into the record."""


# Rows of history for many rows that one act upon an extract writes, all inside the database.


@dataclass(frozen=True)
class Act:
    """An act upon an extract as a whole: when, by whom and why, as every row of history that it writes will say."""

    extract: Extract
    moment: datetime
    by: By
    reason: str


def columns_of(model: Any) -> list[str]:
    """The columns that a table has in common with its histories, the key first."""
    fields = model.history.model.tracked_fields
    return ["id", *(str(field.column) for field in fields if not field.primary_key)]


def write_histories(model: Any, kind: str, which: str, act: Act) -> None:
    """A row of history for each row (d) that meets a condition, as it stands."""
    columns = columns_of(model)
    moment = connection.ops.adapt_datetimefield_value(act.moment)
    run(
        f"""INSERT INTO {model.history.model._meta.db_table} ({", ".join(columns)},
            history_type, history_date, history_user_id, history_change_reason)
        SELECT {", ".join(f"d.{column}" for column in columns)}, %s, %s, %s, %s
        FROM {model._meta.db_table} d WHERE {which} ORDER BY d.id""",
        [kind, moment, act.by.pk if act.by else None, act.reason],
    )


def write_first_histories(which: str) -> None:
    """How disruptions (d) began that came with an extract: loading leaves that to their first change."""
    columns = columns_of(Disruption)
    run(
        f"""INSERT INTO {HISTORY} ({", ".join(columns)},
            history_type, history_date, history_user_id, history_change_reason)
        SELECT {", ".join(f"d.{column}" for column in columns)},
            '+', e.loaded_at, e.loaded_by_id, 'Loaded from ' || e.file_name || ', row ' || d.extract_line
        FROM {DISRUPTION} d JOIN {EXTRACT} e ON e.id = d.extract_id
        WHERE {which} AND NOT EXISTS (SELECT 1 FROM {HISTORY} h WHERE h.id = d.id) ORDER BY d.id"""
    )


def write_first_histories_of(records: Sequence[Any]) -> None:
    """The same for records of one model that are at hand: disruptions, or threats that only disruptions named."""
    versions = {record.pk: record.version for record in records if record.extract}
    if not versions:
        return
    history = type(records[0]).history.model
    stored = history.objects.filter(id__in=list(versions)).values_list("id", "version")
    written = {key for key, version in stored if version <= versions[key]}
    history.objects.bulk_create(
        history(
            **{field.attname: getattr(record, field.attname) for field in history.tracked_fields},
            history_type="+",
            history_date=record.extract.loaded_at,
            history_user_id=record.extract.loaded_by_id,
            history_change_reason=f"Loaded from {record.extract.file_name}, row {record.extract_line}",
        )
        for record in records
        if record.extract and record.pk not in written
    )
