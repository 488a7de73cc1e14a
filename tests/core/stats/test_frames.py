"""Tables made with pandas: their sums are those of what was counted, and what is not known is not none."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.stats.frames import cross_table, delay_triangle, quarter_of

BODIES, FOUR_PS = ("cheshire", "cumbria", None), ("pursue", "prevent")
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(BODIES), st.sampled_from(FOUR_PS)), st.integers(min_value=-3, max_value=10_000)
)


def test_a_pair_without_a_count_is_none_of_them():
    table = cross_table({("cheshire", "pursue"): 3}, rows=BODIES, columns=FOUR_PS)
    assert table.cells["cheshire", "pursue"] == 3
    assert table.cells[None, "prevent"] == 0
    assert table.of_row == {"cheshire": 3, "cumbria": 0, None: 0}
    assert table.of_column == {"pursue": 3, "prevent": 0}
    assert table.total == 3


@given(COUNTS)
def test_sums_are_those_of_the_counts(counts):
    table = cross_table(counts, rows=BODIES, columns=FOUR_PS)
    assert table.total == sum(counts.values())
    assert sum(table.cells.values()) == table.total
    assert sum(table.of_row.values()) == sum(table.of_column.values()) == table.total
    for body in BODIES:
        assert table.of_row[body] == sum(n for (row, _), n in counts.items() if row == body)


def test_what_is_not_known_is_no_number():
    table = cross_table({("cheshire", 2022): 3}, rows=BODIES, columns=(2022, 2024), unknown_columns={2024})
    assert table.cells["cheshire", 2024] is None
    assert table.cells["cumbria", 2022] == 0
    assert table.of_column == {2022: 3, 2024: None}
    assert table.total == 3
    turned = cross_table({(2022, "cheshire"): 3}, rows=(2022, 2024), columns=BODIES, unknown_rows={2024})
    assert turned.cells[2024, None] is None
    assert turned.of_row == {2022: 3, 2024: None}


def test_months_come_together_as_quarters():
    counts = {(date(2022, month, 1), "pursue"): 1 for month in range(1, 13)}
    quarters = tuple(date(2022, month, 1) for month in (1, 4, 7, 10))
    table = cross_table(counts, rows=quarters, columns=FOUR_PS, row=quarter_of)
    assert [table.of_row[quarter] for quarter in quarters] == [3, 3, 3, 3]


def test_a_value_that_has_no_place_is_refused():
    with pytest.raises(KeyError):
        cross_table({("kent", "pursue"): 1}, rows=BODIES, columns=FOUR_PS)


def test_nothing_at_all():
    table = cross_table({}, rows=BODIES, columns=())
    assert (table.cells, table.total) == ({}, 0)
    assert set(cross_table({}, rows=BODIES, columns=FOUR_PS).cells.values()) == {0}


def test_a_triangle_counts_what_became_known_how_many_quarters_later():
    counts = {
        (date(2022, 2, 1), date(2022, 3, 1)): 5,
        (date(2022, 3, 1), date(2022, 4, 1)): 2,
        (date(2022, 1, 1), date(2022, 12, 1)): 1,
        (date(2022, 8, 1), date(2022, 9, 1)): 4,
    }
    triangle = delay_triangle(counts, last=date(2022, 10, 1))
    first, second, third, fourth = triangle.quarters
    assert [triangle.cells[first, delay] for delay in triangle.delays] == [5, 2, 0, 1]
    assert [triangle.cells[second, delay] for delay in triangle.delays] == [0, 0, 0, None]
    assert [triangle.cells[third, delay] for delay in triangle.delays] == [4, 0, None, None]
    assert [triangle.cells[fourth, delay] for delay in triangle.delays] == [0, None, None, None]
    assert triangle.of_quarter == {first: 8, second: 0, third: 4, fourth: 0}
    assert [triangle.within[first, delay] for delay in triangle.delays] == [5 / 8, 7 / 8, 7 / 8, 1]
    assert triangle.within[second, 0] is None


def test_what_became_known_after_the_last_quarter_is_left_out():
    counts = {(date(2022, 1, 1), date(2022, 2, 1)): 5, (date(2022, 1, 1), date(2022, 5, 1)): 2}
    triangle = delay_triangle(counts, last=date(2022, 1, 1))
    assert triangle.quarters == (date(2022, 1, 1),)
    assert triangle.of_quarter == {date(2022, 1, 1): 5}
    assert delay_triangle({}, last=date(2022, 1, 1)).quarters == ()


MONTHS = st.dates(date(2019, 1, 1), date(2023, 12, 31)).map(lambda day: day.replace(day=1))


@given(st.dictionaries(st.tuples(MONTHS, MONTHS), st.integers(min_value=1, max_value=50)))
def test_a_triangle_loses_nothing_that_was_known_in_time(counts):
    counts = {(happened, known): n for (happened, known), n in counts.items() if happened <= known}
    last = date(2023, 7, 1)
    triangle = delay_triangle(counts, last=last)
    expected = Counter[date]()
    for (happened, known), n in counts.items():
        if quarter_of(known) <= last:
            expected[quarter_of(happened)] += n
    assert {quarter: n for quarter, n in triangle.of_quarter.items() if n} == dict(expected)
    for quarter in triangle.quarters:
        seen = [triangle.cells[quarter, delay] for delay in triangle.delays]
        assert sum(n for n in seen if n is not None) == triangle.of_quarter[quarter]
        assert [n is None for n in seen] == sorted(n is None for n in seen)
