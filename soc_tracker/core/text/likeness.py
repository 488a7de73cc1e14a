"""When two wordings are nearly the same, word for word.

Two conditions, both symmetric. Most words must be the same ones: that is what "word for word" says, and what lets
``search`` find all pairs without trying each. And the letters must agree, by the mean of rapidfuzz's token-sort and
token-set ratios: the second alone calls a short text the same as any longer one that contains it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations, groupby, islice
from operator import attrgetter

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
        of_other = set(other.split())
        if 200 * len(words & of_other) >= SHARED * (len(words) + len(of_other)):
            likeness = (sorted_ratio + fuzz.token_set_ratio(wording, other)) / 2
            if likeness >= ALIKE:
                yield place, int(likeness)


# The form in which two texts are compared: their telling words, without what they may share or differ in freely.


FEWEST = 4
"""Telling words that must be left for names to be blanked: "Visit Crewe" and "Visit Kirkby" are not copies."""
FEWEST_BESIDE_MENU = 3
"""Telling words that a text needs beside the wording of the menu: with fewer, it says no more than the menu."""
LONGEST = 40
"""Telling words of a text that are compared: of a longer one the first."""

FUNCTION_WORDS = """
a an the this that these those it its their they them he she his her we our us you your who whom whose which what where
when of in on at to for from by with without within into onto as and or nor but if than then so such not no is are was
were be been being has have had do does did will would shall should can could may might must per via there here also
each every any all both
"""
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred dozen"
)
DATES = """
january february march april june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec monday tuesday wednesday thursday friday saturday sunday
"""
_UNTOLD = frozenset(f"{FUNCTION_WORDS} {NUMBERS} {DATES}".split())
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


class Phrases:
    """Names or set phrases, met in a text as whole words in their order, whatever their case and punctuation."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[list[str]]] = defaultdict(list)
        for phrase in sorted(set(phrases), key=len, reverse=True):
            if words := _words(phrase):
                self._by_first[words[0]].append(words)
        for same_start in self._by_first.values():
            same_start.sort(key=len, reverse=True)  # of "Ambridge" and "Ambridge Police", the text says the longer

    def without(self, words: Sequence[str]) -> list[str]:
        """The words that belong to none of the phrases."""
        kept, place = [], 0
        while place < len(words):
            phrases = self._by_first.get(words[place], ())
            length = next((len(each) for each in phrases if words[place : place + len(each)] == each), 0)
            if not length:
                kept.append(words[place])
            place += length or 1
        return kept


NO_PHRASES = Phrases()


@dataclass(frozen=True)
class Apart:
    """What is no sign of copying.

    ``names``, of places and bodies, are blanked: a text in which only these were swapped is a copy. ``menu`` is
    wording that all may share: what a text says beside it is compared, and a text that says nothing else is not.
    """

    names: Phrases = NO_PHRASES
    menu: Phrases = NO_PHRASES


NOTHING_APART = Apart()


def wording(text: str, apart: Apart = NOTHING_APART) -> str:
    """The telling words of a text, in alphabetical order and separated by blanks; "" where there is nothing to compare.

    Case, punctuation, numbers, dates and the words that only join others do not tell.
    """
    words = _words(text)
    own = apart.menu.without(words)
    nameless = _telling(apart.names.without(own))
    if len(own) < len(words) and len(nameless) < FEWEST_BESIDE_MENU:
        return ""
    chosen = nameless if len(nameless) >= FEWEST else _telling(own)
    return " ".join(sorted(chosen[:LONGEST]))


def _words(text: str) -> list[str]:
    """In small letters, without accents; "&" is "and", and what an apostrophe joins is one word."""
    if not text.isascii():
        spelled = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return _WORD.findall(text.casefold().replace("&", " and ").replace("'", ""))


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _UNTOLD and not _DIGIT.search(word)]


# Finds the texts that are alike among many, without comparing each with all.


ENOUGH = 300
"""Texts alike to one after which its search through the index ends: boilerplate may stand in thousands of plans."""
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Text:
    """One text by its key, the plan (or other whole) that it is a part of, and its wording."""

    key: int
    whole: int
    wording: str


