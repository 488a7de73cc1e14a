"""The first rows of a list on a page about something else, with the way to all of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window


@dataclass(frozen=True)
class Bounded:
    """At most so many rows, how many there are in all, and the address of the list that has them all ("" for none)."""

    rows: list[Any]
    total: int
    url: str

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


def bounded(queryset: QuerySet, size: int, url: str = "") -> Bounded:
    """The first rows of an ordered queryset and their number in all, in one query."""
    rows = list(queryset.annotate(number_in_all=Window(Count("*")))[:size])
    return Bounded(rows, rows[0].number_in_all if rows else 0, url)
