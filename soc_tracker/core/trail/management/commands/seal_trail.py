"""Seals what has come on the trail; the site does so itself while it is written to."""

from typing import Any

from django.core.management.base import BaseCommand

from soc_tracker.core.trail.services import seal_entries


class Command(BaseCommand):
    help = "Seal the entries that wait for it, and write the digests to the folder TRAIL_DIGESTS."

    def handle(self, *args: Any, **options: Any) -> None:
        count = seal_entries()
        if options["verbosity"]:
            self.stdout.write(f"{count:,} entries sealed.")
