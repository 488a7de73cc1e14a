"""When two wordings are nearly the same, word for word.

Two conditions, both symmetric. Most words must be the same ones: that is what "word for word" says, and what lets
``search`` find all pairs without trying each. And the letters must agree, by the mean of rapidfuzz's token-sort and
token-set ratios: the second alone calls a short text the same as any longer one that contains it.
"""

from collections.abc import Iterator, Sequence

SHARED = 70
"""Percent of the words of both that must be the same (Dice's coefficient of their different words)."""
ALIKE = 84
"""The likeness, of at most 100, from which on two texts are alike; chosen with ``python -m bench likeness``."""


def alike_among(wording: str, others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of those that are alike to a wording, each with its likeness in whole numbers, rounded down."""
    from rapidfuzz import fuzz, process  # here, since no page needs it

    # The words stand in order already, so that the plain ratio is the token-sort ratio; the other is at most 100.
    near = process.extract(wording, others, scorer=fuzz.ratio, score_cutoff=2 * ALIKE - 100, limit=None)
    words = set(wording.split())
    for other, sorted_ratio, place in near:
        if shares_words(words, set(other.split())):
            likeness = (sorted_ratio + fuzz.token_set_ratio(wording, other)) / 2
            if likeness >= ALIKE:
                yield place, int(likeness)


def shares_words(first: set[str], second: set[str]) -> bool:
    return 200 * len(first & second) >= SHARED * (len(first) + len(second))


def fewest_shared(words: int) -> int:
    """How many words a text of so many different ones has in common at least with any text that shares its words."""
    return -(-SHARED * words // (200 - SHARED))
