"""Reads a report and says what it seems to say; nothing is written to the record."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.reader.imports import read_report
from inspections.reader.structure.blocks import UnreadableReportError


class Command(BaseCommand):
    help = (
        "Read a report (PDF, web page, Word document or text) and print how many grades, findings, recommendations and "
        "figures it seems to hold. With --json, each of them is written with its passage, and what nothing was made of."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the report")
        parser.add_argument("--json", type=Path, metavar="OUT", help="write the proposals here")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            document, reading = read_report(file, file.name)
        except UnreadableReportError as error:
            raise CommandError(str(error)) from error
        if out := options["json"]:
            unread = [
                {"place": each.line, "page": each.page, "text": each.text, "why": each.why} for each in reading.unread
            ]
            proposals = [proposal.as_json() for proposal in reading.proposals]
            whole = {"form": document.form, "pages": document.pages, "notes": [*document.notes, *reading.notes]}
            out.write_text(
                json.dumps({**whole, "proposals": proposals, "unread": unread}, indent=1, ensure_ascii=False)
            )
        if options["verbosity"]:
            counts = Counter(proposal.kind.value for proposal in reading.proposals)
            numbers = ", ".join(f"{kind} {number}" for kind, number in counts.items())
            self.stdout.write(
                f"{file.name}, {document.form}: {numbers or 'nothing'}; unread blocks {len(reading.unread)}"
            )
            for note in (*document.notes, *reading.notes):
                self.stdout.write(note)
