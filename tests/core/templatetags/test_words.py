"""Tags and filters that write words: dates, numbers, grades, badges."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from soc_tracker.core.lists.paging import KeysetPage
from soc_tracker.core.templatetags.soc import count_in_words, nothing, tag, thousands, uk_date


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2023, 1, 4), "4 January 2023"),
        (datetime(2023, 7, 4, 13, 5, tzinfo=UTC), "4 July 2023, 14:05"),
        ("2017", "2017"),
        (None, "not stated"),
    ],
)
def test_uk_date(value, words):
    assert uk_date(value) == words


@pytest.mark.parametrize(("precision", "words"), [("month", "November 2023"), ("year", "2023")])
def test_uk_date_says_no_more_than_is_known(precision, words):
    assert uk_date(date(2023, 11, 1), precision) == words


@pytest.mark.parametrize(
    ("value", "words"), [(13700000, "13,700,000"), (0, "0"), (Decimal("1234.5"), "1,234.5"), (None, "not stated")]
)
def test_thousands(value, words):
    assert thousands(value) == words


def test_words_of_others_are_escaped():
    assert (
        tag("<b>", '"><script>') == '<strong class="govuk-tag govuk-tag--&quot;&gt;&lt;script&gt;">&lt;b&gt;</strong>'
    )
    assert "&lt;b&gt;" in nothing("<b>")


@pytest.mark.parametrize(
    ("shown", "total", "words"), [(0, 0, "0 in all"), (3, 3, "3 in all"), (50, 1234, "50 shown of 1,234")]
)
def test_count_in_words(shown, total, words):
    assert count_in_words(KeysetPage([None] * shown, "", "", total)) == words


@pytest.mark.parametrize("kind", ["published", "recorded", "illustrative"])
def test_kind_of_data(draw, kind):
    drawn = draw("{% kind_of_data kind %}", kind=kind)
    assert f"soc-kind--{kind}" in drawn
    assert drawn.endswith(f"</span>{kind.capitalize()}</span>")


def test_a_kind_of_data_that_is_new_stands_in_its_own_word(draw):
    assert draw("{% kind_of_data 'estimated' %}").endswith("</span>Estimated</span>")


def test_nothing_inside_a_loop(draw):
    assert "None at all" in draw("{% for x in rows %}{% empty %}{% nothing 'None at all' %}{% endfor %}", rows=[])
