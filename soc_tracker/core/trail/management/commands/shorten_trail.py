"""Ends the keeping of what is older than the trail is kept; for the owner of its tables alone."""

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import now

from soc_tracker.core.trail.services import seal_entries, shorten
from soc_tracker.core.trail.verifying import verify


class Command(BaseCommand):
    help = (
        "Remove the entries that have been kept for longer than TRAIL_DAYS. Their seals stay, and an entry tells of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="why; it is kept")
        parser.add_argument("--days", type=int, default=settings.TRAIL_DAYS, help="the setting TRAIL_DAYS without it")
        parser.add_argument(
            "--archive", type=Path, help="a new file for what is removed, a line of JSON for each entry"
        )

    def handle(self, *args: Any, reason: str, days: int, archive: Path | None, **options: Any) -> None:
        if days < 1:
            raise CommandError("Say a number of days from 1 on.")
        if next(verify(), None):
            raise CommandError("The trail is not whole: run verify_trail, and keep what there is. Nothing was removed.")
        try:
            with ExitStack() as closing:
                file = closing.enter_context(archive.open("x", encoding="utf-8")) if archive else None
                count = shorten(now() - timedelta(days=days), reason=reason, archive=file)
        except FileExistsError as error:
            raise CommandError(f"{archive} is there already. Name a new file.") from error
        except DatabaseError as error:
            raise CommandError(f"Nothing was removed. Run this as the owner of the trail's tables: {error}") from error
        seal_entries()
        self.stdout.write(f"{count:,} entries from before the last {days:,} days were removed.")
