"""The words of vocabularies as each test finds them kept: those that are stored before any test has written.

A server that is asked for pages keeps them; to read all ten vocabularies took each test that signs in a third as long
as a page. The product looks first whether they are still as stored, as it does after another process may have written.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from soc_tracker.core.records.words import KEPT, Word, vocabularies

LONG = 1e9
"""Seconds: nobody but the test writes words, and what it writes the product notices by itself."""


class _Stored:
    def __init__(self) -> None:
        self.words: dict[type[Word], dict[str, Word]] = {}
        self.stamp: Any = None


STORED = _Stored()


class _Found(dict[type[Word], Mapping[str, Word]]):
    """The stored words of each vocabulary, made when first asked for: objects that no other test has had."""

    def __contains__(self, model: object) -> bool:
        return super().__contains__(model) or model in STORED.words

    def __missing__(self, model: type[Word]) -> Mapping[str, Word]:
        self[model] = {slug: copy(word) for slug, word in STORED.words[model].items()}
        return self[model]


def remember() -> None:
    """Take the words as they are stored now for those that each test finds."""
    KEPT.forget()
    STORED.words = {model: {slug: copy(word) for slug, word in KEPT.of(model).items()} for model in vocabularies()}
    STORED.stamp = KEPT.stamp


def begin_anew() -> None:
    """Before a test: what the one before has entered is no more."""
    KEPT.words, KEPT.stamp, KEPT.looked_at = _Found(), STORED.stamp, -LONG - 1
