"""``manage.py rebuild_counts``: make the counts of disruptions anew from the rows."""

from typing import Any

from django.core.management.base import BaseCommand

from disruptions.counts.models import Cell
from disruptions.counts.services import rebuild_cells


class Command(BaseCommand):
    help = "Makes the counts of disruptions anew from the rows, in one transaction. Pages go on with the old ones."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_cells()
        if options["verbosity"]:
            self.stdout.write(f"Made anew: {Cell.objects.count():,} cells.")
