"""Small pictures: one scale, unknown and incomplete drawn as such, and the same in words."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.reports.pictures import HEIGHT, PALE, Bar, draw, swatch

SVG = "{http://www.w3.org/2000/svg}"


def parse(picture: str) -> ElementTree.Element:
    text = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(text)  # noqa: S314  our own


def blocks(picture: str) -> list[ElementTree.Element]:
    """The parts of its columns, without the fillings."""
    return [child for child in parse(picture) if child.tag == f"{SVG}rect"]


def heights(picture: str) -> list[float]:
    return [float(block.attrib["height"]) for block in blocks(picture)]


def test_parts_are_as_high_as_their_numbers_on_the_common_scale():
    picture = draw([Bar("Q1", (3, 1)), Bar("Q2", (8, 0))], key="a", most=8, words="Cheshire: 4 and 8")
    assert heights(picture) == [HEIGHT * 3 / 8, HEIGHT / 8, HEIGHT]
    assert heights(draw([Bar("Q1", (3, 1))], key="b", most=16, words="")) == [HEIGHT * 3 / 16, HEIGHT / 16]


def test_what_is_not_known_is_hatched_without_a_number_and_is_not_nought():
    unknown, none = (
        draw([Bar("Q1", None)], key="a", most=4, words=""),
        draw([Bar("Q1", (0,))], key="b", most=4, words=""),
    )
    assert [block.attrib["fill"] for block in blocks(unknown)] == ["url(#a-none)"]
    assert heights(unknown) == [HEIGHT]
    assert not re.findall(r"<text[^>]*>0</text>", unknown)
    assert blocks(none) == []
    assert re.findall(r"<text[^>]*>0</text>", none)


def test_what_is_not_complete_is_pale_in_a_broken_outline():
    (whole, part) = blocks(draw([Bar("Q1", (2,)), Bar("Q2", (2,), complete=False)], key="a", most=2, words=""))
    assert "fill-opacity" not in whole.attrib
    assert (part.attrib["fill-opacity"], "stroke-dasharray" in part.attrib) == (PALE, True)


def test_has_a_name_for_those_who_hear_it_and_never_markup_of_its_words():
    root = parse(draw([Bar("<Q1>", (1,)), Bar("Q2", (1,))], key="a", most=1, words="Cheshire & <Halton>: 1"))
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("img", "Cheshire & <Halton>: 1")
    assert [text.text for text in root.iter(f"{SVG}text")][-2:] == ["<Q1>", "Q2"]


def test_needs_neither_script_nor_style():
    picture = draw([Bar("Q1", (1, 2, 3, 4, 5, 6, 7))], key="a", most=28, words="")
    assert "<script" not in picture
    assert "style=" not in picture


def test_fillings_of_two_pictures_do_not_meet():
    ids = [re.findall(r'id="([^"]+)"', draw([Bar("", (1, 1))], key=key, most=2, words="")) for key in ("a", "b")]
    assert not set(ids[0]) & set(ids[1])


@pytest.mark.parametrize(
    ("number", "words"), [(999, "999"), (1234, "1.2k"), (9949, "9.9k"), (9950, "10k"), (12345, "12k")]
)
def test_a_number_has_room_above_its_column(number, words):
    assert f">{words}</text>" in draw([Bar("", (number,))], key="a", most=number, words="")


@given(st.lists(st.one_of(st.none(), st.lists(st.integers(0, 10**6), max_size=8).map(tuple)), max_size=12))
def test_any_numbers_make_a_picture_within_its_frame(parts):
    most = max((sum(each) for each in parts if each), default=0)
    picture = draw([Bar(str(place), each) for place, each in enumerate(parts)], key="a", most=most, words="")
    for block in blocks(picture):
        assert float(block.attrib["y"]) >= -0.1
        assert float(block.attrib["height"]) <= HEIGHT + 0.1


@pytest.mark.parametrize("part", [None, 0, 5])
def test_a_sample_for_the_key_is_silent(part):
    assert parse(swatch(part, key="a")).attrib["aria-hidden"] == "true"
