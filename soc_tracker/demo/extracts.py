"""The extract files of the demo, with the headings and words of the national database's, as they are loaded."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Choices

from disruptions.choices import DataKind, ExtractContents, Size
from disruptions.extracts.models import Extract
from disruptions.loading.imports import Loading, Outcome, load
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.demo.disruptions import Disruption, first_extract, second_extract
from soc_tracker.demo.files import FIRST_DAY, LAST_DAY
from soc_tracker.demo.threats import Threat, make_threats

FILE_NAME = "demo-{contents}-{as_at}.csv"


@dataclass(frozen=True)
class DemoExtract:
    """One file to be: its contents as at a day."""

    contents: ExtractContents
    as_at: date
    rows: Sequence[Threat | Disruption]

    @property
    def file_name(self) -> str:
        return FILE_NAME.format(contents=self.contents, as_at=self.as_at)

    def write(self, folder: Path) -> Path:
        """Write the file; the fields of a row are its columns."""
        columns = [field.name for field in fields(self.rows[0])]
        path = folder / self.file_name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([cell(getattr(row, name)) for name in columns] for row in self.rows)
        return path


def cell(value: Any) -> object:
    """A value as the database would write it."""
    if isinstance(value, Choices):
        return "" if value == Size.NOT_ASSESSED else value.label
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "; ".join(value) if isinstance(value, tuple) else value


def make_extracts() -> list[DemoExtract]:
    """The four extracts in the order in which they are loaded."""
    first_threats, second_threats = make_threats()
    later = second_extract(first_threats, second_threats)
    return [
        DemoExtract(ExtractContents.THREATS, FIRST_DAY, first_threats),
        DemoExtract(ExtractContents.DISRUPTIONS, FIRST_DAY, first_extract(later)),
        DemoExtract(ExtractContents.THREATS, LAST_DAY, second_threats),
        DemoExtract(ExtractContents.DISRUPTIONS, LAST_DAY, later),
    ]


def are_loaded() -> bool:
    """Whether the last of the files is in. A loading that was cut short before it is taken up again."""
    last = FILE_NAME.format(contents=ExtractContents.DISRUPTIONS, as_at=LAST_DAY)
    return Extract.objects.of_kind(DataKind.ILLUSTRATIVE).filter(file_name=last).exists()


def load_extracts(folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Write the files into a folder and load one after the other; the name of each with what became of its rows."""
    for extract in make_extracts():
        loading = Loading(
            contents=extract.contents,
            path=extract.write(folder),
            file_name=extract.file_name,
            kind=DataKind.ILLUSTRATIVE,
            as_at=extract.as_at,
            is_complete=True,
            answers={"crime_types": "new"},
        )
        yield extract.file_name, load(loading, Decision.ALL, at_once=True)  # nobody else is there yet
