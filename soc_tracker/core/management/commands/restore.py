"""``manage.py restore FOLDER``: what ``manage.py backup`` has written, back in place."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.copying import check, restore
from soc_tracker.core.backup.manifest import Manifest
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event


class Command(BaseCommand):
    help = "Restore a backup into an empty database and folder of uploads. Stop the server and the worker first."
    requires_system_checks = ()  # there may be no tables yet, and a file that is wrong is about to be replaced

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="only read the backup to its end, and say what it holds"
        )
        parser.add_argument("--replace", action="store_true", help="restore although there is a site: it will be gone")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            if options["check"]:
                self.stdout.write(f"The backup is whole: {summary(check(folder, settings.BACKUP_KEY))}.")
                return
            restored = restore(folder, settings.BACKUP_KEY, replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored: {summary(restored.manifest)}. Everybody has to sign in again.")
        if restored.missing:
            names = ", ".join(restored.missing)
            self.stderr.write(f"{len(restored.missing)} uploads that rows name are not in the backup: {names}")
        if restored.set_aside:
            self.stderr.write(
                f"The digests of the trail that stood here are in {restored.set_aside} now: what they know beyond "
                "those of the backup is what was lost."
            )
        if restored.needs_migrate:
            self.stdout.write("The backup is of an older version of the site: now run manage.py migrate.")
            return
        record_event(Kind.KEEPING, subject="restore", backup_of=restored.manifest.made_at)
        call_command("verify_trail")


def summary(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, {manifest.uploads:,} uploads and "
        f"{manifest.digests:,} digests of the trail, as at {manifest.made_at}"
    )
