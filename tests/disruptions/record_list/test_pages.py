"""The list of disruptions: every number on the page is that of its rows, and the files hold exactly those."""

import csv
import io
import re
from collections import Counter
from datetime import date
from urllib.parse import urlencode

import pytest

from disruptions.record.models import Disruption
from tests.disruptions.record_list.records import DAYS, kept_for_a_while
from tests.makers import make_disruption

pytestmark = pytest.mark.django_db
LIST = "/disruptions/"
FILTERS = (
    {},
    {"four_p": "prevent"},
    {"organisation": "cheshire"},
    {"organisation": ["cheshire", "dorset"], "size": "minor"},
    {"region": "north"},
    {"region": "north", "organisation": ["cheshire", "dorset"]},
    {"region": ["north", "south"], "involvement": "lead"},
    {"year": "2022"},
    {"year": ["2021", "2023"], "four_p": "pursue"},
    {"crime_type": "none"},
    {"crime_type": ["none", "drugs-supply"], "threat_type": "ocg"},
    {"extract": "none"},
    {"activity_from": "2021-02-10", "activity_to": "2022-05-03"},
    {"added_from": "2022-01-01", "added_to": "2022-12-31", "organisation": "cumbria"},
    {"q": "cash line"},
    {"q": "ash", "size": "minor", "year": "2022"},
    {"threat": "PI-0000002", "involvement": "lead"},
    {"data": "illustrative"},
)


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), kept_for_a_while() as record:
        yield record


@pytest.fixture
def record(stored, db):
    return stored


def opened(client, **query):
    response = client.get(f"{LIST}?{urlencode(query, doseq=True)}")
    assert response.status_code == 200, response.content.decode()
    assert not response.context["filter"].problems
    return response


def file_of(client, **query) -> tuple[list[list[str]], list[dict[str, str]]]:
    """The first lines of the CSV, and its rows by heading."""
    response = client.get(f"{LIST}?{urlencode({**query, 'format': 'csv'}, doseq=True)}")
    assert response.status_code == 200
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    headings = lines[8]
    return lines[:7], [dict(zip(headings, line, strict=True)) for line in lines[9:]]


@pytest.mark.parametrize("query", FILTERS, ids=str)
@pytest.mark.parametrize("day", DAYS[::2], ids=str)
def test_every_count_is_that_of_the_file_which_it_leads_to(record, analyst, query, day):
    asked = query | {"as_at": day.isoformat()}
    page = opened(analyst, **asked).context
    _, rows = file_of(analyst, **asked)
    assert page["page"].total == len(rows)
    assert page["total_words"] == f"{len(rows):,}"
    how = Counter((row["Lead or support"], row["Size"]) for row in rows)
    for label, number in page["summary"]:
        assert number == sum(n for key, n in how.items() if label in names_of(*key)), label
    if not query.keys() & {"size", "involvement"}:
        assert sum(number for label, number in page["summary"] if "Lead" in label or "Support" in label) == len(rows)
    of_all_four = [row["4P"] for row in file_of(analyst, **asked | {"four_p": []})[1]]
    assert [(tab.text, tab.number) for tab in page["tabs"]] == [
        ("All", len(of_all_four)),
        *((four_p, of_all_four.count(four_p)) for four_p in ("Pursue", "Prevent", "Protect", "Prepare")),
    ]


def names_of(involvement: str, size: str) -> tuple[str, ...]:
    """What a disruption is counted as: lead and support ones are those that were assessed."""
    if size == "Not yet assessed":
        return (f"{involvement}, not yet assessed",)
    return f"{involvement} disruptions", size


@pytest.mark.parametrize("query", FILTERS[::4], ids=str)
def test_every_value_of_a_facet_leads_to_as_many_rows_as_it_says(record, analyst, query):
    asked = query | {"as_at": "2023-04-15"}
    for facet in opened(analyst, **asked).context["facets"]:
        assert facet.values or facet.name in ("extract", "region", "organisation", "year", "crime_type"), facet.name
        for value in facet.values:
            assert value.number == opened(analyst, **asked | {facet.name: value.value}).context["page"].total, value


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_a_facet_leaves_out_no_value_that_has_rows(record, analyst, query):
    """Of each facet, the values shown add up to all rows that its own choice leaves out."""
    asked = query | {"as_at": "2023-04-15"}
    for facet in opened(analyst, **asked).context["facets"]:
        without = opened(analyst, **{name: value for name, value in asked.items() if name != facet.name})
        assert sum(value.number for value in facet.values) == without.context["page"].total, facet.name


def test_a_day_in_the_past_shows_what_the_record_said_then(record, analyst):
    def row(day: str) -> dict[str, str]:
        return next(row for row in file_of(analyst, as_at=day)[1] if row["Reference"] == "DIS-0003")

    assert (row("2023-02-28")["4P"], row("2023-02-28")["Organisation"]) == ("Prevent", "NWROCU")
    assert (row("2023-03-01")["4P"], row("2023-03-01")["Organisation"]) == ("Protect", "Dorset Police")
    references = [row["Reference"] for row in file_of(analyst, as_at="2023-05-31")[1]]
    assert "DIS-0006" in references
    assert "DIS-0006" not in [row["Reference"] for row in file_of(analyst, as_at="2023-06-01")[1]]


