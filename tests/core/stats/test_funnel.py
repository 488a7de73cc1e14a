"""Funnel plots: the worked values of three published shares, and the rules for limits and verdicts."""

import math
from dataclasses import replace
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from soc_tracker.core.stats.shares import FEWEST_RECORDS, Z_95, Z_998, Share, binomial_limits, funnel

NORTH_WEST = [Share("Cheshire", 312, 373), Share("Greater Manchester", 343, 490), Share("Lancashire", 540, 635)]


@st.composite
def bodies(draw: st.DrawFn, fewest: int = 0, most: int = 30) -> list[Share]:
    sizes = draw(st.lists(st.integers(0, 5000), min_size=fewest, max_size=most))
    return [Share(f"body {place}", draw(st.integers(0, n)), n) for place, n in enumerate(sizes)]


def test_three_published_shares_as_worked() -> None:
    result = funnel(NORTH_WEST)
    assert result.centre == pytest.approx(1195 / 1498)
    assert round(result.phi, 1) == 13.7
    assert [round(body.z, 2) for body in result.bodies] == [1.94, -5.01, 3.49]


def test_three_bodies_get_no_limits_and_no_verdict() -> None:
    result = funnel(NORTH_WEST)
    assert result.tau_squared is None
    assert result.limits(400) is None
    assert {body.verdict for body in result.bodies} == {""}


def test_without_records_there_is_no_centre() -> None:
    result = funnel([Share("A", 0, 0)])
    assert (result.centre, result.phi, result.limits(10)) == (None, None, None)
    assert result.bodies[0].share is None
    assert result.bodies[0].z is None


def test_a_body_without_records_takes_no_part() -> None:
    with_it, without = funnel([*NORTH_WEST, Share("Cumbria", 0, 0)]), funnel(NORTH_WEST)
    assert (with_it.centre, with_it.phi) == (without.centre, without.phi)
    assert with_it.bodies[3].interval is None


def test_one_body_far_off_among_equals_is_named_with_the_limit_that_it_crosses() -> None:
    equals = [Share(f"body {place}", 500, 1000) for place in range(19)]
    result = funnel([*equals, Share("odd", 600, 1000), Share("low", 460, 1000)])
    verdicts = {body.name: body.verdict for body in result.bodies if body.verdict}
    assert verdicts == {
        "odd": "unusually high share (beyond the 99.8 % limit)",
        "low": "unusually low share (beyond the 95 % limit)",
    }


def test_usual_differences_between_bodies_widen_the_limits() -> None:
    spread = [Share(f"body {place}", 400 + 20 * place, 1000) for place in range(11)]
    result = funnel(spread)
    assert result.tau_squared > 0
    assert not any(body.verdict for body in result.bodies)


def test_without_overdispersion_the_limits_are_those_of_the_binomial() -> None:
    result = funnel([Share(f"body {place}", 500, 1000) for place in range(10)])
    limits = result.limits(100, Z_998)
    assert result.tau_squared == 0
    assert limits.high - 0.5 == pytest.approx(Z_998 * math.sqrt(0.25 / 100))
    assert 0.5 - limits.low == pytest.approx(Z_998 * math.sqrt(0.25 / 100))


def test_tau_squared_as_worked_by_hand() -> None:
    """Ten bodies of 100 at 40 % or 60 %: y differs from y0 by ±0.1013579 (asin of the square roots), s = 0.05."""
    result = funnel([Share(f"body {place}", 40 if place % 2 else 60, 100) for place in range(10)])
    offset = math.asin(math.sqrt(0.6)) - math.pi / 4
    phi = (offset / 0.05) ** 2
    assert result.phi == pytest.approx(phi)
    assert result.tau_squared == pytest.approx((10 * phi - 9) / (4000 - 400))


def test_a_small_body_does_not_wrap_round_and_get_flagged() -> None:
    """At a centre near 1 the upper angle passes a right angle: unclipped, its sine would fall back below the share."""
    shares = [Share(f"body {place}", 990 - 15 * (place % 2), 1000) for place in range(12)]
    result = funnel([*shares, Share("tiny", 2, 2)])
    assert result.limits(2).high == 1.0
    assert result.bodies[-1].verdict == ""


# Of few records, limits are exact: here each probability is summed up in full, from its formula.


def one_sided_mid_p(x: int, n: int, p: float) -> float:
    """Of a share at least as far from the centre on its side."""
    farther = range(x + 1, n + 1) if x / n > p else range(x)
    return sum(probability(each, n, p) for each in farther) + probability(x, n, p) / 2


def probability(x: int, n: int, p: float) -> float:
    return math.comb(n, x) * p**x * (1 - p) ** (n - x)


@pytest.mark.parametrize(
    ("x", "n", "expected", "beyond"),
    [(5, 5, 0.144, ()), (7, 7, 0.088, ()), (1, 4, 0.019, ("95",)), (54, 55, 1.0e-5, ("95", "99.8"))],
)
def test_few_records_at_a_centre_of_78_percent(x, n, expected, beyond):
    assert one_sided_mid_p(x, n, 0.78) == pytest.approx(expected, rel=0.04)
    for name, z in (("95", Z_95), ("99.8", Z_998)):
        limits = binomial_limits(n, 0.78, z)
        assert (not limits.low <= x / n <= limits.high) == (name in beyond)


