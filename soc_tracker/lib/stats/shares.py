"""Shares of a count: how they are rounded and how far they can be trusted."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Z_95 = 1.959964


@dataclass(frozen=True)
class Interval:
    """Two shares, each from 0 to 1."""

    low: float
    high: float


def wilson(x: int, n: int, z: float = Z_95) -> Interval | None:
    """The score interval of the share x / n; None where n is 0, for then there is no share.

    Source: E. B. Wilson, Journal of the American Statistical Association 22
    (1927), 209–212. Raises ValueError unless 0 ≤ x ≤ n.
    """
    if not 0 <= x <= n:
        raise ValueError(f"{x} of {n} is not a share.")
    if n == 0:
        return None
    share, spread = x / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    reach = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return Interval(0.0 if x == 0 else middle - reach, 1.0 if x == n else middle + reach)


def whole_percent(share: Fraction | Decimal | float) -> int:
    """A share from 0 to 1 in whole percent, a half rounded up. A float counts as the decimal that it prints as."""
    exact = Fraction(str(share)) if isinstance(share, float) else Fraction(share)
    return math.floor(exact * 100 + Fraction(1, 2))
