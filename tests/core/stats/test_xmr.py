"""XmR charts: limits as worked by hand, each rule with a series that breaks it and none other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.stats.series import xmr

STEADY = [10, 12] * 8
series = st.lists(st.integers(0, 10_000), min_size=2, max_size=60)


def rules(values: list[float]) -> set[str]:
    return {signal.rule for signal in xmr(values).signals}


def test_limits_as_worked_by_hand() -> None:
    chart = xmr(STEADY)
    assert (chart.centre, chart.lower, chart.upper) == (11, pytest.approx(11 - 5.32), pytest.approx(11 + 5.32))
    assert chart.signals == ()


@pytest.mark.parametrize(("points", "trial"), [(11, True), (12, False)])
def test_under_twelve_points_the_limits_are_on_trial(points: int, trial: bool) -> None:
    assert xmr(STEADY[:points]).trial is trial


def test_signals_that_share_a_point_are_one_run_with_all_their_rules() -> None:
    chart = xmr([10, 12] * 8 + [40] * 8)
    assert len(chart.signals) > len(chart.runs)
    assert [(run.first, run.last) for run in chart.runs] == sorted({(run.first, run.last) for run in chart.runs})
    assert all(run.last < other.first for run, other in pairwise(chart.runs))
    for run in chart.runs:
        within = {signal.rule for signal in chart.signals if run.first <= signal.first <= run.last}
        assert set(run.rule.split("; ")) == within


@pytest.mark.parametrize("values", [[], [5]])
def test_under_two_points_nothing_varies(values: list[float]) -> None:
    assert xmr(values) is None


def test_one_leap_does_not_widen_the_limits() -> None:
    """Ranges are 2 but for the leap to 60 and back (50, 48): both exceed 3.267 times the mean and are left out."""
    values = [*STEADY, 60, *STEADY]
    chart = xmr(values)
    mean = sum(values) / len(values)
    assert chart.upper == pytest.approx(mean + 2.66 * 2)
    assert [(signal.first, signal.last) for signal in chart.signals if signal.rule == "beyond a limit"] == [(16, 16)]


def test_seven_in_a_row_on_one_side() -> None:
    values = [10, 12, 10, 12, 10, 12, 10, 12, 12.1, 11.9, 12.1, 11.9, 12.1, 11.9, 12, 9, 8, 9, 8, 9, 8, 9]
    found = [signal for signal in xmr(values).signals if "in a row" in signal.rule]
    assert [(signal.rule, signal.first, signal.last) for signal in found] == [
        ("7 in a row above the centre", 7, 14),
        ("7 in a row below the centre", 15, 21),
    ]


def test_six_in_a_row_are_not_seven() -> None:
    values = [10, 12, 10, 12, 12, 12, 12, 12, 12, 10, 10, 12, 10, 10, 12, 10]
    assert not any("in a row" in rule for rule in rules(values))


def test_seven_rising_and_seven_falling() -> None:
    wave = [10, 11, 12, 13, 14, 15, 16, 15, 14, 13, 12, 11, 10]
    found = {(signal.rule, signal.first, signal.last) for signal in xmr(wave).signals}
    assert ("7 in a row rising", 0, 6) in found
    assert ("7 in a row falling", 6, 12) in found
    assert not any("rising" in rule for rule in rules([10, 11, 12, 13, 14, 15, 10, 11, 12, 13, 14, 15]))


def test_two_of_three_in_the_outer_third() -> None:
    values = [10, 12, 10, 12, 10, 12, 10, 12, 18, 11, 18, 10, 12, 10, 12, 10]
    found = [signal for signal in xmr(values).signals if signal.rule == "2 of 3 in the outer third"]
    assert [(signal.first, signal.last) for signal in found] == [(8, 10)]


def test_the_outer_thirds_of_two_sides_do_not_add_up() -> None:
    values = [10, 12, 10, 12, 10, 12, 10, 14.9, 7.1, 12, 10, 12, 10, 12, 10, 12]
    assert "2 of 3 in the outer third" not in rules(values)


def test_a_flat_series_gives_no_signal() -> None:
    assert xmr([7] * 20).signals == ()


@given(series, st.integers(-1000, 1000))
def test_moving_all_values_moves_the_chart_and_keeps_the_signals(values: list[int], by: int) -> None:
    chart, moved = xmr(values), xmr([value + by for value in values])
    assert moved.centre == pytest.approx(chart.centre + by)
    assert moved.upper == pytest.approx(chart.upper + by)
    assert chart.lower <= chart.centre <= chart.upper


@given(series)
def test_upside_down_the_signals_stand_at_the_same_points(values: list[int]) -> None:
    chart, mirrored = xmr(values), xmr([-value for value in values])
    assert {signal.first for signal in chart.signals} == {signal.first for signal in mirrored.signals}
    assert all(0 <= signal.first <= signal.last < len(values) for signal in chart.signals)
