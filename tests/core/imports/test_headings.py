"""Headings in any order, case and spelling; what is missing, doubled or stray is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.cells import Field, Match, match
from soc_tracker.core.imports.questions import UnreadableFileError

FIELDS = (
    Field("reference", "disruption_ref", ("reference", "id"), str, "a reference"),
    Field("size", "assessment", ("size",), str, "a size"),
    Field("summary", "summary", ("description",), str, "text", required=False),
)


@pytest.mark.parametrize(
    "heading", ["disruption_ref", "Disruption Ref", "DISRUPTION-REF", " disruption  ref. ", "Reference", "ID"]
)
def test_a_heading_as_people_write_it(heading) -> None:
    assert match((heading, "SIZE"), FIELDS) == Match({"reference": 0, "size": 1}, ())


def test_stray_headings_are_named() -> None:
    found = match(("colour", "size", "", "summary", "id", "colour"), FIELDS)
    assert found.places == {"size": 1, "summary": 3, "reference": 4}
    assert found.stray == ("colour", "column 3, which has no heading", "colour")


def test_missing_headings_are_named_with_those_that_are_there() -> None:
    with pytest.raises(UnreadableFileError) as told:
        match(("colour", "summary"), FIELDS)
    assert "“disruption_ref”, “assessment”" in str(told.value)
    assert "It has: “colour”, “summary”" in str(told.value)
    with pytest.raises(UnreadableFileError, match="does not have the heading: “assessment”"):
        match(("id",), FIELDS)


def test_an_optional_heading_may_be_missing() -> None:
    assert "summary" not in match(("id", "size"), FIELDS).places


def test_two_headings_for_one_field_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="“id” and “Reference”"):
        match(("id", "size", "Reference"), FIELDS)


def test_many_long_headings_make_no_endless_message() -> None:
    with pytest.raises(UnreadableFileError) as told:
        match([f"{number} {'x' * 1000}" for number in range(200)], FIELDS)
    assert len(str(told.value)) < 1500


@given(st.permutations(["Disruption ref", "SIZE", "description", "other"]))
def test_the_order_does_not_matter(headings) -> None:
    places = match(headings, FIELDS).places
    assert [headings[places[key]] for key in ("reference", "size", "summary")] == [
        "Disruption ref",
        "SIZE",
        "description",
    ]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_headings_match_or_are_refused(headings) -> None:
    try:
        found = match(headings, FIELDS)
    except UnreadableFileError:
        return
    assert len(found.places) + len(found.stray) == len(headings)
