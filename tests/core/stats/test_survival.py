"""Time to closure as lifelines works it out, to nine digits, and by hand."""

import math

import pytest
from lifelines import KaplanMeierFitter

from soc_tracker.core.stats.histories import spells
from soc_tracker.core.stats.survival import Spell, kaplan_meier
from tests.core.stats.histories import seeded, some_day, some_histories


def test_by_hand() -> None:
    """Of five, one ends after 10 days, one is last known after 20, two end after 30, one is open after 40."""
    known = [Spell(10, True), Spell(20, False), Spell(30, True), Spell(30, True), Spell(40, False)]
    survival = kaplan_meier(known)
    assert [(step.days, step.at_risk, step.ended) for step in survival.steps] == [(10, 5, 1), (30, 3, 2)]
    assert [step.still_open for step in survival.steps] == pytest.approx([4 / 5, 4 / 15])
    assert (survival.n, survival.ended, survival.median) == (5, 3, 30)
    assert [survival.still_open(days) for days in (0, 9, 10, 29, 30, 40, 41)] == pytest.approx(
        [1, 1, 4 / 5, 4 / 5, 4 / 15, 4 / 15, None]
    )


def test_where_half_are_never_closed_the_median_is_not_reached() -> None:
    assert kaplan_meier([Spell(10, True), Spell(20, False), Spell(20, False)]).median is None


def test_where_half_are_closed_exactly_the_median_is_that_day() -> None:
    """2/3 · 3/4 is one half, though not in the last digit of a computer's number."""
    assert kaplan_meier([Spell(day, True) for day in range(1, 7)]).median == 3
    assert kaplan_meier([Spell(day, True) for day in range(1, 11)]).median == 5


def test_once_everything_is_closed_nothing_is_open_ever_after() -> None:
    assert kaplan_meier([Spell(1, True), Spell(3, True)]).still_open(1000) == 0


def test_of_nothing_there_is_no_curve() -> None:
    assert kaplan_meier([]) is None


def test_a_spell_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="-1 days"):
        kaplan_meier([Spell(-1, True)])


@pytest.mark.parametrize("seed", range(25))
def test_equals_lifelines(seed: int) -> None:
    """A thousand histories in all: shares, intervals and medians, each as at some day."""
    random = seeded(seed)
    known = spells(some_histories(random, 40), some_day(random)) or [Spell(1, True)]
    survival = kaplan_meier(known)
    fitted = KaplanMeierFitter().fit([each.days for each in known], [each.is_over for each in known])
    for step in survival.steps:
        assert step.still_open == pytest.approx(float(fitted.predict(step.days)), abs=1e-9)
        low, high = fitted.confidence_interval_.loc[step.days]
        assert (step.interval.low, step.interval.high) == pytest.approx((low, high), abs=1e-6)
    for days in range(0, survival.longest, 97):
        assert survival.still_open(days) == pytest.approx(float(fitted.predict(days)), abs=1e-9)
    median = fitted.median_survival_time_
    assert survival.median == (None if math.isinf(median) else median)
