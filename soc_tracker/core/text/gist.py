"""How likely two short texts speak of the same matter, in whatever words.

Unlike ``likeness``, which tells copies, this weighs what words two texts share by how rare these are among all: the
cosine of their weights, half of that of the two sentences that are most like one another (one of several matters may be
shared), and a tenth of the share of subjects that both were filed under.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from sys import intern

from soc_tracker.core.text.likeness import FUNCTION_WORDS, NUMBERS

LIKELY = 0.3
"""From which on two texts are likely to speak of one matter; chosen with ``python -m bench repeats``."""
OF_SENTENCES, OF_SUBJECTS, WITHOUT_SUBJECT = 0.5, 0.1, 0.75
"""What the likest sentences and the shared subjects weigh; and what remains of it where no subject is shared."""
FEWEST = 2
"""Words that a sentence must have to be compared by itself: "They agree." is like any other."""
OF_TITLE = 2

_SENTENCE = re.compile(r"(?<=[.;?!])\s+")
_WORD = re.compile(r"[a-z]+[0-9]*|[0-9]+[a-z]+")
_COMMON = frozenset(
    f"""{FUNCTION_WORDS} {NUMBERS} some more most many much other others only too very own still often always well
    force forces constabulary constabularies police inspector inspectors inspection inspections inspectorate report body
    bodies people soc serious organised crime find found finds say said says tell told need needs needed
    well work works working""".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "ly", "s")


@dataclass(frozen=True)
class Passage:
    """A text under a title, with the subjects that it was filed under."""

    title: str
    text: str
    subjects: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[tuple[str, ...], ...]:
    """Of each sentence the telling words without their endings, so that "analyst" meets "analysts"."""
    plain = text.casefold().replace("’", "'").replace("'s", "")
    by_sentence = (_WORD.findall(sentence) for sentence in _SENTENCE.split(plain))
    return tuple(tuple(intern(_stem(word)) for word in words if word not in _COMMON) for words in by_sentence)


def _stem(word: str) -> str:
    fitting = (ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 4)
    return word.removesuffix(next(fitting, ""))


class Gists:
    """Passages that are compared with each other; how rare a word is, is counted among them."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        words, subjects = Counter[str](), Counter[str]()
        number = 0
        for each in passages:
            number += 1
            words.update(set(chain(*_sentences(each.title), *_sentences(each.text))))
            subjects.update(each.subjects)
        self._of_words = {word: log(1 + number / count) for word, count in words.items()}
        self._of_subjects = {subject: log(1 + number / count) for subject, count in subjects.items()}
        self._weights: dict[Passage, Mapping[str, float]] = {}
        self._sentences: dict[Passage, list[Mapping[str, float]]] = {}

    def likeness(self, one: Passage, other: Passage) -> float:
        """From 0, for nothing in common, up to 1.6; from LIKELY on they are likely to speak of one matter."""
        likest = max((_cosine(a, b) for a in self._by_sentence(one) for b in self._by_sentence(other)), default=0.0)
        of_words = _cosine(self._whole(one), self._whole(other)) + OF_SENTENCES * likest
        shared, *both = (
            sum(self._of_subjects[subject] for subject in subjects)
            for subjects in (one.subjects & other.subjects, one.subjects, other.subjects)
        )
        # Of the subjects of the passage that has the fewer, weighed by how rare they are.
        return of_words + OF_SUBJECTS * (shared / min(both)) if shared else WITHOUT_SUBJECT * of_words

    def _whole(self, passage: Passage) -> Mapping[str, float]:
        if passage not in self._weights:
            counted = Counter(chain(*_sentences(passage.text), *_sentences(passage.title) * OF_TITLE))
            self._weights[passage] = {
                word: (1 + log(number)) * self._of_words[word] for word, number in counted.items()
            }
        return self._weights[passage]

    def _by_sentence(self, passage: Passage) -> list[Mapping[str, float]]:
        if passage not in self._sentences:
            sentences = ({*each} for each in (*_sentences(passage.title), *_sentences(passage.text)))
            self._sentences[passage] = [
                {word: self._of_words[word] for word in words} for words in sentences if len(words) >= FEWEST
            ]
        return self._sentences[passage]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(one[word] * other[word] for word in one.keys() & other.keys())
    return shared and shared / sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
