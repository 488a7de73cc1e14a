"""XLSX: read back by opening the file itself, so that nothing of the writer is taken on trust."""

import io
import re
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pandas
import pytest

from soc_tracker.core.lists import exports
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.exports import (
    CUT,
    LONGEST_TEXT,
    Preamble,
    Sheet,
    TooManyRowsError,
    workbook_response,
    xlsx_response,
)

PREAMBLE = Preamble("Findings", "=filter", "published", "2023-07-13", datetime(2023, 7, 13, 10, 0, tzinfo=UTC), "me")
COLUMNS = (Column("value", "Value", lambda row: row),)
# Closing a response ends a request, at which Django looks at its connections.
pytestmark = pytest.mark.django_db
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(response) -> tuple[ElementTree.Element, str]:
    """The sheet as XML and as text."""
    with closing(response):
        archive = zipfile.ZipFile(io.BytesIO(b"".join(response)))
    assert archive.testzip() is None
    text = archive.read("xl/worksheets/sheet1.xml").decode()
    return ElementTree.fromstring(text), text  # noqa: S314 (our own file)


def cells_of(values: list) -> dict[str, tuple[str | None, str]]:
    """Type and text of each cell by its place; rows of values begin at A9."""
    sheet, text = opened(xlsx_response("x", COLUMNS, values, PREAMBLE))
    assert "<f>" not in text
    assert "hyperlink" not in text
    return {cell.get("r"): (cell.get("t"), "".join(cell.itertext())) for cell in sheet.iter(f"{MAIN}c")}


def test_the_first_rows_say_what_it_is() -> None:
    cells = cells_of(["a"])
    assert cells["A1"] == ("inlineStr", "Title")
    assert cells["B2"] == ("inlineStr", "=filter")
    assert cells["B5"] == ("inlineStr", "2023-07-13 11:00:00 BST")
    assert cells["A8"] == ("inlineStr", "Value")
    assert cells["A9"] == ("inlineStr", "a")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@x", "{=A1}", "http://example.org", "mailto:a@b", "12", "1e5"])
def test_text_stays_text(text: str) -> None:
    assert cells_of([text])["A9"] == ("inlineStr", text)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, "5"),
        (-5, "-5"),
        (0, "0"),
        (Decimal("1234.50"), "1234.50"),
        (date(2023, 1, 4), "44930"),
        (datetime(2023, 7, 13, 11, 0, tzinfo=UTC), "45120.5"),  # noon in London
        (10**15 - 1, str(10**15 - 1)),
    ],
)
def test_numbers_and_dates_are_numbers(value: object, number: str) -> None:
    assert cells_of([value])["A9"] == (None, number)


@pytest.mark.parametrize("value", [10**15 + 1, 1234567890123456789, Decimal("12345678901234.567")])
def test_a_number_with_more_digits_than_a_sheet_keeps_is_text(value: object) -> None:
    assert cells_of([value])["A9"] == ("inlineStr", str(value))


@pytest.mark.parametrize(("value", "text"), [(True, "yes"), (False, "no")])
def test_truth_is_a_word(value: bool, text: str) -> None:
    assert cells_of([value])["A9"] == ("inlineStr", text)


def test_missing_is_an_empty_cell() -> None:
    cells = cells_of([None, "", 0])
    assert "A9" not in cells
    assert "A10" not in cells
    assert cells["A11"] == (None, "0")


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert re.fullmatch("a.b.c", cells_of(["a\x01b\x0bc"])["A9"][1])


def test_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    text = cells_of(["x" * (LONGEST_TEXT + 1)])["A9"][1]
    assert len(text) == LONGEST_TEXT
    assert text.endswith(CUT)
    assert cells_of(["x" * LONGEST_TEXT])["A9"][1] == "x" * LONGEST_TEXT


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    assert "A11" in cells_of(["a"] * 3)
    with pytest.raises(TooManyRowsError):
        xlsx_response("x", COLUMNS, ["a"] * 4, PREAMBLE)


