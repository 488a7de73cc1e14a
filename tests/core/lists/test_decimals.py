"""Numbers as they were given and printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.columns import as_given, as_printed
from soc_tracker.core.lists.exports import in_file

STORED = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    ("stored", "step", "written"),
    [
        ("84.00", "1.00", "84"),
        ("84.00", "0.10", "84.0"),
        ("84.00", "0.01", "84.00"),
        ("13.70", "0.10", "13.7"),
        ("635000.00", "1000.00", "635000"),
        ("100.00", "10.00", "100"),
        ("0.00", "1.00", "0"),
        ("84.50", "1.00", "84.5"),
        ("84.00", None, "84"),
        (None, "1.00", ""),
    ],
)
def test_a_value_is_written_as_it_was_printed(stored, step, written):
    value = as_printed(stored and Decimal(stored), step and Decimal(step))
    assert in_file(value) == written


@given(STORED)
def test_no_value_changes(stored):
    assert as_given(stored) == stored
    assert "E" not in in_file(as_given(stored))


@given(STORED, st.sampled_from(["0.01", "0.10", "1.00", "100.00"]).map(Decimal))
def test_no_value_is_rounded(stored, step):
    assert as_printed(stored, step) == stored
