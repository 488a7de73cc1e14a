"""The engine of imports: rows understood by columns, faults by row and column, and the refused rows given back."""

import pytest

from soc_tracker.core.imports.cells import Fault, Field
from soc_tracker.core.imports.parsers import optional, parse_number, parse_text
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.reader import UNKNOWN, Reader, Rule, copy_refused, read_rows
from soc_tracker.core.imports.sheet import open_sheet

FIELDS = (
    Field("reference", "ref", ("reference",), parse_text(10), "a reference"),
    Field("low", "low", (), optional(parse_number(0)), "a number", required=False),
    Field("high", "high", (), optional(parse_number(0)), "a number", required=False),
)


def wrong_way_round(values):
    return [at for at, (low, high) in enumerate(zip(values["low"], values["high"], strict=True)) if high < low]


ORDER = Rule("high", "at least the low number", wrong_way_round, needs=("low",))
FILE = "reference,low,high,colour\nA-1,1,2,red\nA-2,3,2,\nA-3,x,1,\n,1,1,\nA-5,1,1,,too long\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(FILE)
    return path


def test_rows_are_understood_and_faults_kept_by_row_and_column(path):
    with open_sheet(path, "file.csv") as sheet:
        reader = Reader(sheet, FIELDS, [ORDER])
        (piece,) = reader.pieces()
    assert reader.match.stray == ("colour",)
    assert reader.headings == {"reference": "reference", "low": "low", "high": "high"}
    lines, values = piece.good()
    assert (lines, values["reference"], values["low"]) == ([2], ["A-1"], [1])
    assert [tuple(refusal) for refusal in piece.refusals()] == [
        (6, "A-5", "after the last heading", "too long", "a row of at most 4 cells, as many as there are headings"),
        (5, "", "reference", "", "a reference"),
        (4, "A-3", "low", "x", "a number"),
        (3, "A-2", "high", "2", "at least the low number"),
    ]


def test_a_rule_is_left_out_where_the_file_lacks_a_column_that_it_needs(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("ref,high\nA-1,2\n")
    with open_sheet(path, "file.csv") as sheet:
        reader = Reader(sheet, FIELDS, [ORDER])
        (piece,) = reader.pieces()
    assert reader.rules == []
    assert piece.good() == ([2], {"reference": ["A-1"], "high": [2]})


def test_no_rule_finds_anything_in_what_was_not_understood():
    assert not UNKNOWN < 1
    assert not UNKNOWN > 1
    assert not UNKNOWN


def test_a_small_file_comes_as_rows_that_the_import_may_refuse(path, tmp_path):
    rows = read_rows(path, "file.csv", FIELDS)
    first = next(iter(rows))
    assert (first.line, first.values, first.is_good) == (2, {"reference": "A-1", "low": 1, "high": 2}, True)
    assert rows.values_of("reference") == {"A-1", "A-2", "A-3", "A-5"}
    rows.refuse(first, "low", "another number")
    assert rows.is_faulty(first, "low")
    assert not rows.is_faulty(first, "high")
    assert first.faults == [Fault("low", "1", "another number")]
    assert rows.refusals()[0] == (2, "A-1", "low", "1", "another number")
    rows.write_errors(tmp_path / "errors.csv")
    lines = (tmp_path / "errors.csv").read_text().splitlines()
    assert lines[0] == "reference,low,high,colour,error"
    assert lines[1] == 'A-1,1,2,red,"low: “1”, expected another number"'
    assert len(lines) == 1 + 4


def test_what_was_not_understood_is_no_value(path):
    faulty = next(row for row in read_rows(path, "file.csv", FIELDS) if row.line == 4)
    assert faulty.values["low"] is None
    assert faulty.first_of("low", "high") == "high"
    assert faulty.first_of("low") == ""


def test_a_file_of_too_many_rows_is_refused_as_a_whole(path):
    with pytest.raises(UnreadableFileError, match="more than 3 rows"):
        read_rows(path, "file.csv", FIELDS, most=3)


def test_a_column_that_the_file_lacks_has_its_usual_name(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("ref\nA-1\n")
    rows = read_rows(path, "file.csv", FIELDS)
    (row,) = rows
    rows.refuse(row, "low", "a number")
    assert row.faults == [Fault("low", "", "a number")]


def test_the_refused_rows_of_a_large_file_are_copied_as_they_were(path, tmp_path):
    errors = tmp_path / "errors.csv"
    fault = Fault("low", "x", "a number")
    copy_refused(
        path, "file.csv", errors, fields=FIELDS, faults=lambda first, last: [(4, fault)] if first <= 4 <= last else []
    )
    assert errors.read_text().splitlines() == [
        "reference,low,high,colour,error",
        'A-3,x,1,,"low: “x”, expected a number"',
    ]
