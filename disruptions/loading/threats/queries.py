"""What a file of threats says, held against itself and against the record, without writing to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Max, Model
from django.utils.timezone import localdate

from disruptions.choices import CLOSED_PHASE
from disruptions.columns.models import THREAT_COLUMNS, Described, Kind
from disruptions.loading.queries import (
    FAULTS,
    IDENTIFYING,
    STATE,
    TAKEN,
    THREAT,
    Numbers,
    Staging,
    Terms,
    refuse,
    refuse_repeated,
    rows,
    run,
    value,
)
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import key_of

Dated = Threat | ThreatState | MorileAssessment
VERDICTS = Staging("loading_verdict", {"line": "integer", "verdict": "text"}, key="line")
"""The rows of threats that are new ("added") or differ from the record ("changed")."""


def staged_threats() -> Staging:
    """The rows of a file of threats; crime types are keys or numbers of NAMED_CRIME_TYPES, with commas between."""
    columns = {column.staged: column.sql_type for column in THREAT_COLUMNS}
    return Staging("loading_threat", {"line": "integer", **columns, "reference_key": "text"}, key="line")


ROWS = staged_threats().name
AT_A_TIME = 2_000
BY_THEMSELVES = ("reference", "crime_types", "valid_from", "assessed_on")
"""Columns that are no plain values of a threat, state or assessment, by their keys."""


def columns_of(model: type[Model]) -> dict[str, Described]:
    """The plain values of a model that files of threats have, by the model's columns."""
    return {each.column: each for each in THREAT_COLUMNS if each.model is model and each.name not in BY_THEMSELVES}


