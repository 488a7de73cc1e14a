"""Loads an extract of the national database into the record."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tqdm import tqdm

from disruptions.choices import DataKind, ExtractContents
from disruptions.loading.imports import CHANGES, YES, Loading, Outcome, load
from soc_tracker.core.imports.command import LoadCommand
from soc_tracker.core.imports.days import parse_day
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.text.days import in_words


class Command(LoadCommand):
    help = (
        "Load an extract (CSV or XLSX) of the national database. Nothing is loaded while a row of it is refused, "
        "unless --accept-good. The last line counts the rows. Exit status: 0 when all rows are good, 1 when some "
        "were refused, 2 when the file could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("contents", choices=ExtractContents.values, help="what the rows are")
        super().add_arguments(parser)
        parser.add_argument(
            "--as-at",
            type=_day,
            metavar="DATE",
            help="the day on which the rows were taken from the national database; without it nothing is loaded, and "
            "the newest day on which a disruption of the file was added is offered",
        )
        parser.add_argument(
            "--accept-changes",
            action="store_true",
            help="load the file although it changes owner, threat, dates or 4P of most of the rows that are on record",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="the file holds all records of its bodies and days: say which of those on record it lacks",
        )
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="write all rows in one go: quicker, but nobody else can save anything until that has ended",
        )
        parser.add_argument(
            "--illustrative", action="store_true", help="the rows are made up, and marked so wherever they are shown"
        )

    def load(self, path: Path, decision: Decision, options: dict[str, Any]) -> Outcome:
        loading = Loading(
            contents=ExtractContents(options["contents"]),
            path=path,
            file_name=path.name,
            kind=DataKind.ILLUSTRATIVE if options["illustrative"] else DataKind.RECORDED,
            as_at=options["as_at"],
            is_complete=options["complete"],
            answers={**self.answers(options), **({CHANGES: YES} if options["accept_changes"] else {})},
        )
        # Bytes read, drawn on the error stream where that is a terminal
        with tqdm(unit="B", unit_scale=True, disable=None, file=sys.stderr, desc="reading") as bar:

            def progress(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            return load(loading, decision, errors=options["errors"], progress=progress, at_once=options["at_once"])

    def intro(self, outcome: Outcome) -> Iterator[str]:
        yield f"Read as {outcome.form}; as at {in_words(outcome.as_at)}."
        if outcome.loaded_before:
            yield f"The same file was loaded before, on {in_words(outcome.loaded_before)}."
        if outcome.crime_types:
            yield f"Crime types that were not on record: {', '.join(outcome.crime_types)}."

    def written(self, outcome: Outcome) -> str:
        return f"Written as extract {outcome.extract.pk}." if outcome.extract else "Written."


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no date; expected one such as 2023-07-13") from None
