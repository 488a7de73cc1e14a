"""What the page of one disruption reads: what the record says and said of it, when, and by whom it was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disruptions.models import Disruption
from soc_tracker.lib.history import Change, Difference, changes_of, differences
from soc_tracker.lib.states import moved, state_of
from soc_tracker.lib.wording import Wording


@dataclass(frozen=True)
class Spell:
    """What the record said of a disruption for some days; ``changed`` is what the state before it said otherwise."""

    row: Disruption
    changed: tuple[Difference, ...]

    @property
    def first(self) -> date:
        return self.row.known_from

    @property
    def after(self) -> date | None:
        """The first day on which the record no longer said so; None: it still does."""
        return self.row.known_to

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.after is None or day < self.after)


@dataclass(frozen=True)
class DisruptionFacts:
    """``spells`` are all its states, the latest first; ``shown`` is that of the day, None where there was none."""

    spells: list[Spell]
    shown: Spell | None
    changes: list[Change]


def of_disruption(disruption: Disruption, day: date) -> DisruptionFacts:
    """Everything about the row as it is now and what it was; a number of queries that does not grow with states."""
    earlier = disruption.earlier_states.select_related(*LINKS).order_by("-known_from", "-pk")
    spells = _spells([disruption, *earlier])
    shown = next((spell for spell in spells if spell.holds(day)), None)
    return DisruptionFacts(spells, shown, changes_of(disruption))


LINKS = ("organisation", "supported", "threat", "crime_type", "extract")


def _spells(rows: Sequence[Disruption]) -> list[Spell]:
    states = [state_of(row) for row in rows]
    pairs = [*zip(states[1:], states, strict=False), (None, states[-1])]
    wording = Wording(Disruption, states, {name for before, state in pairs if before for name in moved(before, state)})
    return [
        Spell(row, tuple(differences(before, state, wording)) if before else ())
        for row, (before, state) in zip(rows, pairs, strict=True)
    ]
