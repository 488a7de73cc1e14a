"""Counts of disruptions, kept with every write, so that no page counts rows (see ``disruptions.counts.services``).

A cell adds ``n``: +1 for each row from the month in which it became known, -1
from the month in which it ended. Several cells may speak of the same values:
their sum counts. No cell is changed or read alone; all can be made anew from
the rows at any time, so they refer to other tables without a constraint.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from disruptions.pending.models import OnRecord

REPORTED = ("organisation", "four_p", "size", "involvement")
"""What reports compare by."""
DIMENSIONS = (*REPORTED, "threat_type", "crime_type", "extract")
"""All that a cell may count by, besides the kind of data and the days of activity and of becoming known."""
KEYS = ("organisation", "crime_type", "extract")
COLUMNS = {name: f"{name}_id" if name in KEYS else name for name in DIMENSIONS}


@dataclass(frozen=True)
class Level:
    """One way to sum all rows: by some dimensions, by month or else by year of activity, and, where ``known``, by
    the month of becoming known; without it, its cells are of the record as it stands now.
    """

    number: int
    dimensions: tuple[str, ...]
    monthly: bool
    known: bool


SINGLE = {"involvement": 3, "size": 2, "threat_type": 4, "extract": 6, "crime_type": 5, "organisation": 1}
LEVELS = (
    *(Level(number, ("four_p", name), monthly=False, known=False) for name, number in SINGLE.items()),
    Level(7, ("four_p",), monthly=True, known=False),
    *(Level(7 + number, ("four_p", name), monthly=False, known=True) for name, number in SINGLE.items()),
    Level(14, ("four_p",), monthly=True, known=True),
    Level(20, ("four_p", "size", "involvement"), monthly=False, known=True),
    Level(15, REPORTED, monthly=False, known=False),
    Level(16, REPORTED, monthly=False, known=True),
    Level(17, DIMENSIONS, monthly=False, known=False),
    Level(18, REPORTED, monthly=True, known=True),
    Level(19, DIMENSIONS, monthly=True, known=True),
)
"""From few cells to many, whatever their numbers: a count is read from the first that tells apart what it asks for."""
COMPARED, YEARLY, MONTHLY, FULL = LEVELS[-4:]


def link(to: str) -> Any:
    return models.ForeignKey(
        to, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )


def word(longest: int) -> Any:
    return models.CharField(max_length=longest, blank=True, db_default="")


class Cell(models.Model):
    """A number of disruptions. What its level does not count by is empty."""

    level = models.PositiveSmallIntegerField()
    kind_of_data = models.CharField(max_length=12)
    activity = models.DateField(help_text="The first day of the month or year of activity.")
    known = models.DateField(null=True, help_text="The first day of the month of becoming known.")
    organisation = link("forces.Organisation")
    four_p = word(7)
    size = word(12)
    involvement = word(7)
    threat_type = word(3)
    crime_type = link("disruptions.CrimeType")
    extract = link("disruptions.Extract")
    n = models.IntegerField()

    objects = OnRecord()

    class Meta:
        verbose_name = "cell"
        indexes = [
            models.Index(fields=["level", "organisation", "kind_of_data"], name="cell_of_body"),
            # The pages of bodies read the same months again and again.
            models.Index(
                fields=["organisation", "kind_of_data", "activity"],
                condition=Q(level=MONTHLY.number),
                name="cell_of_month_of_body",
            ),
            # Comparisons read all bodies of some years or months.
            models.Index(fields=["activity", "kind_of_data"], condition=Q(level=COMPARED.number), name="cell_of_year"),
            models.Index(fields=["activity", "kind_of_data"], condition=Q(level=MONTHLY.number), name="cell_of_month"),
        ]
