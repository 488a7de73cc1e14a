"""Bounded lists: some rows, how many there are in all, one query."""

import pytest
from model_bakery import baker

from inspections.findings.models import Topic
from soc_tracker.core.lists.paging import bounded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rows", "size", "shown", "is_cut"), [(0, 2, 0, False), (1, 2, 1, False), (2, 2, 2, False), (5, 2, 2, True)]
)
def test_some_rows_and_their_number_in_one_query(django_assert_num_queries, rows, size, shown, is_cut) -> None:
    for number in range(rows):
        baker.make(Topic, name=f"t{number}", slug=f"t{number}")
    with django_assert_num_queries(1):
        part = bounded(Topic.objects.order_by("name"), size, "/topics/")
    assert [topic.name for topic in part.rows] == [f"t{number}" for number in range(shown)]
    assert (part.total, part.is_cut, part.url) == (rows, is_cut, "/topics/")


def test_the_number_is_that_of_the_filtered_rows() -> None:
    for number in range(4):
        baker.make(Topic, name=f"t{number}", slug=f"t{number}", order=number % 2)
    assert bounded(Topic.objects.filter(order=1).order_by("name"), 1).total == 2


def test_where_nobody_needs_the_number_it_is_not_counted(django_assert_num_queries) -> None:
    for number in range(4):
        baker.make(Topic, name=f"topic {number}", slug=f"t{number}", order=number)
    with django_assert_num_queries(1) as queries:
        cut = bounded(Topic.objects.order_by("order"), 3, counted=False)
    assert "COUNT" not in queries[0]["sql"]
    assert (len(cut.rows), cut.total, cut.is_cut) == (3, None, True)
    assert not bounded(Topic.objects.order_by("order"), 4, counted=False).is_cut
