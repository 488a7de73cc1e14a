"""Shares: Wilson's interval against published check values, and rounding that never loses a half."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.stats.shares import whole_percent, wilson


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 10**7))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (312, 373, 79.6, 87.1),
        (343, 490, 65.8, 73.9),
        (540, 635, 82.1, 87.6),
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.0, 16.11),
        (1, 29, 0.61, 17.18),
        (29, 29, 88.30, 100.0),
    ],
)
def test_wilson_gives_the_published_intervals(x: int, n: int, low: float, high: float) -> None:
    interval = wilson(x, n)
    digits = 1 if n > 300 else 2
    assert (round(interval.low * 100, digits), round(interval.high * 100, digits)) == (low, high)


def test_without_records_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_what_is_no_share_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(x, n)


@given(counts())
def test_the_interval_holds_the_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    x, n = share
    interval = wilson(x, n)
    assert 0 <= interval.low <= x / n <= interval.high <= 1


@given(counts())
def test_the_interval_of_the_rest_is_its_mirror(share: tuple[int, int]) -> None:
    x, n = share
    one, other = wilson(x, n), wilson(n - x, n)
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)
    assert one.high == pytest.approx(1 - other.low, abs=1e-9)


@given(counts(), st.integers(2, 10))
def test_more_records_of_the_same_share_narrow_the_interval(share: tuple[int, int], times: int) -> None:
    x, n = share
    few, many = wilson(x, n), wilson(x * times, n * times)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Fraction(25, 1000), 3),
        (Decimal("0.025"), 3),
        (0.025, 3),
        (0.145, 15),
        (Fraction(1, 200), 1),
        (Fraction(499, 100_000), 0),
        (Fraction(312, 373), 84),
        (Fraction(343, 490), 70),
        (Fraction(540, 635), 85),
        (0, 0),
        (1, 100),
    ],
)
def test_a_half_is_rounded_up(share: Fraction | Decimal | float, percent: int) -> None:
    assert whole_percent(share) == percent


@given(counts())
def test_rounding_moves_a_share_by_at_most_half_a_percent(share: tuple[int, int]) -> None:
    exact = Fraction(*share) * 100
    assert -Fraction(1, 2) < whole_percent(Fraction(*share)) - exact <= Fraction(1, 2)
