"""Pages by keyset: walking them gives every row once, in order, whatever the order and however many are empty."""

import re
from datetime import date

import pytest
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from disruptions.extracts.models import Extract
from inspections.findings.models import Topic
from inspections.programmes.models import Inspection
from soc_tracker.core.lists.paging import KeysetPage, PageTokenError, in_order, jumps, keyset_page

pytestmark = pytest.mark.django_db
ORDERS = [
    ["-published_on", "title"],
    ["published_on", "-title"],
    ["-published_on"],
    ["published_on", "-pk"],
    ["programme__year", "organisation__name", "title"],
    ["-region__name", "published_on"],
    ["-organisation__valid_from", "title", "pk"],
]


def query(url: str) -> QueryDict:
    return QueryDict(url.removeprefix("?"))


def walk(queryset, order, size, direction="older", start="") -> list[KeysetPage]:
    pages, url = [], start
    while not pages or url:
        pages.append(keyset_page(queryset, order, params=query(url), size=size))
        url = getattr(pages[-1], f"{direction}_url")
        assert len(pages) < 100
    return pages


@pytest.fixture
def inspections() -> list[Inspection]:
    """Twenty, with equal and empty values in every field that an order may name."""
    regions = baker.make("forces.Region", name=iter("AB"), slug=iter("ab"), _quantity=2)
    forces = baker.make(
        "forces.Organisation",
        name=iter("XYZ"),
        short_name=iter("XYZ"),
        slug=iter("xyz"),
        kind="force",
        valid_from=iter(["2011-03-27", None, "2011-03-27"]),
        _quantity=3,
    )
    programmes = baker.make(
        "inspections.Programme", year=iter([2017, 2022]), scale="five", slug=iter("pq"), _quantity=2
    )
    return [
        baker.make(
            Inspection,
            title=f"title {number % 4}",
            slug=f"inspection-{number}",
            published_on=None if number % 3 == 0 else f"20{10 + number % 5}-01-01",
            programme=programmes[number % 2],
            region=regions[number % 4 // 2] if number % 2 else None,
            organisation=None if number % 2 else forces[number % 3],
        )
        for number in range(20)
    ]


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 3, 7, 20, 50])
def test_walking_older_gives_every_row_once_in_order(inspections, order, size) -> None:
    pages = walk(Inspection.objects.all(), order, size)
    rows = [row.pk for page in pages for row in page.rows]
    assert rows == [row.pk for row in in_order(Inspection.objects.all(), order)]
    assert sorted(rows) == sorted(inspection.pk for inspection in inspections)
    assert {page.total for page in pages} == {20}
    assert [len(page.rows) for page in pages[:-1]] == [size] * (len(pages) - 1)


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 3, 10])
def test_walking_newer_from_the_end_comes_back_the_same_way(inspections, order, size) -> None:
    there = walk(Inspection.objects.all(), order, size)
    back = walk(Inspection.objects.all(), order, size, "newer", there[-2].older_url)
    assert back[-1].newer_url == ""
    assert [row.pk for row in back[-1].rows] == [row.pk for row in there[0].rows]
    seen = {row.pk for page in back for row in page.rows}
    assert seen == {inspection.pk for inspection in inspections}


def test_empty_values_stand_last_in_either_direction(inspections) -> None:
    for order in (["published_on"], ["-published_on"]):
        dates = [row.published_on for row in in_order(Inspection.objects.all(), order)]
        assert None not in dates[:13]
        assert dates[13:] == [None] * 7


def test_the_first_page_has_no_newer_and_the_last_no_older(inspections) -> None:
    pages = walk(Inspection.objects.all(), ["title"], 10)
    assert [bool(page.newer_url) for page in pages] == [False, True]
    assert [bool(page.older_url) for page in pages] == [True, False]


def test_the_way_back_to_the_first_page_fills_it(inspections) -> None:
    """Newer from the second page leads to the first one in full, even when rows were removed above it."""
    second = walk(Inspection.objects.all(), ["slug"], 5)[1]
    in_order(Inspection.objects.all(), ["slug"])[0].delete()
    page = keyset_page(Inspection.objects.all(), ["slug"], params=query(second.newer_url), size=5)
    assert len(page.rows) == 5
    assert page.newer_url == ""


def test_a_page_whose_rows_were_all_removed_leads_to_the_first(inspections) -> None:
    first = keyset_page(Inspection.objects.all(), ["slug"], params=query("?kind=a"), size=19)
    in_order(Inspection.objects.all(), ["slug"])[19].delete()
    page = keyset_page(Inspection.objects.all(), ["slug"], params=query(first.older_url), size=19)
    assert (page.rows, page.older_url, page.newer_url) == ([], "", "?kind=a")


