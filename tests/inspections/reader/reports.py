"""Reports of our own making on their way in, the worker's part done at once."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils.timezone import now

from bench.reader.layouts import file_of
from bench.reader.reports import FOLDER, TUNING, all_reports
from forces.models import Organisation, Region
from inspections.programmes.models import Programme
from inspections.reader.desk import tasks
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.reader.desk.services import begin_draft
from inspections.responses.models import Response
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from soc_tracker.reference.loader import load
from tests.answers import read

BODIES = FOLDER.with_name("bodies")


def content_of(name: str) -> bytes:
    """The file of one of the reports of our own making."""
    [report] = [report for report in all_reports(TUNING) if report.name == name]
    return file_of(report)


def work() -> None:
    """Read what waits for the worker."""
    for waiting in ReportFile.objects.filter(stage=UploadStage.WAITING).order_by("pk"):
        tasks.read_report_file.call(str(waiting.token), waiting.version, waiting.uploaded_by_id)


def sent_report(name: str = "south-mere.txt", content: bytes | None = None, by: Any = None) -> ReportFile:
    """A report that an inspector has sent, and that was read; without ``content``, one of our own, with its bodies."""
    if content is None:
        load(BODIES)
    file = ContentFile(content_of(name) if content is None else content, name)
    sent = tasks.WORK.submit(file, by=by or demo_account(Role.INSPECTOR), now=now())
    work()
    return ReportFile.objects.get(pk=sent.pk)


LETTER = """Response of the commissioner to the inspection

Published on 3 January 2024

I thank the inspectors for their report on serious and organised crime in my county.

Recommendations 1 and 3: we accept both, and the force is doing what they ask of it with all the means that it has.

Recommendations

2. Rejected, since the analysts whom it has are enough.
"""


def sent_response(pk: int) -> ReportFile:
    """What an inspector has sent as the response with that key, which was read."""
    file = ContentFile(LETTER.encode(), "letter.txt")
    values = {"response": Response.objects.get(pk=pk)}
    sent = tasks.WORK.submit(file, by=demo_account(Role.INSPECTOR), now=now(), **values)
    work()
    return ReportFile.objects.get(pk=sent.pk)


SHORT = b"""Cheshire Constabulary

Good

Resources and skills

Area for improvement: Cheshire Constabulary should train its analysts

Two of its five analysts were new.
"""


def short_report(*, is_begun: bool) -> ReportFile:
    """A report on a single body that is on record, whose draft is begun or not."""
    report = sent_report("cheshire.txt", SHORT)
    if is_begun:
        body = Organisation.objects.get(slug="cheshire")
        begin(report, {"region": None, "organisation": body, "title": "Cheshire, read"})
    return ReportFile.objects.get(pk=report.pk)


def reviewed_report(by: Any = None) -> ReportFile:
    """A report of which an inspector has begun the draft."""
    report = sent_report(by=by)
    begin(report, {"region": Region.objects.get(slug="south-mere"), "organisation": None, "title": "South Mere, read"})
    return ReportFile.objects.get(pk=report.pk)


def begin(report: ReportFile, about: dict[str, Any]) -> None:
    programme = Programme.objects.get(slug="peel-2022-23")
    values = {"programme": programme, "source": None, "locator": "The report as a whole", "taken_in": "part", **about}
    document = {"title": f"Report: {about['title']}", "publisher": "Somebody", "kind": "report", "licence": "ogl"}
    begin_draft(report, values, document=document, by=report.uploaded_by, expected_version=report.version)


def text_of(answer: Any) -> str:
    return read(answer).content.decode()


def proposal(report: ReportFile, kind: str, **values: str) -> ProposedFact:
    """The first of a kind that has these values."""
    facts = report.proposals.filter(kind=kind, **{f"values__{name}": value for name, value in values.items()})
    return facts.order_by("number")[0]
