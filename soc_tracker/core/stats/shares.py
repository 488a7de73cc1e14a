"""Shares of a count: how they are rounded and how far they can be trusted."""

import math
from collections.abc import Sequence
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


# Funnel plot of shares: which bodies differ by more than chance and the usual differences between bodies.


Z_998 = 3.090232
LIMITS = ((Z_998, "99.8 %"), (Z_95, "95 %"))
FEWEST_BODIES = 10
WINSORISED = 0.1


@dataclass(frozen=True)
class Share:
    """x of n at one body."""

    name: str
    x: int
    n: int


@dataclass(frozen=True)
class FunnelBody:
    """One body: its share with a 95 % interval, and its distance from the centre in standard errors.

    All three are None where n is 0. ``verdict`` is "" unless its share lies beyond a limit.
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
        """The control limits of a body with n records; None where none may be drawn."""
        if self.centre is None or self.tau_squared is None or n <= 0:
            return None
        if self.tau_squared == 0:
            reach = z * math.sqrt(self.centre * (1 - self.centre) / n)
            return Interval(max(0.0, self.centre - reach), min(1.0, self.centre + reach))
        reach = z * math.sqrt(_standard_error(n) ** 2 + self.tau_squared)
        return Interval(_share_at(_angle(self.centre) - reach), _share_at(_angle(self.centre) + reach))


def funnel(shares: Sequence[Share]) -> Funnel:
    """The funnel of the bodies, in their order. Raises ValueError unless 0 ≤ x ≤ n at each."""
    counted = [share for share in shares if share.n]
    if not counted:
        return Funnel(None, None, None, tuple(_body(share, None, "") for share in shares))
    centre = sum(share.x for share in counted) / sum(share.n for share in counted)
    distances = {share: _distance(share, centre) for share in counted}
    phi = sum(z * z for z in _winsorised(list(distances.values()))) / len(counted)
    tau_squared = _between_bodies(counted, phi) if len(counted) >= FEWEST_BODIES else None
    plain = Funnel(centre, phi, tau_squared, ())
    bodies = tuple(_body(share, distances.get(share), _verdict(plain, share)) for share in shares)
    return Funnel(centre, phi, tau_squared, bodies)


def _angle(share: float) -> float:
    return math.asin(math.sqrt(share))


def _share_at(angle: float) -> float:
    """Unclipped, an angle beyond 0 or a right angle would come back as a share inside the limits."""
    return math.sin(min(max(angle, 0.0), math.pi / 2)) ** 2


def _standard_error(n: int) -> float:
    return 1 / (2 * math.sqrt(n))


def _distance(share: Share, centre: float) -> float:
    return (_angle(share.x / share.n) - _angle(centre)) / _standard_error(share.n)


def _winsorised(values: list[float]) -> list[float]:
    """The lowest and the highest tenth (rounded down) set to the nearest value left."""
    ranked, outer = sorted(values), math.floor(len(values) * WINSORISED)
    low, high = ranked[outer], ranked[-1 - outer]
    return [min(max(value, low), high) for value in values]


def _between_bodies(counted: list[Share], phi: float) -> float:
    weights = [1 / _standard_error(share.n) ** 2 for share in counted]
    total, k = sum(weights), len(counted)
    return max(0.0, (k * phi - (k - 1)) / (total - sum(weight * weight for weight in weights) / total))


def _verdict(plain: Funnel, share: Share) -> str:
    for z, name in LIMITS:
        if limits := plain.limits(share.n, z):
            if share.x / share.n > limits.high:
                return f"unusually high share (beyond the {name} limit)"
            if share.x / share.n < limits.low:
                return f"unusually low share (beyond the {name} limit)"
    return ""


def _body(share: Share, z: float | None, verdict: str) -> FunnelBody:
    ratio = share.x / share.n if share.n else None
    return FunnelBody(share.name, share.x, share.n, ratio, wilson(share.x, share.n), z, verdict)