def test_rows_added_above_do_not_shift_the_next_page(inspections) -> None:
    first = keyset_page(Inspection.objects.all(), ["title", "pk"], params=query(""), size=5)
    expected = [row.pk for row in in_order(Inspection.objects.all(), ["title", "pk"])][5:10]
    new = baker.make(Inspection, title="a first title", slug="new", organisation=inspections[0].organisation)
    second = keyset_page(Inspection.objects.all(), ["title", "pk"], params=query(first.older_url), size=5)
    assert [row.pk for row in second.rows] == expected
    assert new.pk not in expected


def test_other_parameters_are_kept(inspections) -> None:
    page = keyset_page(Inspection.objects.all(), ["title"], params=query("?kind=a&kind=b&q=&format=csv"), size=5)
    assert page.older_url.startswith("?kind=a&kind=b&older=")
    assert "format" not in page.older_url


def test_an_annotation_may_be_an_order(inspections) -> None:
    queryset = Inspection.objects.annotate(year=F("programme__year"))
    rows = [row for page in walk(queryset, ["-year", "title"], 6) for row in page.rows]
    assert [row.year for row in rows] == sorted((row.year for row in rows), reverse=True)
    assert len(rows) == 20


def test_an_empty_list_is_one_empty_page() -> None:
    assert keyset_page(Topic.objects.all(), ["name"], params=query("")) == KeysetPage([], "", "", 0)


@pytest.mark.parametrize("parameter", ["older", "newer"])
@pytest.mark.parametrize("token", ["x", "\x00", "é", "WyJhIl0:1:2", "a" * 5000, ":::"])
def test_a_token_that_the_list_did_not_make_is_refused(inspections, parameter, token) -> None:
    params = QueryDict(mutable=True)
    params[parameter] = token
    with pytest.raises(PageTokenError) as refused:
        keyset_page(Inspection.objects.all(), ["title"], params=params)
    assert refused.value.parameter == parameter


def test_a_token_of_another_order_model_or_kind_is_refused(inspections) -> None:
    url = keyset_page(Inspection.objects.all(), ["title"], params=query(""), size=5).older_url
    for queryset, order in (
        (Inspection.objects.all(), ["-title"]),
        (Inspection.objects.all(), ["slug"]),
        (Topic.objects.all(), ["name"]),
    ):
        with pytest.raises(PageTokenError):
            keyset_page(queryset, order, params=query(url))
    forged = signing.dumps(["title 1", 1], salt="something else")
    with pytest.raises(PageTokenError):
        keyset_page(Inspection.objects.all(), ["title"], params=query(f"?older={forged}"))


def test_both_tokens_at_once_are_refused(inspections) -> None:
    url = keyset_page(Inspection.objects.all(), ["title"], params=query(""), size=5).older_url
    with pytest.raises(PageTokenError):
        keyset_page(Inspection.objects.all(), ["title"], params=query(f"{url}&newer=x"))


@pytest.mark.parametrize("order", [["colour"], ["programme"], ["programme__colour"]])
def test_an_order_by_no_plain_field_is_a_mistake_of_ours(order) -> None:
    with pytest.raises(FieldDoesNotExist):
        keyset_page(Inspection.objects.all(), order, params=query(""))


def test_three_queries_at_most(inspections, django_assert_max_num_queries) -> None:
    url = walk(Inspection.objects.all(), ["title"], 5)[1].newer_url
    with django_assert_max_num_queries(3):
        keyset_page(Inspection.objects.all(), ["title"], params=query(url), size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "a", "b"])), max_size=15),
    st.integers(1, 5),
    st.sampled_from([["order"], ["-order", "description"], ["description", "-order", "-pk"]]),
)
def test_any_rows_in_any_order_are_walked_once(values, size, order) -> None:
    Topic.objects.all().delete()
    Topic.objects.bulk_create(
        Topic(name=f"n{place}", slug=f"s{place}", order=number, description=text)
        for place, (number, text) in enumerate(values)
    )
    rows = [row.pk for page in walk(Topic.objects.all(), order, size) for row in page.rows]
    assert rows == list(in_order(Topic.objects.all(), order).values_list("pk", flat=True))
    assert len(rows) == len(values)


