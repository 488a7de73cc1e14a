"""The published figures that the demo records must agree with, read from the fixtures."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

DATABASE = "database"
THREATS, VULNERABILITIES, LEADS = "soc-threats", "soc-vulnerabilities", "lead-disruptions"


@dataclass(frozen=True)
class Figure:
    """One number that was published from the national database, about a body or a region (its slug).

    ``first`` and ``last`` are the period of activity; a figure of one day, such as a number of threats, has that day.
    """

    slug: str
    about: str
    measure: str
    value: int
    unit: str
    as_at: date
    first: date
    last: date


@dataclass(frozen=True)
class Published:
    figures: tuple[Figure, ...]

    def of(self, measure: str, about: str = "") -> list[Figure]:
        """The figures of a measure, of one body or region or of all, earliest first."""
        wanted = (each for each in self.figures if each.measure == measure and about in ("", each.about))
        return sorted(wanted, key=lambda figure: (figure.as_at, figure.slug))

    def value(self, measure: str, about: str) -> int | None:
        """The one figure of a measure about a body or region; None where none was published."""
        found = self.of(measure, about)
        return found[0].value if found else None

    @cached_property
    def threats_day(self) -> date:
        """When threats were counted: the day of the first extract."""
        return self.of(THREATS)[0].as_at

    @cached_property
    def disruptions_day(self) -> date:
        """When the disruptions of the report were counted: the day of the second extract."""
        return self.of(LEADS)[-1].as_at

    @cached_property
    def year(self) -> int:
        """The year whose disruptions the report counts."""
        return self.of(LEADS)[0].first.year


def read(fixtures: Path) -> Published:
    """The figures with a value and a day that the national database gave. Other rows of the files are passed by."""
    return Published(tuple(_figure(row) for row in rows(fixtures) if _is_counted(row)))


def rows(fixtures: Path) -> list[dict]:
    """Every published figure as its file has it."""
    paths = sorted(fixtures.glob("published/*/*/figures.json"))
    return [row for path in paths for row in json.loads(path.read_text())]


def _is_counted(row: dict) -> bool:
    return row.get("said_by") == DATABASE and "as_at" in row and "value" in row


def _figure(row: dict) -> Figure:
    return Figure(
        slug=row["slug"],
        about=row.get("organisation") or row["region"],
        measure=row["measure"],
        value=row["value"],
        unit=row["unit"],
        as_at=date.fromisoformat(row["as_at"]),
        first=date.fromisoformat(row.get("period_from", row["as_at"])),
        last=date.fromisoformat(row.get("period_to", row["as_at"])),
    )
