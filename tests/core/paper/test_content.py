"""A sheet is bounded: what it leaves out it counts, and every number keeps its unit."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.paper.content import LONG_WORD, fitted, tidy
from tests.core.paper.papers import OTHER, REPORT, paper, part

NBSP, ZWSP = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"


def test_what_has_room_is_all_there():
    sheet = fitted(paper(part("One", "Two"), part("Three")))
    assert [[row.cells[0] for row in each.rows] for each in sheet.parts] == [["One", "Two"], ["Three"]]
    assert [each.more for each in sheet.parts] == [0, 0]


def test_what_has_no_room_is_counted():
    sheet = fitted(paper(part(*["Long " * 30] * 60), part(*["Short"] * 60, total=90)))
    first, second = sheet.parts
    assert 0 < len(first.rows) < 60
    assert first.more == 60 - len(first.rows)
    assert second.more == 90 - len(second.rows)


def test_parts_share_the_room_and_a_first_one_comes_before_all():
    by_turns = fitted(paper(part(*["Some words " * 9] * 60), part(*["Some words " * 9] * 60)))
    lengths = [len(each.rows) for each in by_turns.parts]
    assert abs(lengths[0] - lengths[1]) <= 1
    before_all = fitted(paper(part(*["Some words " * 9] * 60, first=1), part(*["Some words " * 9] * 12, first=12)))
    assert len(before_all.parts[1].rows) == 12


def test_footnotes_are_numbered_document_by_document_as_far_as_they_are_cited():
    sheet = fitted(paper(part("One", "Two")))
    assert [(document.title, document.places) for document in sheet.documents] == [
        (REPORT.document, ((1, REPORT.place),)),
        (OTHER.document, ((2, OTHER.place),)),
    ]
    assert {row.source.number for each in sheet.parts for row in each.rows} == {1}
    assert sheet.figures[0].source.number == 2


def test_it_says_which_kinds_of_data_it_holds():
    assert paper(part("One")).kinds == ("published", "recorded")
    assert paper(part(), verdict=None, figures=(), drawing=None).kinds == ()


def test_figures_of_different_kinds_never_stand_in_one_list():
    (published,) = paper(part()).figures
    made_up = published.__class__("9", "threats", "", "illustrative")
    groups = paper(part(), figures=(published, made_up, published)).figure_groups
    assert [(heading, kind, len(figures)) for heading, kind, figures in groups] == [
        ("Published figures", "published", 2),
        ("From the record", "illustrative", 1),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("£13.7 million on 4 January 2023", f"£13.7{NBSP}million on 4{NBSP}January 2023"),
        ("3 of 4 disruptions", f"3{NBSP}of{NBSP}4 disruptions"),
        ("two\nlines  of it", "two lines of it"),
        ("x" * 30, f"{'x' * 12}{ZWSP}{'x' * 12}{ZWSP}{'x' * 6}"),
        ("1" * 40, "1" * 40),
        ("a word and another", "a word and another"),
    ],
)
def test_a_text_is_made_fit(text, shown):
    assert tidy(text) == shown


def test_a_long_text_ends_at_a_word():
    assert tidy("Improve the quality of plans, and more", 31) == "Improve the quality of plans…"
    assert len(tidy("x" * 500, 60).replace(ZWSP, "")) == 60


@given(st.text(), st.integers(min_value=10, max_value=300))
def test_no_text_grows_beyond_its_length_or_is_broken_within_a_number(text, most):
    shown = tidy(text, most)
    assert len(shown.replace(ZWSP, "")) <= most
    pieces = shown.split(ZWSP)
    assert not any(before[-1:].isdigit() and after[:1].isdigit() for before, after in pairwise(pieces))
    assert all(len(piece) <= max(LONG_WORD, most) for piece in pieces)
