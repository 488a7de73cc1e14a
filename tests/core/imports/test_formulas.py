"""Text that a spreadsheet would run is guarded, and nothing is lost by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.cells import may_hold_guards, with_guard, without_guard
from soc_tracker.core.lists.columns import STARTS_A_FORMULA
from soc_tracker.core.lists.exports import in_file

FORMULAS = st.lists(st.sampled_from(["'", "=", "+", "-", "@", "\t", "\r", "\n", "a", "é", " "]), max_size=6).map(
    "".join
)


@given(st.one_of(FORMULAS, st.text()))
def test_what_is_guarded_comes_back(text) -> None:
    assert without_guard(with_guard(text)) == text


@given(st.one_of(FORMULAS, st.text()))
def test_no_guarded_text_starts_a_formula(text) -> None:
    assert not with_guard(text).startswith(STARTS_A_FORMULA)


@given(st.one_of(FORMULAS, st.text()))
def test_what_an_export_guards_is_read_as_it_was(text) -> None:
    if text.startswith(STARTS_A_FORMULA):
        assert without_guard(in_file(text)) == text


@given(st.lists(FORMULAS))
def test_a_piece_with_a_guarded_cell_is_found(cells) -> None:
    if any(without_guard(cell) != cell for cell in cells):
        assert may_hold_guards(",".join(cells))


@pytest.mark.parametrize("cell", ["", "text", "O'Neill", "'quoted'", "'", "''", 5, 4.5])
def test_other_cells_stay_as_they_are(cell) -> None:
    assert without_guard(cell) == cell
