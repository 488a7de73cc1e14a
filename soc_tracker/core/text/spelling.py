"""What somebody may have meant by a word that no name holds: the words of names that are spelt most like it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from soc_tracker.core.text.normal import fold, words_of

APART = re.compile(r"[\s\-‐‑–—]+")
SHORTEST = 4
"""Letters below which a word is like too many others."""
ALIKE = 75
"""Of 100: "polise" and "police" reach 83."""
MOST, MOST_FOR_A_WORD, MOST_WORDS = 3, 3, 4


def did_you_mean(query: str, names: Iterable[str]) -> list[str]:
    """At most three other spellings of a query, likeliest first; those that one of the names holds come first."""
    from rapidfuzz import fuzz, process  # here, since few searches find nothing

    words = [word for phrase in words_of(query) for word in phrase.split()]
    folded, written = _names_and_words(names)
    if not 1 <= len(words) <= MOST_WORDS:
        return []
    choices: list[list[tuple[str, float]]] = []
    for word in words:
        if any(word in name for name in folded):
            choices.append([(word, 100.0)])
        elif len(word) >= SHORTEST:
            near = process.extract(word, list(written), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_FOR_A_WORD)
            choices.append([(known, likeness) for known, likeness, _ in near])
        else:
            choices.append([])
    if all(word in written for word in words) or not all(choices):
        return []

    def rank(pairs: Sequence[tuple[str, float]]) -> tuple[bool, float]:
        together = any(all(word in name for word, _ in pairs) for name in folded)
        return not together, -sum(likeness for _, likeness in pairs)

    spellings = [[word for word, _ in pairs] for pairs in sorted(product(*choices), key=rank)]
    return [" ".join(written.get(word, word) for word in each) for each in spellings if each != words][:MOST]


def _names_and_words(names: Iterable[str]) -> tuple[set[str], Mapping[str, str]]:
    """The names, folded; and each of their words, folded, with how it is written where it is met first."""
    folded: set[str] = set()
    written: dict[str, str] = {}
    for name in names:
        folded.add(fold(name))
        for part in APART.split(name):
            word = fold(part).strip(".,;:()'\"")
            if word and " " not in word:
                written.setdefault(word, part.strip(".,;:()'\"‘’“”"))
            else:
                written.update({each: each for each in word.split() if each not in written})
    return folded, written
