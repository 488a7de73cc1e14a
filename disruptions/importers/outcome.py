"""What is to be loaded, and what became of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from disruptions.choices import DataKind, ExtractContents
from disruptions.models import Extract
from soc_tracker.lib.imports.outcome import Outcome as RowOutcome


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
class Outcome(RowOutcome):
    """What became of an extract. ``crime_types`` are names that are new.

    ``loaded_before`` is the day on which the same file was loaded before.
    """

    as_at: date
    extract: Extract | None
    loaded_before: date | None
    crime_types: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {
            "as_at": self.as_at.isoformat(),
            "loaded_before": self.loaded_before.isoformat() if self.loaded_before else None,
            "extract": self.extract.pk if self.extract else None,
        }
