"""The pages that take a file of plans: who sees them, what they show, and what a click does."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils.timezone import now
from zeal import zeal_ignore

from plans4p.models import Action, Plan
from plans4p.services import import_files
from plans4p.services.parts import ActionService
from soc_tracker.roles import Role
from tests.plans4p.plan_files import loaded, make_around, row, rows, write

pytestmark = pytest.mark.django_db
NEW = "plans4p:import_new"
WRITERS = (Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def around():
    make_around()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plans.csv"


@pytest.fixture
def officer(lead_responsible_officer):
    return lead_responsible_officer


def contents(path, *given):
    return write(path, given).read_bytes()


@pytest.fixture
def send(officer, path):
    """Upload rows; the answer."""

    def sent(*given, client=officer, file=None, **more):
        file = file or SimpleUploadedFile("July.csv", contents(path, *given))
        values = {"file": file, "kind_of_data": "recorded"} | more
        return client.post(reverse(NEW), {name: value for name, value in values.items() if value is not None})

    return sent


@pytest.fixture
def checked(send):
    """Upload rows; the address of their check."""
    return lambda *given, **more: send(*given, **more).url


def shown(client, url):
    return client.get(url).context["choices"][0].fields["shown"]


def decide(client, url, step="all", **more):
    return client.post(url, {"step": step, "shown": shown(client, url)} | more)


def on_disk():
    folder = Path(settings.MEDIA_ROOT) / import_files.FOLDER
    return set(folder.iterdir()) if folder.exists() else set()


def page(answer):
    return answer.content.decode()


def test_a_file_is_checked_and_loaded(officer, checked):
    before = on_disk()
    url = checked(row(), row(action="Visit the homes"))
    text = page(officer.get(url))
    assert "July.csv" in text
    assert "Load all rows" in text
    assert "New rows: 2" in text
    assert not Plan.objects.exists()
    assert len(on_disk() - before) == 1
    answer = decide(officer, url)
    assert answer.url == reverse("plans4p:plan_list")
    assert "Loaded from “July.csv”: added 2, changed 0, unchanged 0, refused 0." in page(officer.get(answer.url))
    assert Action.objects.count() == 2
    assert Plan.objects.get().author.username == officer.get(url).wsgi_request.user.username
    assert on_disk() == before


def test_many_rows_change_in_one_click(officer, checked, path):
    loaded(path, rows(3))
    changed = [
        {**each, "partners": each["action"] and "Harbour Housing", "outcome": each["action"]} for each in rows(3)
    ]
    url = checked(*changed)
    seen = shown(officer, url)
    with zeal_ignore():  # each record is locked, checked and written with a history row of its own
        officer.post(url, {"step": "all", "shown": seen})
    assert not Action.objects.filter(outcome="").exists()
    assert loaded(path, changed).written is False


def test_the_same_file_again_has_nothing_to_accept(officer, checked, path):
    loaded(path, [row()])
    text = page(officer.get(checked(row())))
    assert "It holds nothing that would add to the record or change it." in text
    assert "Load all rows" not in text


def test_refused_rows_are_shown_and_the_good_ones_may_go_in(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    text = page(officer.get(url))
    assert "Persue" in text
    assert "Load the good rows" in text
    assert "Load all rows" not in text
    decide(officer, url, "good")
    assert Action.objects.count() == 1


def test_a_file_with_refused_rows_is_not_accepted_whole(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    assert decide(officer, url, "all").status_code == 409
    assert not Plan.objects.exists()


def test_the_refused_rows_come_back_as_a_file(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    answer = officer.get(f"{url}refused/")
    assert 'filename="July-refused.csv"' in answer["Content-Disposition"]
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].endswith(",error")
    assert "four_p: “Persue”, expected Pursue, Prevent, Protect or Prepare" in lines[1]


def test_no_file_of_refused_rows_where_none_is_refused(officer, checked):
    assert officer.get(f"{checked(row())}refused/").status_code == 404


def test_a_page_loads_so_many_rows_at_once(officer, checked, monkeypatch):
    url = checked(row(), row(action="Visit the homes"))
    monkeypatch.setattr("plans4p.presenters.imports.MOST_AT_ONCE", 1)
    text = page(officer.get(url))
    assert "more than this page loads at once" in text
    assert "Load all rows" not in text


def test_given_up_nothing_is_kept(officer, checked):
    before = on_disk()
    url = checked(row())
    assert decide(officer, url, "give-up").url == reverse(NEW)
    assert not Plan.objects.exists()
    assert on_disk() == before


def test_a_file_that_is_gone_is_asked_for_again(officer, checked):
    url = checked(row())
    decide(officer, url)
    answer = officer.get(url, follow=True)
    assert answer.redirect_chain == [(reverse(NEW), 302)]
    assert "That file is no longer here" in page(answer)


def test_a_file_that_was_tampered_with_is_gone(officer, checked):
    before = on_disk()
    url = checked(row())
    (stored,) = on_disk() - before
    stored.write_bytes(stored.read_bytes() + b"\n")
    assert officer.get(url).url == reverse(NEW)


def test_where_the_record_has_changed_since_the_preview_comes_anew(officer, checked, path):
    url = checked(row())
    seen = shown(officer, url)
    loaded(path, [row(title="Another")])
    answer = officer.post(url, {"step": "all", "shown": seen})
    assert answer.status_code == 409
    assert "the record had changed since the check that you saw" in page(answer)
    assert "Rows that change" in page(answer)
    assert Plan.objects.get().title == "Another"
    assert decide(officer, url).status_code == 302
    assert Plan.objects.get().title == "County lines in Runcorn"


def test_a_failure_half_way_leaves_nothing_and_shows_the_preview(officer, checked, monkeypatch):
    url = checked(*rows(2))
    seen = shown(officer, url)

    def fails(self, record, **more):
        if Action.objects.count() == 3:
            raise IntegrityError("Somebody was faster.")

    monkeypatch.setattr(ActionService, "follow", fails)
    assert officer.post(url, {"step": "all", "shown": seen}).status_code == 409
    assert not Plan.objects.exists()


@pytest.mark.parametrize("given", [{}, {"step": "all"}, {"step": "later", "shown": "x"}, {"shown": "x"}])
def test_a_decision_says_what_and_on_what(given, officer, checked):
    assert officer.post(checked(row()), given).status_code == 400
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"file": SimpleUploadedFile("July.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("July.pdf", b"%PDF-1.7")}, "is a PDF, not a spreadsheet"),
        ({"file": SimpleUploadedFile("July.csv", b"title\nx\n")}, "“plan_ref”"),
        ({"kind_of_data": None}, "Choose the kind of data."),
        ({"kind_of_data": "published"}, "published is not one of the available choices"),
    ],
)
def test_a_form_that_needs_mending_says_so(more, message, send):
    before = on_disk()
    answer = send(row(), **more)
    assert answer.status_code == 400
    assert message in page(answer)
    assert on_disk() == before


def test_a_file_that_is_too_large_is_refused(send, monkeypatch):
    monkeypatch.setattr("plans4p.forms.imports.MOST_BYTES", 10)
    assert "larger than 20 MB" in page(send(row()))


def test_made_up_plans_are_marked_on_the_page(officer, checked):
    url = checked(row(threat_ref="", theme="Fraud", owner="", partners=""), kind_of_data="illustrative")
    assert "Illustrative" in page(officer.get(url))
    decide(officer, url)
    assert Plan.objects.get().kind_of_data == "illustrative"


@pytest.mark.parametrize("role", Role)
def test_only_those_who_write_plans_see_the_pages(role, sign_in, send, checked):
    url, client, may = checked(row()), sign_in(role), role in WRITERS
    assert client.get(reverse(NEW)).status_code == (200 if may else 403)
    assert send(row(), client=client).status_code == (302 if may else 403)
    for address in (url, f"{url}refused/"):
        assert client.get(address).status_code in ((200, 404) if may else (403,))
    if not may:
        assert client.post(url, {"step": "all", "shown": "x"}).status_code == 403


def test_a_file_of_another_user_does_not_exist(administrator, checked):
    url = checked(row())
    assert administrator.get(url).status_code == 404
    assert administrator.post(url, {"step": "give-up", "shown": "x"}).status_code == 404


def test_what_is_no_token_does_not_exist(officer):
    assert officer.get(reverse("plans4p:import_check", args=["not-a-token"])).status_code == 404


def test_without_an_account_there_is_only_the_sign_in_page(client, checked):
    for url in (reverse(NEW), checked(row())):
        assert client.get(url).url.startswith("/accounts/login/")


def test_what_was_left_lying_goes_when_a_new_file_comes(checked):
    before = on_disk()
    checked(row())
    (old,) = on_disk() - before
    day = (now() - import_files.KEPT_FOR - timedelta(minutes=1)).timestamp()
    os.utime(old, (day, day))
    checked(row(title="Another"))
    assert not old.exists()
    assert len(on_disk() - before) == 1


def test_a_token_lasts_a_day(make_user, monkeypatch):
    user = make_user(Role.LEAD_RESPONSIBLE_OFFICER)
    file = ContentFile(b"plan_ref\nCHES-1\n", "../July.csv")
    kept = import_files.keep(file, kind=import_files.DataKind.RECORDED, by=user, now=datetime.now(UTC))
    assert (kept.file_name, import_files.find(kept.token, user)) == ("July.csv", kept)
    token = kept.token
    monkeypatch.setattr(import_files, "KEPT_FOR", timedelta(seconds=-1))
    with pytest.raises(import_files.GoneError):
        import_files.find(token, user)


def test_the_page_asks_no_more_of_the_database_for_more_rows(officer, checked, django_assert_max_num_queries):
    url = checked(*rows(20))
    with django_assert_max_num_queries(30):
        officer.get(url)
