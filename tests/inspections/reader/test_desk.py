"""A report is uploaded and read, and its draft begun; nobody outside its team sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inspections.programmes.models import Inspection, Programme
from inspections.programmes.services import SOURCES
from inspections.reader.desk.models import ProposedFact, ReportBlock, ReportFile
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from tests.forms import press
from tests.inspections.reader.reports import content_of, proposal, sent_report, text_of, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_inspectors_and_administrators_have_reports_read(sign_in, role) -> None:
    allowed = role in (Role.INSPECTOR, Role.ADMINISTRATOR)
    assert sign_in(role).get(reverse("inspections:report_new")).status_code == (200 if allowed else 403)


def test_a_report_is_uploaded_read_and_its_draft_begun(reference: None, inspector: Client) -> None:
    sent_report().delete()  # which brings the made-up bodies on record
    file = SimpleUploadedFile("south-mere.txt", content_of("south-mere.txt"))
    answer = press(inspector, inspector.get(reverse("inspections:report_new")), "Upload and read", file=file)
    assert "Waiting to be read" in text_of(inspector.get(answer.url))
    work()
    answer = inspector.get(answer.url, follow=True)
    page = text_of(answer)
    assert "4 gradings, of which the reader is certain of " in page
    words = {"programme": Programme.objects.get(slug="peel-2022-23").pk, "document_publisher": "An inspectorate"}
    words |= {"document_kind": "report", "document_licence": "ogl"}
    answer = press(inspector, answer, "Begin the draft, then its proposals", **words)
    report = ReportFile.objects.get()
    assert report.inspection is not None
    assert (report.stage, report.file.name) == (UploadStage.LOADED, "")
    assert str(report.inspection.region) == "South Mere"
    assert str(report.inspection.published_on) == "2025-05-14"
    assert not report.inspection.stage.is_published
    assert "proposals decided" in text_of(inspector.get(answer.url))
    assert inspector.get(report.get_absolute_url()).url == answer.url


def test_nobody_outside_the_team_sees_the_report(report: ReportFile, administrator: Client) -> None:
    for name in ("report", "report_review"):
        assert administrator.get(reverse(f"inspections:{name}", args=[report.token])).status_code == 404
    assert administrator.get(proposal(report, "finding").get_absolute_url()).status_code == 404


def test_what_was_given_up_leaves_no_text(reference: None, inspector: Client) -> None:
    report = sent_report()
    assert ReportBlock.objects.filter(report=report).exists()
    page = inspector.get(reverse("inspections:report_begin", args=[report.token]))
    press(inspector, page, "Give up and delete the report")
    assert not ReportBlock.objects.filter(report=report).exists()
    assert not ProposedFact.objects.filter(report=report).exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("noise.pdf", b"\x00\x01 no report at all", "noise.pdf"), ("empty.txt", b" \n ", "empty")],
)
def test_a_file_that_is_no_report_is_refused_in_words(reference: None, inspector, name, content, words) -> None:
    report = sent_report(name, content)
    assert report.stage == UploadStage.FAILED
    page = text_of(inspector.get(report.get_absolute_url()))
    assert "Why it could not be read" in page
    assert words in page


def test_a_document_that_is_on_record_is_chosen_with_its_day_and_its_draft_is_at_drafting(
    reference: None, inspector: Client
) -> None:
    report = sent_report()
    title = report.proposals.get(kind="inspection").values["title"]
    known = {"kind": "report", "licence": "ogl", "publisher": "Somebody", "published_on": "2025-05-20"}
    document = SOURCES.create(known, title=title.upper(), slug="known", by=report.uploaded_by, reason="Known before.")
    page = inspector.get(reverse("inspections:report_begin", args=[report.token]))
    programme = Programme.objects.get(slug="peel-2022-23").pk
    press(inspector, page, "Begin the draft, then its proposals", programme=programme)
    begun = Inspection.objects.get(source=document)
    assert (str(begun.published_on), begun.stage.label) == ("2025-05-20", "Drafting")
