"""Cells as the database takes them: every value is text, so that days compare as they are."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices

from disruptions.importers.reading import Rule
from disruptions.models import Disruption
from soc_tracker.lib.clean import clean_code
from soc_tracker.lib.imports import Cell, Field, parse_choice, parse_day, parse_text
from soc_tracker.lib.periods import Precision, in_words

Understood = tuple[Callable[[Cell], Any], str]
"""A parser, and what it understands in words."""

LONGEST_REFERENCE = Disruption._meta.get_field("reference").max_length
REFERENCE: Understood = (
    parse_text(LONGEST_REFERENCE, clean=clean_code),
    f"a reference of at most {LONGEST_REFERENCE} characters",
)


def fields_of(
    headings: Mapping[str, tuple[str, ...]], parsers: Mapping[str, Understood], may_lack: Collection[str]
) -> list[Field]:
    """The columns of a file, from their names (the usual one first) and what their cells hold."""
    return [
        Field(key, heading, tuple(synonyms), *parsers[key], required=key not in may_lack)
        for key, (heading, *synonyms) in headings.items()
    ]


def up_to(last: date, key: str) -> Rule:
    """No day of a column is after the last."""
    end = last.isoformat()
    return Rule(
        key,
        f"a day up to {in_words(last, Precision.DAY)}",
        lambda values: [at for at, day in enumerate(values[key]) if day and day > end],
    )


def iso_day(cell: Cell) -> str:
    return parse_day(cell).isoformat()


def value_of(choices: type[TextChoices], synonyms: Mapping[str, TextChoices] | None = None) -> Callable[[Cell], str]:
    """A parser of one of the choices."""
    parse = parse_choice(choices, synonyms)
    return lambda cell: str(parse(cell).value)
