"""Looks for what was done to the trail past the site: removed, altered, inserted, or its seals made anew."""

import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Sum

from soc_tracker.core.trail.models import Entry, Seal
from soc_tracker.core.trail.seals import folder
from soc_tracker.core.trail.verifying import verify

MOST = 200


class Command(BaseCommand):
    help = (
        "Verify the trail against its seals, and these against the files of digests. Ends with 1 where it is not whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=MOST, help=f"how many faults to name; {MOST} without it")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        faults = list(islice(verify(), most))
        for fault in faults:
            self.stdout.write(str(fault))
        entries, seals = Entry.objects.count(), Seal.objects.count()
        waiting = entries - (Seal.objects.aggregate(count=Sum("count"))["count"] or 0)
        numbers = f"{entries:,} entries under {seals:,} seals"
        numbers += f", of which {waiting:,} wait for one" if waiting > 0 else ""
        if folder() is None:
            numbers += "; no digests are kept outside the database (TRAIL_DIGESTS)"
        if faults:
            self.stderr.write(f"The trail is not whole. {numbers}.")
            sys.exit(1)
        if options["verbosity"]:
            self.stdout.write(f"The trail is whole: {numbers}.")
