"""Pairs of actions, each labelled with how the second came about: written by hand in core.csv, and made from words."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from bench.likeness.words import ACTIONS, ADDITIONS, BODIES, PLACES, SWAPS, TACTICS, TASKS

CORE = Path(__file__).with_name("core.csv")
COPIED = ("verbatim", "reordered", "place_swapped", "light_paraphrase")
"""The kinds that count as nearly word for word."""
HONEST = ("coincidence", "menu", "different")
"""The same short task in words of one's own; nothing in common but the menu; another task."""


@dataclass(frozen=True)
class Pair:
    kind: str
    first: str
    second: str

    @property
    def is_copied(self) -> bool:
        return self.kind in COPIED


def labelled(seed: int = 4) -> list[Pair]:
    """All pairs: the same ones each time."""
    return [*core(), *made(Random(seed))]  # noqa: S311


def core() -> list[Pair]:
    with CORE.open(newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file)]


def made(random: Random) -> Iterator[Pair]:
    """For each action one copy of each kind, one that shares its tactic alone, and one that shares nothing."""
    for number, parts in enumerate(ACTIONS):
        (here, there), (we, they) = random.sample(PLACES, 2), random.sample(BODIES, 2)
        tactic, other = random.choice(TACTICS), random.choice([other for other in ACTIONS if other is not parts])
        first, another = filled(parts, here, we), filled(other, here, we)
        yield Pair("verbatim", first, first.upper() if number % 2 else f"{first}.")
        yield Pair("reordered", first, filled((*parts[1:], parts[0]), here, we))
        if "{" in " ".join(parts):
            yield Pair("place_swapped", first, filled(parts, there, they))
        yield Pair("light_paraphrase", first, paraphrased(first, random))
        yield Pair("menu", f"{tactic}: {first}", f"{tactic}: {another}")
        yield Pair("different", first, another)
    for same in TASKS:
        yield from (Pair("coincidence", *two) for two in combinations(same, 2))


def filled(parts: Sequence[str], place: str, body: str) -> str:
    """The parts as one text about a place and a body, with a capital letter in front."""
    return capital(" ".join(parts).format(place=place, body=body))


def paraphrased(text: str, random: Random) -> str:
    """Up to two words put differently; where none can be, and in every other text, something added."""
    told = text[0].lower() + text[1:]
    fitting = [swap for swap in SWAPS if f"{swap[0]} " in told]
    for before, after in random.sample(fitting, min(2, len(fitting))):
        told = told.replace(f"{before} ", f"{after} ", 1)
    if not fitting or random.random() < 0.5:
        told = random.choice(ADDITIONS).format(text=told)
    return capital(told)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]
