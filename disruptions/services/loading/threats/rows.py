"""The rows of a file of threats, read back from their temporary table some at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from disruptions.services.loading.databases import rows
from disruptions.services.loading.scratch import SCORES, THREATS, VERDICTS
from disruptions.services.loading.terms import Terms

AT_A_TIME = 2_000
THREAT = ("name", "organisation", "area", "lead_responsible_officer")
STATE = ("type", "tier", "phase", "assessment_type", "moderation", "is_soc")
ASSESSMENT = (*SCORES, "assessor", "moderated_on")
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
        threat=_given(typed, THREAT, terms),
        crime_types=typed["crime_types"] if "crime_types" in terms.headings else None,
        start=typed["state_from"] or terms.as_at,
        state=_given(typed, STATE, terms),
        assessed_on=assessed_on,
        assessment=_given(typed, ASSESSMENT, terms) if assessed_on else {},
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