@dataclass(frozen=True, slots=True)
class Likely:
    """A text, and one of another whole that is alike to it. ``ratio`` is their likeness, of 100."""

    text: Text
    other: Text
    ratio: int

    @property
    def turned(self) -> "Likely":
        return Likely(self.other, self.text, self.ratio)


class Texts:
    """Many texts, among which those alike to one are looked up. Those without wording are left out.

    The same texts give the same answer in whatever order they come.
    """

    def __init__(self, texts: Iterable[Text]) -> None:
        by_wording = defaultdict(list)
        for text in texts:
            if text.wording:
                by_wording[text.wording].append(text)
        order = attrgetter("whole", "key")
        for same in by_wording.values():
            same.sort(key=order)
        self._by_wording = dict(sorted(by_wording.items(), key=lambda one: order(one[1][0])))
        self._wordings = list(self._by_wording)
        self._place = {wording: place for place, wording in enumerate(self._wordings)}
        self._index: Index | None = None

    def alike(self, text: Text, *, indexed: bool = False) -> list[Likely]:
        """What other wholes have that is alike to a text of one.

        ``indexed`` pays where this is asked of very many texts. It finds the same, but may stop once that is ENOUGH.
        """
        if not text.wording:
            return []
        candidates = self._candidates(text.wording) if indexed else [self._wordings]
        alike = (
            Likely(text, other, ratio)
            for wordings in candidates
            for place, ratio in alike_among(text.wording, wordings)
            for other in self._by_wording[wordings[place]]
            if other.whole != text.whole
        )
        return list(islice(alike, ENOUGH) if indexed else alike)

    def _candidates(self, wording: str) -> Iterator[Sequence[str]]:
        """First the same wording, then those that share two of its rare words, so many at a time."""
        yield [wording]
        met: set[int] = set()
        done = {self._place[wording]}
        index = self._index = self._index or Index(self._wordings)  # made once, where it is asked for
        for pair in index.pairs(wording):
            places = index.places.get(pair, ())
            for first in range(0, len(places), AT_A_TIME):
                met.update(places[first : first + AT_A_TIME])
                if len(met) - len(done) >= AT_A_TIME:
                    yield [self._wordings[place] for place in sorted(met - done)]
                    done |= met
        yield [self._wordings[place] for place in sorted(met - done)]


def most_telling(pairs: Iterable[Likely], most: int) -> list[Likely]:
    """For each text so many of those alike to it: first those of the whole with which its own shares most texts.

    So the whole that is most like it is among them with all that the two share, even where each text stands in
    hundreds.
    """
    of_text = defaultdict(list)
    for likely in pairs:
        of_text[likely.text].append(likely)
    shared = Counter(whole for alike in of_text.values() for whole in {likely.other.whole for likely in alike})

    def order(likely: Likely) -> tuple[int, int, int, int]:
        other = likely.other
        return -shared[other.whole], -likely.ratio, other.whole, other.key

    return [likely for alike in of_text.values() for likely in nsmallest(most, alike, key=order)]


class Index:
    """The places of wordings by pairs of their rarest words.

    Two sets of n and m words that share c of them share two, too, among the n - c + 2 rarest of one and the
    m - c + 2 rarest of the other, whatever the common order of rarity. (One word alone shares enough with itself only.)
    So no pair is lost that shares enough words.
    """

    def __init__(self, wordings: Sequence[str]) -> None:
        counted = Counter(word for wording in wordings for word in set(wording.split()))
        self._rank = {word: rank for rank, word in enumerate(sorted(counted, key=lambda word: (counted[word], word)))}
        # Pair and place are sorted as one number: most pairs occur once, and a dictionary of all would be large.
        size = len(wordings)
        numbers = [pair * size + place for place, wording in enumerate(wordings) for pair in self.pairs(wording)]
        numbers.sort()
        runs = ((pair, [number % size for number in run]) for pair, run in groupby(numbers, lambda n: n // size))
        self.places = {pair: places for pair, places in runs if len(places) > 1}

    def pairs(self, wording: str) -> Iterator[int]:
        """The pairs of the rarest words, as numbers."""
        ranks = sorted(self._rank[word] for word in set(wording.split()))
        fewest_shared = -(-SHARED * len(ranks) // (200 - SHARED))  # with any text that shares its words
        prefix = ranks[: len(ranks) - fewest_shared + 2]
        return (first * len(self._rank) + second for first, second in combinations(prefix, 2))
