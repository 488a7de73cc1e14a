"""What the rows are drawn from: words and summaries that repeat as typed ones do, bodies and their mixes, days."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp
from pathlib import Path
from random import Random

SIZES = {"Major": 5, "Moderate": 25, "Minor": 70}
THREAT_PREFIXES = {"OCG": 72, "PI": 15, "VUL": 13}

WHO = (
    *("Two brothers", "The main subject", "A lorry driver", "Three runners", "An accountant", "A holder of firearms"),
    *("The group's banker", "A recruiter of young people", "A former partner", "Four tenants"),
)
WHAT = (
    *("arrested at dawn", "charged", "remanded in custody", "made subject of an order", "sentenced to nine years"),
    *("visited with the council", "referred to a youth worker", "advised on locks and cameras", "stopped at a port"),
    "served with a closing notice",
)
RESULT = (
    *("{n} GBP in cash seized", "{n} g of cocaine found, with scales", "a pistol recovered", "{n} telephones examined"),
    *("{n} GBP frozen in accounts", "a victim taken to a place of safety", 'operation "{name}" ends'),
    *("a flat closed for three months", "a stolen van returned", "partners briefed, plan reviewed"),
)
OPERATIONS = ("Alder", "Bramble", "Curlew", "Dace", "Easel", "Fennel", "Garnet", "Hazel")


def summaries(random: Random, number: int) -> list[str]:
    """Sentences as fields of a CSV file; some hold commas and quotation marks."""
    sentences = []
    for _ in range(number):
        result = random.choice(RESULT).format(n=random.randrange(1, 90_000), name=random.choice(OPERATIONS))
        sentences.append(quoted(f"{random.choice(WHO)} {random.choice(WHAT)}; {result}."))
    return sentences


def quoted(text: str) -> str:
    """Text as a field of a CSV file."""
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


# The 52 bodies that record disruptions, how much each records, and its mix of the 4Ps.


REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"
# How much a regional unit records: about as much as a force of 1,400 officers.
UNIT_WEIGHT = 1.4
FOUR_P = ("Pursue", "Prevent", "Protect", "Prepare")
FOUR_P_SHARES = (0.75, 0.10, 0.09, 0.06)
# How alike the bodies' mixes are: as if each came from this many disruptions.
FOUR_P_LIKENESS = 60


@dataclass(frozen=True)
class Body:
    """``weight`` is its share of all threats, in no unit; ``support_by`` the place of its region's unit in the list."""

    name: str
    weight: float
    support_by: int | None


def bodies() -> list[Body]:
    """Every force with residents, weighed by its officers as last counted, then every regional unit.

    A region's unit supports its forces and itself; London has none.
    """
    known = json.loads((REFERENCE / "organisations.json").read_text())
    sizes: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(json.loads((REFERENCE / "sizes.json").read_text()), key=lambda row: row["as_at"]):
        sizes[row["organisation"]][row["measure"]] = row["value"]
    recording = [one for one in known if one["kind"] == "force" and "population" in sizes[one["slug"]]]
    recording += [one for one in known if one["kind"] == "rocu"]
    units = {one["region"]: place for place, one in enumerate(recording) if one["kind"] == "rocu"}
    officers = [sizes[one["slug"]].get("officers") for one in recording]
    weights = [number / 1000 if number else UNIT_WEIGHT for number in officers]
    named = zip(recording, weights, strict=True)
    return [Body(one["name"], weight, units.get(one["region"])) for one, weight in named]


def four_p_of(number: int, random: Random, steps: int) -> list[list[str]]:
    """For each of ``number`` bodies, ``steps`` words of which any is as likely as another."""
    mixes = []
    for _ in range(number):
        drawn = [random.gammavariate(share * FOUR_P_LIKENESS, 1) for share in FOUR_P_SHARES]
        mixes.append(spread(dict(zip(FOUR_P, drawn, strict=True)), steps))
    return mixes


def spread(weights: Mapping[str, float], steps: int) -> list[str]:
    """``steps`` words in proportion to their weights, so that a random place in the list draws one."""
    whole, reached, words = sum(weights.values()), 0.0, []
    for word, weight in weights.items():
        reached += weight
        words += [word] * (round(steps * reached / whole) - len(words))
    return words


# When disruptions happen, and how long after that they are added.


FIRST, LAST = date(2019, 1, 1), date(2023, 12, 31)
LONGEST_DELAY = 250
# Delays in days: a gamma distribution of this shape and scale, so a mean of 27 and a long tail.
SHAPE, SCALE = 0.9, 30
GROWTH = 0.5
WEEKEND = 0.55
QUIET = (date(2020, 3, 26), date(2020, 6, 23), 0.6)
"""The first months of the pandemic: from, to, and how busy they were."""


def activity() -> list[float]:
    """How likely each day from FIRST to LAST is, in no unit."""
    number, (first, last, quiet) = (LAST - FIRST).days + 1, QUIET
    likely = []
    for place in range(number):
        day = FIRST + timedelta(place)
        growth = 1 + GROWTH * place / number
        likely.append(growth * (WEEKEND if day.weekday() >= 5 else 1) * (quiet if first <= day <= last else 1))
    return likely


def delays() -> list[float]:
    """How likely each whole number of days up to the longest delay is, in no unit."""
    return [((days + 1) ** SHAPE - days**SHAPE) * exp(-(days + 0.5) / SCALE) for days in range(LONGEST_DELAY + 1)]


def added(rows: int) -> Iterator[tuple[date, int, list[str], list[float]]]:
    """Each day on which rows are added: the day, how many, and the activity dates they may have with their weights."""
    busy, late = activity(), delays()
    dates = [(FIRST + timedelta(place)).isoformat() for place in range(len(busy))]
    possible = [_reaching(place, busy, late) for place in range(len(busy) + LONGEST_DELAY)]
    for place, number in enumerate(_shared(rows, [sum(weights) for _, weights in possible])):
        if number:
            days, weights = possible[place]
            yield FIRST + timedelta(place), number, dates[days.start : days.stop], weights


def _reaching(place: int, busy: list[float], late: list[float]) -> tuple[range, list[float]]:
    """The places of the days whose disruptions may be added on this one, with their weights."""
    days = range(max(0, place - LONGEST_DELAY), min(place + 1, len(busy)))
    return days, [busy[day] * late[place - day] for day in days]


def _shared(rows: int, weights: list[float]) -> list[int]:
    """Whole numbers in proportion to the weights, which add up to ``rows``."""
    whole, reached, bounds = sum(weights), 0.0, [0]
    for weight in weights:
        reached += weight
        bounds.append(round(rows * reached / whole))
    return [after - before for before, after in pairwise(bounds)]
