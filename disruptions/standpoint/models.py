"""What rows of one kind of data, as at one day, have in common."""

from contextvars import ContextVar
from datetime import date, datetime
from typing import Self

from django.db.models import Q

from disruptions.choices import DataKind
from soc_tracker.core.records.models import VisibleQuerySet

KNOWN: ContextVar[datetime | None] = ContextVar("known", default=None)
"""The moment up to which the record is asked for what was known here (``disruptions.known``); None: as it is now."""


def known_on(day: date, first: str, after: str) -> Q:
    """Spans from ``first`` on until the day before ``after`` (empty: still) that hold the day."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{after}__isnull": True}) | Q(**{f"{after}__gt": day}))


class KindQuerySet(VisibleQuerySet):
    """Rows that are recorded or illustrative; every read says which, so that the two never add up."""

    def of_kind(self, kind: DataKind) -> Self:
        return self.filter(kind_of_data=kind)
