"""Late recording: the estimate on triangles whose delays are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.stats.series import completeness


def months(number: int) -> list[date]:
    return [date(2020 + place // 12, place % 12 + 1, 1) for place in range(number)]


def triangle(totals: list[int], pattern: list[int]) -> dict[date, list[int]]:
    """Months that record ``pattern`` parts of their total at delay 0, 1, 2 …, the newest seen at delay 0 only."""
    newest = len(totals) - 1
    return {
        month: [total * part for part in pattern[: newest - place + 1]]
        for place, (month, total) in enumerate(zip(months(len(totals)), totals, strict=True))
    }


def test_a_steady_delay_is_found_again() -> None:
    """6 of 10 in the month itself, 3 a month later, 1 two months later."""
    result = completeness(triangle([10] * 14, [6, 3, 1]), extracts=14)
    shares = list(result.by_month.values())
    assert shares[:-2] == pytest.approx([1.0] * 12)
    assert shares[-2:] == pytest.approx([0.9, 0.6])
    assert result.delays == (14 * 60, 13 * 30, 12 * 10)


@pytest.mark.parametrize(("months_over", "extracts"), [(11, 11), (14, 2)])
def test_too_little_gives_the_delays_and_no_estimate(months_over: int, extracts: int) -> None:
    result = completeness(triangle([10] * months_over, [6, 3, 1]), extracts=extracts)
    assert result.by_month is None
    assert sum(result.delays) > 0


def test_no_record_at_all_gives_no_delay() -> None:
    assert completeness({}, extracts=20).delays == ()


def test_months_that_began_with_nothing_cannot_be_estimated_from() -> None:
    result = completeness(triangle([10] * 14, [0, 3, 1]), extracts=14)
    assert result.by_month is None


def test_empty_months_do_not_disturb_the_others() -> None:
    with_gaps = completeness(triangle([10, 0] * 7, [6, 3, 1]), extracts=14)
    assert list(with_gaps.by_month.values())[-2:] == pytest.approx([0.9, 0.6])


@given(
    st.lists(st.integers(1, 500), min_size=12, max_size=30),
    st.lists(st.integers(0, 20), min_size=1, max_size=6).filter(lambda pattern: pattern[0] > 0),
)
def test_whatever_the_totals_the_pattern_comes_back(totals: list[int], pattern: list[int]) -> None:
    result = completeness(triangle(totals, pattern), extracts=12)
    newest_first = list(result.by_month.values())[::-1]
    seen = [sum(pattern[: age + 1]) / sum(pattern) for age in range(len(totals))]
    assert newest_first == pytest.approx(seen)


@given(st.data())
def test_older_months_are_never_less_complete(data: st.DataObject) -> None:
    number = data.draw(st.integers(12, 24))
    counts = {
        month: data.draw(st.lists(st.integers(0, 50), min_size=number - place, max_size=number - place))
        for place, month in enumerate(months(number))
    }
    result = completeness(counts, extracts=12)
    if result.by_month is not None:
        shares = list(result.by_month.values())
        assert shares == sorted(shares, reverse=True)
        assert all(0 < share <= 1 for share in shares)
