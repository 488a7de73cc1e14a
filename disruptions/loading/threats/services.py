"""The good rows of a file of threats, put on record some thousand at a time, each with its history."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from disruptions.columns.models import THREAT_COLUMNS
from disruptions.extracts.models import Extract
from disruptions.extracts.services import write_first_histories_of
from disruptions.loading.queries import NAMED_CRIME_TYPES, Numbers, Terms
from disruptions.loading.services import Loader, add_crime_types
from disruptions.loading.threats.queries import (
    VERDICTS,
    Part,
    Plan,
    chunks,
    compare,
    missing,
    overtaken,
    plans,
    staged_threats,
)
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from soc_tracker.core.imports.outcome import RowInWords
from soc_tracker.core.records.services import By
from soc_tracker.core.text.normal import folded_fields, refold

BATCH = 1_000


def write_threats(extract: Extract, terms: Terms, numbers: Numbers, by: By) -> None:
    crime_types, through = add_crime_types(extract, terms, numbers, by), Threat.crime_types.through
    for chunk in chunks(terms, with_verdict="'added', 'changed'"):
        planned = [plan for plan, _ in plans(chunk, terms)]
        own = [(plan.own, plan) for plan in planned if plan.own]
        write_first_histories_of([plan.threat for _, plan in own if plan.threat.pk])
        save(Threat, own, extract)
        links = {plan.threat.pk: plan.crime_types[1] for plan in planned if plan.crime_types}
        through.objects.filter(threat__in=list(links)).delete()
        through.objects.bulk_create(
            (
                through(threat_id=threat, crimetype_id=crime_types.get(key, key))
                for threat, keys in links.items()
                for key in sorted(keys)
            ),
            batch_size=BATCH,
        )
        write_linked_histories([plan.threat.pk for _, plan in own], extract.loaded_at)
        closed = [(plan.closes, plan.row.start) for plan in planned if plan.closes and plan.state]
        for state, end in closed:  # which is no change of its own: see ``ThreatStateService``
            state.valid_to = end
        ThreatState.objects.bulk_update([state for state, _ in closed], ["valid_to"], batch_size=BATCH)
        save(ThreatState, [(plan.state, plan) for plan in planned if plan.state], extract)
        save(MorileAssessment, [(plan.assessment, plan) for plan in planned if plan.assessment], extract)


def save(model: type[Any], parts: Sequence[tuple[Part, Plan]], extract: Extract) -> None:
    """Add the new rows of a model and change the others, each with a row of history that names the row of the file."""
    columns = {column for part, _ in parts for column in part.values}
    provenance = {"extract", "extract_line"} & {field.name for field in model._meta.concrete_fields}
    new: list[Any] = []
    changed: list[Any] = []
    for part, plan in parts:
        record: Any = part.record
        (changed if record.pk else new).append(record)
        if record.pk:
            record.version += 1
        for column, (_, after) in part.values.items():
            setattr(record, column, after)
        record.extract = extract
        if "extract_line" in provenance:
            record.extract_line = plan.row.line
        refold(record)
        record._change_reason = f"Loaded from {extract.file_name}, row {plan.row.line}"
    written: dict[str, Any] = {
        "batch_size": BATCH,
        "default_user": extract.loaded_by,
        "default_date": extract.loaded_at,
    }
    if new:
        bulk_create_with_history(new, model, **written)
    if changed:
        fields = {model._meta.get_field(column).name for column in columns}
        folded = {field.name for field in folded_fields(model)}
        bulk_update_with_history(changed, model, sorted({*fields, *folded, *provenance, "version"}), **written)


def write_linked_histories(threats: Sequence[int], moment: datetime) -> None:
    """Give the history of threats, as writing them in bulk at a moment left it, their crime types."""
    histories = Threat.history.filter(id__in=threats, history_date=moment).order_by("history_id")
    by_threat = dict(histories.values_list("id", "history_id"))  # the latest, where a file says two things of one
    links = Threat.crime_types.through.objects.filter(threat__in=threats)
    linked: Any = Threat.history.model.crime_types.model
    linked.objects.bulk_create(
        (
            linked(history_id=by_threat[threat], threat_id=threat, crimetype_id=crime_type, id=key)
            for key, threat, crime_type in links.values_list("pk", "threat_id", "crimetype_id")
        ),
        batch_size=BATCH,
    )


def preview(verdict: str, terms: Terms, first: int) -> list[RowInWords]:
    """The first rows of a verdict: what each says otherwise than the record, and what that says."""
    columns = {column.column: column for column in THREAT_COLUMNS}
    words = {name: column.stored_words(terms.crime_types) for name, column in columns.items()}
    judged = (plan for chunk in chunks(terms, with_verdict=f"'{verdict}'") for plan, _ in plans(chunk, terms))
    preview = []
    for plan in islice(judged, first):
        pairs = {name: pair for part in plan.parts for name, pair in part.values.items()}
        if plan.crime_types:
            pairs["crime_types"] = plan.crime_types
        differences = []
        for name, pair in pairs.items():
            before, after = map(words[name], pair)
            if before != after:
                differences.append((terms.headings.get(columns[name].name, columns[name].name), before, after))
        preview.append(RowInWords(plan.row.line, plan.row.reference, tuple(differences)))
    return preview


LOADER = Loader(
    rows=staged_threats,
    others=(VERDICTS, NAMED_CRIME_TYPES),
    newest=lambda: None,
    compare=compare,
    additions=partial(preview, "added"),
    changes=partial(preview, "changed"),
    missing=missing,
    keeps_missing=False,
    write=write_threats,
    tables=tuple(model._meta.db_table for model in (Threat, ThreatState, MorileAssessment)),
    overtaken=overtaken,
)
