"""Counts broken down by any dimensions: nothing lost, and each 4P with its share of all four."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import DataKind, FourP
from disruptions.counts.queries import Scope
from disruptions.measures import queries as measures_queries
from disruptions.measures.queries import breakdown
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.access.models import EVERYTHING

SCOPE = Scope(standpoint=Standpoint(DataKind.RECORDED, date(2023, 1, 4), None, sight=EVERYTHING))
ROWS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(FourP.values), st.sampled_from(["major", "minor"]))
)
DIMENSIONS = ("organisation", "four_p", "size")


@pytest.fixture
def counted(monkeypatch):
    """Count these rows, each a body, a 4P and a size, in place of stored ones."""

    def of(rows):
        def count_by(scope, *dimensions):
            places = [DIMENSIONS.index(name) for name in dimensions]
            wanted = scope.values.get("four_p", frozenset(FourP.values))
            return dict(Counter(tuple(row[place] for place in places) for row in rows if row[1] in wanted))

        monkeypatch.setattr(measures_queries, "count_by", count_by)

    return of


@given(rows=ROWS, by=st.lists(st.sampled_from(DIMENSIONS), min_size=1, max_size=3, unique=True))
def test_the_groups_add_up_to_all_rows(rows, by):
    with pytest.MonkeyPatch.context() as patch:
        places = [DIMENSIONS.index(name) for name in by]
        patch.setattr(
            measures_queries,
            "count_by",
            lambda scope, *names: dict(Counter(tuple(row[p] for p in places) for row in rows)),
        )
        found = breakdown(SCOPE, by)
    assert sum(count.n for count in found) == len(rows)
    assert len({count.values for count in found}) == len(found)
    for count in found:
        assert (count.share is None) == ("four_p" not in by)
        if count.share:
            assert count.share.x == count.n <= count.share.n


def test_each_4p_of_a_group_has_a_row_and_its_share_of_all_four(counted):
    counted([(1, "pursue", "major")] * 3 + [(1, "prevent", "minor")])
    found = breakdown(SCOPE, ["organisation", "four_p"])
    assert [(count.values, count.share.x, count.share.n) for count in found] == [
        ((1, "pursue"), 3, 4),
        ((1, "prevent"), 1, 4),
        ((1, "protect"), 0, 4),
        ((1, "prepare"), 0, 4),
    ]


def test_a_share_is_of_all_4ps_also_where_one_is_asked_for(counted):
    counted([(1, "pursue", "major")] * 3 + [(1, "prevent", "minor")])
    scope = Scope(standpoint=SCOPE.standpoint, values={"four_p": frozenset(["prevent"])})
    assert [(count.values, count.share.x, count.share.n) for count in breakdown(scope, ["four_p"])] == [
        (("prevent",), 1, 4)
    ]


def test_groups_stand_in_order_with_none_last(monkeypatch):
    values = [(None,), (2023,), (2021,)]
    monkeypatch.setattr(measures_queries, "count_by", lambda scope, *names: dict.fromkeys(values, 1))
    assert [count.values for count in breakdown(SCOPE, ["activity_year"])] == [(2021,), (2023,), (None,)]


def test_nothing_has_no_groups(counted):
    counted([])
    assert breakdown(SCOPE, ["four_p"]) == []
