"""Which disruptions are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from disruptions.querysets_disruptions import DisruptionQuerySet
from disruptions.selectors.record import Standpoint

YEAR, MONTH = "activity_year", "activity_month"
COARSE = frozenset({"organisation", "four_p", "size", "involvement"})
DETAILED = COARSE | {"threat_type", "crime_type", "extract"}
DIMENSIONS = (
    *("organisation", "four_p", "size", "involvement"),
    *("threat_type", "crime_type", "extract", YEAR),
)
"""What a scope can be narrowed to and counted by; by month of activity it can be counted besides."""


@dataclass(frozen=True)
class Scope:
    """The disruptions that the record has at a standpoint, narrowed.

    ``values`` holds, by dimension, the keys, words or years that are wanted; None
    among the keys stands for none stated. The days of activity are inclusive.
    ``rows`` are disruptions, in whichever state, that meet the rest of a filter, of
    which no cell knows: where they are given, they are counted themselves.
    """

    standpoint: Standpoint
    values: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    activity_from: date | None = None
    activity_to: date | None = None
    rows: DisruptionQuerySet | None = None

    def without(self, dimension: str) -> Self:
        """The same, whatever the dimension is."""
        return replace(self, values={name: wanted for name, wanted in self.values.items() if name != dimension})
