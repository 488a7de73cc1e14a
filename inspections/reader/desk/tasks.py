"""What the worker does with reports: it reads one. See ``manage.py db_worker``."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django_tasks import task

from inspections.reader.answers.queries import points_of
from inspections.reader.answers.services import keep_matches
from inspections.reader.desk.models import ReportFile
from inspections.reader.desk.services import REPORTS, keep_reading
from inspections.reader.imports import read_report
from inspections.reader.meaning.answers import match_answers
from inspections.reader.meaning.proposals import Reading
from inspections.reader.structure.blocks import Document, UnreadableReportError
from inspections.reader.structure.files import read_document
from inspections.responses.queries import list_requirements
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.uploads import tasks as uploads_tasks


@dataclass(frozen=True)
class ReportOutcome:
    """What a reading found, as the upload keeps it. Nothing of it is on record."""

    document: Document
    reading: Reading
    written: bool = False

    def as_json(self) -> dict[str, Any]:
        form = f"{self.document.form}, {self.document.pages} pages" if self.document.pages else self.document.form
        kinds = Counter(proposal.kind.value for proposal in self.reading.proposals)
        return {"form": form, "notes": [*self.document.notes, *self.reading.notes], "proposals": dict(kinds)}


@task()
def read_report_file(token: str, version: int, by: int) -> None:
    """Read the report and keep what it seems to say; nothing is written to the record."""
    WORK.check(token, version, by)


def read(reading: "uploads_tasks.Reading[ReportFile]") -> Any:
    """Read the report, or the response to one, and keep its blocks and what it seems to say.

    Raises UnreadableFileError.
    """
    report = reading.upload
    try:
        if report.response is not None:
            document = read_document(reading.path, report.file_name, progress=reading.progress)
            points = points_of(list_requirements(reading.by, report.response))
            keep_matches(report, document, match_answers(document.blocks, points))
            return ReportOutcome(document, Reading())
        document, proposals = read_report(reading.path, report.file_name, reading.progress)
    except UnreadableReportError as error:
        raise UnreadableFileError(str(error)) from error
    keep_reading(report, document, proposals)
    return ReportOutcome(document, proposals)


WORK = uploads_tasks.Work(REPORTS, read, check=read_report_file, load=read_report_file)
"""A report is never loaded as a whole: its proposals go on record one by one."""
