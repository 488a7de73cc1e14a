"""Cells say what a value is; what is missing is not zero."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from soc_tracker.core.lists.columns import NOT_STATED, Cell, Column, cells, in_files, in_page_words, on, pick

COLUMNS = (Column("name", "Name", str), Column("size", "Size", len, numeric=True))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, NOT_STATED),
        ("", NOT_STATED),
        (0, "0"),
        (Decimal("0.00"), "0.00"),
        (False, "no"),
        (True, "yes"),
        (1234567, "1,234,567"),
        (Decimal("1234.50"), "1,234.50"),
        (date(2023, 1, 4), "4 January 2023"),
        (datetime(2023, 7, 13, 22, 5, tzinfo=UTC), "13 July 2023, 23:05"),
        ("No data", "No data"),
    ],
)
def test_values_in_uk_form(value: object, words: str) -> None:
    assert in_page_words(value) == words


def test_a_row_becomes_cells_with_links_and_tags() -> None:
    columns = (
        Column("grade", "Grade", lambda row: row["grade"], tag=lambda row: "green"),
        Column("body", "Body", lambda row: row["body"], link=lambda row: f"/{row['body']}/", wide_only=True),
    )
    assert cells(columns, {"grade": "Good", "body": "x"}) == [
        Cell("Good", "", "green", False, False, "Grade"),
        Cell("x", "/x/", "", False, True, "Body"),
    ]


@pytest.mark.parametrize(("value", "missing"), [(None, True), ("", True), (0, False), (NOT_STATED, False)])
def test_what_is_missing_is_told_from_what_says_so(value: object, missing: bool) -> None:
    (cell,) = cells((Column("value", "Value", lambda row: row),), value)
    assert cell.missing is missing


def test_columns_are_picked_in_the_order_asked_for() -> None:
    assert pick(COLUMNS, "size", "name") == (COLUMNS[1], COLUMNS[0])
    with pytest.raises(KeyError):
        pick(COLUMNS, "colour")


def test_a_column_may_depend_on_the_day_that_the_page_speaks_of() -> None:
    def stands(end: date, day: date) -> str:
        return "ended" if end < day else "in force"

    dated = Column("stands", "Today", stands, tag=lambda end, day: "grey" if end < day else "green", dated=True)
    end = date(2023, 4, 1)
    for day, text, tag in ((date(2023, 4, 1), "in force", "green"), (date(2023, 4, 2), "ended", "grey")):
        columns = on((*COLUMNS, dated), day)
        assert columns[:2] == COLUMNS
        (cell,) = cells(columns[2:], end)
        assert (cell.text, cell.tag) == (text, tag)
    assert not columns[2].dated
    assert on((Column("end", "End", str, dated=False),), end)[0].tag is None


def test_other_columns_may_stand_in_a_file() -> None:
    number = Column("n", "Number", lambda row: row)
    share = Column("share", "Share", str, files=(number, Column("percent", "Percent", lambda row: row)))
    button = Column("change", "Change", str, files=())
    assert [column.key for column in in_files((COLUMNS[0], share, button))] == ["name", "n", "percent"]


def test_the_api_has_a_field_for_a_column_unless_it_says_otherwise() -> None:
    assert list(COLUMNS[0].api_names) == ["name"]
    assert list(Column("about", "About", str, api=("organisation", "region")).api_names) == ["organisation", "region"]
    assert list(Column("standing", "Today", str, api=()).api_names) == []