@dataclass(frozen=True)
class ThreatRow:
    """What one row says. ``threat``, ``state`` and ``assessment`` hold columns of those models, without those that
    the file lacks. ``crime_types`` are keys (below 0: not on record yet), None where the file does not speak of any.
    """

    line: int
    reference: str
    threat: Mapping[str, Any]
    crime_types: frozenset[int] | None
    start: date
    state: Mapping[str, Any]
    assessed_on: date | None
    assessment: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A threat, state or assessment to add (without a key yet) or to change: what was and what will be, by column."""

    record: Dated
    values: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Plan:
    """What one row adds or changes; what stays as it is, is None. ``closes`` is the state that a new one ends."""

    row: ThreatRow
    threat: Threat
    own: Part | None
    crime_types: tuple[frozenset[int], frozenset[int]] | None
    state: Part | None
    closes: ThreatState | None
    assessment: Part | None

    @property
    def parts(self) -> list[Part]:
        return [part for part in (self.own, self.state, self.assessment) if part]

    @property
    def verdict(self) -> str:
        """ "added" or "changed"; nothing where the record says what the row says."""
        if self.threat.pk is None:
            return "added"
        return "changed" if self.parts or self.crime_types else ""

    @property
    def moved(self) -> Iterator[str]:
        """The columns that say which threat it is, and in which the row says otherwise than the record."""
        for part in self.parts:
            columns = columns_of(type(part.record))
            for name, (before, _) in part.values.items():
                if before not in (None, "") and columns[name].name in IDENTIFYING:
                    yield columns[name].name


def chunks(terms: Terms, *, with_verdict: str = "") -> Iterator[list[ThreatRow]]:
    """All rows in the order of the file, or those whose verdict is one of some, such as "'added', 'changed'"."""
    columns = {column.staged: column for column in THREAT_COLUMNS}
    of = {
        model: {name: each.name for name, each in columns_of(model).items() if each.name in terms.headings}
        for model in (Threat, ThreatState, MorileAssessment)
    }
    judged = f"JOIN {VERDICTS.name} v ON v.line = s.line AND v.verdict IN ({with_verdict})" if with_verdict else ""
    sql = (
        f"SELECT s.line, {', '.join(f's.{name}' for name in columns)} FROM {ROWS} s {judged}"
        f" WHERE s.line > %s ORDER BY s.line LIMIT {AT_A_TIME:d}"
    )
    last = 0
    while staged := rows(sql, [last]):
        chunk = []
        for line, *cells in staged:
            values = {each.name: typed(each, cell) for each, cell in zip(columns.values(), cells, strict=True)}
            own, state, scores = ({name: values[key] for name, key in keys.items()} for keys in of.values())
            chunk.append(
                ThreatRow(
                    line=line,
                    reference=values["reference"],
                    threat=own,
                    crime_types=values["crime_types"] if "crime_types" in terms.headings else None,
                    start=values["valid_from"] or terms.as_at,
                    state=state,
                    assessed_on=values["assessed_on"],
                    assessment=scores if values["assessed_on"] else {},
                )
            )
        yield chunk
        last = staged[-1][0]


def typed(column: Described, cell: Any) -> Any:
    """A value of the temporary table as Python has it."""
    if cell is None:
        return None
    match column.kind:
        case Kind.DAY:
            return date.fromisoformat(str(cell))
        case Kind.SCORE:
            return Decimal(cell)
        case Kind.FLAG:
            return bool(cell)
        case Kind.CRIME_TYPES:
            return frozenset(int(key) for key in cell.split(",") if key)
    return cell


class Stored:
    """Threats with their states (oldest first), assessments and crime types, in five queries however many."""

    def __init__(self, rows: Sequence[ThreatRow]) -> None:
        references = [key_of(row.reference) for row in rows]
        threats = Threat.objects.select_related("extract", "area").filter(reference_key__in=references)
        self.threats = {threat.reference_key: threat for threat in threats}
        keys = [threat.pk for threat in self.threats.values()]
        self.states: dict[int, list[ThreatState]] = defaultdict(list)
        for state in ThreatState.objects.select_related("extract").filter(threat__in=keys).order_by("valid_from"):
            self.states[state.threat_id].append(state)
        assessments = MorileAssessment.objects.select_related("extract").filter(threat__in=keys)
        self.assessments = {(each.threat_id, each.assessed_on): each for each in assessments}
        self.crime_types: dict[int, set[int]] = defaultdict(set)
        links = Threat.crime_types.through.objects.filter(threat__in=keys).values_list("threat_id", "crimetype_id")
        for threat, crime_type in links:
            self.crime_types[threat].add(crime_type)


def days_known(records: Iterable[Dated]) -> dict[tuple[type[Any], int], date]:
    """The day as at which each of some rows is known, by model and key: that of its extract or, when somebody has
    edited it since, the day on which they did.
    """
    by_model: dict[type[Any], list[Any]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    days = {}
    for model, of_model in by_model.items():
        history = model.history.filter(id__in=[record.pk for record in of_model])
        written = dict(history.values_list("id").annotate(Max("history_date")))
        for record in of_model:
            last, extract = written.get(record.pk), record.extract
            is_edited = extract is None or (last and last > extract.loaded_at)
            days[model, record.pk] = localdate(last) if is_edited else extract.as_at
    return days


def plan_of(row: ThreatRow, stored: Stored, terms: Terms) -> Plan:
    """What a row of the file changes, worked out from the row and from what is on record."""
    known = stored.threats.get(key_of(row.reference))
    threat = known or Threat(reference=row.reference, kind_of_data=terms.kind, first_type=row.state["type"])
    # An area that the file does not speak of is left behind when the threat passes to another body.
    left = threat.area is not None and threat.area.organisation_id != row.threat["organisation_id"]
    own = part_of(threat, {**({"area_id": None} if left else {}), **row.threat})
    linked = frozenset(stored.crime_types[known.pk] if known else ())
    crime_types = None if row.crime_types in (None, linked) else (linked, row.crime_types or frozenset())
    if crime_types and not own:  # other crime types are a change of the threat, which leaves its trace
        own = Part(threat, {})
    state, closes = state_of(row, threat, stored.states[known.pk] if known else [])
    assessment = None
    if row.assessed_on:
        before = stored.assessments.get((threat.pk, row.assessed_on)) if threat.pk else None
        assessment = part_of(before or MorileAssessment(threat=threat, assessed_on=row.assessed_on), row.assessment)
    return Plan(row, threat, own, crime_types, state, closes, assessment)


def state_of(row: ThreatRow, threat: Threat, states: Sequence[ThreatState]) -> tuple[Part | None, ThreatState | None]:
    """A state as from the day of the row, unless the one in force on that day says the same; and the one that it ends.

    States may come in any order: one of an earlier day lasts until the next one that is on record.
    """
    columns = columns_of(ThreatState)
    before = next((state for state in reversed(states) if state.valid_from <= row.start), None)
    after = next((state for state in states if state.valid_from > row.start), None)
    if before:
        wanted = {column: getattr(before, column) for column in columns}
    else:
        fields = {column: each.field for column, each in columns.items()}
        optional = {column for column, field in fields.items() if field.null or field.blank or field.has_default()}
        wanted = {column: fields[column].get_default() for column in optional}
    wanted |= row.state
    if len(wanted) < len(columns):  # a state cannot do without the rest
        return None, None
    if before and before.valid_from == row.start:
        return part_of(before, wanted), None
    values = {column: (getattr(before, column, None), value) for column, value in wanted.items()}
    differing = {column: pair for column, pair in values.items() if pair[0] != pair[1]}
    if before and not differing:
        return None, None
    new = ThreatState(threat=threat, valid_from=row.start, valid_to=after.valid_from if after else None, **wanted)
    return Part(new, differing), before


def part_of(record: Dated, wanted: Mapping[str, Any]) -> Part | None:
    """The values that the record does not have yet; for a new record all of them, be there none."""
    pairs = {column: (getattr(record, column), value) for column, value in wanted.items()}
    differing = {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
    return Part(record, differing) if differing or record.pk is None else None


def plans(chunk: list[ThreatRow], terms: Terms) -> Iterator[tuple[Plan, str]]:
    """What each row changes, and what forbids it: nothing, or what was expected instead.

    What the record knows as at a later day stays. A row that would change a state or an assessment of
    that kind is refused; of a threat's name, owner and the like, an older extract has nothing to say.
    """
    stored = Stored(chunk)
    planned = [plan_of(row, stored, terms) for row in chunk]
    records = (record for plan in planned for record in (plan.threat, *(part.record for part in plan.parts)))
    known = days_known(record for record in records if record.pk)
    for plan in planned:
        threat, obstacle = plan.threat, ""
        if threat.organisation_id and not (threat.pk is None or terms.sight.sees(threat.organisation_id)):
            yield plan, TAKEN
            continue
        if threat.pk and threat.kind_of_data != terms.kind:
            yield plan, f"a reference of its own: on record, this one is {threat.kind_of_data}"
            continue
        for part in (plan.state, plan.assessment):
            day = known.get((type(part.record), part.record.pk)) if part else None
            if not obstacle and part and day and terms.as_at < day:
                name = part.record._meta.verbose_name
                obstacle = f"a row that may change: its {name} is on record as at {in_words(day)}"
        is_owned = threat.pk and threat.organisation_id  # else some disruption named it, and no more is known
        if is_owned and (plan.own or plan.crime_types) and terms.as_at < known[Threat, threat.pk]:
            yield replace(plan, own=None, crime_types=None), obstacle
        else:
            yield plan, obstacle


def compare(terms: Terms) -> Numbers:
    """Refuse what may not go in, and keep which of the other rows are new or differ."""
    refuse_repeated(ROWS, terms)
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    moved: Counter[str] = Counter()
    for chunk in chunks(terms):
        refusals, verdicts = [], []
        for plan, expected in plans(chunk, terms):
            line, reference = plan.row.line, plan.row.reference
            if expected:
                refusals.append(Refusal(line, reference, terms.headings["reference"], reference, expected))
            elif plan.verdict:
                verdicts.append((line, plan.verdict))
                moved.update(plan.moved)
        refuse(refusals)
        if verdicts:
            VERDICTS.add(dict(zip(VERDICTS.columns, zip(*verdicts, strict=True), strict=True)))
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    good = value(f"SELECT COUNT(*) FROM {ROWS}")
    counts = dict(rows(f"SELECT verdict, COUNT(*) FROM {VERDICTS.name} GROUP BY verdict"))
    added, changed = counts.get("added", 0), counts.get("changed", 0)
    named = rows(f"SELECT DISTINCT crime_types FROM {ROWS}") if terms.crime_types else []
    keys = {int(key) for (keys,) in named for key in (keys or "").split(",") if key}
    crime_types = tuple(number for number in terms.crime_types if number in keys)
    unchanged = good - added - changed
    return Numbers(added=added, changed=changed, unchanged=unchanged, crime_types=crime_types, moved=moved)


MISSING = f"""FROM {THREAT} t
    LEFT JOIN {ROWS} s ON s.reference_key = t.reference_key
    LEFT JOIN {FAULTS.name} f ON f.reference_key = t.reference_key
    WHERE s.line IS NULL AND f.line IS NULL AND t.kind_of_data = %s
    AND t.organisation_id IN (SELECT organisation_id FROM {ROWS})
    AND EXISTS (SELECT 1 FROM {STATE} st WHERE st.threat_id = t.id AND LOWER(st.phase) NOT LIKE %s
        AND st.valid_from <= %s AND (st.valid_to IS NULL OR st.valid_to > %s))"""
"""Threats on record that one would look for in the file: of a body that owns some of the file's,
with a state on the as-at day whose phase was not closed.
"""


def missing(terms: Terms, first: int) -> tuple[int, list[str]]:
    """How many threats the file lacks, and the references of the first of them. None is ever removed for that."""
    params = [terms.kind.value, f"%{CLOSED_PHASE}%", terms.day, terms.day]
    count = value(f"SELECT COUNT(*) {MISSING}", params)
    references = rows(f"SELECT t.reference {MISSING} ORDER BY t.reference LIMIT {first:d}", params) if count else []
    return count, [reference for (reference,) in references]


def overtaken(since: datetime) -> bool:
    """Whether somebody has written, since then, a threat of the file, a state or an assessment of one."""
    moment = connection.ops.adapt_datetimefield_value(since)
    for model in (Threat, ThreatState, MorileAssessment):
        history, threat = model.history.model._meta.db_table, "id" if model is Threat else "threat_id"
        sql = f"""SELECT 1 FROM {history} h JOIN {THREAT} t ON t.id = h.{threat}
            JOIN {ROWS} s ON s.reference_key = t.reference_key WHERE h.history_date > %s LIMIT 1"""
        if rows(sql, [moment]):
            return True
    return False
