"""Any table of texts, written in any way that is recognised, reads back the same; and quickly is no different."""

import csv
import io
import re
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from soc_tracker.core.imports import csv_source as engine
from soc_tracker.core.imports.csv_source import plain_columns
from tests.core.imports.reading import csv_text, rows_of

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
QUOTINGS = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)
BREAKS = re.compile("\r\n?|\n")


def texts(encoding: str) -> st.SearchStrategy[str]:
    letters = st.characters(codec="cp1252" if encoding == "cp1252" else "utf-8", exclude_characters="\0")
    tricky = st.sampled_from(
        ['"', '""', "\n", "\r\n", "\r", ",", ";", "\t", " ", "x", "\x1e", "\x1f", "\u2028", "=", "'"]
    )
    cells = st.lists(st.one_of(tricky, letters), max_size=6).map("".join)
    return cells.filter(lambda cell: encoding != "cp1252" or encodable(cell))


def encodable(text: str) -> bool:
    return text.encode("cp1252", errors="replace").decode("cp1252") == text


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[list[str]]]:
    encoding = draw(st.sampled_from(ENCODINGS))
    width = draw(st.integers(2, 4))
    row = st.lists(texts(encoding), min_size=width, max_size=width)
    rows = draw(st.lists(row, max_size=12))
    dialect = {"delimiter": draw(st.sampled_from(",;\t")), "quoting": draw(st.sampled_from(QUOTINGS))}
    if draw(st.booleans()):  # the csv module quotes a carriage return only when its own lines end in one
        rows = [[BREAKS.sub("\n", cell) for cell in row] for row in rows]
        dialect["lineterminator"] = "\n"
    text = csv_text([[f"column {place}" for place in range(width)], *rows], **dialect)
    return text.encode(encoding), rows


def expected(rows: list[list[str]]) -> dict[int, list[str]]:
    """Line breaks inside cells come as line feeds, guarded formulas without their guard."""
    return {
        line: [re.sub(r"^'(?='*[=+\-@\t\n])", "", BREAKS.sub("\n", cell)) for cell in row]
        for line, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    }


@settings(max_examples=150)
@given(files(), st.sampled_from([7, 64, engine.AT_A_TIME]))
def test_any_table_reads_back_the_same(file, at_a_time) -> None:
    data, rows = file
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:  # what was written as Windows-1252 may be right UTF-8 by chance
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter_of(data)))[1:]
    assume(not is_mixed(data))
    with patch.object(engine, "AT_A_TIME", at_a_time):
        assert rows_of(data, answers={"encoding": "cp1252"})[1] == expected(rows)


def is_mixed(data: bytes) -> bool:
    """Whether some lines are UTF-8 by chance, and others are not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return len({is_utf8(line) for line in data.splitlines() if not line.isascii()}) > 1


def is_utf8(line: bytes) -> bool:
    try:
        return bool(line.decode())
    except UnicodeDecodeError:
        return False


def delimiter_of(data: bytes) -> str:
    first = data.decode("utf-8-sig").replace('"', "")
    return first[len("column 0")]


LINES = st.lists(st.text(st.sampled_from(list('ab,"" \t;\n\x1e')), max_size=12), max_size=6)
CELLS = st.text(st.sampled_from(list('ab,"; ')), min_size=1, max_size=5)


@pytest.fixture
def any_number_of_quotation_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_QUOTED", 100)


whatever_is_quoted = pytest.mark.usefixtures("any_number_of_quotation_marks")
with_that_fixture = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])


@whatever_is_quoted
@with_that_fixture
@given(LINES, st.integers(1, 4), st.sampled_from(",;\t"))
def test_the_quick_way_gives_what_the_csv_module_gives(lines, width, delimiter) -> None:
    text = "".join(f"{line}\n" for line in lines)
    columns = plain_columns(text, delimiter, width)
    if columns is not None:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
        assert [list(row) for row in zip(*columns, strict=True)] == [row or [""] for row in rows]


@whatever_is_quoted
@with_that_fixture
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1))
def test_the_quick_way_is_taken_for_whole_rows(rows) -> None:
    text = csv_text(rows, lineterminator="\n")
    assert plain_columns(text, ",", 3) == [list(column) for column in zip(*rows, strict=True)]


@whatever_is_quoted
def test_the_quick_way_knows_doubled_quotation_marks_and_quoted_delimiters() -> None:
    text = 'a,"b, ""c"", d"\ne,""\n"""f""",g\n'
    assert plain_columns(text, ",", 2) == [["a", "e", '"f"'], ['b, "c", d', "", "g"]]


@pytest.mark.parametrize("line", ["", "1", "1,2,3", '"1\n",2', '"1,2', '1,"2"x', "\0,1", "1,2,\n,", '\x1e,"2"'])
def test_the_quick_way_is_left_where_a_row_is_not_whole(line) -> None:
    assert plain_columns(f"1,2\n{line}\n1,2\n", ",", 2) is None


def test_the_quick_way_is_left_where_most_is_quoted() -> None:
    assert plain_columns('"1","2","3"\n', ",", 3) is None
    assert plain_columns("1,2,3", ",", 3) is None
