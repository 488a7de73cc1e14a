"""References as files send them: what a spreadsheet has made of one is refused, with how to mend it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.cells import Fault, Field
from soc_tracker.core.imports.parsers import Memo, ReferenceParser, RefusedCellError

parse = ReferenceParser(40)
DAMAGED = {
    "2.02207E+15": "powers of ten",
    "1.00E+05": "powers of ten",
    "1E+5": "powers of ten",
    "1,00E+05": "powers of ten",
    "12-Mar": "a date",
    "12-Mar-24": "a date",
    "Mar-12": "a date",
    "01/02/2024": "a date",
    "2024-02-01": "a date",
    "2024-02-01 00:00:00": "a date",
    "401.0": "decimals",
    "’PB-0401": "the sign before it",
    "'00401": "the sign before it",
    '="00401"': "the formula around it",
}


@pytest.mark.parametrize(("cell", "why"), DAMAGED.items())
def test_what_a_spreadsheet_makes_of_a_reference(cell, why) -> None:
    with pytest.raises(RefusedCellError, match=why):
        parse(cell)


@pytest.mark.parametrize("cell", [2.022071300012346e18, 10**15, date(2024, 3, 12), datetime(2024, 3, 12), 12.1])  # noqa: DTZ001
def test_what_a_workbook_keeps_instead_of_a_reference(cell) -> None:
    with pytest.raises(RefusedCellError):
        parse(cell)


@pytest.mark.parametrize("cell", ["", "-", "N/A", "TBC", "(blank)", "#N/A", "#REF!", "0"])
def test_what_is_no_reference(cell) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is, a memo makes a fault of it
        parse(cell)


GOOD = [
    "PB-0401",
    "00401",
    "401",
    "MAR-12",
    "DEC-01",
    "12E",
    "E12",
    "5E12",
    "OCG",
    "A/1",
    "2022071300012345",
    "A.1",
    "x",
]


@pytest.mark.parametrize("cell", GOOD)
def test_what_is_one(cell) -> None:
    assert parse(cell) == cell


def test_a_number_in_a_workbook_is_a_reference() -> None:
    assert parse(401) == parse(401.0) == "401"


@given(st.lists(st.one_of(st.sampled_from([*DAMAGED, *GOOD, "", "-"]), st.text(max_size=12))))
def test_a_column_is_read_as_its_cells_are(cells) -> None:
    field = Field("reference", "ref", (), parse, "a reference")
    one_by_one = Memo(field)
    assert Memo(field).column(cells) == [one_by_one[cell] for cell in cells]


def test_a_column_says_of_each_cell_what_is_wrong() -> None:
    fine, wrong = Memo(Field("reference", "ref", (), parse, "a reference")).column(["PB-0401", "1.00E+05"])
    assert fine == "PB-0401"
    assert isinstance(wrong, Fault)
    assert "Give the column the format “Text”" in wrong.expected
