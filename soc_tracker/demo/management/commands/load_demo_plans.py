"""Puts the demo 4P plans on record, with the officers, partners, orders and sites around them, all made up."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from soc_tracker.demo import published
from soc_tracker.demo.fourp.cases import NotReadyError
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.loading import accounts, are_loaded, load_demo_plans


class Command(BaseCommand):
    help = (
        "Make up 4P plans that show what the report on the north-west describes, with what stands around them, as "
        "illustrative. A second run changes nothing. Load the demo records and make the demo accounts first."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day (YYYY-MM-DD) from which what is still to come is counted; else that of the last demo extract",
        )

    def handle(self, *args: Any, today: date | None = None, **options: Any) -> None:
        if are_loaded():
            self._say("The demo plans are loaded already.", options)
            return
        fixtures = settings.BASE_DIR / "fixtures"
        counted = published.read(fixtures).disruptions_day
        try:
            number = load_demo_plans(fixtures, Days(counted, today or counted), accounts())
        except NotReadyError as error:
            raise CommandError(f"{error} Run create_demo_accounts and load_demo_records first.") from error
        self._say(f"Demo plans: {number} written", options)

    def _say(self, words: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(words)
