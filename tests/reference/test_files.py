"""The order of rows that refer to rows of their own kind."""

from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.reference.rows import Row, first_things_first


def row(slug, parent=None):
    return Row("questions", "questions.json", 1, {"slug": slug} | ({"parent": parent} if parent else {}))


@st.composite
def forests(draw):
    """Rows of which each may refer to one made before it, in any order."""
    rows = [row("0")]
    for number in range(1, draw(st.integers(1, 12))):
        parent = draw(st.one_of(st.none(), st.integers(0, number - 1)))
        rows.append(row(str(number), None if parent is None else str(parent)))
    return draw(st.permutations(rows))


@given(forests())
def test_what_is_referred_to_comes_first(rows):
    ordered = first_things_first(rows, "parent")
    place = {row.data["slug"]: index for index, row in enumerate(ordered)}
    assert sorted(place) == sorted(row.data["slug"] for row in rows)
    assert all(place[row.data["parent"]] < place[row.data["slug"]] for row in rows if "parent" in row.data)


def test_a_circle_comes_last_and_loses_nothing():
    rows = [row("a", "b"), row("b", "a"), row("c"), row("d", "c")]
    assert [row.data["slug"] for row in first_things_first(rows, "parent")] == ["c", "d", "a", "b"]


def test_a_reference_to_a_stored_row_needs_no_waiting():
    rows = [row("a", "stored"), row("b")]
    assert first_things_first(rows, "parent") == rows
