"""Whether a recorded value satisfies what was published."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.choices import Comparison
from inspections.figures.models import PublishedFigure
from inspections.vocabularies.models import Qualifier
from soc_tracker.core.records.words import KEPT
from soc_tracker.dashboards.agreement.pages import COMPARISONS, agrees, rounded

pytestmark = pytest.mark.django_db


def figure(value, qualifier="exactly", unit="count", step=1) -> PublishedFigure:
    number = None if value is None else Decimal(value)
    return PublishedFigure(value=number, step=None if value is None else Decimal(step), qualifier=qualifier, unit=unit)


@pytest.mark.parametrize(
    ("published", "recorded", "expected"),
    [
        (figure(373), 373, True),
        (figure(373), 374, False),
        (figure(0), 0, True),
        (figure(3000, step=1000), 2500, True),
        (figure(3000, step=1000), 2499, False),
        (figure(3000, step=1000), 3499, True),
        (figure(3000, step=1000), 3500, False),
        (figure(30, "over", step=10), 31, True),
        (figure(30, "over", step=10), 30, False),
        (figure(30, "over", step=10), 900, True),
        (figure(250, "at_least", step=10), 250, True),
        (figure(250, "at_least", step=10), 249, False),
        (figure(25, "up_to"), 25, True),
        (figure(25, "up_to"), 26, False),
        (figure(500, "nearly", step=100), 499, True),
        (figure(500, "nearly", step=100), 400, True),
        (figure(500, "nearly", step=100), 500, False),
        (figure(500, "nearly", step=100), 399, False),
        (figure(3000, "about", step=1000), 2000, True),
        (figure(3000, "about", step=1000), 4001, False),
    ],
)
def test_a_count(published, recorded, expected):
    assert agrees(published, Fraction(recorded)) is expected


@pytest.mark.parametrize(
    ("percent", "x", "n", "expected"),
    [
        (84, 312, 373, True),
        (70, 343, 490, True),
        (85, 540, 635, True),
        (84, 315, 373, True),
        (84, 311, 373, False),
        (13, 1, 8, True),
        (12, 1, 8, False),
    ],
)
def test_a_percentage_agrees_when_the_share_rounds_to_it(percent, x, n, expected):
    assert agrees(figure(percent, unit="percent"), Fraction(x, n)) is expected


@pytest.mark.parametrize(
    ("qualifier", "recorded", "expected"),
    [
        ("more_than_a_third", Fraction(1, 3), False),
        ("more_than_a_third", Fraction(334, 1000), True),
        ("more_than_double", Fraction(2), False),
        ("more_than_double", Fraction(201, 100), True),
    ],
)
def test_words_alone(qualifier, recorded, expected):
    assert agrees(figure(None, qualifier, "share"), recorded) is expected


def test_every_qualifier_is_understood():
    assert set(COMPARISONS) == set(Comparison)
    assert {word.slug for word in Qualifier.rows() if not word.comparison} == set()
    assert all(bool(word.bound) == word.says_all for word in Qualifier.rows())


def test_words_that_nothing_is_known_of_cannot_be_compared():
    Qualifier.objects.create(slug="many", label="many", says_all=True)
    assert agrees(figure(None, "many", "share"), Fraction(2)) is None
    Qualifier.objects.filter(slug="many").update(comparison="above")
    KEPT.forget()
    assert agrees(figure(None, "many", "share"), Fraction(2)) is None


@given(recorded=st.fractions(0, 10**6), step=st.sampled_from([1, 10, 100, 1000]))
def test_what_is_printed_from_a_number_agrees_with_it(recorded, step):
    printed = rounded(recorded, Fraction(step))
    assert abs(printed - recorded) <= Fraction(step, 2)
    assert agrees(figure(int(printed), step=step), recorded)
