"""The demo records on their way into the record, by the same loading as every other extract."""

from collections.abc import Iterator
from pathlib import Path

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.loading.imports import Loading, Outcome, load
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.demo.extracts import demo_extracts, file_name
from soc_tracker.demo.published import read


def are_loaded(fixtures: Path) -> bool:
    """Whether the last of the files is in. A loading that was cut short before it is taken up again."""
    last = file_name(ExtractContents.DISRUPTIONS, read(fixtures).disruptions_day)
    return Extract.objects.of_kind(DataKind.ILLUSTRATIVE).filter(file_name=last).exists()


def load_demo_records(fixtures: Path, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Write the files into a folder and load one after the other; the name of each with what became of its rows."""
    for extract in demo_extracts(fixtures):
        loading = Loading(
            contents=extract.contents,
            path=extract.write(folder),
            file_name=extract.file_name,
            kind=DataKind.ILLUSTRATIVE,
            as_at=extract.as_at,
        )
        yield extract.file_name, load(loading, Decision.ALL)
