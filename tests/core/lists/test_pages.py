"""List pages: what is on the page, what is in the files, and what a wrong address gets."""

import csv
import io
import re
import zipfile
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory
from model_bakery import baker

from inspections.findings.models import Topic
from soc_tracker.core.lists import pages as lists_pages
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage

pytestmark = pytest.mark.django_db


class TopicFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter("description", choices=[("odd", "Odd"), ("even", "Even")], label="Kind")

    class Meta:
        model = Topic
        fields = ()


class TopicList(ListPage):
    title = "Topics"
    template_name = "components/list_page.html"
    filterset_class = TopicFilter
    columns = (
        Column("name", "Name", lambda topic: topic.name),
        Column("kind", "Kind", lambda topic: topic.description, sort=("description",)),
        Column("order", "Order", lambda topic: topic.order, numeric=True, sort=("order", "-name")),
    )
    on_page = ("order", "name")
    order = ("name",)
    page_size = 4

    def rows_for(self, user):
        return Topic.objects.visible_to(user)


@pytest.fixture(autouse=True)
def topics() -> None:
    for number in range(10):
        kind = "odd" if number % 2 else "even"
        baker.make(Topic, name=f"topic {number}", slug=f"t{number}", description=kind, order=100 - number // 3)


def reader() -> User:
    """Somebody whose groups are known, so that the page's own queries are the only ones."""
    user = User(pk=1, username="somebody", is_superuser=True, first_name="Some", last_name="Body")
    user._group_names_cache = set()
    return user


def opened(query: str = "") -> tuple[TopicList, object]:
    request = RequestFactory().get(f"/topics/?{query}")
    request.user = reader()
    page = TopicList()
    page.setup(request)
    return page, page.get(request)


def lines_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))


def names_in(html: str) -> list[str]:
    return re.findall(r"topic \d", html)


def test_the_page_shows_its_columns_in_its_own_order() -> None:
    _, response = opened()
    assert response.status_code == 200
    assert re.findall(r"<th [^>]*columnheader[^>]*>([^<]*)<", response.content.decode()) == ["Order", "Name"]


def test_pages_follow_one_another() -> None:
    page, response = opened("kind=even")
    assert names_in(response.content.decode()) == ["topic 0", "topic 2", "topic 4", "topic 6"]
    older = page.page.older_url
    assert older.startswith("?kind=even&older=")
    assert names_in(opened(older[1:])[1].content.decode()) == ["topic 8"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", "topic 0"),
        ("sort=order", "topic 9"),
        ("sort=-order", "topic 0"),
        ("sort=kind", "topic 0"),
        ("sort=-kind&q=topic", "topic 1"),
    ],
)
def test_sorting_turns_every_field_and_ends_with_the_key(query: str, first: str) -> None:
    page, response = opened(query)
    assert response.status_code == 200
    assert page.page.rows[0].name == first


def test_sort_links_turn_round_the_one_in_force() -> None:
    page, _ = opened("kind=odd&sort=order&older=")
    assert page.sort_links() == [
        ("Default order", "?kind=odd", False),
        ("Kind", "?kind=odd&sort=kind", False),
        ("Order (ascending)", "?kind=odd&sort=-order", True),
    ]
    assert opened("sort=-order")[0].sort_links()[2] == ("Order (descending)", "?sort=order", True)


def test_csv_holds_exactly_the_filtered_and_sorted_set_in_all_columns() -> None:
    page, response = opened("kind=odd&sort=order&format=csv&q=topic")
    lines = lines_of(response)
    assert lines[:2] == [["Title", "Topics"], ["Filter", "Words: topic; Kind: Odd"]]
    assert lines[2:4] == [["Kind of data", "published"], ["As at", page.today.isoformat()]]
    assert lines[5:8] == [["Made by", "Some Body"], [], ["Name", "Kind", "Order"]]
    assert [line[0] for line in lines[8:]] == ["topic 9", "topic 7", "topic 5", "topic 3", "topic 1"]
    assert response["Content-Disposition"] == f'attachment; filename="topics-{page.today.isoformat()}.csv"'


def test_a_file_holds_all_pages_from_whichever_it_is_asked_for() -> None:
    older = opened("kind=even")[0].page.older_url
    assert len(lines_of(opened(f"{older[1:]}&format=csv")[1])) == 8 + 5


