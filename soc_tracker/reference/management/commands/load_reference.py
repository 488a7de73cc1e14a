"""Puts the reference data and the published facts into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from soc_tracker.reference.kinds import BY_NAME
from soc_tracker.reference.loader import load
from soc_tracker.reference.rows import Result


class Command(BaseCommand):
    help = (
        "Put the reference data and the published facts of the fixtures folder into an empty or an existing database. "
        "A second run changes nothing; rows that somebody has edited since are left alone and named."
    )
    requires_system_checks = ()  # it writes rows and serves no page, so that a second run takes a second

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", nargs="+", choices=list(BY_NAME), default=[], metavar="KIND", help=", ".join(BY_NAME)
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument(
            "--accept-good", action="store_true", help="write the good rows although others are refused"
        )
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="where the files are")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load(
            options["folder"], only=options["only"], dry_run=options["dry_run"], accept_good=options["accept_good"]
        )
        if options["verbosity"] > 0:
            added = outcome.of(Result.ADDED)
            for kind in dict.fromkeys(line.kind for line in added):
                keys = [line.key for line in added if line.kind == kind]
                self.stdout.write(f"added {len(keys)} {kind}: {', '.join(keys)}")
            for result in (Result.CHANGED, Result.LEFT_ALONE, Result.NO_LONGER_IN_FILES):
                for line in outcome.of(result):
                    self.stdout.write(f"{result}: {line.kind} “{line.key}”" + (f": {line.why}" if line.why else ""))
        for line in outcome.of(Result.REFUSED):
            why = f": {line.why}" if line.why else ""
            self.stderr.write(f"refused: {line.place}: {line.kind} “{line.key}”{why}")
            for problem in line.problems:
                self.stderr.write(f"    {problem}")
        written = "" if outcome.written else " Nothing was written."
        if outcome.of(Result.REFUSED):
            may_write = outcome.written or options["dry_run"]
            advice = "" if may_write else " Mend the refused rows, or load the others with --accept-good."
            raise CommandError(f"Reference data: {outcome.summary}.{written}{advice}")  # which ends with status 1
        self.stdout.write(self.style.SUCCESS(f"Reference data: {outcome.summary}.{written}"))
