"""Any two things against each other: page, files and list say the same numbers, and what is not loaded is not none."""

import csv
import io
from itertools import combinations, cycle
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.crosstab.pages import MOST_COLUMNS
from disruptions.crosstab.queries import DIMENSIONS
from soc_tracker.core.lists.columns import cells
from tests.answers import read
from tests.disruptions.record_list.records import kept_for_a_while

pytestmark = pytest.mark.django_db
PAGE, LIST = "/disruptions/cross-table/", "/disruptions/"
NAMES = [name for name, _ in DIMENSIONS]
PAIRS = list(combinations([name for name, _ in DIMENSIONS], 2))
QUERIES = ("", "region=north&as_at=2023-04-15", "four_p=prevent&year=2022", "q=cash", "threat=OCG-0000001")


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), kept_for_a_while() as record:
        yield record


@pytest.fixture
def record(stored, db):
    return stored


def report_of(client, query: str):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200, query
    [report] = answer.context["reports"].values()
    return report


def lines_of(report) -> dict[str, list[str]]:
    """What the page shows, by the name of each row."""
    shown = ([cell.text.replace(",", "") for cell in cells(report.columns, row)] for row in report.rows)
    return {name: numbers for name, *numbers in shown}


def rows_of_file(client, url: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(client.get(url)).decode("utf-8-sig"), newline="")))


def number_of(client, url: str) -> int:
    """How many rows the list has."""
    return client.get(url).context["counts"].total


@pytest.mark.parametrize(("pair", "query"), list(zip(PAIRS, cycle(QUERIES))), ids=str)
def test_sums_agree_with_the_list_whichever_two_are_crossed(record, analyst, query, pair):
    (down, across), turned = pair, pair[::-1]
    answer = analyst.get(f"{PAGE}?{query}&down={down}&across={across}")
    if answer.context["too_wide"]:
        assert answer.context["too_wide"] > MOST_COLUMNS
        answer = analyst.get(f"{PAGE}?{query}&down={turned[0]}&across={turned[1]}")
    [report] = answer.context["reports"].values()
    total = number_of(analyst, f"{LIST}?{query}")
    lines = lines_of(report)
    numbers = [list(map(as_number, line)) for line in lines.values()]
    assert lines["All"][-1] == str(total)
    assert all(sum(line[:-1]) == line[-1] for line in numbers)
    *bodies, every = numbers
    assert [sum(column) for column in zip(*bodies, strict=True)] == every


def as_number(text: str) -> int:
    return 0 if text == "not loaded" else int(text)


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "four_p": st.sampled_from(["pursue", "prevent"]),
        "involvement": st.sampled_from(["lead", "support"]),
        "size": st.sampled_from(["minor", "not_assessed"]),
        "year": st.sampled_from(["2021", "2022", "2023"]),
        "region": st.sampled_from(["north", "south"]),
        "crime_type": st.just("none"),
        "activity_from": st.sampled_from(["2021-03-04", "2022-01-01"]),
        "activity_to": st.sampled_from(["2022-05-17", "2023-12-31"]),
        "as_at": st.sampled_from(["2022-06-30", "2023-03-01", "2023-07-13"]),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=CHOICES, pair=st.permutations(NAMES).map(lambda names: names[:2]))
def test_every_number_is_that_of_the_list_behind_it(record, analyst, choice, pair):
    query = urlencode({**choice, "down": pair[0], "across": pair[1]})
    answer = analyst.get(f"{PAGE}?{query}")
    if answer.status_code == 400:  # a choice that the list does not understand either
        assert analyst.get(f"{LIST}?{urlencode(choice)}").context["filter"].problems
        return
    for report in answer.context["reports"].values():
        linked = [cell for row in report.rows for cell in cells(report.columns, row)[1:] if cell.link]
        for cell in (*linked[:6], *linked[-6:]):
            assert number_of(analyst, cell.link) == int(cell.text.replace(",", "")), cell.link


@pytest.mark.parametrize("query", QUERIES)
def test_page_and_files_say_the_same(record, analyst, query):
    report = report_of(analyst, query)
    shown = [[cell.text.replace(",", "") for cell in cells(report.columns, row)] for row in report.rows]
    rows = rows_of_file(analyst, report.urls["csv"])
    assert rows[8] == [column.heading for column in report.columns]
    assert rows[9:] == shown
    assert read(analyst.get(report.urls["xlsx"])).status_code == 200
    assert "html" not in report.urls  # there is no chart


def test_a_file_says_filter_day_and_kind(record, analyst):
    report = report_of(analyst, "region=north&as_at=2023-01-04&down=size&across=four_p")
    head = dict(line for line in rows_of_file(analyst, report.urls["csv"])[:7])
    assert head["Title"] == "Disruptions by size and 4P"
    assert head["Filter"] == "As at: 4 January 2023; Region: North"
    assert (head["As at"], head["Kind of data"]) == ("2023-01-04", "recorded")


def test_words_of_a_vocabulary_stand_there_with_0_and_bodies_without_any_do_not(record, analyst):
    lines = lines_of(report_of(analyst, "four_p=prepare&down=organisation&across=size"))
    assert "All" in lines
    sizes = lines_of(report_of(analyst, "four_p=prepare&down=size&across=involvement"))
    assert list(sizes) == ["Major", "Moderate", "Minor", "Not yet assessed", "All"]
    assert "Northumbria Police" not in lines
    assert set(lines) <= {"Cheshire Constabulary", "Cumbria Constabulary", "Dorset Police", "NWROCU", "All"}


def test_too_many_columns_are_said_and_can_be_turned(record, analyst):
    page = analyst.get(f"{PAGE}?down=four_p&across=activity_month").content.decode()
    assert "31 columns, more than the 24" in page
    assert len(lines_of(report_of(analyst, "down=activity_month&across=four_p"))) == 31 + 1


def test_rows_and_columns_by_the_same_are_refused(record, analyst):
    for query in ("down=size&across=size", "across=organisation", "down=four_p", "down=colour"):
        answer = analyst.get(f"{PAGE}?{query}")
        assert answer.status_code == 400
        assert "Allowed" in answer.content.decode()


def test_pages_of_one_choice_lead_to_one_another(record, analyst):
    page = analyst.get(f"{LIST}?region=north&sort=reference").content.decode()
    for path in ("charts", "cross-table", "delays"):
        assert f"/disruptions/{path}/?region=north" in page
    assert "/disruptions/?region=north" in analyst.get(f"{PAGE}?region=north&down=size").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_table(record, analyst, django_assert_max_num_queries):
    for query in ("down=four_p&across=size", "down=activity_month&across=four_p", "down=organisation&across=extract"):
        with django_assert_max_num_queries(12):
            analyst.get(f"{PAGE}?{query}")
