"""Loads 4P plans from a spreadsheet into the record."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from disruptions.choices import DataKind
from plans4p.files.imports.loading import Loading, PlansOutcome, load
from plans4p.files.services import NotWrittenError
from soc_tracker.core.imports.command import LoadCommand
from soc_tracker.core.imports.outcome import Decision


class Command(LoadCommand):
    help = (
        "Load 4P plans (CSV or XLSX), a row for each action. Nothing is loaded while a row of the file is refused, "
        "unless --accept-good. The last line counts the rows. Exit status: 0 when all rows are good, 1 when some "
        "were refused, 2 when the file could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--kind",
            choices=DataKind.values,
            default=DataKind.RECORDED.value,
            help="the kind of data of the plans: those that are made up are marked so wherever they are shown",
        )

    def load(self, path: Path, decision: Decision, options: dict[str, Any]) -> PlansOutcome:
        kind = DataKind(options["kind"])
        loading = Loading(path, path.name, kind, localdate(), answers=self.answers(options))
        try:
            return load(loading, decision, errors=options["errors"])
        except NotWrittenError as error:
            raise CommandError(f"{error} Load the file again.") from error
