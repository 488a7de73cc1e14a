"""Finds the texts that are alike among many, without comparing each with all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import combinations, groupby, islice

from soc_tracker.lib.likeness.score import alike_among, fewest_shared

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
        self._by_wording = dict(sorted(by_wording.items(), key=lambda one: min(_order(text) for text in one[1])))
        self._wordings = list(self._by_wording)
        self._place = {wording: place for place, wording in enumerate(self._wordings)}
        for same in self._by_wording.values():
            same.sort(key=_order)

    def alike(self, text: Text, *, indexed: bool = False) -> list[Likely]:
        """What other wholes have that is alike to a text of one.

        ``indexed`` pays where this is asked of very many texts. It finds the same, but may stop once that is ENOUGH.
        """
        if not text.wording:
            return []
        found = self._found(text, self._candidates(text.wording) if indexed else [self._wordings])
        return list(islice(found, ENOUGH) if indexed else found)

    def _found(self, text: Text, candidates: Iterable[Sequence[str]]) -> Iterator[Likely]:
        for wordings in candidates:
            for place, ratio in alike_among(text.wording, wordings):
                for other in self._by_wording[wordings[place]]:
                    if other.whole != text.whole:
                        yield Likely(text, other, ratio)

    def _candidates(self, wording: str) -> Iterator[Sequence[str]]:
        """First the same wording, then those that share two of its rare words, so many at a time."""
        yield [wording]
        met: set[int] = set()
        done = {self._place[wording]}
        for pair in self._index.pairs(wording):
            places = self._index.places.get(pair, ())
            for first in range(0, len(places), AT_A_TIME):
                met.update(places[first : first + AT_A_TIME])
                if len(met) - len(done) >= AT_A_TIME:
                    yield [self._wordings[place] for place in sorted(met - done)]
                    done |= met
        yield [self._wordings[place] for place in sorted(met - done)]

    @cached_property
    def _index(self) -> "Index":
        return Index(self._wordings)


def most_telling(found: Iterable[Likely], most: int) -> list[Likely]:
    """For each text so many of those alike to it: first those of the whole with which its own shares most texts.

    So the whole that is most like it is among them with all that the two share, even where each text stands in
    hundreds.
    """
    of_text = defaultdict(list)
    for likely in found:
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
        self.places = self._shared_pairs(wordings)

    def pairs(self, wording: str) -> Iterator[int]:
        """The pairs of the rarest words, as numbers."""
        ranks = sorted(self._rank[word] for word in set(wording.split()))
        prefix = ranks[: len(ranks) - fewest_shared(len(ranks)) + 2]
        return (first * len(self._rank) + second for first, second in combinations(prefix, 2))

    def _shared_pairs(self, wordings: Sequence[str]) -> dict[int, list[int]]:
        """Pair and place are sorted as one number: most pairs occur once, and a dictionary of all would be large."""
        size = len(wordings)
        numbers = [pair * size + place for place, wording in enumerate(wordings) for pair in self.pairs(wording)]
        numbers.sort()
        runs = ((pair, [number % size for number in run]) for pair, run in groupby(numbers, lambda n: n // size))
        return {pair: places for pair, places in runs if len(places) > 1}


def _order(text: Text) -> tuple[int, int]:
    return text.whole, text.key
