"""Writes an extract row by row, in the order in which a database would have numbered them.

Nearly all choices are places in ready-made lists, picked by random bytes: a
million rows take about two seconds, and memory does not grow with their number.
"""

import hashlib
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from bench.generator.draws import SIZES, THREAT_PREFIXES, added, bodies, four_p_of, quoted, spread, summaries
from soc_tracker.demo.files import words

HEADINGS = (
    *("disruption_ref", "threat_ref", "organisation", "involvement", "four_p", "assessment"),
    *("activity_date", "recorded_date", "crime_type", "summary"),
)
MOST_THREATS = 200_000
ROWS_PER_THREAT = 8
# A few threats get many disruptions: the power to which an even draw is raised.
SKEW = 1.6
SUPPORT = 0.14
# Lists are this long, so that 16 random bits pick a place in one.
STEPS = 2**16
CHUNK = 20_000


@dataclass(frozen=True)
class Written:
    rows: int
    threats: int
    sha256: str


def write_extract(rows: int, path: Path, seed: int = 7) -> Written:
    """Write a CSV file of so many disruptions; the same number and seed give the same bytes."""
    digest, tables = hashlib.sha256(), Tables.make(rows, seed)
    with path.open("wb") as file:
        for lines in _chunks(tables, rows):
            file.write(lines)
            digest.update(lines)
    return Written(rows, len(tables.threats), digest.hexdigest())


@dataclass(frozen=True)
class Tables:
    """What rows are made of. ``threats``: reference, place of the owner, crime type."""

    random: Random
    threats: list[tuple[str, int, str]]
    names: list[str]
    supporters: list[int | None]
    four_p: list[list[str]]
    sizes: list[str]
    summaries: list[str]

    @classmethod
    def make(cls, rows: int, seed: int) -> "Tables":
        random = Random(seed)  # noqa: S311 - repeatable is what is wanted
        known = bodies()
        number = max(1, min(MOST_THREATS, rows // ROWS_PER_THREAT))
        weights = [body.weight for body in known]
        prefixes = random.choices(list(THREAT_PREFIXES), list(THREAT_PREFIXES.values()), k=number)
        owners = random.choices(range(len(weights)), weights, k=number)
        of_kind = words("crime type")
        crime_types = random.choices(list(of_kind), list(of_kind.values()), k=number)
        references = (f"{prefix}-{place:07d}" for place, prefix in enumerate(prefixes, 1))
        return cls(
            random=random,
            threats=list(zip(references, owners, crime_types, strict=True)),
            names=[quoted(body.name) for body in known],
            supporters=[body.support_by for body in known],
            four_p=four_p_of(len(known), random, STEPS),
            sizes=spread(SIZES, STEPS),
            summaries=summaries(random, STEPS // 8) * 8,
        )


def _chunks(tables: Tables, rows: int) -> Iterator[bytes]:
    """The file's text, a day or part of a day at a time."""
    yield f"{','.join(HEADINGS)}\n".encode()
    year, number = 0, 0
    for day, on_day, dates, weights in added(rows):
        if day.year != year:
            year, number = day.year, 0
        for start in range(0, on_day, CHUNK):
            happened = tables.random.choices(dates, weights, k=min(CHUNK, on_day - start))
            yield "".join(_lines(tables, day, happened, number + start + 1)).encode()
        number += on_day


def _lines(tables: Tables, day: date, happened: list[str], first: int) -> Iterator[str]:
    """Rows added on the day; ``first`` is the running number of the first of them in its year."""
    threats, supporters, names, mixes = tables.threats, tables.supporters, tables.names, tables.four_p
    draw, stem, added_on, last = tables.random.random, f"DIS-{day.year}-", day.isoformat(), len(threats)
    number = len(happened)
    places = _places(tables.random, number)
    sizes = map(tables.sizes.__getitem__, _places(tables.random, number))
    sentences = map(tables.summaries.__getitem__, _places(tables.random, number))
    for line, (activity, place, size, summary) in enumerate(
        zip(happened, places, sizes, sentences, strict=True), first
    ):
        threat, body, crime_type = threats[int(last * draw() ** SKEW)]
        supporter = supporters[body]
        involvement = "Lead"
        if supporter is not None and draw() < SUPPORT:
            involvement, body = "Support", supporter
        yield (
            f"{stem}{line:07d},{threat},{names[body]},{involvement},{mixes[body][place]},{size},"
            f"{activity},{added_on},{crime_type},{summary}\n"
        )


def _places(random: Random, number: int) -> array:
    """Places in a list of STEPS."""
    places = array("H", random.randbytes(2 * number))
    if sys.byteorder == "big":
        places.byteswap()
    return places