def test_a_number_that_is_known_is_not_counted(inspections, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        page = keyset_page(Inspection.objects.all(), ["title"], params=query(""), size=5, total=1_000_000)
    assert (page.total, len(page.rows)) == (1_000_000, 5)
    with django_assert_num_queries(0):
        assert keyset_page(Inspection.objects.all(), ["title"], params=query(""), total=0).rows == []


def test_rows_may_be_named_tuples_of_some_fields(inspections) -> None:
    fields, pages, url = ("title", "region__name"), [], ""
    while not pages or url:
        pages.append(keyset_page(Inspection.objects.all(), ["title"], params=query(url), size=7, fields=fields))
        url = pages[-1].older_url
    rows = [(row.title, row.region__name) for page in pages for row in page.rows]
    assert rows == list(in_order(Inspection.objects.all(), ["title"]).values_list("title", "region__name"))


@pytest.mark.parametrize(
    ("order", "tuples"),
    [
        (["title"], True),
        (["-title", "-pk"], True),
        (["title", "-pk"], False),
        (["-title"], False),
        (["published_on"], False),
    ],
    ids=str,
)
def test_an_order_all_one_way_is_asked_as_a_comparison_of_tuples(inspections, order, tuples) -> None:
    """Which an index in that order answers by itself, wherever the page is."""
    url = keyset_page(Inspection.objects.all(), order, params=query(""), size=5).older_url
    with CaptureQueriesContext(connection) as captured:
        keyset_page(Inspection.objects.all(), order, params=query(url), size=5, total=20)
    sql = captured[0]["sql"]
    assert (re.search(r'\("[^()]+", "[^()]+"\) [<>] \(', sql) is not None) is tuples


@pytest.fixture
def dated() -> list[date]:
    """The days of twenty extracts, from 1 to 10 January 2023, each twice."""
    days = [date(2023, 1, 1 + number * 7 % 10) for number in range(20)]
    baker.make(Extract, as_at=iter(days), sha256="a" * 64, _quantity=20)
    return days


@pytest.mark.parametrize("day", ["2022-12-31", "2023-01-01", "2023-01-06", "2023-01-10", "2023-01-11"])
@pytest.mark.parametrize("order", [["as_at", "pk"], ["-as_at", "-pk"], ["-as_at"]], ids=str)
def test_jumping_opens_the_page_that_begins_at_the_day(dated, order, day) -> None:
    page = keyset_page(Extract.objects.all(), order, params=query(f"?jump={day}&kind=a"), size=4)
    whole = list(in_order(Extract.objects.all(), order))
    wanted = date.fromisoformat(day)
    passed = [row for row in whole if (row.as_at > wanted if order[0] == "-as_at" else row.as_at < wanted)]
    assert [row.pk for row in page.rows] == [row.pk for row in whole[len(passed) : len(passed) + 4]]
    assert bool(page.newer_url) == bool(passed)
    assert bool(page.older_url) == (len(whole) > len(passed) + 4)
    assert "jump" not in page.newer_url + page.older_url


@pytest.mark.parametrize("order", [["as_at", "pk"], ["-as_at", "-pk"]], ids=str)
def test_a_jump_and_its_neighbours_are_the_whole_list(dated, order) -> None:
    start = keyset_page(Extract.objects.all(), order, params=query("?jump=2023-01-05"), size=3)
    later = walk(Extract.objects.all(), order, 3, "older", start.older_url)
    first = walk(Extract.objects.all(), order, 3, "newer", start.newer_url)
    seen = [row.pk for page in [*first, start, *later] for row in page.rows]
    assert set(seen) == {extract.pk for extract in Extract.objects.all()}


@pytest.mark.parametrize(
    ("order", "url"),
    [
        (["as_at"], "?jump=soon"),
        (["as_at"], "?jump=05/01/2023"),
        (["file_name"], "?jump=2023-01-05"),
        (["loaded_at"], "?jump=2023-01-05"),
        (["as_at"], "?jump=2023-01-05&older=x"),
    ],
)
def test_a_jump_that_cannot_be_made_is_refused(dated, order, url) -> None:
    with pytest.raises(PageTokenError) as refused:
        keyset_page(Extract.objects.all(), order, params=query(url))
    assert refused.value.parameter == "jump"


@pytest.mark.parametrize(
    ("queryset", "order", "possible"),
    [
        (Extract.objects.all(), ["-as_at"], True),
        (Extract.objects.all(), ["loaded_at"], False),
        (Extract.objects.all(), ["file_name", "as_at"], False),
        (Inspection.objects.all(), ["published_on"], False),
    ],
)
def test_only_an_order_by_a_day_that_every_row_has_can_be_jumped_in(queryset, order, possible) -> None:
    assert jumps(queryset, order) is possible


@pytest.mark.parametrize("url", ["?jump=2023-01-05", ""])
@pytest.mark.parametrize("order", [["as_at", "pk"], ["-as_at", "-pk"]], ids=str)
def test_where_the_page_begins_is_the_first_condition(dated, order, url) -> None:
    """SQLite enters an index by the first of several bounds: by another, it would read all rows before the page."""
    rows = Extract.objects.filter(as_at__range=(date(2023, 1, 2), date(2023, 1, 9)))
    url = url or keyset_page(rows, order, params=query(""), size=5).older_url
    with CaptureQueriesContext(connection) as captured:
        keyset_page(rows, order, params=query(url), size=5, total=20)
    conditions = captured[0]["sql"].partition(" WHERE ")[2].lstrip("(")
    assert conditions.startswith('"disruptions_extract"."as_at"')
    assert "BETWEEN" not in conditions.split(" AND ")[0]