def test_xlsx_is_a_workbook() -> None:
    _, response = opened("kind=odd&format=xlsx")
    with closing(response):
        text = zipfile.ZipFile(io.BytesIO(response.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert [name in text for name in ("topic 1", "topic 2")] == [True, False]


def test_more_rows_than_a_sheet_holds_are_refused_with_the_way_out(monkeypatch) -> None:
    monkeypatch.setattr(lists_pages, "MOST_ROWS", 4)
    page, response = opened("format=xlsx")
    assert response.status_code == 400
    assert page.filter.problems[0].allowed == ("csv",)
    assert opened("format=csv")[1].status_code == 200
    with closing(opened("format=xlsx&q=topic+1")[1]) as fits:
        assert fits.status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("sort=colour", "sort", ("kind", "-kind", "order", "-order")),
        ("sort=--order", "sort", ("kind", "-kind", "order", "-order")),
        ("sort=%00", "sort", ("kind", "-kind", "order", "-order")),
        ("format=pdf", "format", ("csv", "xlsx")),
        ("older=rubbish", "older", ()),
        ("newer=%00", "newer", ()),
        ("colour=red&format=csv", "colour", ("q", "kind")),
        ("kind=x&format=xlsx", "kind", ("odd", "even")),
    ],
)
def test_a_wrong_address_is_named_with_400_and_no_rows(query: str, parameter: str, allowed: tuple[str, ...]) -> None:
    page, response = opened(query)
    assert response.status_code == 400
    assert [(problem.parameter, problem.allowed) for problem in page.filter.problems] == [(parameter, allowed)]
    html = response.content.decode()
    assert page.filter.problems[0].message in html
    assert names_in(html) == []


@pytest.mark.parametrize("query", ["colour=red", "kind=x", "kind=odd&kind=x"])
def test_a_filter_to_be_mended_is_a_form_answered_with_200_and_no_rows(query: str) -> None:
    page, response = opened(query)
    assert response.status_code == 200
    assert len(page.filter.problems) == 1
    assert names_in(response.content.decode()) == []


def test_a_refused_list_reads_no_rows(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        opened("kind=x")


class TopicListByChoice(TopicList):
    takes = ("columns", "jump")

    def total(self):
        return self.filter.qs.count()


def opened_by_choice(query: str) -> tuple[TopicList, object]:
    request = RequestFactory().get(f"/topics/?{query}")
    request.user = reader()
    page = TopicListByChoice()
    page.setup(request)
    return page, page.get(request)


def test_chosen_columns_follow_the_first_in_their_own_order_on_page_and_in_files() -> None:
    response = opened_by_choice("columns=order&columns=kind")[1]
    headings = re.findall(r"<th [^>]*columnheader[^>]*>([^<]*)<", response.content.decode())
    assert headings == ["Name", "Kind", "Order"]
    assert lines_of(opened_by_choice("columns=order&format=csv")[1])[7] == ["Name", "Order"]


def test_without_a_choice_the_columns_are_the_usual_ones() -> None:
    response = opened_by_choice("columns=")[1]
    assert re.findall(r"<th [^>]*columnheader[^>]*>([^<]*)<", response.content.decode()) == ["Order", "Name"]


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("columns=colour&columns=kind", "columns", ("name", "kind", "order")),
        ("jump=2022-01-01", "jump", ()),
        ("jump=x&format=csv", "jump", ()),
    ],
)
def test_a_choice_that_cannot_be_met_is_named_with_400(query: str, parameter: str, allowed: tuple[str, ...]) -> None:
    page, response = opened_by_choice(query.removesuffix("&format=csv"))
    assert response.status_code == 400
    assert (page.filter.problems[0].parameter, page.filter.problems[0].allowed) == (parameter, allowed)
    assert not names_in(response.content.decode())


@pytest.mark.parametrize("query", ["columns=kind", "jump=2022-01-01"])
def test_a_list_that_takes_no_choice_refuses_one(query: str) -> None:
    page, response = opened(query)
    assert [problem.parameter for problem in page.filter.problems] == [query.partition("=")[0]]
    assert not names_in(response.content.decode())


def test_a_number_that_the_list_knows_is_not_counted_again(monkeypatch) -> None:
    monkeypatch.setattr(lists_pages, "MOST_ROWS", 4)
    monkeypatch.setattr(TopicListByChoice, "total", lambda self: 3)
    assert opened_by_choice("kind=odd")[0].page.total == 3
    with closing(opened_by_choice("format=xlsx")[1]) as fits:
        assert fits.status_code == 200
