"""Loads an extract of the national database into the record."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from disruptions.choices import DataKind, ExtractContents
from disruptions.importers import Decision, Loading, Outcome, load
from soc_tracker.lib.imports import UnreadableFileError, parse_day
from soc_tracker.lib.periods import Precision, in_words

REFUSED, UNREADABLE = 1, 2  # the exit statuses other than 0


class Command(BaseCommand):
    help = (
        "Load an extract (CSV or XLSX) of the national database. Nothing is loaded while a row of it is refused, "
        "unless --accept-good. The last line counts the rows. Exit status: 0 when all rows are good, 1 when some "
        "were refused, 2 when the file could not be read."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("contents", choices=ExtractContents.values, help="what the rows are")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-at",
            type=_day,
            metavar="DATE",
            help="the day on which the rows were taken from the national database; otherwise the newest day on which a "
            "disruption of the file was added, or for threats today",
        )
        parser.add_argument("--accept-good", action="store_true", help="load the good rows although others are refused")
        parser.add_argument("--errors", type=Path, metavar="OUT", help="write the refused rows here, to be mended")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument(
            "--illustrative", action="store_true", help="the rows are made up, and marked so wherever they are shown"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loading = Loading(
            contents=ExtractContents(options["contents"]),
            path=options["file"],
            file_name=options["file"].name,
            kind=DataKind.ILLUSTRATIVE if options["illustrative"] else DataKind.RECORDED,
            as_at=options["as_at"],
        )
        try:
            with progress_bar() as progress:
                outcome = load(loading, decision(options), errors=options["errors"], progress=progress)
        except (UnreadableFileError, OSError) as error:
            self.stderr.write(f"{loading.path}: {error}")
            sys.exit(UNREADABLE)
        for line in told(outcome, options["errors"]):
            self.stdout.write(line)
        if outcome.refused:
            sys.exit(REFUSED)


def decision(options: dict[str, Any]) -> Decision:
    if options["dry_run"]:
        return Decision.CHECK
    return Decision.GOOD if options["accept_good"] else Decision.ALL


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Bytes read, drawn on the error stream where that is a terminal."""
    with tqdm(unit="B", unit_scale=True, disable=None, file=sys.stderr, desc="reading") as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield progress


def told(outcome: Outcome, errors: Path | None) -> Iterator[str]:
    """What became of the file, in lines of which the last counts the rows."""
    yield f"Read as {outcome.form}; as at {_words(outcome.as_at)}."
    if outcome.loaded_before:
        yield f"The same file was loaded before, on {_words(outcome.loaded_before)}."
    if outcome.stray:
        yield f"Columns that are not read: {', '.join(outcome.stray)}."
    if outcome.crime_types:
        yield f"Crime types that were not on record: {', '.join(outcome.crime_types)}."
    yield from _changed(outcome)
    yield from _refused(outcome, errors)
    yield from _missing(outcome)
    yield _written(outcome)
    yield outcome.summary


def _changed(outcome: Outcome) -> Iterator[str]:
    for row in outcome.changes:
        differences = "; ".join(
            f"{heading}: “{before}” becomes “{after}”" for heading, before, after in row.differences
        )
        yield f"row {row.line}, {row.reference}: {differences}"
    yield from _more(outcome.changed - len(outcome.changes), "rows that change")


def _refused(outcome: Outcome, errors: Path | None) -> Iterator[str]:
    for fault in outcome.refusals:
        yield f"row {fault.line} refused: {fault.column}: “{fault.value}”, expected {fault.expected}"
    shown = len({fault.line for fault in outcome.refusals})
    yield from _more(outcome.refused - shown, "refused rows")
    if outcome.refused and errors:
        yield f"The refused rows are in {errors}, with an “error” column: mend them and load that file."


def _missing(outcome: Outcome) -> Iterator[str]:
    if outcome.missing:
        yield (
            f"{outcome.missing} on record that one would look for in this file, and that stay:"
            f" {', '.join(outcome.missing_references)}"
        )
        yield from _more(outcome.missing - len(outcome.missing_references), "missing from the file")


def _more(count: int, what: str) -> Iterator[str]:
    if count > 0:
        yield f"… and {count} more {what}"


def _written(outcome: Outcome) -> str:
    if outcome.written:
        return f"Written as extract {outcome.extract.pk}." if outcome.extract else "Written."
    if outcome.added or outcome.changed:
        return "Nothing was written."
    return "Nothing was written: there is nothing new in the file."


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no date; expected one such as 2023-07-13") from None


def _words(day: date) -> str:
    return in_words(day, Precision.DAY)
