"""Carries out the mergers, splits and other changes of bodies that a file lists, or says what they would change."""

import sys
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from forces.imports import COLUMNS, carry_out, read_rows
from forces.queries import get_lineage
from soc_tracker.core.imports.command import REFUSED, UNREADABLE
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.dashboards.reorganisations.queries import rehearse


class Command(BaseCommand):
    help = (
        "Carry out the reorganisations of a CSV, XLSX, ODS or JSON file, all or none; with --rehearse, "
        f"write nothing and list what would change on every page. Columns: {', '.join(COLUMNS)}."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rehearse", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="the user name of whoever decides")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = User.objects.get(username=options["by"])
            act = partial(carry_out, read_rows(options["file"], options["file"].name), partial(get_lineage, by), by=by)
            if options["rehearse"]:
                changes = rehearse(by, act)
                lines = [f"{each.url} {each.fact}: “{each.before}” becomes “{each.after}”" for each in changes]
                lines += ["Nothing was written."] if changes else []
            else:
                lines = [f"{each}: carried out." for each in act()]
        except (UnreadableFileError, OSError) as error:
            self.stderr.write(f"{options['file']}: {error}")
            sys.exit(UNREADABLE)
        except User.DoesNotExist as error:
            raise CommandError(f"No account is called “{options['by']}”.") from error
        except ValidationError as error:
            self.stderr.write("\n".join(error.messages))
            sys.exit(REFUSED)
        for line in lines or ["Nothing was written: all of it is on record."]:
            self.stdout.write(line)
