"""What is to be loaded, and what became of it."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from disruptions.choices import DataKind, ExtractContents
from disruptions.models import Extract
from disruptions.services.loading import Refusal, Told


@dataclass(frozen=True)
class Loading:
    """A file to load. ``as_at``, the day on which its rows were taken from the national database, has a default:
    the newest day on which one of its disruptions was added there; for threats, today.
    """

    contents: ExtractContents
    path: Path
    file_name: str
    kind: DataKind
    as_at: date | None = None
    by: AbstractBaseUser | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a file or, where nothing was ``written``, what would become of the good ones.

    ``refused`` counts rows, ``refusals`` has one for each fault; of additions, changes, refusals and
    missing references it holds the first. ``missing`` are rows that one would look for in the file, were it
    complete, and that stay on record. ``stray`` are columns that were not read, ``crime_types`` names that are new.
    ``loaded_before`` is the day on which the same file was loaded before.
    """

    written: bool
    added: int
    changed: int
    unchanged: int
    refused: int
    missing: int
    stray: tuple[str, ...]
    form: str
    as_at: date
    extract: Extract | None
    loaded_before: date | None
    additions: tuple[Told, ...]
    changes: tuple[Told, ...]
    refusals: tuple[Refusal, ...]
    missing_references: tuple[str, ...]
    crime_types: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        return f"added {self.added}, changed {self.changed}, unchanged {self.unchanged}, refused {self.refused}"

    def as_json(self) -> dict[str, Any]:
        """The same in lists, texts and numbers, to be kept."""
        plain = {name: value for name, value in vars(self).items() if name not in ("additions", "changes", "refusals")}
        return plain | {
            "as_at": self.as_at.isoformat(),
            "loaded_before": self.loaded_before.isoformat() if self.loaded_before else None,
            "extract": self.extract.pk if self.extract else None,
            "stray": list(self.stray),
            "crime_types": list(self.crime_types),
            "missing_references": list(self.missing_references),
            "additions": [asdict(row) for row in self.additions],
            "changes": [asdict(row) for row in self.changes],
            "refusals": [fault._asdict() for fault in self.refusals],
        }
