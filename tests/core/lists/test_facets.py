"""Facets: which values are shown, with which number, and as which HTML."""

import pytest

from soc_tracker.core.lists.filter_fields import MOST_SHOWN, facet

CHOICES = [("a", "A & B"), ("b", "B"), ("c", "C")]


def test_values_with_rows_and_chosen_ones_are_shown_in_the_order_of_the_choices() -> None:
    found = facet("kind", "Kind", CHOICES, ["c"], {"b": 1200})
    assert [(value.value, value.number, value.chosen) for value in found.values] == [("b", 1200, False), ("c", 0, True)]
    assert found.opened
    assert found.more == 0


def test_a_short_facet_shows_all_and_stands_open() -> None:
    found = facet("kind", "Kind", CHOICES, [], {}, short=True)
    assert [value.number for value in found.values] == [0, 0, 0]
    assert found.opened
    assert not facet("kind", "Kind", CHOICES, [], {}).opened


def test_what_was_not_counted_carries_no_number() -> None:
    found = facet("kind", "Kind", CHOICES, ["a"], None)
    assert [value.number for value in found.values] == [None, None, None]
    assert "soc-facet__count" not in found.html


def test_html_is_one_labelled_checkbox_a_value() -> None:
    html = facet("kind", "Kind", [('"><b>', "A & B"), ("b", "B")], ["b"], {'"><b>': 1, "b": 1200}).html
    assert html.count('type="checkbox"') == 2
    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert 'A &amp; B <span class="soc-facet__count">(1)</span>' in html
    assert 'id="facet-kind-b" name="kind" value="b" checked>' in html
    assert '<label class="govuk-label govuk-checkboxes__label" for="facet-kind-b">B' in html
    assert "(1,200)" in html
    assert "<b>" not in html


@pytest.mark.parametrize(("chosen", "shown"), [([], MOST_SHOWN), (["v99"], MOST_SHOWN + 1)])
def test_more_values_than_have_room_are_numbered(chosen: list[str], shown: int) -> None:
    choices = [(f"v{number}", f"Value {number}") for number in range(100)]
    found = facet("v", "V", choices, chosen, {value: 1 for value, _ in choices})
    assert (len(found.values), found.more) == (shown, 100 - shown)
