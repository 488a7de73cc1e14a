"""The 52 bodies that record disruptions, how much each records, and its mix of the 4Ps."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference" / "organisations.json"
# How much a regional unit records: about as much as a force of 1,400 officers.
UNIT_WEIGHT = 1.4
FOUR_P = ("Pursue", "Prevent", "Protect", "Prepare")
FOUR_P_SHARES = (0.75, 0.10, 0.09, 0.06)
# How alike the bodies' mixes are: as if each came from this many disruptions.
FOUR_P_LIKENESS = 60


@dataclass(frozen=True)
class Body:
    """``weight`` is its share of all threats, in no unit; ``support_by`` the place of its region's unit in the list."""

    name: str
    weight: float
    support_by: int | None


def bodies() -> list[Body]:
    """Every force with residents, weighed by its officers, then every regional unit.

    A region's unit supports its forces and itself; London has none.
    """
    known = json.loads(REFERENCE.read_text())
    recording = [one for one in known if one["kind"] == "force" and one.get("population")]
    recording += [one for one in known if one["kind"] == "rocu"]
    units = {one["region"]: place for place, one in enumerate(recording) if one["kind"] == "rocu"}
    return [Body(one["name"], _weight(one), units.get(one["region"])) for one in recording]


def _weight(organisation: Mapping[str, Any]) -> float:
    return organisation["officers"] / 1000 if organisation["kind"] == "force" else UNIT_WEIGHT


def four_p_of(number: int, random: Random, steps: int) -> list[list[str]]:
    """For each of ``number`` bodies, ``steps`` words of which any is as likely as another."""
    return [_mix(random, steps) for _ in range(number)]


def _mix(random: Random, steps: int) -> list[str]:
    drawn = [random.gammavariate(share * FOUR_P_LIKENESS, 1) for share in FOUR_P_SHARES]
    return spread(dict(zip(FOUR_P, drawn, strict=True)), steps)


def spread(weights: Mapping[str, float], steps: int) -> list[str]:
    """``steps`` words in proportion to their weights, so that a random place in the list draws one."""
    whole, reached, words = sum(weights.values()), 0.0, []
    for word, weight in weights.items():
        reached += weight
        words += [word] * (round(steps * reached / whole) - len(words))
    return words
