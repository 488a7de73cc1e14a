"""Django's own command, which here gives an empty database all its tables in one step."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from soc_tracker.core.records.tables import make_tables

PARTLY = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""What is asked for by these is done one migration after the other, or not done at all."""


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options[name] for name in PARTLY):
            make_tables(connections[options["database"]])
        super().handle(*args, **options)
