"""CSV: says what it is, runs no formula, keeps numbers as numbers, and never passes for whole when it is not."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_bakery import baker

from inspections.findings.models import Topic
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.exports import INCOMPLETE, OBJECTS_AT_A_TIME, Preamble, csv_lines, csv_response, in_file

PREAMBLE = Preamble(
    title="Findings",
    filter="Words: =cmd()",
    kind_of_data="published",
    as_at="2023-07-13",
    made_at=datetime(2023, 7, 13, 10, 0, 5, tzinfo=UTC),
    made_by="A. Inspector",
)
COLUMNS = (Column("name", "Name", lambda row: row[0]), Column("size", "Size", lambda row: row[1], numeric=True))
HEAD = [
    ["Title", "Findings"],
    ["Filter", "Words: =cmd()"],
    ["Kind of data", "published"],
    ["As at", "2023-07-13"],
    ["Made", "2023-07-13 11:00:05 BST"],
    ["Made by", "A. Inspector"],
    [],
    ["Name", "Size"],
]


def parsed(pieces) -> list[list[str]]:
    text = "".join(pieces)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_the_first_rows_say_what_it_is() -> None:
    assert parsed(csv_lines(COLUMNS, [("a", 1), (None, 0)], PREAMBLE)) == [*HEAD, ["a", "1"], ["", "0"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (-5, "-5"),
        (Decimal("-1234567.50"), "-1234567.50"),
        (Decimal("1E+6"), "1000000"),
        (0.1, "0.1"),
        (True, "yes"),
        (False, "no"),
        (date(2023, 1, 4), "2023-01-04"),
        (datetime(2023, 1, 4, 9, 30, tzinfo=UTC), "2023-01-04T09:30:00+00:00"),
        ("plain", "plain"),
        ("-5", "'-5"),
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("a=1", "a=1"),
    ],
)
def test_values_as_a_file_holds_them(value: object, cell: str) -> None:
    assert in_file(value) == cell


def test_the_filter_in_the_head_runs_no_formula_either() -> None:
    preamble = Preamble("=t", "@f", "published", "+a", PREAMBLE.made_at, "-m")
    head = parsed(csv_lines(COLUMNS, [], preamble))
    assert [line[1] for line in head[:6]] == ["'=t", "'@f", "published", "'+a", "2023-07-13 11:00:05 BST", "'-m"]


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), st.integers())))
def test_any_rows_come_back_and_none_is_a_formula(rows: list[tuple[str, int]]) -> None:
    back = parsed(csv_lines(COLUMNS, rows, PREAMBLE))[len(HEAD) :]
    assert [int(size) for _, size in back] == [size for _, size in rows]
    for (name, _), (cell, _) in zip(rows, back, strict=True):
        assert cell.removeprefix("'") == name.removeprefix("'")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_stream_that_breaks_off_says_so_in_its_last_line(caplog) -> None:
    def rows():
        for number in range(OBJECTS_AT_A_TIME + 3):
            yield ("a", number)
        raise RuntimeError("the database went away")

    lines = parsed(csv_lines(COLUMNS, rows(), PREAMBLE))
    assert lines[-1] == [INCOMPLETE]
    assert lines[len(HEAD) : -1] == [["a", str(number)] for number in range(OBJECTS_AT_A_TIME)]
    assert "the database went away" in caplog.text


def test_a_value_that_cannot_be_read_breaks_it_off_too() -> None:
    columns = (Column("name", "Name", lambda row: row["missing"]),)
    assert parsed(csv_lines(columns, [{}], PREAMBLE))[-1] == [INCOMPLETE]


def test_a_whole_file_does_not_end_with_that_line() -> None:
    assert INCOMPLETE not in "".join(csv_lines(COLUMNS, [("a", 1)] * (OBJECTS_AT_A_TIME * 2), PREAMBLE))


def test_it_is_a_download_in_utf_8() -> None:
    response = csv_response("findings-2023", COLUMNS, [("Ünïcode", 1)], PREAMBLE)
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="findings-2023.csv"'
    assert b"".join(response)[:3] == b"\xef\xbb\xbf"


@pytest.mark.django_db
def test_a_queryset_is_read_in_pieces_with_what_it_prefetches(django_assert_num_queries) -> None:
    for number in range(3):
        baker.make(Topic, name=f"t{number}", slug=f"t{number}")
    columns = (Column("findings", "Findings", lambda topic: len(topic.findings.all()), numeric=True),)
    with django_assert_num_queries(2):
        lines = parsed(csv_lines(columns, Topic.objects.prefetch_related("findings"), PREAMBLE))
    assert lines[-3:] == [["0"], ["0"], ["0"]]
