"""Repeatable chance."""

from collections import Counter
from datetime import date

from soc_tracker.demo.files import chance, day_between, picked


def test_the_same_words_give_the_same_numbers():
    def numbers(*about: object) -> list[float]:
        rng = chance(*about)
        return [rng.random() for _ in range(5)]

    assert numbers("cheshire", 2022) == numbers("cheshire", 2022)
    assert numbers("cheshire", 2022) != numbers("cheshire", 2021)


def test_values_are_picked_as_often_as_their_weights_say():
    rng = chance("picked")
    found = Counter(picked(rng, {"often": 9, "seldom": 1, "never": 0}) for _ in range(2000))
    assert set(found) == {"often", "seldom"}
    assert 0.86 < found["often"] / 2000 < 0.94


def test_both_ends_of_a_span_are_drawn():
    rng = chance("days")
    days = {day_between(rng, date(2022, 12, 31), date(2023, 1, 2)) for _ in range(100)}
    assert days == {date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)}
