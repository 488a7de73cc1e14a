"""A step of what must change is shown by an uploaded file, or by a note of what inspectors saw."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.evidence.models import EvidenceFile
from inspections.evidence.services import BEGINNINGS, check_file
from inspections.requirements.models import Requirement, Step
from inspections.vocabularies.models import InspectionStage
from inspections.work.models import EvidenceNote
from inspections.work.services import NOTES, TEAM
from soc_tracker.core.access.roles import Role
from soc_tracker.core.trail.models import Entry, Kind
from tests.forms import errors, press
from tests.makers import make_finding, make_inspection, make_member, make_recommendation
from tests.reach.planted import account, client_of

pytestmark = pytest.mark.django_db
BUTTON = "Add to the history"
STEP = {"on": "2023-01-31", "status": "awaiting_review", "note": "A plan is there."}
PDF = b"%PDF-1.7 of made-up words"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def requirement() -> Requirement:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    inspection = make_inspection(region, published_on=date(2019, 11, 1))
    finding = make_finding(inspection, region=None, organisation=force)
    return make_recommendation(finding, force).requirement


@pytest.fixture
def client() -> Client:
    return client_of(account(Role.INSPECTOR, "one", is_national=True))


def upload(name: str = "Plan of March.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def add(client: Client, requirement: Requirement, **more):
    page = client.get(requirement.get_absolute_url())
    return press(client, page, BUTTON, **{**STEP, "evidence_kind": "upload", "upload": upload(), **more})


def words(client: Client, requirement: Requirement) -> str:
    return " ".join(client.get(requirement.get_absolute_url()).content.decode().split())


def test_a_file_is_kept_with_its_step_and_downloaded_as_a_file_to_save(client, requirement, folder):
    assert add(client, requirement, evidence="The plan as it stands.").status_code == 302
    step = Step.objects.get()
    assert (step.evidence_kind, step.upload.file_name, step.upload.size) == ("upload", "Plan of March.pdf", len(PDF))
    [stored] = [path for path in folder.rglob("*") if path.is_file()]
    assert "March" not in stored.name
    reader = client_of(account(Role.ANALYST, "reader"))
    assert step.upload.address in words(reader, requirement)
    answer = reader.get(step.upload.address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="Plan of March.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [entry.details["file"] for entry in Entry.objects.filter(kind=Kind.EXPORT)] == ["Plan of March.pdf"]


def test_readers_without_an_account_learn_that_there_is_a_file_and_no_more(client, requirement, settings):
    settings.PUBLIC_PUBLISHED = True
    add(client, requirement, evidence="The plan as it stands.")
    html = words(Client(), requirement)
    assert "an uploaded file: The plan as it stands." in html
    assert "The file is not public." in html
    assert "March" not in html
    assert Client().get(EvidenceFile.objects.get().address).status_code in (302, 403)
    assert "March" not in Client().get("/api/requirements/?format=json").content.decode()


def test_of_a_draft_its_team_alone_has_the_file(client, requirement):
    add(client, requirement)
    evidence = EvidenceFile.objects.get()
    inspection = requirement.inspection
    stage, _ = InspectionStage.objects.get_or_create(slug="drafting", defaults={"label": "Drafting"})
    type(inspection).objects.filter(pk=inspection.pk).update(stage=stage)
    assert client.get(evidence.address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<script>", "of a kind that is not taken here"),
        ("plan.pdf", b"<script>alert(1)</script>", "not what its ending"),
        ("plan.docx", PDF, "not what its ending"),
        ("notes.txt", b"a\0b", "not what its ending"),
        ("plan.pdf", b"", "is empty"),
        ("plan", PDF, "of a kind that is not taken here"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words_and_nothing_typed_is_lost(
    name, content, why, client, requirement, folder
):
    refused = add(client, requirement, upload=upload(name, content))
    assert refused.status_code == 400
    assert why in errors(refused)["upload"][0]
    assert STEP["note"] in refused.content.decode()
    assert not Step.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("inspections.evidence.services.MOST_BYTES", len(PDF) - 1)
    with pytest.raises(ValidationError, match="larger than 20 MB"):
        check_file(upload())


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_each_kind_that_is_offered_is_taken(suffix):
    check_file(upload(f"Plan{suffix.upper()}", BEGINNINGS[suffix] + b"more"))


def test_a_step_that_is_refused_leaves_no_file_and_asks_for_it_again(client, requirement, folder):
    refused = add(client, requirement, note="")
    assert refused.status_code == 400
    assert "Choose the file again" in errors(refused)["upload"][0]
    assert not EvidenceFile.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_correction_keeps_the_file_of_the_step_that_was_wrong(client, requirement):
    add(client, requirement)
    wrong = Step.objects.get()
    page = client.get(f"{requirement.get_absolute_url()}?corrects={wrong.pk}")
    assert press(client, page, BUTTON, on="2023-01-30", note="A day before.").status_code == 302
    assert Step.objects.get(corrects=wrong).upload == wrong.upload


def test_a_note_is_evidence_and_its_team_alone_reads_it(requirement, settings):
    settings.PUBLIC_PUBLISHED = True
    author = account(Role.INSPECTOR, "author", is_national=True)
    inspection = requirement.inspection
    TEAM.create(inspection=inspection, account=author, is_lead=True, by=author, reason="Leads.")
    values = {"on": date(2023, 1, 30), "place": "Control room", "what": "The plan hangs there.", "by": author}
    note = NOTES.create({**values, "inspection": inspection}, by=author, reason="Noted.")
    own = client_of(author)
    page = own.get(requirement.get_absolute_url())
    sent = {**STEP, "evidence_kind": "note", "evidence_note": str(note.pk), "evidence": "Seen in January."}
    assert press(own, page, BUTTON, **sent).status_code == 302
    assert "The plan hangs there." in words(own, requirement)
    for other in (client_of(account(Role.INSPECTOR, "other")), Client()):
        html = words(other, requirement)
        assert "a note of what inspectors saw: Seen in January." in html
        assert "The note is not public" in html
        assert "Control room" not in html
        assert "hangs there" not in html


def test_a_kind_of_evidence_needs_the_thing_itself(client, requirement):
    for kind, field in (("upload", "upload"), ("note", "evidence_note")):
        refused = add(client, requirement, evidence_kind=kind, upload=None)
        assert refused.status_code == 400
        assert "is the evidence" in errors(refused)[field][0]
    assert not EvidenceNote.objects.exists()


def test_a_program_learns_the_kind_of_evidence_and_what_it_shows(client, requirement):
    add(client, requirement, evidence="The plan.")
    rows = client.get("/api/v1/requirements/").json()["results"]
    [step] = [step for row in rows for step in row["steps"]]
    assert (step["evidence_kind"], step["evidence"]) == ("upload", "The plan.")
    assert "March" not in str(rows)
    assert reverse("inspections:evidence_download", args=[EvidenceFile.objects.get().pk]).startswith("/evidence/")
