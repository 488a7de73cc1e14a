"""A lost race, told so that its loser can decide again: what they opened, what they entered, what is stored now."""

from dataclasses import dataclass
from typing import Any

from soc_tracker.lib.history import Change, changes_of
from soc_tracker.lib.records import StaleRecordError
from soc_tracker.lib.states import State, moved, state_of, state_of_values, states_of_rows, told_fields
from soc_tracker.lib.wording import Wording

LEFT_ALONE = "left as it was"


@dataclass(frozen=True)
class ConflictRow:
    """One field on which the versions part, in words."""

    field: str
    opened: str
    stored: str
    entered: str


@dataclass(frozen=True)
class Conflict:
    """``changes`` are those made since the form was opened, ``untouched`` the fields that its user left alone."""

    title: str
    rows: tuple[ConflictRow, ...]
    changes: tuple[Change, ...]
    untouched: tuple[str, ...]


def conflict_of(stale: StaleRecordError) -> Conflict:
    """Both versions of a record whose change was refused."""
    model = type(stale.current)
    stored = state_of(stale.current)
    opened = _opened(stale) or stored
    entered = {**opened, **state_of_values(stale.attempted)}
    touched, changed = moved(opened, entered), moved(opened, stored)
    names = [field.name for field in told_fields(model) if field.name in touched or field.name in changed]
    wording = Wording(model, (opened, entered, stored), names)
    rows = (
        ConflictRow(
            field=wording.label(name),
            opened=wording.value(name, opened),
            stored=wording.value(name, stored),
            entered=wording.value(name, entered) if name in touched else LEFT_ALONE,
        )
        for name in names
    )
    return Conflict(
        title=str(stale.current),
        rows=tuple(rows),
        changes=tuple(changes_of(stale.current, since_version=stale.expected_version)),
        untouched=tuple(name for name in stale.attempted if name not in touched),
    )


def _opened(stale: StaleRecordError) -> State | None:
    model: Any = type(stale.current)
    rows = model.history.filter(id=stale.current.pk, version=stale.expected_version).order_by("-history_id")[:1]
    return next(iter(states_of_rows(rows).values()), None)
