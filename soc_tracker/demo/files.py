"""Reads the files of ``fixtures/demo/``. A cell such as ``today+25`` is a day counted from that of the loading."""

import csv
import random
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
FIRST_DAY, LAST_DAY = date(2023, 1, 4), date(2023, 7, 13)
"""The days of the two extracts of the published report: what the demo knows ends with the second."""
DAY_AHEAD = re.compile(r"\btoday([+-]\d+)")


def text_of(name: str, today: date) -> str:
    """A file with the days written out that are counted from today."""
    text = (FOLDER / f"{name}.csv").read_text("utf-8")
    return DAY_AHEAD.sub(lambda found: str(today + timedelta(days=int(found[1]))), text)


def rows_of(name: str, today: date = LAST_DAY) -> list[dict[str, str]]:
    """The rows of a file, each by its headings; an empty cell is "" there."""
    return list(csv.DictReader(text_of(name, today).splitlines()))


@cache
def words(kind: str, four_p: str = "") -> Mapping[str, float]:
    """The words of a kind, each with its weight: how often it is taken."""
    rows = [row for row in rows_of("words") if (row["kind"], row["four_p"]) == (kind, four_p)]
    return {row["words"]: float(row["weight"]) for row in rows}


# Repeatable chance: what is made for one body does not move when another body is given more.


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
