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


# Actions of very many made-up plans: most written for their own threat, some taken from what everybody uses.


ACTIONS_OF_A_PLAN = 10
BOILERPLATE = 0.2
"""The share of actions that are boilerplate: the actions of the labelled set, in other places and other words."""
SYLLABLES = ("ba", "ren", "tol", "mi", "sha", "cor", "wen", "ly", "dra", "pe", "sto", "fin", "gar", "hu", "lis", "vo")
OPENINGS = tuple(parts[0].split(" ", 1)[0] for parts in ACTIONS)
PHRASES = tuple(part for parts in ACTIONS for part in parts[1:])


def actions(plans: int, seed: int = 4) -> Iterator[list[str]]:
    """The actions of each plan: the same ones each time."""
    random = Random(seed)  # noqa: S311 - repeatable is what is wanted
    vocabulary = ["".join(random.choices(SYLLABLES, k=3)) for _ in range(4_000)]
    for _ in range(plans):
        yield [_action(random, vocabulary) for _ in range(ACTIONS_OF_A_PLAN)]


def _action(random: Random, vocabulary: list[str]) -> str:
    place, body = random.choice(PLACES), random.choice(BODIES)
    if random.random() < BOILERPLATE:
        copied = filled(random.choice(ACTIONS), place, body)
        return paraphrased(copied, random) if random.random() < 0.5 else copied
    own = (random.choice(OPENINGS), "the", *_some(vocabulary, random, 3), *random.sample(PHRASES, random.randint(1, 2)))
    ending = ("and tell the", *_some(vocabulary, random, random.randint(1, 4)))
    text = filled((*own, *ending), place, body)
    return f"{random.choice(TACTICS)}: {text}" if random.random() < 0.2 else capital(text)


def _some(vocabulary: list[str], random: Random, number: int) -> list[str]:
    """Words of which some are much more frequent than others, as in any language."""
    return [vocabulary[int(len(vocabulary) * random.random() ** 2)] for _ in range(number)]