def test_it_is_a_download() -> None:
    with closing(xlsx_response("findings-2023", COLUMNS, ["a"], PREAMBLE)) as response:
        assert response.getvalue().startswith(b"PK")
    assert response["Content-Disposition"] == 'attachment; filename="findings-2023.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


# As spreadsheets and programs open it.


TABLE = (
    Column("reference", "Reference", lambda row: row[0]),
    Column("day", "Day", lambda row: row[1]),
    Column("when", "Loaded at", lambda row: row[2]),
    Column("n", "Number", lambda row: row[3], numeric=True),
)
ROWS = [
    ("00123", date(2023, 1, 4), datetime(2023, 7, 13, 11, 30, 5, tzinfo=UTC), 5),
    ("12345678901234567890", None, None, Decimal("84.0")),
    ("A reference that is longer than its heading", date(2022, 12, 31), None, None),
]


@pytest.mark.parametrize(("preamble", "above"), [(PREAMBLE, 7), (None, 0)])
def test_the_heading_stays_in_sight_and_carries_filters_and_columns_are_wide_enough(preamble, above) -> None:
    sheet, _ = opened(xlsx_response("x", TABLE, ROWS, preamble))
    (pane,) = sheet.iter(f"{MAIN}pane")
    assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", str(above + 1), "1")
    (filters,) = sheet.iter(f"{MAIN}autoFilter")
    assert filters.get("ref") == f"A{above + 1}:D{above + 1 + len(ROWS)}"
    widths = [float(column.get("width")) for column in sheet.iter(f"{MAIN}col")]
    assert widths[0] > len(ROWS[2][0])
    assert widths[1] >= len("2023-01-04")
    assert widths[2] >= len("2023-07-13 12:30:05")
    assert max(widths) < 70
    (error,) = sheet.iter(f"{MAIN}ignoredError")
    assert error.get("numberStoredAsText") == "1"


@pytest.mark.parametrize(("preamble", "above"), [(PREAMBLE, 7), (None, 0)])
def test_pandas_reads_days_times_numbers_and_references_as_what_they_are(preamble, above) -> None:
    with closing(xlsx_response("x", TABLE, ROWS, preamble)) as response:
        frame = pandas.read_excel(io.BytesIO(response.getvalue()), engine="calamine", skiprows=above)
    assert list(frame.columns) == ["Reference", "Day", "Loaded at", "Number"]
    assert list(frame["Reference"]) == [row[0] for row in ROWS]
    assert [None if pandas.isna(day) else pandas.Timestamp(day).date() for day in frame["Day"]] == [
        row[1] for row in ROWS
    ]
    assert pandas.Timestamp(frame["Loaded at"][0]) == pandas.Timestamp("2023-07-13 12:30:05")
    assert [frame["Number"][0], frame["Number"][1]] == [5, 84]
    assert pandas.api.types.is_numeric_dtype(frame["Number"])


def test_a_table_without_rows_is_whole() -> None:
    sheet, _ = opened(xlsx_response("x", TABLE, [], None))
    (filters,) = sheet.iter(f"{MAIN}autoFilter")
    assert filters.get("ref") == "A1:D1"


def test_a_workbook_holds_several_tables_each_on_a_sheet_of_its_name() -> None:
    sheets = [Sheet("Opened", COLUMNS, ["a"], PREAMBLE), Sheet("Closed", COLUMNS, [date(2024, 1, 2), 3], None)]
    with closing(workbook_response("pack", sheets)) as response:
        file = io.BytesIO(b"".join(response))
    tables = pandas.read_excel(file, sheet_name=None, header=None, engine="calamine")
    assert list(tables) == ["Opened", "Closed"]
    assert tables["Opened"].iloc[0, 1] == "Findings"
    assert [str(value)[:10] for value in tables["Closed"][0]] == ["Value", "2024-01-02", "3"]
