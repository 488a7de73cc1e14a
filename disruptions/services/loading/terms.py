"""What one loading is about, and how the tables it reads and writes are called in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from disruptions.choices import DataKind, ExtractContents
from disruptions.models import Disruption, Extract, MorileAssessment, Threat, ThreatState
from forces.models import Organisation


@dataclass(frozen=True)
class Terms:
    """What the rows of a file have in common.

    ``file_name`` and ``sha256`` say which file it is.
    ``as_at`` is the day on which they were taken from the national database.
    ``headings`` holds the headings of the file by key; what it has no column for stays as it is on record.
    ``crime_types`` holds the names that are not on record, by the numbers below 0 by which the rows know them.
    """

    contents: ExtractContents
    file_name: str
    sha256: str
    kind: DataKind
    as_at: date
    headings: Mapping[str, str]
    crime_types: Mapping[int, str] = field(default_factory=dict)

    @property
    def day(self) -> Any:
        """The as-at day as the database takes it."""
        return connection.ops.adapt_datefield_value(self.as_at)


MANY = 50_000
"""Rows from which on it pays to fill an empty table first, and to tell the planner anew what is in a large one."""


@dataclass(frozen=True)
class Found:
    """How many rows of the file are new, differ from the record, and say what it says.

    ``crime_types`` are the numbers of those that are not on record and that good rows name.
    """

    added: int
    changed: int
    unchanged: int
    crime_types: tuple[int, ...] = ()

    @property
    def changes_much(self) -> bool:
        return self.added + self.changed >= MANY


DISRUPTION = Disruption._meta.db_table
THREAT = Threat._meta.db_table
ASSESSMENT = MorileAssessment._meta.db_table
STATE = ThreatState._meta.db_table
EXTRACT = Extract._meta.db_table
ORGANISATION = Organisation._meta.db_table
HISTORY = Disruption.history.model._meta.db_table
