"""Late recording as a triangle: every disruption is in one of its cells or said to be left out."""

import csv
import io
from copy import deepcopy
from datetime import date, timedelta

import pytest

from soc_tracker.core.lists.columns import cells
from soc_tracker.core.text.days import month_after
from tests.disruptions.record_list.records import kept_for_a_while
from tests.makers import make_disruption, make_extract, make_organisation

pytestmark = pytest.mark.django_db
PAGE = "/disruptions/delays/"


@pytest.fixture(scope="module")
def stored(rows_of_module):
    """A body of which three extracts told; the last quarter that is over ended in December 2022."""
    body = make_organisation()
    make_extract(as_at=date(2023, 2, 10))
    make_disruption("DIS-1", body, activity_date=date(2022, 2, 1), added_date=date(2022, 2, 20))
    make_disruption("DIS-2", body, activity_date=date(2022, 2, 1), added_date=date(2022, 4, 1), size="not_assessed")
    make_disruption("DIS-3", body, activity_date=date(2022, 3, 31), added_date=date(2022, 10, 5), four_p="prevent")
    make_disruption("DIS-4", body, activity_date=date(2022, 8, 1), added_date=date(2022, 8, 1))
    make_disruption("DIS-5", body, activity_date=date(2022, 8, 1), added_date=date(2023, 1, 15))
    make_disruption("DIS-6", body, activity_date=date(2023, 1, 20), added_date=date(2023, 2, 1))
    return body


@pytest.fixture
def body(stored):
    return deepcopy(stored)


def lines_of(client, query: str = "", report: str = "delays") -> dict[str, list[str]]:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    shown = answer.context["reports"][report.replace("-", "_")]
    return {name: rest for name, *rest in ([cell.text for cell in cells(shown.columns, row)] for row in shown.rows)}


def test_each_quarter_says_how_many_came_how_much_later(body, analyst):
    assert lines_of(analyst) == {
        "2022 Q1": ["1", "1", "0", "1", "3"],
        "2022 Q2": ["0", "0", "0", "not over yet", "0"],
        "2022 Q3": ["1", "0", "not over yet", "not over yet", "1"],
        "2022 Q4": ["0", "not over yet", "not over yet", "not over yet", "0"],
    }


def test_what_the_triangle_leaves_out_is_counted(body, analyst):
    page = analyst.get(PAGE).content.decode()
    assert "4 in 4 quarters, as at 10 February 2023. 2 more are of other quarters, or reached it later." in page


def test_shares_are_of_what_is_on_record_so_far_and_none_without_records(body, analyst):
    shares = lines_of(analyst, report="delays-as-shares")
    assert shares["2022 Q1"] == ["33", "67", "67", "100", "3"]
    assert shares["2022 Q2"][:3] == ["no records"] * 3


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("four_p=prevent", ["0", "0", "0", "1", "1"]),
        ("size=not_assessed", ["0", "1", "0", "0", "1"]),
        ("threat_type=ocg", ["1", "1", "0", "1", "3"]),
        ("crime_type=none&year=2022", ["1", "1", "0", "1", "3"]),
        ("activity_from=2022-03-01", ["0", "0", "0", "1", "1"]),
    ],
)
def test_it_is_of_what_the_filter_leaves(body, analyst, query, first):
    assert lines_of(analyst, query)["2022 Q1"] == first


def test_an_earlier_day_sees_less(body, analyst):
    assert lines_of(analyst, "as_at=2022-07-01")["2022 Q1"] == ["1", "1", "2"]


@pytest.mark.parametrize("query", ["added_from=2000-01-01", "added_from=2000-01-01&four_p=prevent", "q=cash"])
def test_what_no_cell_holds_is_counted_row_by_row(body, analyst, query):
    plain = query.replace("added_from=2000-01-01", "").removeprefix("&")
    assert lines_of(analyst, query) == ({} if "q=" in query else lines_of(analyst, plain))


def test_too_many_rows_to_count_are_not_counted(body, analyst, monkeypatch):
    monkeypatch.setattr("disruptions.record_list.forms.MOST_COUNTED_ROWS", 2)
    answer = analyst.get(f"{PAGE}?added_from=2000-01-01")
    assert not answer.context["reports"]
    assert "Narrow the filter to see how late they were recorded." in answer.content.decode()


def test_without_a_record_there_is_nothing_to_see(analyst, db):
    assert not analyst.get(PAGE).context["reports"]


def test_the_file_says_what_the_page_says(body, analyst):
    report = analyst.get(PAGE).context["reports"]["delays"]
    answer = analyst.get(report.urls["csv"])
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))
    assert rows[8] == [column.heading for column in report.columns]
    assert {name: rest for name, *rest in rows[9:]} == lines_of(analyst)


def test_corrected_and_withdrawn_ones_are_counted_as_the_record_has_them(analyst, db):
    with kept_for_a_while():
        delays = analyst.get(f"{PAGE}?as_at=2023-06-30").context["reports"]["delays"]
        quarters = {line.quarter: line.n for line in delays.rows}
        for quarter, n in quarters.items():
            last = month_after(quarter, 3) - timedelta(days=1)
            days = f"activity_from={quarter}&activity_to={last}&as_at=2023-06-30"
            assert analyst.get(f"/disruptions/?{days}").context["counts"].total == n
