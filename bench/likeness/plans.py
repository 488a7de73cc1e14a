"""Actions of very many made-up plans: most written for their own threat, some taken from what everybody uses."""

from collections.abc import Iterator
from random import Random

from bench.likeness.labelled import capital, filled, paraphrased
from bench.likeness.words import ACTIONS, BODIES, PLACES, TACTICS

ACTIONS_OF_A_PLAN = 10
COPIED = 0.2
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
    if random.random() < COPIED:
        copied = filled(random.choice(ACTIONS), place, body)
        return paraphrased(copied, random) if random.random() < 0.5 else copied
    own = (random.choice(OPENINGS), "the", *_some(vocabulary, random, 3), *random.sample(PHRASES, random.randint(1, 2)))
    ending = ("and tell the", *_some(vocabulary, random, random.randint(1, 4)))
    text = filled((*own, *ending), place, body)
    return f"{random.choice(TACTICS)}: {text}" if random.random() < 0.2 else capital(text)


def _some(vocabulary: list[str], random: Random, number: int) -> list[str]:
    """Words of which some are much more frequent than others, as in any language."""
    return [vocabulary[int(len(vocabulary) * random.random() ** 2)] for _ in range(number)]