def test_under_thirty_records_there_is_no_verdict_whatever_the_limit():
    """All of one body's few records, or none of them, are not unusual."""
    usual = [Share(f"body {place}", 780, 1000) for place in range(10)]
    result = funnel([*usual, Share("low", 1, 4), Share("29", 0, 29)])
    assert result.limits(4).low > 1 / 4
    assert [body.verdict for body in result.bodies[-2:]] == ["", ""]
    result = funnel([*usual, Share("30", 0, 30)])
    assert result.bodies[-1].verdict == "unusually low share (beyond the 99.8 % limit)"


def test_54_of_55_is_unusually_high_where_nothing_but_chance_differs():
    result = funnel([*(Share(f"body {place}", 780, 1000) for place in range(10)), Share("odd", 54, 55)])
    assert result.tau_squared == 0
    assert result.bodies[-1].verdict == "unusually high share (beyond the 99.8 % limit)"


probabilities = st.floats(0, 1)


@given(st.integers(1, 400), probabilities, st.sampled_from([Z_95, Z_998]), st.data())
def test_a_share_lies_beyond_a_limit_exactly_where_its_mid_p_is_smaller(n, p, z, data):
    x = data.draw(st.integers(0, n))
    assume(n * p * (1 - p) < 10 and x / n != p)
    limits, tail = binomial_limits(n, p, z), NormalDist().cdf(-z)
    mid_p = one_sided_mid_p(x, n, p)
    assume(abs(mid_p - tail) > 1e-9)
    assert (not limits.low - 1e-12 <= x / n <= limits.high + 1e-12) == (mid_p < tail)


@given(st.integers(1, 5000), probabilities, probabilities)
def test_limits_move_with_the_centre_widen_with_z_and_narrow_with_n(n, p, q):
    low, high = sorted((p, q))
    for z in (Z_95, Z_998):
        lower, upper = binomial_limits(n, low, z), binomial_limits(n, high, z)
        assert lower.low <= low + 1e-9
        assert low - 1e-9 <= lower.high
        is_one_way = all((n * each * (1 - each) < 10) for each in (low, high))
        assert not is_one_way or (lower.low <= upper.low + 1e-9 and lower.high <= upper.high + 1e-9)
        more = binomial_limits(9 * n, low, z)
        assert more.high - more.low <= lower.high - lower.low + 1e-9
    inner, outer = binomial_limits(n, low, Z_95), binomial_limits(n, low, Z_998)
    assert outer.low <= inner.low + 1e-9
    assert inner.high <= outer.high + 1e-9


@given(bodies(fewest=10), st.integers(1, FEWEST_RECORDS - 1))
def test_all_or_none_of_a_few_records_is_never_unusual(shares, n):
    result = funnel([*shares, Share("all", n, n), Share("none", 0, n)])
    assert [body.verdict for body in result.bodies[-2:]] == ["", ""]


@given(bodies(fewest=10), st.integers(1, 2000))
def test_a_larger_share_is_never_less_high(shares, n):
    """Of any two shares of as many records, the larger one lies beyond the upper limit if the smaller one does."""
    result = funnel(shares)
    beyond = ["high" in result.verdict(Share("any", x, n)) for x in range(0, n + 1, max(1, n // 20))]
    assert beyond == sorted(beyond)


@given(bodies(fewest=10), st.integers(1, 5000))
def test_differences_between_bodies_never_narrow_the_limits(shares, n):
    result = funnel(shares)
    chance = replace(result, tau_squared=0.0)
    if limits := result.limits(n):
        assert limits.low <= chance.limits(n).low
        assert chance.limits(n).high <= limits.high


@given(bodies())
def test_any_bodies_have_limits_around_the_centre_or_none(shares: list[Share]) -> None:
    result = funnel(shares)
    assert [body.name for body in result.bodies] == [share.name for share in shares]
    with_records = sum(share.n > 0 for share in shares)
    assert (result.tau_squared is not None) == (with_records >= 10)
    for share in shares:
        limits = result.limits(share.n)
        assert (limits is not None) == (with_records >= 10 and share.n > 0)
        assert limits is None or 0 <= limits.low <= result.centre + 1e-9 <= limits.high + 2e-9 <= 1 + 2e-9


@given(bodies(fewest=10))
def test_verdict_says_exactly_that_the_share_is_beyond_a_limit(shares: list[Share]) -> None:
    result = funnel(shares)
    for body in result.bodies:
        limits = result.limits(body.n)
        beyond = limits is not None and not limits.low <= body.share <= limits.high
        assert bool(body.verdict) == (beyond and body.n >= FEWEST_RECORDS)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a share"):
        funnel([Share("A", 1, 0)])
