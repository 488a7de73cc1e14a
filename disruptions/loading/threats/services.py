"""The first rows of a file of threats in words, for those who must decide whether it goes in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from disruptions.extracts.models import Extract
from disruptions.loading.services import add_crime_types
from disruptions.loading.staging.queries import CRIME_TYPES, THREATS, VERDICTS, Found, Terms, tidy
from disruptions.loading.threats.queries import COLUMNS, Part, Plan, chunks, compare, missing, plans
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from forces.models import LocalPolicingArea, Organisation
from soc_tracker.core.imports.outcome import Told
from soc_tracker.core.records.services import By
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.folding import folded_fields, refold

KEYS = {column: key for key, column in COLUMNS.items()}


def additions(terms: Terms, first: int) -> list[Told]:
    """What the first new rows say."""
    return _told(terms, "'added'", first)


def changes(terms: Terms, first: int) -> list[Told]:
    """What the first rows that differ from the record say, and what it says."""
    return _told(terms, "'changed'", first)


def _told(terms: Terms, verdict: str, first: int) -> list[Told]:
    words = _Words(terms)
    judged = (plan for chunk in chunks(terms, with_verdict=verdict) for plan, _ in plans(chunk, terms))
    return [words.of(plan) for plan in islice(judged, first)]


class _Words:
    """Values of rows as a reader knows them."""

    def __init__(self, terms: Terms) -> None:
        self.headings = terms.headings
        self.names: dict[str, dict[int, str]] = {
            "organisation_id": dict(Organisation.objects.values_list("pk", "name")),
            "area_id": dict(LocalPolicingArea.objects.values_list("pk", "name")),
        }
        self.crime_types = dict(CrimeType.objects.values_list("pk", "name")) | dict(terms.crime_types)

    def of(self, plan: Plan) -> Told:
        told = [difference for part in plan.parts for difference in self._part(part)]
        if plan.crime_types:
            before, after = map(self._crime_types, plan.crime_types)
            told.append((self.headings["crime_types"], before, after))
        return Told(plan.row.line, plan.row.reference, tuple(told))

    def _part(self, part: Part) -> Iterator[tuple[str, str, str]]:
        for column, (before, after) in part.values.items():
            old, new = self._word(part, column, before), self._word(part, column, after)
            if old != new:
                key = KEYS.get(column, column)
                yield self.headings.get(key, key), old, new

    def _word(self, part: Part, column: str, value: Any) -> str:
        if value is None:
            return ""
        if column in self.names:
            return self.names[column][value]
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return in_words(value, Precision.DAY)
        field: Any = part.record._meta.get_field(column)
        return str(dict(field.flatchoices).get(value, value))

    def _crime_types(self, keys: Iterable[int]) -> str:
        return "; ".join(sorted(self.crime_types[key] for key in keys))


# The good rows of a file of threats, put on record some thousand at a time, each with its history.


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


# A file of threats on its way into the record.


class ThreatLoader:
    """Compares the rows of a file with each other and with the record, and puts the good ones on record."""

    rows = THREATS
    tables = (THREATS, VERDICTS, CRIME_TYPES)
    compare = staticmethod(compare)
    additions = staticmethod(additions)
    changes = staticmethod(changes)
    missing = staticmethod(missing)

    def newest(self) -> date | None:
        """Nothing in the file says of which day it is."""
        return None

    def write(self, extract: Extract, terms: Terms, found: Found, by: By) -> None:
        write_threats(extract, terms, add_crime_types(terms, found, by))

    def tidy(self, found: Found) -> None:
        tables = [model._meta.db_table for model in (Threat, ThreatState, MorileAssessment)]
        tidy(tables, changed_much=found.changes_much)
