"""Extracts of the national database, made up for tests: rows that are right, and faults planted in them."""

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from disruptions.choices import DataKind, ExtractContents
from disruptions.loading.imports import Loading, Outcome, load
from forces.choices import OrganisationKind
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import Answers
from tests.makers import make_organisation

Row = dict[str, str]

HEADINGS = (
    *("disruption_ref", "threat_ref", "organisation", "involvement", "four_p"),
    *("assessment", "activity_date", "recorded_date", "crime_type", "summary"),
)
FORCES = ("Cheshire Constabulary", "Merseyside Police", "Cumbria Constabulary")
ROCU = "North West ROCU"
CRIME_TYPES = ("Drugs supply", "County lines", "Fraud")
SUMMARIES = ("Courier arrested; cash seized.", 'Operation "Heron" closed, plan updated', "Naïve facilitator warned", "")
ALL_NEW = {"crime_types": "new"}
"""The answer that every crime type of a file may be added."""
FIRST_DAY, DAYS = date(2021, 1, 1), 700
AS_AT = date(2023, 7, 13)


def make_bodies() -> None:
    """The organisations that the rows name."""
    for name in FORCES:
        make_organisation(name)
    make_organisation(ROCU, kind=OrganisationKind.ROCU, short_name="NW ROCU", slug="nw-rocu")


def disruption(number: int = 1, **more: str) -> Row:
    """One row that is right; what is given replaces what it says."""
    values = ("OCG-0000001", FORCES[0], "Lead", "Pursue", "Minor", "2022-03-15", "2022-04-01", "Drugs supply")
    row = (f"DIS-2022-{number:07}", *values, f"Two nominals arrested; number {number}.")
    return dict(zip(HEADINGS, row, strict=True)) | more


def disruptions(count: int, seed: int = 7) -> list[Row]:
    """Rows of every kind, the same for the same seed, in the order of their recording."""
    chance = random.Random(seed)  # noqa: S311
    days = sorted(chance.randrange(DAYS) for _ in range(count))
    return [_chosen(number, FIRST_DAY + timedelta(days=day), chance) for number, day in enumerate(days, 1)]


def _chosen(number: int, added: date, chance: random.Random) -> Row:
    supports = chance.random() < 0.12
    return disruption(
        number,
        threat_ref=f"{chance.choice(('OCG', 'PI', 'VUL'))}-{chance.randrange(count_of_threats(number)):07}",
        organisation=ROCU if supports else chance.choice((*FORCES, ROCU)),
        involvement="Support" if supports else "Lead",
        four_p=chance.choice(("Pursue", "Pursue", "Prevent", "Protect", "Prepare")),
        assessment=chance.choice(("Major", "Moderate", "Minor", "Minor", "")),
        activity_date=(added - timedelta(days=int(chance.gammavariate(0.9, 30)))).isoformat(),
        recorded_date=added.isoformat(),
        crime_type=chance.choice((*CRIME_TYPES, "")),
        summary=chance.choice(
            ("Courier arrested; cash seized.", 'Operation "Heron" closed, plan updated', "Äpfel; naïve", "")
        ),
    )


def count_of_threats(number: int) -> int:
    return 1 + number // 8


@dataclass(frozen=True)
class Planted:
    """A fault in a file: the row as a spreadsheet numbers it, its column, and what was put there."""

    line: int
    column: str
    value: str


FAULTS = (
    ("activity_date", "15/13/2022"),
    ("organisation", "Borsetshire Police"),
    ("four_p", "Persue"),
    ("recorded_date", "2018-12-01"),
    ("assessment", "Sizeable"),
    ("disruption_ref", ""),
    ("involvement", "Both"),
    ("threat_ref", ""),
)


def spoil(rows: Sequence[Row], rate: float, seed: int = 7) -> list[Planted]:
    """Put exactly one fault into a share of the rows, and tell where."""
    chance = random.Random(seed)  # noqa: S311
    planted = []
    for at, row in enumerate(rows):
        if chance.random() < rate:
            column, value = chance.choice(FAULTS)
            row[column] = value
            planted.append(Planted(at + 2, column, value))
    return planted


def write(path: Path, rows: Iterable[Mapping[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV of the rows, with the headings of the first."""
    rows = list(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def loaded(
    path: Path,
    rows: Iterable[Mapping[str, str]] | None = None,
    decision: Decision = Decision.ALL,
    *,
    contents: ExtractContents = ExtractContents.DISRUPTIONS,
    kind: DataKind = DataKind.RECORDED,
    as_at: date | None = AS_AT,
    answers: Answers = ALL_NEW,
    is_complete: bool = False,
    **more: Any,
) -> Outcome:
    """What became of a file that is at the path, or of rows that are written there first."""
    if rows is not None:
        write(path, rows)
    loading = loading_of(path, contents=contents, kind=kind, as_at=as_at, answers=answers, is_complete=is_complete)
    return load(loading, decision, **more)


def loading_of(
    path: Path,
    *,
    contents: ExtractContents = ExtractContents.DISRUPTIONS,
    kind: DataKind = DataKind.RECORDED,
    as_at: date | None = AS_AT,
    answers: Answers = ALL_NEW,
    is_complete: bool = False,
) -> Loading:
    return Loading(contents, path, path.name, kind, as_at, answers=answers, is_complete=is_complete)
