"""What rows of one kind of data, as at one day, have in common."""

from datetime import date
from typing import Self

from django.db.models import Q

from disruptions.choices import DataKind
from soc_tracker.core.records.models import VisibleQuerySet


def known_on(day: date, first: str, after: str) -> Q:
    """Spans from ``first`` on until the day before ``after`` (empty: still) that hold the day."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{after}__isnull": True}) | Q(**{f"{after}__gt": day}))


class KindQuerySet(VisibleQuerySet):
    """Rows that are recorded or illustrative; every read says which, so that the two never add up."""

    def of_kind(self, kind: DataKind) -> Self:
        return self.filter(kind_of_data=kind)
