"""What commands that load a file have in common: their options, what they say, and their exit status."""

import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from soc_tracker.core.imports.outcome import Decision, Outcome
from soc_tracker.core.imports.questions import Answers, UnreadableFileError, are_open

REFUSED, UNREADABLE = 1, 2  # the exit statuses other than 0


class LoadCommand(ABC, BaseCommand):
    """Loads a file. A subclass says what is loaded (``load``), and what it found besides the rows (``intro``)."""

    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--accept-good", action="store_true", help="load the good rows although others are refused")
        parser.add_argument("--errors", type=Path, metavar="OUT", help="write the refused rows here, to be mended")
        parser.add_argument("--sheet", default="", help="the name of the sheet that holds the table")
        parser.add_argument("--heading-row", type=int, metavar="ROW", help="the number of the row of the headings")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help="what is to be known about the file, as the command has asked; may be given several times",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")

    @abstractmethod
    def load(self, path: Path, decision: Decision, options: dict[str, Any]) -> Outcome:
        """Check the file and, as decided, load it. Raises UnreadableFileError."""

    def intro(self, outcome: Any) -> Iterator[str]:
        """Lines that stand before those about rows."""
        yield f"Read as {outcome.form}."

    def written(self, outcome: Any) -> str:
        return "Written."

    def handle(self, *args: Any, **options: Any) -> None:
        loading = Decision.GOOD if options["accept_good"] else Decision.ALL
        try:
            outcome = self.load(options["file"], Decision.CHECK if options["dry_run"] else loading, options)
        except (UnreadableFileError, OSError) as error:
            self.stderr.write(f"{options['file']}: {error}")
            for question in getattr(error, "questions", ()):
                self.stderr.write(question.words)
            sys.exit(UNREADABLE)
        for line in self.lines(outcome, options["errors"]):
            self.stdout.write(line)
        if outcome.refused or are_open(outcome.questions):
            sys.exit(REFUSED)

    @staticmethod
    def answers(options: Mapping[str, Any]) -> Answers:
        """What the options say about the file."""
        answers = dict(answer.partition("=")[::2] for answer in options["answer"])
        if options["sheet"]:
            answers["sheet"] = options["sheet"]
        if options["heading_row"]:
            answers["heading_row"] = str(options["heading_row"])
        return answers

    def lines(self, outcome: Outcome, errors: Path | None) -> Iterator[str]:
        """What became of the file, in lines of which the last counts the rows."""
        yield from self.intro(outcome)
        yield from how_read(outcome)
        if outcome.stray:
            yield f"Columns that are not read: {', '.join(outcome.stray)}."
        for row in outcome.changes:
            differences = "; ".join(
                f"{heading}: “{before}” becomes “{after}”" for heading, before, after in row.differences
            )
            yield f"row {row.line}, {row.reference}: {differences}"
        yield from more(outcome.changed - len(outcome.changes), "rows that change")
        for fault in outcome.refusals:
            yield f"row {fault.line} refused: {fault.column}: “{fault.value}”, expected {fault.expected}"
        yield from more(outcome.refused - len({fault.line for fault in outcome.refusals}), "refused rows")
        if outcome.refused and errors:
            yield f"The refused rows are in {errors}, with an “error” column: mend them and load that file."
        if outcome.missing:
            references = ", ".join(outcome.missing_references)
            yield f"{outcome.missing} on record that one would look for in this file, and that stay: {references}"
        yield from more(outcome.missing - len(outcome.missing_references), "missing from the file")
        if outcome.written:
            yield self.written(outcome)
        elif outcome.added or outcome.changed or outcome.withdrawable:
            yield "Nothing was written."
        else:
            yield "Nothing was written: there is nothing new in the file."
        yield outcome.summary


def how_read(outcome: Outcome) -> Iterator[str]:
    """What the file was taken to be: rows that are no records, and what only its sender can say."""
    yield from outcome.notes
    for row in outcome.passed_over:
        place = f"sheet {row.sheet}, row {row.line}" if row.sheet else f"row {row.line}"
        yield f"{place} is not read: {row.why}: “{row.value}”"
    yield from more(outcome.passed_over_rows - len(outcome.passed_over), "rows that are not read")
    yield from (question.words for question in outcome.questions if question.is_open)


def more(count: int, what: str) -> Iterator[str]:
    """A line for the rows that an outcome counts and does not hold."""
    if count > 0:
        yield f"… and {count} more {what}"
