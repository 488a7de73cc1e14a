"""The good rows of a file of threats, put on record some thousand at a time, each with its history."""

from collections.abc import Mapping, Sequence
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from disruptions.models import Extract, MorileAssessment, Threat, ThreatState
from disruptions.services.loading.terms import Terms
from disruptions.services.loading.threats.comparing import plans
from disruptions.services.loading.threats.planning import Part, Plan
from disruptions.services.loading.threats.rows import chunks
from soc_tracker.lib.folded_fields import folded_fields, refold

BATCH = 1_000


def write_threats(extract: Extract, terms: Terms, crime_types: Mapping[int, int]) -> None:
    """``crime_types`` holds the keys of the new ones, by the numbers by which the rows know them."""
    for chunk in chunks(terms, with_verdict="'added', 'changed'"):
        _write([plan for plan, _ in plans(chunk, terms)], extract, crime_types)


def _write(planned: Sequence[Plan], extract: Extract, crime_types: Mapping[int, int]) -> None:
    _write_first_histories([plan.threat for plan in planned if plan.own and plan.threat.pk])
    _save(Threat, [(plan.own, plan) for plan in planned if plan.own], extract)
    _link(planned, crime_types)
    _write_linked_history([plan.threat.pk for plan in planned if plan.own], extract)
    _close(planned)
    _save(ThreatState, [(plan.state, plan) for plan in planned if plan.state], extract)
    _save(MorileAssessment, [(plan.assessment, plan) for plan in planned if plan.assessment], extract)


def _save(model: type[Any], parts: Sequence[tuple[Part, Plan]], extract: Extract) -> None:
    """Add the new rows of a model and change the others, each with a row of history that names the row of the file."""
    written: dict[str, Any] = {
        "batch_size": BATCH,
        "default_user": extract.loaded_by,
        "default_date": extract.loaded_at,
    }
    new: list[Any] = []
    changed: list[Any] = []
    for part, plan in parts:
        (new if part.is_new else changed).append(_applied(part, plan, extract))
    if new:
        bulk_create_with_history(new, model, **written)
    if changed:
        columns = {column for part, _ in parts for column in part.values}
        provenance = {"extract", "extract_line"} & {field.name for field in model._meta.concrete_fields}
        fields = {model._meta.get_field(column).name for column in columns} | {
            field.name for field in folded_fields(model)
        }
        bulk_update_with_history(changed, model, sorted({*fields, *provenance, "version"}), **written)


def _applied(part: Part, plan: Plan, extract: Extract) -> Any:
    """The record with the values of the row, and where they come from."""
    record: Any = part.record
    if not part.is_new:
        record.version += 1
    for column, (_, after) in part.values.items():
        setattr(record, column, after)
    record.extract = extract
    if isinstance(record, Threat):
        record.extract_line = plan.row.line
    refold(record)
    record._change_reason = f"Loaded from {extract.file_name}, row {plan.row.line}"
    return record


def _write_first_histories(threats: Sequence[Threat]) -> None:
    """Tell how threats began that came with an extract of disruptions: that is left to their first change."""
    history = Threat.history.model
    told = set(history.objects.filter(id__in=[threat.pk for threat in threats]).values_list("id", flat=True))
    history.objects.bulk_create(
        history(
            **{field.attname: getattr(threat, field.attname) for field in history.tracked_fields},
            history_type="+",
            history_date=threat.extract.loaded_at,
            history_user_id=threat.extract.loaded_by_id,
            history_change_reason=f"Loaded from {threat.extract.file_name}, row {threat.extract_line}",
        )
        for threat in threats
        if threat.extract and threat.pk not in told
    )


def _link(planned: Sequence[Plan], crime_types: Mapping[int, int]) -> None:
    through = Threat.crime_types.through
    moved = [plan for plan in planned if plan.crime_types]
    through.objects.filter(threat__in=[plan.threat.pk for plan in moved]).delete()
    through.objects.bulk_create(
        (
            through(threat_id=plan.threat.pk, crimetype_id=crime_types.get(key, key))
            for plan in moved
            for key in sorted(plan.crime_types[1] if plan.crime_types else ())
        ),
        batch_size=BATCH,
    )


def _write_linked_history(threats: Sequence[int], extract: Extract) -> None:
    """Give the history of threats that were just written their crime types: writing in bulk leaves these out."""
    histories = Threat.history.filter(id__in=threats, history_date=extract.loaded_at).order_by("history_id")
    by_threat = dict(histories.values_list("id", "history_id"))  # the latest, where a file says two things of one
    through = Threat.crime_types.through
    linked: Any = Threat.history.model.crime_types.model
    linked.objects.bulk_create(
        (
            linked(history_id=by_threat[threat], threat_id=threat, crimetype_id=crime_type, id=key)
            for key, threat, crime_type in through.objects.filter(threat__in=threats).values_list(
                "pk", "threat_id", "crimetype_id"
            )
        ),
        batch_size=BATCH,
    )


def _close(planned: Sequence[Plan]) -> None:
    """End the states that new ones follow, which is no change of their own: see ``ThreatStateService``."""
    closed = []
    for plan in planned:
        if plan.closes and plan.state:
            plan.closes.valid_to = plan.row.start
            closed.append(plan.closes)
    ThreatState.objects.bulk_update(closed, ["valid_to"], batch_size=BATCH)
