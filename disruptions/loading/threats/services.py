"""The good rows of a file of threats, put on record some thousand at a time, each with its history."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from disruptions.columns.models import THREAT_COLUMNS
from disruptions.extracts.models import Extract
from disruptions.loading.database.queries import tidy
from disruptions.loading.services import add_crime_types
from disruptions.loading.staging.queries import CRIME_TYPES, VERDICTS, Numbers, Terms, staged_threats
from disruptions.loading.threats.queries import Part, Plan, chunks, compare, missing, plans
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from forces.models import LocalPolicingArea, Organisation
from soc_tracker.core.imports.outcome import RowInWords
from soc_tracker.core.records.services import By
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.folding import folded_fields, refold

BATCH = 1_000


def write_threats(extract: Extract, terms: Terms, crime_types: Mapping[int, int]) -> None:
    """``crime_types`` holds the keys of the new ones, by the numbers by which the rows know them."""
    for chunk in chunks(terms, with_verdict="'added', 'changed'"):
        planned = [plan for plan, _ in plans(chunk, terms)]
        own = [(plan.own, plan) for plan in planned if plan.own]
        write_first_histories([plan.threat for _, plan in own if plan.threat.pk])
        save(Threat, own, extract)
        link(planned, crime_types)
        write_linked_histories([plan.threat.pk for _, plan in own], extract)
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
        (new if part.is_new else changed).append(record)
        if not part.is_new:
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


def write_first_histories(threats: Sequence[Threat]) -> None:
    """Keep how threats began that came with an extract of disruptions: that is left to their first change."""
    history = Threat.history.model
    keys = [threat.pk for threat in threats]
    written = set(history.objects.filter(id__in=keys).values_list("id", flat=True))
    history.objects.bulk_create(
        history(
            **{field.attname: getattr(threat, field.attname) for field in history.tracked_fields},
            history_type="+",
            history_date=threat.extract.loaded_at,
            history_user_id=threat.extract.loaded_by_id,
            history_change_reason=f"Loaded from {threat.extract.file_name}, row {threat.extract_line}",
        )
        for threat in threats
        if threat.extract and threat.pk not in written
    )


def link(planned: Sequence[Plan], crime_types: Mapping[int, int]) -> None:
    """Give threats other crime types."""
    through = Threat.crime_types.through
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


def write_linked_histories(threats: Sequence[int], extract: Extract) -> None:
    """Give the history of threats that were just written their crime types: writing in bulk leaves these out."""
    histories = Threat.history.filter(id__in=threats, history_date=extract.loaded_at).order_by("history_id")
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


class Words:
    """Values of rows as a reader knows them."""

    def __init__(self, terms: Terms) -> None:
        self.headings = terms.headings
        self.keys = {column.column: column.key for column in THREAT_COLUMNS}
        self.names: dict[str, dict[int, str]] = {
            "organisation_id": dict(Organisation.objects.values_list("pk", "name")),
            "area_id": dict(LocalPolicingArea.objects.values_list("pk", "name")),
        }
        self.crime_types = dict(CrimeType.objects.values_list("pk", "name")) | dict(terms.crime_types)

    def of(self, plan: Plan) -> RowInWords:
        differences = [difference for part in plan.parts for difference in self.differences(part)]
        if plan.crime_types:
            before, after = ("; ".join(sorted(map(self.crime_types.__getitem__, keys))) for keys in plan.crime_types)
            differences.append((self.headings["crime_types"], before, after))
        return RowInWords(plan.row.line, plan.row.reference, tuple(differences))

    def differences(self, part: Part) -> Iterator[tuple[str, str, str]]:
        for column, (before, after) in part.values.items():
            old, new = self.word(part, column, before), self.word(part, column, after)
            if old != new:
                key = self.keys.get(column, column)
                yield self.headings.get(key, key), old, new

    def word(self, part: Part, column: str, value: Any) -> str:
        if value is None:
            return ""
        if column in self.names:
            return self.names[column][value]
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return in_words(value)
        field: Any = part.record._meta.get_field(column)
        return str(dict(field.flatchoices).get(value, value))


class ThreatLoader:
    """Compares the rows of a file with each other and with the record, and puts the good ones on record."""

    compare = staticmethod(compare)
    missing = staticmethod(missing)

    def __init__(self) -> None:
        self.rows = staged_threats()
        self.tables = (self.rows, VERDICTS, CRIME_TYPES)

    def newest(self) -> date | None:
        """Nothing in the file says of which day it is."""
        return None

    def additions(self, terms: Terms, first: int) -> list[RowInWords]:
        """What the first new rows say."""
        return self.preview(terms, "'added'", first)

    def changes(self, terms: Terms, first: int) -> list[RowInWords]:
        """What the first rows that differ from the record say, and what it says."""
        return self.preview(terms, "'changed'", first)

    def preview(self, terms: Terms, verdict: str, first: int) -> list[RowInWords]:
        words = Words(terms)
        judged = (plan for chunk in chunks(terms, with_verdict=verdict) for plan, _ in plans(chunk, terms))
        return [words.of(plan) for plan in islice(judged, first)]

    def write(self, extract: Extract, terms: Terms, numbers: Numbers, by: By) -> None:
        write_threats(extract, terms, add_crime_types(terms, numbers, by))

    def tidy(self, numbers: Numbers) -> None:
        tables = [model._meta.db_table for model in (Threat, ThreatState, MorileAssessment)]
        tidy(tables, changed_much=numbers.changes_much)
