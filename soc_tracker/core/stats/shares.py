"""Shares of a count: how they are rounded and how far they can be trusted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
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


# Funnel plot of shares: which bodies differ by more than chance and the usual differences between bodies.


Z_998 = 3.090232
LIMITS = ((Z_998, "99.8 %"), (Z_95, "95 %"))
FEWEST_BODIES = 10
FEWEST_RECORDS = 30
"""Of a body with fewer, one record more or less moves the share by more than three points: no verdict is given."""
WINSORISED = 0.1
NORMAL_FROM = 10
"""From this n·p(1-p) on, the normal approximation to the binomial is near enough for a limit."""


@dataclass(frozen=True)
class Share:
    """x of n at one body."""

    name: str
    x: int
    n: int


@dataclass(frozen=True)
class FunnelBody:
    """One body: its share with a 95 % interval, and its distance from the centre in standard errors.

    All three are None where n is 0. ``verdict`` is "" unless its share lies beyond a limit and is of records enough.
    """

    name: str
    x: int
    n: int
    share: float | None
    interval: Interval | None
    z: float | None
    verdict: str


@dataclass(frozen=True)
class Funnel:
    """``centre`` is Σx / Σn, None without records. ``phi`` is the mean squared z: near 1 when only chance differs.

    ``tau_squared`` is the variance between bodies on the arcsine scale; None
    where fewer than ten bodies have records, and then there are no limits.
    """

    centre: float | None
    phi: float | None
    tau_squared: float | None
    bodies: tuple[FunnelBody, ...]

    def limits(self, n: int, z: float = Z_95) -> Interval | None:
        """The control limits of a body with n records; None where none may be drawn.

        Those of chance alone, and where bodies differ by more than chance, on each side the wider of these and of those
        that allow for it.
        """
        if self.centre is None or self.tau_squared is None or n <= 0:
            return None
        chance = binomial_limits(n, self.centre, z)
        if self.tau_squared == 0:
            return chance
        reach = z * math.sqrt(_standard_error(n) ** 2 + self.tau_squared)
        # Unclipped, an angle beyond 0 or a right angle would come back as a share inside the limits.
        ends = (min(max(_angle(self.centre) + side, 0.0), math.pi / 2) for side in (-reach, reach))
        low, high = (math.sin(end) ** 2 for end in ends)
        return Interval(min(low, chance.low), max(high, chance.high))

    def verdict(self, share: Share) -> str:
        """The outermost limit that a share lies beyond, in words; "" where it lies within all, or is of few records."""
        if share.n < FEWEST_RECORDS:
            return ""
        for z, name in LIMITS:
            if limits := self.limits(share.n, z):
                if share.x / share.n > limits.high:
                    return f"unusually high share (beyond the {name} limit)"
                if share.x / share.n < limits.low:
                    return f"unusually low share (beyond the {name} limit)"
        return ""


def binomial_limits(n: int, p: float, z: float = Z_95) -> Interval:
    """Between which shares of n records chance alone leaves a body whose records are of the kind with probability p.

    Of few records exactly: a share lies beyond a limit where its one-sided mid-p probability is smaller than that of z.
    Source of exact limits drawn as a line: D. J. Spiegelhalter, Statistics in Medicine 24 (2005), 1185–1202, A.1.1.
    """
    if p > 0.5:
        mirrored = binomial_limits(n, 1 - p, z)
        return Interval(1 - mirrored.high, 1 - mirrored.low)
    if n * p * (1 - p) >= NORMAL_FROM:
        reach = z * math.sqrt(p * (1 - p) / n)
        return Interval(max(0.0, p - reach), min(1.0, p + reach))
    tail = math.erfc(z / math.sqrt(2)) / 2
    return Interval(_mid_p_quantile(n, p, tail) / n, _mid_p_quantile(n, p, 1 - tail) / n)


def _mid_p_quantile(n: int, p: float, level: float) -> float:
    """Where the mid-p distribution function P(X < x) + P(X = x)/2 of the binomial reaches a level, from 0 to n.

    In a straight line between whole numbers. It adds up from 0, so it is for p of at most a half and a small np.
    """
    x, at = 0, math.exp(n * math.log1p(-p))
    before, reached, below = 0.0, at / 2, at
    while reached < level and x < n:
        at *= (n - x) / (x + 1) * p / (1 - p)
        before, reached, below, x = reached, below + at / 2, below + at, x + 1
    return float(x) if x == 0 or reached < level else x - (reached - level) / (reached - before)


def funnel(shares: Sequence[Share]) -> Funnel:
    """The funnel of the bodies, in their order. Raises ValueError unless 0 ≤ x ≤ n at each.

    Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005),
    1185–1202: distances on the arcsine scale, their outer tenths winsorised, and a variance between bodies.
    """
    intervals = [wilson(share.x, share.n) for share in shares]
    counted = [share for share in shares if share.n]
    if not counted:
        return Funnel(
            None, None, None, tuple(FunnelBody(each.name, each.x, 0, None, None, None, "") for each in shares)
        )
    centre = sum(share.x for share in counted) / sum(share.n for share in counted)
    distances = [(_angle(one.x / one.n) - _angle(centre)) / _standard_error(one.n) for one in counted]
    ranked, outer = sorted(distances), math.floor(len(distances) * WINSORISED)
    low, high = ranked[outer], ranked[-1 - outer]
    phi = sum(min(max(z, low), high) ** 2 for z in distances) / len(counted)
    tau_squared = None
    if len(counted) >= FEWEST_BODIES:
        weights = [1 / _standard_error(share.n) ** 2 for share in counted]
        total, k = sum(weights), len(counted)
        spread = total - sum(weight * weight for weight in weights) / total
        tau_squared = max(0.0, (k * phi - (k - 1)) / spread)
    empty = Funnel(centre, phi, tau_squared, ())
    z_of = dict(zip(counted, distances, strict=True))
    bodies = (
        FunnelBody(
            one.name,
            one.x,
            one.n,
            share=one.x / one.n if one.n else None,
            interval=interval,
            z=z_of.get(one),
            verdict=empty.verdict(one),
        )
        for one, interval in zip(shares, intervals, strict=True)
    )
    return replace(empty, bodies=tuple(bodies))


def _angle(share: float) -> float:
    return math.asin(math.sqrt(share))


def _standard_error(n: int) -> float:
    return 1 / (2 * math.sqrt(n))
