"""The pages of uploads: who sees them, what they say at each stage, and what a click does."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django_tasks import default_task_backend

from disruptions.extracts.forms import UploadForm
from disruptions.extracts.models import Upload
from disruptions.record.models import Disruption
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.files import MOST_BYTES, held
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.imports.uploads.tasks import teller
from tests.answers import read
from tests.disruptions.extracts.uploading import (
    HEADINGS,
    accepted,
    bad_file,
    check,
    checked,
    csv_file,
    good_file,
    left_working,
    load,
    row,
    submitted,
)
from tests.makers import make_disruption, make_organisation
from tests.pages import READERS

pytestmark = pytest.mark.django_db
NEW = "disruptions:upload_new"
STEPS = ("upload_accept", "upload_answer", "upload_give_up", "upload_start_again")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def cheshire():
    default_task_backend.clear()
    return make_organisation()


def address(upload: Upload, name: str = "upload") -> str:
    return reverse(f"disruptions:{name}", args=[upload.token])


def page(client: Client, upload: Upload) -> str:
    answer = client.get(address(upload))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, **more: object):
    values = {"contents": "disruptions", "kind_of_data": "recorded", "as_at": ""}
    values["file"] = SimpleUploadedFile("July.csv", good_file().read())
    return client.post(reverse(NEW), {name: value for name, value in (values | more).items() if value is not None})


def test_a_file_is_sent_and_followed(analyst):
    answer = sent(analyst)
    upload = Upload.objects.get()
    assert answer.status_code == 302
    assert answer.url == address(upload)
    assert (upload.file_name, upload.kind_of_data, upload.as_at) == ("July.csv", "recorded", None)
    assert "Waiting to be checked" in page(analyst, upload)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"file": None}, "Choose a file."),
        ({"file": SimpleUploadedFile("July.csv", b"")}, "The file is empty."),
        ({"contents": None}, "Choose what the rows are."),
        ({"contents": "plans"}, "plans is not one of the available choices"),
        ({"kind_of_data": "published"}, "published is not one of the available choices"),
        ({"as_at": "2099-01-01"}, "Choose a day up to today"),
        ({"as_at": "yesterday"}, "Give a date such as 31/1/2023."),
    ],
)
def test_a_form_that_needs_mending_says_so(more, message, analyst):
    answer = sent(analyst, **more)
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("day", ["2023-07-13", "13/7/2023"])
def test_the_day_may_be_given_in_both_forms(day, analyst):
    sent(analyst, as_at=day)
    assert Upload.objects.get().as_at == date(2023, 7, 13)


def test_today_is_a_day_that_may_be_given(analyst):
    sent(analyst, as_at=localdate().isoformat())
    assert Upload.objects.get().as_at == localdate()


def test_a_file_that_is_too_large_is_refused(analyst, monkeypatch):
    monkeypatch.setattr(UploadForm.base_fields["file"], "most_bytes", 10)
    answer = sent(analyst)
    assert "larger than 2 GB" in answer.content.decode()
    assert MOST_BYTES == 2 * 1024**3
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", READERS)
def test_only_those_who_load_extracts_see_uploads(role, sign_in):
    may = role in (Role.ANALYST, Role.ADMINISTRATOR)
    upload = checked(bad_file())
    client = sign_in(role)
    assert client.get(reverse(NEW)).status_code == (200 if may else 403)
    assert client.get(address(upload)).status_code == (200 if may else 404)
    assert read(client.get(address(upload, "upload_errors"))).status_code == (200 if may else 404)
    for step in STEPS:
        assert client.post(address(upload, step), {"version": 1}).status_code == (302 if may else 403)
    if not may:
        assert sent(client).status_code == 403


def test_without_an_account_there_is_only_the_sign_in_page(client):
    upload = checked(bad_file())
    for url in (reverse(NEW), address(upload), address(upload, "upload_errors")):
        assert client.get(url).url.startswith("/accounts/login/")
    for step in STEPS:
        assert client.post(address(upload, step), {"version": 1}).url.startswith("/accounts/login/")


def test_an_upload_that_does_not_exist_is_not_found(analyst):
    assert analyst.get(reverse("disruptions:upload", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_a_post_with_a_version(step, analyst):
    upload = checked()
    assert analyst.get(address(upload, step)).status_code == 405
    assert analyst.post(address(upload, step)).status_code == 400
    assert analyst.post(address(upload, step), {"version": "soon"}).status_code == 400


def test_the_form_lists_the_files_under_way(analyst):
    submitted()
    load(accepted(checked(csv_file(row(9), name="ended.csv"))))
    shown = analyst.get(reverse(NEW)).content.decode()
    assert "extract.csv" in shown
    assert "ended.csv" not in shown


def test_while_a_worker_is_at_it_the_page_asks_for_itself(analyst):
    upload = submitted()
    assert 'hx-trigger="every 1s"' in page(analyst, upload)
    assert "HX-Refresh" not in analyst.get(address(upload), headers=HTMX).headers
    upload = check(upload)
    assert "hx-trigger" not in page(analyst, upload)
    assert analyst.get(address(upload), headers=HTMX).headers["HX-Refresh"] == "true"


def test_the_page_says_how_far_the_worker_is(analyst, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    upload = left_working(submitted())
    with held(Path(upload.file.path)):
        assert "Reading the file." in page(analyst, upload)
        teller(upload)(450, 1000)
        shown = page(analyst, upload)
        assert "45 % of the file read." in shown
        assert 'value="45"' in shown
        teller(upload)(1000, 1000)
        assert "All rows read; now comparing them with the record." in page(analyst, upload)


def test_a_long_wait_is_told(analyst):
    upload = submitted()
    assert "ask an administrator" not in page(analyst, upload)
    step = upload.history.get()
    upload.history.filter(pk=step.pk).update(history_date=step.history_date.replace(year=step.history_date.year - 1))
    assert "ask an administrator whether the worker is running" in page(analyst, upload)


def test_a_worker_that_died_is_told_and_started_again_by_a_click(analyst):
    upload = left_working(submitted())
    shown = page(analyst, upload)
    assert "The worker stopped before it had ended" in shown
    assert "Being checked" not in shown
    analyst.post(address(upload, "upload_start_again"), {"version": upload.version})
    upload.refresh_from_db()
    assert upload.stage == UploadStage.WAITING


def test_the_preview_shows_every_kind_of_row(analyst):
    make_disruption("DIS-2022-0000003", size="major", activity_date=date(2022, 6, 1), added_date=date(2022, 6, 20))
    make_disruption("DIS-2022-0000009", activity_date=date(2022, 6, 2), added_date=date(2022, 6, 20))
    shown = page(analyst, checked(bad_file(), as_at=date(2022, 9, 1), is_complete=True))
    for words in ("To add", "To change", "Refused", "On record, but not in the file"):
        assert words in shown
    for words in ("Persue", "Borsetshire Police", "DIS-2022-0000009", "they can be withdrawn together"):
        assert words in shown
    for words in ("On record", "In the file", "Major", "Minor"):
        assert words in shown
    assert "Load the good rows" in shown
    assert "Load all rows" not in shown
    assert "Download the refused rows" in shown


def test_columns_that_are_not_known_are_named(analyst):
    upload = checked(csv_file(row(1) + ",yes", headings=f"{HEADINGS},wholesale"))
    assert "not be read: wholesale" in page(analyst, upload)


def test_a_file_that_was_loaded_before_is_known(analyst):
    load(accepted(checked()))
    shown = page(analyst, checked())
    assert "The same file was loaded on" in shown
    assert "nothing that would add to the record" in shown
    assert "Load all rows" not in shown
    assert "Give up" in shown


def test_accepting_queues_the_loading_and_the_end_leads_to_the_extract(analyst):
    upload = checked()
    answer = analyst.post(address(upload, "upload_accept"), {"version": upload.version}, follow=True)
    assert "Waiting to be loaded" in answer.content.decode()
    upload.refresh_from_db()
    shown = page(analyst, load(upload))
    upload.refresh_from_db()
    assert "What was loaded" in shown
    assert f'href="{upload.extract.get_absolute_url()}"' in shown
    assert "Give up" not in shown


def test_the_good_rows_are_accepted_by_their_button(analyst):
    upload = checked(bad_file())
    analyst.post(address(upload, "upload_accept"), {"version": upload.version, "good_rows": "1"})
    upload.refresh_from_db()
    load(upload)
    assert Disruption.objects.count() == 2


def test_a_button_that_was_not_offered_is_answered_in_words(analyst):
    upload = checked(bad_file())
    answer = analyst.post(address(upload, "upload_accept"), {"version": upload.version}, follow=True)
    assert "2 rows are refused" in answer.content.decode()


def test_a_double_click_does_nothing_twice(analyst):
    upload = checked()
    default_task_backend.clear()
    for _ in range(2):
        answer = analyst.post(address(upload, "upload_accept"), {"version": upload.version}, follow=True)
    assert "had moved on already" in answer.content.decode()
    assert len(default_task_backend.results) == 1


def test_giving_up_while_somebody_else_accepts_is_told(analyst, administrator):
    upload = checked()
    analyst.post(address(upload, "upload_accept"), {"version": upload.version})
    answer = administrator.post(address(upload, "upload_give_up"), {"version": upload.version}, follow=True)
    assert "had moved on already" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.stage == UploadStage.ACCEPTED


def test_what_was_given_up_says_so(analyst):
    upload = checked()
    answer = analyst.post(address(upload, "upload_give_up"), {"version": upload.version}, follow=True)
    assert "Nothing was written, and the file is deleted." in answer.content.decode()


def test_a_file_that_cannot_be_read_says_why(analyst):
    shown = page(analyst, checked(csv_file("1,2", headings="a,b")))
    assert "Why it could not be read" in shown
    assert "disruption_ref" in shown


def test_a_file_checked_again_says_why(analyst):
    upload = accepted(checked())
    make_disruption("DIS-2022-0000002", size="major", activity_date=date(2022, 6, 1), added_date=date(2022, 6, 20))
    assert "the record had changed since the check that was accepted" in page(analyst, load(upload))


def test_the_refused_rows_are_downloaded_as_a_file_like_the_one_sent(analyst):
    upload = checked(bad_file())
    answer = read(analyst.get(address(upload, "upload_errors")))
    assert answer["Content-Disposition"] == 'attachment; filename="extract-refused.csv"'
    assert analyst.get(address(checked(csv_file(row(7))), "upload_errors")).status_code == 404


def test_refused_rows_that_are_gone_are_not_found(analyst):
    upload = checked(bad_file())
    Path(upload.errors.path).unlink()
    assert analyst.get(address(upload, "upload_errors")).status_code == 404


@pytest.mark.parametrize("kind", ["recorded", "illustrative"])
def test_the_kind_of_data_is_marked(kind, analyst):
    assert f"soc-kind--{kind}" in page(analyst, submitted(kind_of_data=kind))


def test_what_a_file_says_is_text_and_no_markup(analyst):
    upload = checked(csv_file(row(1, four_p="<script>alert(1)</script>"), name="<b>July</b>.csv"))
    shown = page(analyst, upload)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "<b>July" not in shown


def test_the_page_takes_the_same_few_queries_however_many_rows(analyst, django_assert_max_num_queries):
    upload = checked(csv_file(*(row(number, four_p="Persue") for number in range(1, 300))))
    with django_assert_max_num_queries(8):
        page(analyst, upload)
