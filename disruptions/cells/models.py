"""Counts of disruptions, kept with every write, so that no page counts rows (see ``disruptions.services.cells``).

A cell adds ``n``: +1 for each row from the month in which it became known, -1
from the month in which it ended. Several cells may speak of the same values:
their sum counts. No cell is changed or read alone; all can be made anew from
the rows at any time, so they refer to other tables without a constraint.
"""

from typing import Any

from django.db import models

from disruptions.choices import DataKind, FourP, Involvement, Size, ThreatType


def link(to: str, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, **options)


class Cell(models.Model):
    """What every table of counts but the margins has."""

    kind_of_data = models.CharField(max_length=12, choices=DataKind)
    organisation = link("forces.Organisation", related_name="+")
    four_p = models.CharField(max_length=7, choices=FourP)
    size = models.CharField(max_length=12, choices=Size)
    involvement = models.CharField(max_length=7, choices=Involvement)
    n = models.IntegerField()

    class Meta:
        abstract = True


class Detailed(models.Model):
    """What the finer tables count by besides."""

    threat_type = models.CharField(max_length=3, choices=ThreatType)
    crime_type = link("disruptions.CrimeType", null=True, related_name="+")
    extract = link("disruptions.Extract", null=True, related_name="+")

    class Meta:
        abstract = True


class DetailCell(Cell, Detailed):
    """Every dimension, by month of activity and month of becoming known (each as its first day)."""

    activity_month = models.DateField()
    known_month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind_of_data"], name="detail_cell_of_body")]


class MonthCell(Cell):
    """Body, 4P, size and involvement by both months: for comparisons as at any day."""

    activity_month = models.DateField()
    known_month = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "kind_of_data"], name="month_cell_of_body"),
            models.Index(fields=["activity_month", "kind_of_data"], name="month_cell_by_activity"),
        ]


class YearCell(Cell, Detailed):
    """Every dimension by year of activity, for the record as it stands now."""

    activity_year = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind_of_data"], name="year_cell_of_body")]


class OutlineCell(Cell):
    """Body, 4P, size and involvement by year of activity, for the record as it stands now."""

    activity_year = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind_of_data"], name="outline_cell_of_body")]


class Margin(models.Model):
    """One dimension at a time, by 4P and year of activity: for what is narrowed by one dimension besides these at most.

    ``dimension`` is the name of a field of the other tables, ``value`` its value as text ("" for none).
    """

    kind_of_data = models.CharField(max_length=12, choices=DataKind)
    dimension = models.CharField(max_length=15)
    value = models.CharField(max_length=20, blank=True)
    four_p = models.CharField(max_length=7, choices=FourP)
    activity_year = models.PositiveSmallIntegerField()
    n = models.IntegerField()

    class Meta:
        abstract = True


class MarginCell(Margin):
    """For the record as it stands now."""

    class Meta:
        indexes = [models.Index(fields=["dimension", "kind_of_data"], name="margin_cell_of_dimension")]


class MonthMarginCell(Margin):
    """By month of becoming known: for the record as at any day."""

    known_month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["dimension", "kind_of_data"], name="month_margin_of_dimension")]
