"""``manage.py backup FOLDER``: everything that the site keeps, while it goes on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.copying import back_up
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event


class Command(BaseCommand):
    help = "Write the database, the uploads and the trail's digests into a new folder, sealed where BACKUP_KEY is set."
    requires_system_checks = ()  # whatever else is wrong, a backup is better than none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is empty or not there yet")

    def handle(self, *args: Any, folder: Path, verbosity: int, **options: Any) -> None:
        try:
            manifest = back_up(folder, settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(str(error)) from error
        record_event(Kind.KEEPING, subject="backup", rows=manifest.rows, uploads=manifest.uploads)
        if verbosity > 0:
            self.stdout.write(
                f"Backed up {manifest.rows:,} rows of {len(manifest.tables)} tables, {manifest.uploads:,} uploads and "
                f"{manifest.digests:,} digests of the trail: {manifest.bytes / 1e6:,.1f} MB in {folder}, "
                + ("sealed." if settings.BACKUP_KEY else "not sealed: whoever reads the folder reads the record.")
            )
