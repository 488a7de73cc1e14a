"""Puts the demo 4P plans on record, with the officers, partners, orders and sites around them, all made up."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from soc_tracker.demo.plans import NotReadyError, are_loaded, load_demo_plans


class Command(BaseCommand):
    help = (
        "Put the demo 4P plans on record, with what stands around them, as illustrative: they show what the report on "
        "the north-west tells. A second run changes nothing. Load the demo records and make the demo accounts first."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day (YYYY-MM-DD) from which what is still to come is counted, if not that of the run",
        )

    def handle(self, *args: Any, today: date | None = None, **options: Any) -> None:
        if are_loaded():
            words = "The demo plans are loaded already."
        else:
            try:
                words = f"Demo plans: {load_demo_plans(today or localdate())} written"
            except NotReadyError as error:
                raise CommandError(f"{error} Run create_demo_accounts and load_demo_records first.") from error
        if options["verbosity"]:
            self.stdout.write(words)
