"""Files written without an object for each row hold the very same characters as those written with one."""

import csv
import io
from contextlib import closing
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from django.db.models import F, Value
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from disruptions.extracts.models import Extract
from soc_tracker.core.lists import exports
from soc_tracker.core.lists.columns import Column, of_field
from soc_tracker.core.lists.exports import INCOMPLETE, Preamble, are_plain, csv_lines, once_each, xlsx_response
from soc_tracker.core.lists.paging import field_of

pytestmark = pytest.mark.django_db
PREAMBLE = Preamble("Extracts", "No filter", "recorded", "2023-07-13", datetime(2023, 7, 13, tzinfo=UTC), "me")
COLUMNS = (
    of_field("file", "File", "file_name"),
    of_field("contents", "Contents", "contents", {"threats": '=T, "hreats"', "disruptions": None}.get),
    of_field("again", "Again", "contents"),
    of_field("as_at", "As at", "as_at"),
    of_field("loaded_at", "Loaded at", "loaded_at"),
    of_field("rows", "Rows", "rows_added", numeric=True),
    of_field("by", "By", "loaded_by__username"),
    of_field("by_key", "By, key", "loaded_by_id"),
)
ROWS_BY_OBJECT = tuple(
    Column(column.key, column.heading, lambda row, column=column: column.value(Reached(row))) for column in COLUMNS
)
AWKWARD = ("=1+1", "-5", "+44", "@x", "\t", "a,b", 'say "no"', "two\nlines", "\rx", "'", "", "plain", "é,—")


class Reached:
    """A row whose relations are read by their path, as the columns of plain rows name them."""

    def __init__(self, row: object) -> None:
        self.row = row

    def __getattr__(self, path: str) -> object:
        value = self.row
        for part in path.split("__"):
            value = value and getattr(value, part)
        return value


def make_extracts(names: list[str]) -> None:
    Extract.objects.all().delete()
    user = baker.make("auth.User", username=baker.random_gen.gen_string(12))
    Extract.objects.bulk_create(
        Extract(
            file_name=name,
            sha256="a" * 64,
            contents="disruptions" if number % 2 else "threats",
            as_at=date(2023, 1, 1 + number % 28),
            loaded_at=datetime(2023, 7, 1, 9, number % 60, tzinfo=UTC),
            rows_added=number,
            loaded_by=user if number % 3 else None,
        )
        for number, name in enumerate(names)
    )


def rows():
    return Extract.objects.order_by("pk").select_related("loaded_by")


def test_only_columns_of_one_field_over_a_queryset_are_plain() -> None:
    assert are_plain(COLUMNS, rows())
    assert not are_plain(COLUMNS, list(rows()))
    assert not are_plain(ROWS_BY_OBJECT, rows())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(list(AWKWARD))
@example(["plain", "all", "of", "them"])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), max_size=8))
def test_a_csv_is_the_same_character_by_character(names: list[str]) -> None:
    make_extracts(names)
    assert "".join(csv_lines(COLUMNS, rows(), PREAMBLE)) == "".join(csv_lines(ROWS_BY_OBJECT, rows(), PREAMBLE))


def test_a_workbook_holds_the_same() -> None:
    make_extracts(list(AWKWARD))
    files = [xlsx_response("x", columns, rows(), PREAMBLE) for columns in (COLUMNS, ROWS_BY_OBJECT)]
    with closing(files[0]), closing(files[1]):
        sheets = [ZipFile(io.BytesIO(b"".join(file))).read("xl/worksheets/sheet1.xml") for file in files]
    assert sheets[0] == sheets[1]


def test_rows_are_read_in_pieces_by_one_cursor(monkeypatch, django_assert_num_queries) -> None:
    monkeypatch.setattr(exports, "ROWS_AT_A_TIME", 4)
    make_extracts([f"file {number}" for number in range(11)])
    with django_assert_num_queries(1):
        pieces = list(csv_lines(COLUMNS, rows(), PREAMBLE))
    assert len(pieces) == 1 + 3
    lines = list(csv.reader(io.StringIO("".join(pieces[1:]), newline="")))
    assert [line[0] for line in lines] == [f"file {number}" for number in range(11)]


def test_a_stream_that_breaks_off_says_so_in_its_last_line(caplog) -> None:
    def broken(value: str) -> str:
        raise RuntimeError("no words for it")

    make_extracts(["a"])
    columns = (*COLUMNS, of_field("broken", "Broken", "contents", broken))
    assert "".join(csv_lines(columns, rows(), PREAMBLE)).endswith(f"{INCOMPLETE}\r\n")
    assert "no words for it" in caplog.text


def test_a_single_column_keeps_its_empty_cells() -> None:
    make_extracts(["", "a"])
    assert "".join(csv_lines(COLUMNS[:1], rows(), PREAMBLE)).endswith('File\r\n""\r\na\r\n')


def test_words_are_asked_once_for_each_value() -> None:
    asked: list[str] = []
    convert = once_each(lambda value: asked.append(value) or value.upper())
    assert list(convert("abab")) == ["A", "B", "A", "B"]
    assert asked == ["a", "b"]


def test_an_annotation_is_a_field_too() -> None:
    make_extracts(["a"])
    queryset = rows().annotate(user_name=F("loaded_by__username"), one=Value(1))
    assert [field_of(queryset, path)[1] for path in ("user_name", "file_name", "loaded_by__username")] == [
        True,
        False,
        True,
    ]
    assert field_of(queryset, "pk") == (Extract._meta.pk, False)
    columns = (COLUMNS[0], of_field("one", "One", "one"))
    assert "".join(csv_lines(columns, queryset, PREAMBLE)).endswith("a,1\r\n")
