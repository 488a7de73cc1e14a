"""Repeatable chance: what is made for one body does not move when another body is given more."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

Value = TypeVar("Value")


def chance(*about: object) -> random.Random:
    """The same random numbers every time for the same words."""
    return random.Random(" ".join(map(str, about)))  # noqa: S311 - made-up records, not secrets


def picked(rng: random.Random, weights: Mapping[Value, float]) -> Value:
    """One of the values, each as likely as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def day_between(rng: random.Random, first: date, last: date) -> date:
    """Any day of a span, both ends in it."""
    return first + timedelta(days=rng.randint(0, (last - first).days))
