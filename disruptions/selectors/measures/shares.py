"""A share of disruptions, with what it takes to trust it."""

from dataclasses import dataclass
from fractions import Fraction

from soc_tracker.lib.stats import Interval, whole_percent, wilson


@dataclass(frozen=True)
class Share:
    """x of n. Where n is 0 there is no share: "no records", not 0 percent."""

    x: int
    n: int

    @property
    def of_one(self) -> Fraction | None:
        """The share from 0 to 1."""
        return Fraction(self.x, self.n) if self.n else None

    @property
    def percent(self) -> int | None:
        """Whole percent, a half rounded up."""
        return None if self.of_one is None else whole_percent(self.of_one)

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson interval, as shares from 0 to 1."""
        return wilson(self.x, self.n)
