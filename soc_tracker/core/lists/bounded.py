"""The first rows of a list on a page about something else, with the way to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Count, Model, QuerySet, Window

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Bounded(Generic[Row]):
    """At most so many rows, and the address of the list that has them all ("" for none).

    ``total`` is how many there are in all; None where that was not counted: then ``more`` says whether there are more.
    """

    rows: Sequence[Row]
    total: int | None
    url: str = ""
    more: bool = False

    @property
    def is_cut(self) -> bool:
        return self.more if self.total is None else len(self.rows) < self.total


def bounded(rows: QuerySet[Record], size: int, url: str = "", *, counted: bool = True) -> Bounded[Record]:
    """The first rows of an ordered queryset, in one query, with their number in all if they are to be ``counted``."""
    if not counted:
        first = list(rows[: size + 1])
        return Bounded(first[:size], None, url, more=len(first) > size)
    first = list(rows.annotate(number_in_all=Window(Count("*")))[:size])
    total = first[0].number_in_all if first else 0  # type: ignore[attr-defined]
    return Bounded(first, total, url)
