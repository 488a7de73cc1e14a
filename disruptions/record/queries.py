"""What the page of one disruption reads: what the record says and said of it, when, and by whom it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse_lazy

from disruptions.choices import DataKind
from disruptions.record.models import Disruption
from disruptions.words import models as words_models
from soc_tracker.core.access.models import Sight
from soc_tracker.core.lists.lookups import Finder, by_reference
from soc_tracker.core.records.history import Change, Difference, changes_of, differences
from soc_tracker.core.records.states import Wording, changed_names, state_of
from soc_tracker.core.text.days import Days


@dataclass(frozen=True)
class Spell:
    """What the record said of a disruption for some days; ``changed`` is what the state before it said otherwise."""

    row: Disruption
    changed: tuple[Difference, ...]

    @property
    def last(self) -> date | None:
        """The last day on which the record said so; None: it still does."""
        return self.row.known_to - timedelta(days=1) if self.row.known_to else None


LINKS = ("organisation", "supported", "threat", "crime_type", "extract")


@dataclass(frozen=True)
class DisruptionFacts:
    """``spells`` are all its states, the latest first; ``of_day`` is that of the day, None where there was none."""

    spells: list[Spell]
    of_day: Spell | None
    changes: list[Change]


def of_disruption(disruption: Disruption, day: date, sight: Sight) -> DisruptionFacts:
    """Everything in sight about the row as it is now and what it was; a number of queries that does not grow with
    states.
    """
    earlier = (
        Disruption.objects.seen_by(sight)
        .filter(state_of=disruption)
        .select_related(*LINKS)
        .order_by("-known_from", "-pk")
    )
    rows = [disruption, *earlier]
    states = [state_of(row) for row in rows]
    pairs = [*zip(states[1:], states, strict=False), (None, states[-1])]
    names = {name for before, state in pairs if before for name in changed_names(before, state)}
    wording = Wording(Disruption, states, names, sight)
    spells = [
        Spell(row, tuple(differences(before, state, wording)) if before else ())
        for row, (before, state) in zip(rows, pairs, strict=True)
    ]
    there = (spell for spell in spells if day in Days(spell.row.known_from, spell.last))
    return DisruptionFacts(spells, next(there, None), changes_of(disruption, sight=sight))


# How threats and disruptions are found by what people type into a form.


def labelled(*parts: Callable[[Any], Any]) -> Callable[[Any], str]:
    """What tells a record from others: some of its parts, and that it is made up."""

    def label(record: Any) -> str:
        made_up = ["illustrative"] if record.kind_of_data == DataKind.ILLUSTRATIVE else []
        return ", ".join([str(part(record)) for part in parts if part(record)] + made_up)

    return label


THREATS = Finder(
    one="threat",
    several="threats",
    hint="Its reference, such as OCG-0000001, or words of its name.",
    exact=by_reference,
    text=lambda threat: threat.reference,
    label=labelled(str, lambda threat: threat.organisation),
    url=reverse_lazy("disruptions:lookup", args=["threats"]),
)
DISRUPTIONS = Finder(
    one="disruption",
    several="disruptions",
    hint="Its reference, such as DIS-2023-0000001, or words of its summary.",
    exact=by_reference,
    words=words_models.matching,
    text=lambda disruption: disruption.reference,
    label=labelled(str, lambda row: row.get_four_p_display(), lambda row: row.organisation, lambda row: row.summary),
    url=reverse_lazy("disruptions:lookup", args=["disruptions"]),
)