def test_without_a_day_the_page_shows_the_latest_and_says_so(record, analyst):
    response = opened(analyst)
    assert response.context["standpoint"].day == date(2023, 7, 1)
    text = response.content.decode()
    assert "As at 1 July 2023" in text
    assert "soc-kind--recorded" in text
    past = opened(analyst, as_at="2023-01-04").content.decode()
    assert "As at 4 January 2023" in past
    assert "Show the record as it is now" in past
    assert "Show the record as it is now" not in text


def test_shares_are_of_all_that_the_other_filters_leave(record, analyst):
    tabs = opened(analyst, four_p="prevent").context["tabs"]
    n = tabs[0].number
    assert n == sum(tab.number for tab in tabs[1:])
    assert [tab.share for tab in tabs] == [None, *(int(100 * tab.number / n + 0.5) for tab in tabs[1:])]
    assert [tab.current for tab in tabs] == [False, False, True, False, False]
    assert [tab.share for tab in opened(analyst, q="nowhere").context["tabs"]] == [None] * 5


def test_illustrative_rows_stand_alone_and_say_so(record, analyst):
    response = opened(analyst, data="illustrative")
    assert [row.reference for row in response.context["rows"]] == ["DIS-ILL-2", "DIS-ILL-1"]
    assert "soc-kind--illustrative" in response.content.decode()
    head, rows = file_of(analyst, data="illustrative")
    assert ["Kind of data", "illustrative"] in head
    assert {row["Kind of data"] for row in rows} == {"Illustrative"}


def test_the_first_lines_of_a_file_say_filter_day_kind_time_and_by_whom(record, analyst):
    head, _ = file_of(analyst, organisation="cheshire", year="2022", four_p="prevent", as_at="2023-01-04")
    said = dict(head)
    assert (
        said["Filter"]
        == "As at: 4 January 2023; 4P: Prevent; Organisation: Cheshire Constabulary; Year of activity: 2022"
    )
    assert (said["Kind of data"], said["As at"]) == ("recorded", "2023-01-04")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (GMT|BST)", said["Made"])
    assert said["Made by"] == "Demo analyst"


def test_a_file_has_iso_days_no_formula_and_where_each_row_comes_from(record, analyst):
    row = next(row for row in file_of(analyst)[1] if row["Reference"] == "DIS-0001")
    assert row["Activity"] == "2022-02-02"
    assert row["Summary"] == "'=cash seized; line closed"
    assert row["Extract"] == "national.csv, as at 4 January 2023"
    assert row["Row of the extract"] == "1"
    assert row["Region"] == "North"
    assert next(row for row in file_of(analyst)[1] if row["Reference"] == "DIS-0005")["Extract"] == ""


SORTED = (
    ("", lambda row: (row.activity_date, row.pk), True),
    ("activity_date", lambda row: (row.activity_date, row.pk), False),
    ("-activity_date", lambda row: (row.activity_date, row.pk), True),
    ("added_date", lambda row: (row.added_date, row.pk), False),
    ("-added_date", lambda row: (row.added_date, row.pk), True),
    ("reference", lambda row: row.reference, False),
    ("-reference", lambda row: row.reference, True),
)


@pytest.mark.parametrize(("sort", "key", "backward"), SORTED, ids=[sort for sort, *_ in SORTED])
def test_page_and_file_are_in_the_order_asked_for(record, analyst, sort, key, backward):
    rows = Disruption.objects.of_kind("recorded").as_at(date(2023, 7, 13))
    expected = [row.reference for row in sorted(rows, key=key, reverse=backward)]
    asked = {"sort": sort, "as_at": "2023-07-13"}
    assert [row.reference for row in opened(analyst, **asked).context["rows"]] == expected
    assert [row["Reference"] for row in file_of(analyst, **asked)[1]] == expected


def test_pages_follow_one_another_under_every_filter(record, analyst, monkeypatch):
    monkeypatch.setattr("disruptions.record_list.pages.DisruptionList.page_size", 7)
    seen, address = [], f"{LIST}?region=north&as_at=2023-04-15"
    while address:
        page = analyst.get(address).context["page"]
        seen += [row.reference for row in page.rows]
        address = page.older_url and LIST + page.older_url
    assert seen == [row["Reference"] for row in file_of(analyst, region="north", as_at="2023-04-15")[1]]


def test_jumping_to_a_day_opens_the_page_there(record, analyst, monkeypatch):
    monkeypatch.setattr("disruptions.record_list.pages.DisruptionList.page_size", 5)
    page = opened(analyst, jump="2022-03-03").context["page"]
    assert page.rows[0].activity_date <= date(2022, 3, 3)
    newer = analyst.get(LIST + page.newer_url).context["page"]
    assert newer.rows[-1].activity_date > date(2022, 3, 3)
    assert "jump" not in newer.older_url
    assert [row.reference for row in analyst.get(LIST + newer.older_url).context["page"].rows] == [
        row.reference for row in page.rows
    ]
    assert opened(analyst, jump="2022-03-03", sort="activity_date").context["page"].rows[0].activity_date >= date(
        2022, 3, 3
    )


