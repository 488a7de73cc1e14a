"""Puts the demo records on record: made-up threats and disruptions that agree with the published figures."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from soc_tracker.demo.extracts import are_loaded, load_extracts


class Command(BaseCommand):
    help = (
        "Make up threats and disruptions that agree with every published figure, and load them as illustrative, "
        "in the way in which any other extract is loaded. A second run changes nothing. Load the reference data first."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def handle(self, *args: Any, **options: Any) -> None:
        if are_loaded():
            if options["verbosity"]:
                self.stdout.write("The demo records are loaded already.")
            return
        with TemporaryDirectory(prefix="soc-tracker-demo-") as folder:
            for name, outcome in load_extracts(Path(folder)):
                if outcome.refused:
                    first = outcome.refusals[0]
                    raise CommandError(
                        f"{name}: {outcome.summary}. The first refused: row {first.line}, {first.column} "
                        f"{first.value!r}, expected {first.expected}. Is the reference data loaded?"
                    )
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {outcome.summary}")
