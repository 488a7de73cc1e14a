"""Puts the demo inspection on record: made up, under way, and seen by its team alone."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from soc_tracker.demo.inspections import is_loaded, load_demo_inspection
from soc_tracker.demo.plans import NotReadyError


class Command(BaseCommand):
    help = (
        "Put an inspection on record that is under way and made up, with its team, notes, findings and some grades. It "
        "is never published. A second run changes nothing. Load the reference data and make the demo accounts first."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day (YYYY-MM-DD) from which days are counted, if not that of the run",
        )

    def handle(self, *args: Any, today: date | None = None, **options: Any) -> None:
        if is_loaded():
            words = "The demo inspection is loaded already."
        else:
            try:
                words = f"Demo inspection: {load_demo_inspection(today or localdate())}"
            except NotReadyError as error:
                raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(words)
