"""Refused rows come back as the same kind of file; mended, it loads with the same values as before."""

import csv
import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soc_tracker.core.imports.error_file import error_file
from soc_tracker.core.imports.sheet import open_sheet
from soc_tracker.core.lists.columns import STARTS_A_FORMULA
from tests.core.imports.reading import csv_text, folder, rows_in, workbook


def sent_back(path: Path, to: Path) -> Path:
    """All rows of a file as an error file."""
    with open_sheet(path, path.name) as sheet, error_file(to, sheet) as add:
        for chunk in sheet.chunks():
            for index, line in enumerate(chunk.lines):
                add(chunk.row(index), [f"row {line} is wrong", "=and so on"])
    return to


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"b,a\n1,2\n", b"b,a,error\r\n1,2,row 2 is wrong; =and so on\r\n"),
        (b"a;b\n1,5;\n", b'a;b;error\r\n1,5;;"row 2 is wrong; =and so on"\r\n'),
        (b"\xef\xbb\xbfa\tb\n1\t2\n", b"\xef\xbb\xbfa\tb\terror\r\n1\t2\trow 2 is wrong; =and so on\r\n"),
        ("a,b\n£,2\n".encode("cp1252"), "\ufeffa,b,error\r\n£,2,row 2 is wrong; =and so on\r\n".encode()),
        ("a,b\n£,2\n".encode(), "a,b,error\r\n£,2,row 2 is wrong; =and so on\r\n".encode()),
        ("a,b\n£,2\n".encode("utf-16"), "\ufeffa,b,error\r\n£,2,row 2 is wrong; =and so on\r\n".encode()),
        (b"a,error,b\n1,old,2\n", b"a,b,error\r\n1,2,row 2 is wrong; =and so on\r\n"),
        (b"a,b\n=1+1,'=2\n", b"a,b,error\r\n'=1+1,'=2,row 2 is wrong; =and so on\r\n"),
    ],
)
def test_a_csv_keeps_its_form(tmp_path, data, expected) -> None:
    assert sent_back(written(tmp_path / "a.csv", data), tmp_path / "errors.csv").read_bytes() == expected


def test_a_workbook_comes_back_as_one(tmp_path) -> None:
    moment = datetime.fromisoformat("2022-07-03 04:05:06")
    row = ["007", 12, 4.5, date(2022, 7, 3), time(4, 5), "=1+1", "", "_x0041_", "café"]
    path = workbook(tmp_path / "a.xlsx", [[f"column {place}" for place in range(9)], row])
    headings, rows = rows_in(sent_back(path, tmp_path / "errors.xlsx"))
    assert headings == tuple(f"column {place}" for place in range(9))
    assert rows == {2: ["04:05:00" if cell == time(4, 5) else cell for cell in row]}
    with open_sheet(path, "a.xlsx") as sheet, error_file(tmp_path / "b.xlsx", sheet) as add:
        add([moment, date(1899, 12, 31), "", "", "", "", "", "", ""], ["wrong"])
    assert rows_in(tmp_path / "b.xlsx")[1][2][:2] == [moment, "1899-12-31"]


def test_what_is_wrong_stands_in_the_last_column(tmp_path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["error", "a", "b"], ["old", 1, 2]])
    made = sent_back(path, tmp_path / "errors.csv")
    assert made.read_text("utf-8-sig").splitlines() == ["a,b,error", "1,2,row 2 is wrong; =and so on"]


def test_a_workbook_comes_back_as_csv_where_that_is_asked_for(tmp_path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], [date(2022, 7, 3), 4.0]])
    made = sent_back(path, tmp_path / "errors.csv")
    assert rows_in(made) == (("a", "b"), {2: ["2022-07-03", "4"]})


def test_a_very_long_list_of_errors_fits_a_cell(tmp_path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["x" * 32_767]])
    with open_sheet(path, "a.xlsx") as sheet, error_file(tmp_path / "b.xlsx", sheet) as add:
        add(["=" + "x" * 32_766], ["very wrong " * 10] * 10_000)
    assert len(rows_in(tmp_path / "b.xlsx")[1][2][0]) == 32_766


CELLS = st.one_of(
    st.text(max_size=5),
    st.lists(st.sampled_from(["'", "=", "+", "-", "@", "\t", "\r", "\n", '"', ",", ";", "x"]), max_size=5).map("".join),
)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_file_sent_back_and_mended_has_the_same_values(rows, delimiter, encoding) -> None:
    text = csv_text([["a", "b", "c"], *rows], delimiter=delimiter, quoting=csv.QUOTE_ALL)
    with folder() as place:
        first = written(place / "first.csv", text.replace("\0", "").encode(encoding))
        headings, before = rows_in(first)
        once = sent_back(first, place / "once.csv")
        twice = sent_back(once, place / "twice.csv")
        assert rows_in(once) == rows_in(twice)
        assert rows_in(twice)[0] == headings
        assert list(rows_in(twice)[1].values()) == list(before.values())
        cells = csv.reader(io.StringIO(twice.read_text("utf-8-sig"), newline=""), delimiter=delimiter)
        assert not [cell for row in cells for cell in row if cell.startswith(STARTS_A_FORMULA)]
