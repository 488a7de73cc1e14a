"""The rows of a file of threats, read back from their temporary table some at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from disruptions.choices import CLOSED_PHASE
from disruptions.loading.staging.queries import (
    FAULTS,
    SCORES,
    STATE,
    THREAT,
    THREATS,
    VERDICTS,
    Found,
    Terms,
    refuse,
    refuse_repeated,
    rows,
    run,
    value,
)
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.text.days import Precision, in_words

AT_A_TIME = 2_000
THREAT_VALUES = ("name", "organisation", "area", "lead_responsible_officer")
STATE_VALUES = ("type", "tier", "phase", "assessment_type", "moderation", "is_soc")
ASSESSMENT_VALUES = (*SCORES, "assessor", "moderated_on")
COLUMNS = {"organisation": "organisation_id", "area": "area_id"}
"""The column of a key, where it has not the same name."""


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


def chunks(terms: Terms, *, with_verdict: str = "") -> Iterator[list[ThreatRow]]:
    """All rows in the order of the file, or those whose verdict is one of some, such as "'added', 'changed'"."""
    names = list(THREATS.columns)
    judged = f"JOIN {VERDICTS.name} v ON v.line = s.line AND v.verdict IN ({with_verdict})" if with_verdict else ""
    sql = (
        f"SELECT {', '.join(f's.{name}' for name in names)} FROM {THREATS.name} s {judged}"
        f" WHERE s.line > %s ORDER BY s.line LIMIT {AT_A_TIME:d}"
    )
    last = 0
    while found := rows(sql, [last]):
        chunk = [_row(dict(zip(names, values, strict=True)), terms) for values in found]
        yield chunk
        last = chunk[-1].line


def _row(values: dict[str, Any], terms: Terms) -> ThreatRow:
    typed = {name: _typed(name, value) for name, value in values.items()}
    assessed_on = typed["assessed_on"]
    return ThreatRow(
        line=typed["line"],
        reference=typed["reference"],
        threat=_given(typed, THREAT_VALUES, terms),
        crime_types=typed["crime_types"] if "crime_types" in terms.headings else None,
        start=typed["state_from"] or terms.as_at,
        state=_given(typed, STATE_VALUES, terms),
        assessed_on=assessed_on,
        assessment=_given(typed, ASSESSMENT_VALUES, terms) if assessed_on else {},
    )


def _given(typed: Mapping[str, Any], keys: tuple[str, ...], terms: Terms) -> dict[str, Any]:
    return {COLUMNS.get(key, key): typed[COLUMNS.get(key, key)] for key in keys if key in terms.headings}


_TYPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("state_from", "assessed_on", "moderated_on"), lambda day: date.fromisoformat(str(day))),
    **dict.fromkeys(SCORES, Decimal),
    "is_soc": bool,
    "crime_types": lambda keys: frozenset(int(key) for key in keys.split(",") if key),
}


def _typed(name: str, value: Any) -> Any:
    return value if value is None or name not in _TYPES else _TYPES[name](value)


# What the record holds of the threats that some rows name.


Dated = Threat | ThreatState | MorileAssessment


class Stored:
    """Threats with their states (oldest first), assessments and crime types, in five queries however many."""

    def __init__(self, rows: Sequence[ThreatRow]) -> None:
        references = [row.reference for row in rows]
        threats = Threat.objects.select_related("extract", "area").filter(reference__in=references)
        self.threats = {threat.reference: threat for threat in threats}
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


class Knowledge:
    """The day as at which each of some rows is known: that of its extract or, when somebody has edited it since, the
    day on which they did."""

    def __init__(self, records: Iterable[Dated]) -> None:
        by_model: dict[type[Any], list[int]] = defaultdict(list)
        for record in records:
            by_model[type(record)].append(record.pk)
        self._written = {
            (model, key): when
            for model, keys in by_model.items()
            for key, when in model.history.filter(id__in=keys).values_list("id").annotate(Max("history_date"))
        }

    def of(self, record: Dated) -> date:
        written = self._written.get((type(record), record.pk))
        extract = record.extract
        if extract is None or (written and written > extract.loaded_at):
            return localdate(written)
        return extract.as_at


# What a row of a file of threats changes: worked out from the row and from what is on record, without writing.


DEFAULTS: Mapping[str, Any] = {"tier": None, "phase": "", "is_soc": True}
"""Of a state. It cannot do without the others: where neither the file nor the state before has them, there is none."""


@dataclass(frozen=True)
class Part:
    """A threat, state or assessment to add (without a key yet) or to change: what was and what will be, by column."""

    record: Dated
    values: Mapping[str, tuple[Any, Any]]

    @property
    def is_new(self) -> bool:
        return self.record.pk is None


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


def plan_of(row: ThreatRow, stored: Stored, terms: Terms) -> Plan:
    known = stored.threats.get(row.reference)
    threat = known or Threat(reference=row.reference, kind_of_data=terms.kind, first_type=row.state["type"])
    state, closes = _state(row, threat, stored.states[known.pk] if known else [])
    crime_types = _links(row, stored.crime_types[known.pk] if known else ())
    # Other crime types are a change of the threat, which leaves its trace, whatever else stays as it is.
    own = _part(threat, _own_values(row, threat)) or (Part(threat, {}) if crime_types else None)
    return Plan(
        row=row,
        threat=threat,
        own=own,
        crime_types=crime_types,
        state=state,
        closes=closes,
        assessment=_assessment(row, threat, stored),
    )


def _own_values(row: ThreatRow, threat: Threat) -> dict[str, Any]:
    """An area that the file does not speak of is left behind when the threat passes to another body."""
    owner = row.threat["organisation_id"]
    moved = threat.area is not None and threat.area.organisation_id != owner
    return ({"area_id": None} if moved else {}) | dict(row.threat)


def _links(row: ThreatRow, stored: Iterable[int]) -> tuple[frozenset[int], frozenset[int]] | None:
    before = frozenset(stored)
    return None if row.crime_types is None or row.crime_types == before else (before, row.crime_types)


def _state(row: ThreatRow, threat: Threat, states: Sequence[ThreatState]) -> tuple[Part | None, ThreatState | None]:
    """A state as from the day of the row, unless the one in force on that day says the same.

    States may come in any order: one of an earlier day lasts until the next one that is on record.
    """
    before = next((state for state in reversed(states) if state.valid_from <= row.start), None)
    after = next((state for state in states if state.valid_from > row.start), None)
    wanted = {column: getattr(before, column) for column in STATE_VALUES} if before else dict(DEFAULTS)
    wanted |= row.state
    if len(wanted) < len(STATE_VALUES):
        return None, None
    if before and before.valid_from == row.start:
        return _part(before, wanted), None
    values = {column: (getattr(before, column, None), value) for column, value in wanted.items()}
    moved = {column: pair for column, pair in values.items() if pair[0] != pair[1]}
    if before and not moved:
        return None, None
    new = ThreatState(threat=threat, valid_from=row.start, valid_to=after.valid_from if after else None, **wanted)
    return Part(new, moved), before


def _assessment(row: ThreatRow, threat: Threat, stored: Stored) -> Part | None:
    if row.assessed_on is None:
        return None
    known = stored.assessments.get((threat.pk, row.assessed_on)) if threat.pk else None
    return _part(known or MorileAssessment(threat=threat, assessed_on=row.assessed_on), row.assessment)


def _part(record: Dated, wanted: Mapping[str, Any]) -> Part | None:
    """The values that the record does not have yet; for a new record all of them, be there none."""
    moved = {
        column: (getattr(record, column), value) for column, value in wanted.items() if getattr(record, column) != value
    }
    return Part(record, moved) if moved or record.pk is None else None


# What a file of threats says, held against itself and against the record.


ROWS = THREATS.name


def compare(terms: Terms) -> Found:
    """Refuse what may not go in, and keep which of the other rows are new or differ."""
    refuse_repeated(ROWS, terms)
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    for chunk in chunks(terms):
        _judge(chunk, terms)
    run(f"DELETE FROM {ROWS} WHERE line IN (SELECT line FROM {FAULTS.name})")
    good = value(f"SELECT COUNT(*) FROM {ROWS}")
    counts = dict(rows(f"SELECT verdict, COUNT(*) FROM {VERDICTS.name} GROUP BY verdict"))
    added, changed = counts.get("added", 0), counts.get("changed", 0)
    return Found(added=added, changed=changed, unchanged=good - added - changed, crime_types=_new_crime_types(terms))


def _new_crime_types(terms: Terms) -> tuple[int, ...]:
    if not terms.crime_types:
        return ()
    found = rows(f"SELECT DISTINCT crime_types FROM {ROWS}")
    named = {int(key) for (keys,) in found for key in (keys or "").split(",") if key}
    return tuple(number for number in terms.crime_types if number in named)


def plans(chunk: list[ThreatRow], terms: Terms) -> Iterator[tuple[Plan, str]]:
    """What each row changes, and what forbids it: nothing, or what was expected instead.

    What the record knows as at a later day stays. A row that would change a state or an assessment of
    that kind is refused; of a threat's name, owner and the like, an older extract has nothing to say.
    """
    stored = Stored(chunk)
    planned = [plan_of(row, stored, terms) for row in chunk]
    knowledge = Knowledge(
        record for plan in planned for record in (plan.threat, *(part.record for part in plan.parts)) if record.pk
    )
    for plan in planned:
        if plan.threat.pk and plan.threat.kind_of_data != terms.kind:
            yield plan, f"a reference of its own: on record, this one is {plan.threat.kind_of_data}"
            continue
        yield _without_older(plan, knowledge, terms), _obstacle(plan, knowledge, terms)


def _judge(chunk: list[ThreatRow], terms: Terms) -> None:
    refusals, verdicts = [], []
    for plan, expected in plans(chunk, terms):
        if expected:
            reference = plan.row.reference
            refusals.append(Refusal(plan.row.line, reference, terms.headings["reference"], reference, expected))
        elif plan.verdict:
            verdicts.append((plan.row.line, plan.verdict))
    refuse(refusals)
    if verdicts:
        VERDICTS.add(dict(zip(VERDICTS.columns, zip(*verdicts, strict=True), strict=True)))


def _without_older(plan: Plan, knowledge: Knowledge, terms: Terms) -> Plan:
    is_told = plan.threat.pk and plan.threat.organisation_id  # else some disruption named it, and no more is known
    if is_told and (plan.own or plan.crime_types) and terms.as_at < knowledge.of(plan.threat):
        return replace(plan, own=None, crime_types=None)
    return plan


def _obstacle(plan: Plan, knowledge: Knowledge, terms: Terms) -> str:
    for part in (plan.state, plan.assessment):
        if part and not part.is_new and terms.as_at < knowledge.of(part.record):
            day = in_words(knowledge.of(part.record), Precision.DAY)
            return f"a row that may change: its {part.record._meta.verbose_name} is on record as at {day}"
    return ""


MISSING = f"""FROM {THREAT} t
    LEFT JOIN {ROWS} s ON s.reference = t.reference
    LEFT JOIN {FAULTS.name} f ON f.reference = t.reference
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
    found = rows(f"SELECT t.reference {MISSING} ORDER BY t.reference LIMIT {first:d}", params) if count else []
    return count, [reference for (reference,) in found]
