"""Which column of a file holds which field, whatever the order, case and spelling of its headings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from soc_tracker.lib.imports.errors import UnreadableFileError

ERROR_HEADING = "error"
"""The column that an error file adds; it is ignored in a file that comes back."""

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Field:
    """One column that a file may have.

    ``parse`` gets a cell ("" when blank) and raises ValueError for what it does not understand; ``expected`` then
    says what it would have understood, to go on from "expected". ``required``: the heading must be there.
    """

    key: str
    heading: str
    synonyms: tuple[str, ...]
    parse: Callable[[Any], Any]
    expected: str
    required: bool = True


@dataclass(frozen=True)
class Match:
    """``places``: the key of a field → the index of its column. ``stray``: headings that belong to no field."""

    places: dict[str, int]
    stray: tuple[str, ...]


def plain(words: str) -> str:
    """Words without what people vary: case, spaces, underscores, hyphens and other signs. Signs alone stay."""
    return " ".join(WORD.findall(words.casefold())) or words.strip()


def match(headings: Sequence[str], fields: Sequence[Field]) -> Match:
    """Find each field's column. Raises UnreadableFileError for missing headings and for two of one field."""
    keys = {plain(name): field.key for field in fields for name in (field.heading, *field.synonyms)}
    places: dict[str, int] = {}
    stray = []
    for place, heading in enumerate(headings):
        key = keys.get(plain(heading))
        if key is None:
            stray.append(heading or f"column {place + 1}, which has no heading")
        elif key in places:
            _refuse_two(headings[places[key]], heading)
        else:
            places[key] = place
    missing = [field.heading for field in fields if field.required and field.key not in places]
    if missing:
        _refuse_missing(missing, headings)
    return Match(places, tuple(stray))


def _refuse_two(first: str, second: str) -> None:
    raise UnreadableFileError(
        f"Two columns hold the same: “{first}” and “{second}”. Keep the one that is right, remove the other, "
        "and try again."
    )


def _refuse_missing(missing: list[str], headings: Sequence[str]) -> None:
    names = ", ".join(f"“{name}”" for name in missing)
    there = ", ".join(f"“{name}”" for name in headings[:30]) or "none"
    raise UnreadableFileError(
        f"The first row does not have {'the heading' if len(missing) == 1 else 'these headings'}: {names}. "
        f"It has: {there[:1000]}. Add what is missing to the first row and try again."
    )
