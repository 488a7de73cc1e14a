"""Which measure on record a quantity may be of: the one whose words stand nearest to it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from inspections.reader.meaning.phrasebook import Measure
from inspections.reader.meaning.quantities import Quantity

WORD = re.compile(r"[a-z0-9£]+(?:[-’'][a-z0-9]+)*")
NEAR = 14
"""Words before and after a quantity in which those of its measure stand."""
NEXT = 5
"""Words that stand next to it, which count twice."""
IN_NOUN, AFTER, BEFORE = 5.0, 1.0, 0.75
"""What a word counts: within what is counted, behind it, before it."""


def measure_of(
    measures: Iterable[Measure], sentence: str, quantity: Quantity, others: Sequence[Quantity]
) -> Measure | None:
    """The measure whose words stand nearest, those of its longest phrase; None where all words of none are there.

    ``others`` are all quantities of the sentence: what stands beyond the next of them is about that one.
    """
    places = _places(sentence, quantity, others)
    best: tuple[float, Measure] | None = None
    for measure in measures:
        if measure.units and quantity.unit not in measure.units:
            continue
        score = max((_score(phrase, places) for phrase in measure.phrases), default=0.0)
        if score and (best is None or score > best[0]):
            best = (score, measure)
    return best[1] if best else None


def _places(sentence: str, quantity: Quantity, others: Sequence[Quantity]) -> dict[str, float]:
    """The words about the quantity, each with what it counts."""
    first = 0  # where the quantity before it ends, with the words that it counts
    for other in (each for each in others if each.start < quantity.start):
        goes_on = other.unit == "count" and sentence[other.end :].lstrip(" -").startswith(other.noun)
        counts_words = bool(goes_on and other.noun) and sentence[other.start - 1] != "("
        first = max(first, other.end + (len(other.noun) + 1 if counts_words else 0))
    first = min(first, quantity.start)
    following = [
        other.start
        for other in others
        if other.start >= quantity.end and other.value != quantity.of and sentence[other.start - 1] != "("
    ]
    before = WORD.findall(sentence[first : quantity.start].casefold())[-NEAR:]
    after = WORD.findall(sentence[quantity.end : min(following, default=len(sentence))].casefold())[:NEAR]
    noun = WORD.findall(f"{quantity.noun} {sentence[quantity.start : quantity.end]}".casefold())
    far = dict.fromkeys(before[:-NEXT], BEFORE) | dict.fromkeys(after[NEXT:], AFTER)
    near = dict.fromkeys(before[-NEXT:], 2 * BEFORE) | dict.fromkeys(after[:NEXT], 2 * AFTER)
    return far | near | dict.fromkeys(noun, IN_NOUN)


def _score(phrase: str, places: dict[str, float]) -> float:
    """The sum of what the words of a phrase count; 0 where one is not there."""
    total = 0.0
    for pattern in _patterns(phrase):
        best = max((weight for word, weight in places.items() if pattern.fullmatch(word)), default=0.0)
        if not best:
            return 0.0
        total += best
    return total


@lru_cache(maxsize=2000)
def _patterns(phrase: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each word; "arrest*" stands for every word that begins so, "shop|store" for either."""
    return tuple(
        re.compile(re.escape(word).replace(r"\*", r"[a-z’'-]*").replace(r"\|", "|")) for word in phrase.split()
    )