def test_chosen_columns_are_those_of_page_and_file_in_their_own_order(record, analyst):
    response = opened(analyst, columns=["summary", "four_p"])
    headings = re.findall(r"<th [^>]*columnheader[^>]*>([^<]*)<", response.content.decode())
    assert headings == ["Reference", "4P", "Summary"]
    assert list(file_of(analyst, columns=["summary", "four_p"])[1][0]) == headings
    assert len(file_of(analyst)[1][0]) == 17
    assert {value.value for value in response.context["column_choice"].values if value.chosen} == {"summary", "four_p"}


@pytest.mark.parametrize(
    ("query", "parameter", "status"),
    [
        ("organisation=nowhere", "organisation", 200),
        ("region=mars", "region", 200),
        ("year=1066", "year", 200),
        ("crime_type=x", "crime_type", 200),
        ("extract=999", "extract", 200),
        ("threat=OCG-9", "threat", 200),
        ("as_at=2099-01-01", "as_at", 200),
        ("as_at=yesterday", "as_at", 200),
        ("data=published", "data", 200),
        ("four_p=persue", "four_p", 200),
        ("activity_from=x", "activity_from", 200),
        ("colour=red", "colour", 200),
        ("q=%00", "q", 200),
        ("organisation=" + "x" * 300, "organisation", 200),
        ("columns=colour", "columns", 400),
        ("sort=size", "sort", 400),
        ("jump=soon", "jump", 400),
        ("jump=2022-01-01&sort=reference", "jump", 400),
        ("jump=2022-01-01&older=x", "jump", 400),
        ("older=x", "older", 400),
        ("colour=red&format=csv", "colour", 400),
    ],
)
def test_what_is_not_understood_is_named_and_shows_no_row(record, analyst, query, parameter, status):
    response = analyst.get(f"{LIST}?{query}")
    assert response.status_code == status
    assert [problem.parameter for problem in response.context["filter"].problems] == [parameter]
    text = response.content.decode()
    assert "Nothing is shown until this is mended." in text
    assert "<table" not in text
    assert "DIS-0001" not in text


def test_links_keep_the_choice_and_drop_the_page(record, analyst):
    page = opened(analyst, organisation="cheshire", sort="reference", columns="size", as_at="2023-01-04").context
    links = dict(page["of_choice"])
    assert links["Charts of these disruptions"] == "/disruptions/charts/?organisation=cheshire&as_at=2023-01-04"
    assert page["save_url"].startswith(
        "/views/new/?page=disruptions%3Adisruption_list&query=organisation%3Dcheshire%26sort"
    )
    assert page["tabs"][1].url == "?organisation=cheshire&sort=reference&columns=size&as_at=2023-01-04&four_p=pursue"
    assert page["tabs"][0].url == "?organisation=cheshire&sort=reference&columns=size&as_at=2023-01-04"
    text = opened(analyst, four_p="prevent", threat="OCG-0000001", columns="size").content.decode()
    for kept in ("four_p", "threat", "columns"):
        assert f'<input type="hidden" name="{kept}"' in text


def test_a_row_leads_to_its_page_as_at_the_same_day(record, analyst):
    assert 'href="/disruptions/DIS-0003/?as_at=2023-01-04"' in opened(analyst, as_at="2023-01-04").content.decode()
    assert 'href="/disruptions/DIS-0003/"' in opened(analyst).content.decode()


@pytest.mark.parametrize(("words", "total"), [("cash", "more than 5"), ("arrested", "7"), ("dis-0001", "1")])
def test_many_rows_found_by_words_are_not_counted_out(record, analyst, monkeypatch, words, total):
    monkeypatch.setattr("disruptions.record_list.forms.MOST_BY_WORDS", 7 if words == "arrested" else 5)
    response = opened(analyst, q=words)
    assert response.context["total_words"] == total
    counted = not total.startswith("more")
    assert [tab.number is not None for tab in response.context["tabs"]] == [counted] * 5
    assert all((value.number is not None) == counted for facet in response.context["facets"] for value in facet.values)
    assert ("would have to be counted one by one" in response.content.decode()) is not counted


def test_few_rows_of_many_found_by_words_are_counted_still(record, analyst, monkeypatch):
    monkeypatch.setattr("disruptions.record_list.forms.MOST_BY_WORDS", 10)
    response = opened(analyst, q="cash", organisation="dorset")
    assert response.context["counts"].facets is None
    assert response.context["total_words"] == str(len(file_of(analyst, q="cash", organisation="dorset")[1]))


def test_nobody_sees_rows_without_an_account(record, client):
    assert client.get(LIST).status_code == 302


def test_queries_do_not_grow_with_rows(record, analyst, django_assert_max_num_queries):
    opened(analyst)
    for number in range(20):
        make_disruption(f"DIS-9{number:03}", record.bodies["cheshire"])
    with django_assert_max_num_queries(12):
        opened(analyst, organisation="cheshire", year="2022")
