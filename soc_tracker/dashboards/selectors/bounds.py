"""Lists that end: the first rows, and whether there are more."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class First(Generic[Row]):
    """The first rows of a list, and whether there are more."""

    rows: tuple[Row, ...]
    more: bool


def first(rows: QuerySet[Row], most: int) -> First[Row]:
    """At most so many rows of an ordered queryset, in one query."""
    found = tuple(rows[: most + 1])
    return First(found[:most], more=len(found) > most)
