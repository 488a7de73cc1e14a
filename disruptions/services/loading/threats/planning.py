"""What a row of a file of threats changes: worked out from the row and from what is on record, without writing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disruptions.models import MorileAssessment, Threat, ThreatState
from disruptions.services.loading.terms import Terms
from disruptions.services.loading.threats.rows import STATE, ThreatRow
from disruptions.services.loading.threats.stored import Dated, Stored

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
    wanted = {column: getattr(before, column) for column in STATE} if before else dict(DEFAULTS)
    wanted |= row.state
    if len(wanted) < len(STATE):
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
