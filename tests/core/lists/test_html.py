"""The rows of tables as HTML: every text is escaped, whatever was escaped before."""

from typing import Any

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.columns import Column, escape, html_of_rows, of_field, tag_html

NAME = Column("name", "Name", lambda row: row[0])
VALUE = Column("value", 'The "value"', lambda row: row[1])


def test_the_first_cell_heads_its_row() -> None:
    assert html_of_rows([NAME, VALUE], [("a", 1)]) == (
        '<tr class="govuk-table__row" role="row">'
        '<th scope="row" role="rowheader" class="govuk-table__header soc-table__name">a</th>'
        '<td role="cell" data-heading="The &quot;value&quot;" class="govuk-table__cell">1</td></tr>'
    )


def test_no_rows_are_no_html() -> None:
    assert html_of_rows([NAME], []) == ""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"numeric": True, "wide_only": True}, 'class="govuk-table__cell govuk-table__cell--numeric soc-wide-only"'),
        ({"whole": True}, 'class="govuk-table__cell soc-whole"'),
        ({"link": lambda row: "/a/?b=1&c=2"}, '<a class="govuk-link" href="/a/?b=1&amp;c=2">x</a>'),
        ({"tag": lambda row: "teal"}, '<strong class="govuk-tag govuk-tag--teal">x</strong>'),
    ],
)
def test_columns_say_how_their_cells_look(more: dict, expected: str) -> None:
    value = "5" if more.get("numeric") else "x"
    assert expected in html_of_rows([NAME, Column("value", "Value", lambda row: row[1], **more)], [("a", value)])


def test_long_text_is_marked_and_missing_text_is_told() -> None:
    html = html_of_rows([NAME, VALUE, VALUE], [("a", "x" * 81)])
    assert html.count("soc-long") == 2
    assert '<span class="soc-missing">not stated</span>' in html_of_rows([NAME, VALUE], [("a", None)])


def columns(number: int, **more: Any) -> list[Column]:
    return [NAME, *(Column(str(place), "Fact", lambda row: row[1], **more) for place in range(number))]


def test_a_folded_row_keeps_four_lines_and_folds_the_rest() -> None:
    short, long = (html_of_rows(columns(5), [(name, "x")], folded=True) for name in ("short", "n" * 40))
    for html in (short, long):
        assert html.count("<details") == 1
        assert (html.count("soc-if-short"), html.count("soc-later")) == (1, 2)
    assert ("soc-name--short" in short, "soc-name--short" in long) == (True, False)


@pytest.mark.parametrize(
    ("row", "number", "more", "folds"),
    [
        (("short", "x"), 3, {}, False),
        (("short", "x"), 4, {}, True),
        (("n" * 40, "x"), 2, {}, False),
        (("n" * 40, "x"), 3, {}, True),
        (("n" * 80, "x"), 1, {}, True),
        (("short", "x" * 40), 1, {}, True),
        (("short", "x"), 1, {"wide_only": True}, True),
    ],
)
def test_a_row_folds_where_something_would_not_be_seen(row: tuple, number: int, more: dict, folds: bool) -> None:
    assert ("<details" in html_of_rows(columns(number, **more), [row], folded=True)) is folds
    assert "<details" not in html_of_rows(columns(number, **more), [row])


def test_a_text_is_escaped_also_after_the_same_letters_were_safe() -> None:
    for number in range(3):
        assert escape(mark_safe(f"<b>{number}</b>")) == f"<b>{number}</b>"
        assert escape(f"<b>{number}</b>") == f"&lt;b&gt;{number}&lt;/b&gt;"


@given(st.text(min_size=1))
def test_no_text_becomes_markup(text: str) -> None:
    def tags(text: str) -> int:
        column = Column("v", text, lambda row: row[1], link=lambda row: row[1])
        return html_of_rows([NAME, column], [(text, text)]).count("<")

    assert tags(text) == tags("x")
    assert tag_html(text, text).count("<") == 2


def test_a_column_of_one_field_reads_it_by_its_path() -> None:
    class Row:
        threat__reference = "ocg"

    column = of_field("threat", "Threat", "threat__reference", str.upper)
    assert column.value(Row()) == "OCG"
    assert of_field("threat", "Threat", "threat__reference").value(Row()) == "ocg"


def test_words_in_a_column_of_numbers_may_be_broken_over_lines_and_numbers_never():
    columns = [NAME, Column("number", "Number", lambda row: row[1], numeric=True)]
    drawn = html_of_rows(columns, [("Kent", "outside your reach"), ("Surrey", "1,118")])
    assert 'class="govuk-table__cell soc-words govuk-table__cell--numeric">outside your reach<' in drawn
    assert 'class="govuk-table__cell govuk-table__cell--numeric">1,118<' in drawn
