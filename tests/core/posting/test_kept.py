"""What was typed comes back: after a session that ended, in a stale window, from a busy database."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils.timezone import now, timedelta

from disruptions.saved_views.models import SavedView
from inspections.requirements.models import Step
from soc_tracker.core.access.roles import Role
from soc_tracker.core.posting import services
from soc_tracker.core.posting.models import KeptForm
from soc_tracker.core.posting.tokens import FormToken
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.core.posting.browsing import HOST, Browser
from tests.forms import Form, form_of
from tests.makers import make_finding, make_inspection, make_organisation, make_recommendation

pytestmark = pytest.mark.django_db
NOTE = "Two officers were trained “in March”.\r\n\r\nThe rest follow: <b>all</b> & by May.  "
LOG = "Add to the history"
LINE = {"note": NOTE, "on": "2024-03-01", "status": "awaiting_review"}


@pytest.fixture
def address():
    force = make_organisation()
    return make_recommendation(make_finding(make_inspection(force)), force).get_absolute_url()


@pytest.fixture
def inspector():
    return Browser(Role.INSPECTOR)


@pytest.fixture
def page(inspector, address):
    return inspector.get(address)


def signs_in_again(browser: Browser, answer, role: Role = Role.INSPECTOR):
    """The page to which signing in leads."""
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    browser.sign_in(role)
    return browser.get(parse_qs(urlsplit(answer.url).query)["next"][0])


def notes() -> list[str]:
    return list(Step.objects.values_list("note", flat=True))


def test_a_session_that_ended_loses_no_letter(inspector, page):
    inspector.end_session()
    answer = inspector.press(page, LOG, **LINE)
    assert "What you typed is kept: sign in" in inspector.get(answer.url).content.decode()
    again = signs_in_again(inspector, answer)
    assert "you were no longer signed in" in again.content.decode()
    assert form_of(again, LOG).value("note").replace("\r\n", "\n") == NOTE.replace("\r\n", "\n")
    saved = inspector.press(again, LOG)
    assert saved.status_code == 302
    assert [note.split() for note in notes()] == [NOTE.split()]
    assert not KeptForm.objects.exists()


def test_another_person_does_not_see_it(inspector, page):
    inspector.end_session()
    theirs = signs_in_again(inspector, inspector.press(page, LOG, **LINE), Role.ADMINISTRATOR)
    assert form_of(theirs, LOG).value("note") == ""
    assert "belongs to another account" in theirs.content.decode()
    assert "Two officers" not in theirs.content.decode()


def test_another_browser_does_not_see_it(inspector, page):
    inspector.end_session()
    answer = inspector.press(page, LOG, **LINE)
    assert form_of(signs_in_again(Browser(), answer), LOG).value("note") == ""


def test_after_half_a_day_it_is_gone(inspector, page):
    inspector.end_session()
    answer = inspector.press(page, LOG, **LINE)
    KeptForm.objects.update(kept_at=now() - services.KEPT_FOR - timedelta(minutes=1))
    assert form_of(signs_in_again(inspector, answer), LOG).value("note") == ""


def test_a_window_that_stood_open_while_another_signed_in_again(inspector, page):
    inspector.sign_in(Role.INSPECTOR)
    inspector.get(page.request["PATH_INFO"])
    inspector.cookies["csrftoken"] = "a" * 32  # signing in has changed it
    answer = inspector.press(page, LOG, **LINE)
    again = inspector.get(answer.url)
    assert "in another window" in again.content.decode()
    assert inspector.press(again, LOG).status_code == 302
    assert [note.split() for note in notes()] == [NOTE.split()]


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_a_form_of_another_site_is_refused_plainly(inspector, page, headers):
    form = form_of(page, LOG).fill(LINE)
    inspector.cookies["csrftoken"] = "a" * 32
    answer = inspector.post(form.address, form.entries, headers=headers)
    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()
    assert not KeptForm.objects.exists()


def test_a_form_that_another_account_had_opened_is_kept_for_that_account(inspector, page):
    inspector.sign_in(Role.ADMINISTRATOR)
    inspector.cookies["csrftoken"] = "a" * 32
    answer = inspector.press(page, LOG, **LINE)
    assert answer.status_code == 403
    assert "opened by another account" in answer.content.decode()
    assert "Two officers" not in answer.content.decode()
    inspector.sign_in(Role.INSPECTOR)
    kept = KeptForm.objects.get()
    again = inspector.get(f"{kept.page}?kept_form={kept.pk}")
    assert "Two officers" in form_of(again, LOG).value("note")


def test_no_password_and_no_file_is_kept(inspector):
    user = demo_account(Role.INSPECTOR)
    user.set_password("a long password")
    user.save()
    inspector.sign_in(Role.INSPECTOR)
    change = inspector.get(reverse("account_change_password"))
    inspector.end_session()
    inspector.press(change, "Change Password", oldpassword="secret one", password1="secret two", password2="secret two")
    assert KeptForm.objects.get().fields == []
    inspector.sign_in(Role.ADMINISTRATOR)
    upload = inspector.get(reverse("disruptions:upload_new"))
    inspector.end_session()
    file = SimpleUploadedFile("extract.csv", b"Reference,Size\n")
    again = signs_in_again(
        inspector, inspector.press(upload, "Upload and check", file=file, as_at="2023-01-04"), Role.ADMINISTRATOR
    )
    assert "Choose the file again" in again.content.decode()
    assert form_of(again, "Upload and check").value("as_at") == "2023-01-04"


def test_a_page_that_has_gone_gives_the_text_back_on_one_of_its_own(inspector, address, page):
    inspector.end_session()
    answer = inspector.press(page, LOG, **LINE)
    KeptForm.objects.update(page="/recommendations/999999/", action="/recommendations/999999/")
    again = signs_in_again(inspector, answer)
    assert again.status_code == 200
    assert "What you typed" in again.content.decode()
    assert "The rest follow: &lt;b&gt;all&lt;/b&gt;" in again.content.decode()


def test_a_button_of_another_page_leads_back_to_that_page(inspector):
    view = SavedView.objects.create(
        name="Mine", page="disruptions:disruption_list", owner_id=inspector.session["_auth_user_id"]
    )
    address = reverse("disruptions:saved_view_edit", args=[view.pk])
    own = inspector.get(address)
    inspector.end_session()
    again = signs_in_again(inspector, inspector.press(own, "Remove this view"))
    assert again.request["PATH_INFO"] == address
    inspector.press(again, "Remove this view")
    assert not SavedView.objects.exists()


def test_a_form_of_the_administration_comes_back_with_its_rows(administrator_page):
    browser, page = administrator_page
    form = form_of(page, "Save")
    row = form.add_row("aliases", name="Cheshire Police")
    form.fill(short_name="Typed", change_reason="Also called so.")
    browser.end_session()
    browser.defaults["HTTP_REFERER"] = HOST + form.address
    again = signs_in_again(browser, form.press(browser, "Save"), Role.ADMINISTRATOR)
    given_back = form_of(again, "Save")
    assert given_back.value(f"{row}-name") == "Cheshire Police"
    tokens = {"csrfmiddlewaretoken", "form_token", "kept_form"}
    assert typed(given_back, but=tokens) == typed(form, but=tokens)


def typed(form: Form, but: set[str]) -> dict[str, list[str]]:
    return {name: values for name, values in form.entries.items() if name not in but}


@pytest.fixture
def administrator_page():
    browser = Browser(Role.ADMINISTRATOR)
    return browser, browser.get(reverse("admin:forces_force_change", args=[make_organisation().pk]))


@pytest.mark.parametrize("busy", ["database is locked", "database table is locked: plans4p_plan"])
def test_a_busy_database_keeps_the_text_in_the_page(inspector, page, monkeypatch, busy):
    def locked(*args, **kwargs):
        raise OperationalError(busy)

    with monkeypatch.context() as patch:
        patch.setattr(services, "claim", locked)
        answer = inspector.press(page, LOG, **LINE)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "The rest follow: &lt;b&gt;all&lt;/b&gt;" in answer.content.decode()
    assert inspector.press(answer, "Send it again").status_code == 302
    assert [note.split() for note in notes()] == [NOTE.split()]


def test_a_database_that_is_too_busy_to_keep_the_text_leaves_it_in_the_page(inspector, page, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    inspector.end_session()
    with monkeypatch.context() as patch:
        patch.setattr(KeptForm.objects, "update_or_create", locked)
        answer = inspector.press(page, LOG, **LINE)
    assert answer.status_code == 503
    assert "The rest follow: &lt;b&gt;all&lt;/b&gt;" in answer.content.decode()


def test_another_failure_of_the_database_is_not_called_busy(inspector, page, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(services, "claim", broken)
    with pytest.raises(OperationalError):
        inspector.press(page, LOG, **LINE)


def test_only_so_much_is_kept_of_one_person(make_user, settings):
    user = make_user(Role.INSPECTOR)
    for number in range(services.MOST_KEPT + 3):
        token = FormToken(user.pk, str(number))
        services.keep(token, browser="", page="/", action="/", fields=[["note", str(number)]], why="")
    kept = list(KeptForm.objects.order_by("kept_at").values_list("key", flat=True))
    assert kept == [str(number) for number in range(3, services.MOST_KEPT + 3)]
