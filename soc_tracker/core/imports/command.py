"""What commands that load a file have in common: their options, what they say, and their exit status."""

import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from soc_tracker.core.imports.cells import UnreadableFileError
from soc_tracker.core.imports.outcome import Decision, Outcome

REFUSED, UNREADABLE = 1, 2  # the exit statuses other than 0


class LoadCommand(ABC, BaseCommand):
    """Loads a file. A subclass says what is loaded (``load``), and what it found besides the rows (``intro``)."""

    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--accept-good", action="store_true", help="load the good rows although others are refused")
        parser.add_argument("--errors", type=Path, metavar="OUT", help="write the refused rows here, to be mended")
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
            sys.exit(UNREADABLE)
        for line in self.lines(outcome, options["errors"]):
            self.stdout.write(line)
        if outcome.refused:
            sys.exit(REFUSED)

    def lines(self, outcome: Outcome, errors: Path | None) -> Iterator[str]:
        """What became of the file, in lines of which the last counts the rows."""
        yield from self.intro(outcome)
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
        elif outcome.added or outcome.changed:
            yield "Nothing was written."
        else:
            yield "Nothing was written: there is nothing new in the file."
        yield outcome.summary


def more(count: int, what: str) -> Iterator[str]:
    """A line for the rows that an outcome counts and does not hold."""
    if count > 0:
        yield f"… and {count} more {what}"
