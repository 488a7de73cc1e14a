"""The form in which two texts are compared: their telling words, without what they may share or differ in freely."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
            same_start.sort(key=len, reverse=True)  # of "Kent" and "Kent Police", the text says the longer

    def without(self, words: Sequence[str]) -> list[str]:
        """The words that belong to none of the phrases."""
        kept, place = [], 0
        while place < len(words):
            length = self._length_at(words, place)
            if not length:
                kept.append(words[place])
            place += length or 1
        return kept

    def _length_at(self, words: Sequence[str], place: int) -> int:
        for phrase in self._by_first.get(words[place], ()):
            if words[place : place + len(phrase)] == phrase:
                return len(phrase)
        return 0


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
