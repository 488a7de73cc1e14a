"""A report is one object: what a page draws of it, its files hold too."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, bars, columns_over_time

ROWS = (("Cheshire", Decimal("0.84"), date(2023, 1, 4)), ("Cumbria", None, None))
COLUMNS = (
    Column("body", "Body", lambda row: row[0]),
    Column(
        "share",
        "Share",
        lambda row: f"{row[1]:.0%}" if row[1] else "not published",
        files=(Column("percent", "Percent", lambda row: row[1] and row[1] * 100, numeric=True),),
    ),
    Column("day", "As at", lambda row: row[2]),
    Column("more", "More", lambda row: "details", files=()),
)
REPORT = Report(
    slug="shares",
    title="Shares",
    sentence="Cheshire has 84%.",
    kind_of_data="published",
    columns=COLUMNS,
    rows=ROWS,
    as_at="2023-07-13",
    figure=bars(ROWS, lambda row: row[0], Series("Share", lambda row: row[1]), axis="Share", percent=True),
)
READER = SimpleNamespace(get_full_name=lambda: "Ada Lowe", get_username=lambda: "ada", is_authenticated=False)


def file_of(report: Report, suffix: str) -> str:
    response = report.file(suffix, READER)
    return b"".join(response).decode("utf-8-sig")


def test_a_file_has_the_columns_that_stand_for_those_of_the_page():
    lines = list(csv.reader(file_of(REPORT, "csv").splitlines()))
    assert lines[-3:] == [["Body", "Percent", "As at"], ["Cheshire", "84.00", "2023-01-04"], ["Cumbria", "", ""]]


def test_a_file_says_what_it_is_about_and_who_made_it():
    lines = dict(line for line in csv.reader(file_of(REPORT, "csv").splitlines()) if len(line) == 2)
    assert (lines["Title"], lines["Filter"], lines["As at"]) == ("Shares", "No filter", "2023-07-13")
    assert (lines["Kind of data"], lines["Made by"]) == ("published", "Ada Lowe")
    assert "North West: Shares" in file_of(replace(REPORT, subject="North West"), "csv")


def test_a_program_reads_the_same_rows_by_their_keys():
    table = json.loads(file_of(REPORT, "json"))
    assert (table["title"], table["kind_of_data"], table["as_at"]) == ("Shares", "published", "2023-07-13")
    assert table["columns"][1] == {"key": "percent", "heading": "Percent"}
    assert table["rows"][1] == {"body": "Cumbria", "percent": None, "day": None}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_files_are_named_after_the_report(suffix):
    for report, name in ((REPORT, "shares"), (replace(REPORT, filename="extract-1"), "extract-1")):
        response = report.file(suffix, READER)
        assert f'filename="{name}.{suffix}"' in response["Content-Disposition"]
        response.file_to_stream.close() if suffix == "xlsx" else list(response)


def test_a_chart_without_a_number_is_not_drawn():
    def upright(rows):
        return columns_over_time(rows, lambda row: row[0], [Series("Share", lambda row: row[1])], axis="x")

    assert REPORT.is_drawn
    assert not replace(REPORT, figure=None).is_drawn
    assert replace(REPORT, figure=upright(ROWS)).is_drawn
    assert not replace(REPORT, figure=upright(ROWS[1:])).is_drawn
