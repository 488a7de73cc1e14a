"""The pages that take a file of facts: who sees them, what they show, and what a click does."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from zeal import zeal_ignore

from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.tables import read_tables
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.reference.kinds import KINDS
from soc_tracker.reference.models import FactFile
from tests.answers import read
from tests.forms import press
from tests.reference.fact_files import checked_file, work
from tests.reference.regions import MIDLANDS, workbook_of

pytestmark = pytest.mark.django_db
NEW = "reference:file_new"


def page(answer):
    return read(answer).content.decode()


@pytest.fixture
def send(inspector):
    """Send a file by the form as the page gives it, and let the worker check it; the address of its page."""

    def sent(content: bytes, name: str) -> str:
        form = inspector.get(reverse(NEW))
        answer = press(inspector, form, "Upload and check", file=SimpleUploadedFile(name, content))
        let_work()
        return str(answer.url)

    return sent


def let_work() -> None:
    with zeal_ignore():  # each record is checked and written by itself
        work()


def decide(client, url, words="Load all rows"):
    press(client, client.get(url), words)
    let_work()


@pytest.mark.parametrize("role", Role)
def test_inspectors_and_administrators_load_facts(sign_in, role):
    allowed = role in (Role.INSPECTOR, Role.ADMINISTRATOR)
    assert sign_in(role).get(reverse(NEW)).status_code == (200 if allowed else 403)


def test_a_region_is_checked_shown_and_loaded(inspector, send, tmp_path):
    url = send(workbook_of(tmp_path / "inland.xlsx", MIDLANDS).read_bytes(), "inland.xlsx")
    text = page(inspector.get(url))
    assert "XLSX" in text
    assert not Finding.objects.exists()
    decide(inspector, url)
    assert "What was loaded" in page(inspector.get(url))
    assert Finding.objects.get().title == "Plans say too little"
    entry = Finding.objects.get().history.latest()
    assert entry.history_change_reason == "Reference data: inland.xlsx, sheet findings"
    assert entry.history_user == FactFile.objects.get().uploaded_by


def test_what_a_person_has_edited_stays_and_is_listed(inspector, send, tmp_path, make_user):
    content = workbook_of(tmp_path / "inland.xlsx", MIDLANDS).read_bytes()
    decide(inspector, send(content, "inland.xlsx"))
    grading = Grading.objects.get(organisation__short_name="Alder")
    by = make_user(Role.ADMINISTRATOR)
    GRADINGS.change(grading, {"grade": "good"}, by=by, reason="Misread", expected_version=grading.version)
    text = page(inspector.get(send(content, "inland.xlsx")))
    assert "Rows of which something stays as it is on record" in text
    assert "“Misread”" in text
    assert "Load all rows" not in text
    assert Grading.objects.get(pk=grading.pk).grade_id == "good"


def test_refused_rows_come_back_as_a_file(inspector):
    file = checked_file()
    assert 'filename="topics-refused.csv"' in read(inspector.get(file.step_url("errors")))["Content-Disposition"]
    lines = Path(file.errors.path).read_text("utf-8-sig").splitlines()
    assert lines[0] == "Name,Slug,error"
    assert lines[1].startswith("Analysts,no slug at all,")


def test_the_good_rows_may_go_in_alone(inspector, send):
    url = send(b"Name,Slug\nAnalysts,analysts\nPlans,no slug at all\n", "topics.csv")
    decide(inspector, url, "Load the good rows")
    assert [topic.name for topic in Topic.objects.all()] == ["Analysts"]


def test_given_up_nothing_is_loaded(inspector, send):
    url = send(b"Name,Slug\nAnalysts,analysts\n", "topics.csv")
    decide(inspector, url, "Give up and delete the file")
    assert FactFile.objects.get().stage == UploadStage.GIVEN_UP
    assert not Topic.objects.exists()


def test_a_file_that_would_do_something_else_by_now_is_checked_again(inspector, send):
    url = send(b"Name,Slug\nAnalysts,analysts\n", "topics.csv")
    decide(inspector, send(b"Name,Slug\nAnalysis,analysts\n", "other topics.csv"))
    decide(inspector, url)
    assert Topic.objects.get().name == "Analysis"


def test_the_files_of_others_do_not_exist(administrator):
    file = checked_file()
    assert administrator.get(file.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_template(inspector, kind):
    answer = inspector.get(reverse("reference:template", args=[kind.name]))
    assert f'filename="{kind.name}.csv"' in answer["Content-Disposition"]
    assert answer.content.decode("utf-8-sig").count(",") > 0


def test_a_workbook_has_a_sheet_for_each_kind(inspector, tmp_path):
    answer = inspector.get(reverse("reference:workbook"))
    path = tmp_path / "facts.xlsx"
    path.write_bytes(io.BytesIO(answer.content).getvalue())
    assert [table.name for table in read_tables(path, "facts.xlsx", most=100).tables] == [kind.name for kind in KINDS]


def test_an_unknown_template_is_not_there(inspector):
    assert inspector.get(reverse("reference:template", args=["opinions"])).status_code == 404
