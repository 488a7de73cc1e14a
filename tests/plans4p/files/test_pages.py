"""The pages that take a file of plans: who sees them, what they show, and what a click does."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils.timezone import now
from zeal import zeal_ignore

from plans4p.aims.models import Action
from plans4p.aims.services import ActionService
from plans4p.directory.services import OFFICERS
from plans4p.files.models import PlanFile
from plans4p.files.pages import ImportForm
from plans4p.files.services import PLAN_FILES
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads import services
from soc_tracker.core.imports.uploads.files import held
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.imports.uploads.services import MOST_UNDER_WAY
from tests.answers import read
from tests.forms import NotOnPageError, press
from tests.plans4p.importing import work
from tests.plans4p.plan_files import loaded, make_around, row, rows, write

pytestmark = pytest.mark.django_db
NEW = "plans4p:import_new"
WRITERS = (Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR)
ALL, GOOD, GIVE_UP = "Load all rows", "Load the good rows", "Give up and delete the file"


@pytest.fixture(autouse=True)
def around(make_user):
    """The officer who loads the files owns the plans in them."""
    officer = make_around().lead_officers.get()
    told = {"by": None, "reason": "Given an account.", "expected_version": officer.version}
    OFFICERS.change(officer, {"user": make_user(Role.LEAD_RESPONSIBLE_OFFICER)}, **told)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plans.csv"


@pytest.fixture
def officer(lead_responsible_officer):
    return lead_responsible_officer


@pytest.fixture
def send(officer, path):
    """Upload rows; the answer."""

    def sent(*given, client=officer, file=None, **more):
        file = file or SimpleUploadedFile("July.csv", write(path, given).read_bytes())
        values = {"file": file, "kind_of_data": "recorded"} | more
        return client.post(reverse(NEW), {name: value for name, value in values.items() if value is not None})

    return sent


@pytest.fixture
def checked(send):
    """Upload rows and have them checked; the address of what was found."""

    def found(*given, **more):
        url = send(*given, **more).url
        work()
        return url

    return found


def decide(client, url, button=ALL):
    """Press a button of the page, and let the worker do what follows; the page then."""
    answer = press(client, client.get(url), button)
    work()
    return client.get(answer.url)


def on_disk():
    folder = Path(settings.MEDIA_ROOT) / PlanFile.folder
    return set(folder.iterdir()) if folder.exists() else set()


def page(answer):
    return answer.content.decode()


def test_a_file_is_checked_by_the_worker_and_loaded(officer, send, django_capture_on_commit_callbacks):
    before = on_disk()
    url = send(row(), row(action="Visit the homes")).url
    text = page(officer.get(url))
    assert "Waiting to be checked" in text
    assert "July.csv" in text
    assert ALL not in text
    work()
    text = page(officer.get(url))
    assert ALL in text
    assert "New rows: 2" in text
    assert not Plan.objects.exists()
    assert len(on_disk() - before) == 1
    with django_capture_on_commit_callbacks(execute=True):
        text = page(decide(officer, url))
    assert "What was loaded" in text
    assert f'href="{reverse("plans4p:plan_list")}"' in text
    assert Action.objects.count() == 2
    assert Plan.objects.get().author.username == officer.get(url).wsgi_request.user.username
    assert on_disk() == before


def test_many_rows_change_in_one_click(officer, checked, path):
    loaded(path, rows(3))
    changed = [
        {**each, "partners": each["action"] and "Harbour Housing", "outcome": each["action"]} for each in rows(3)
    ]
    url = checked(*changed)
    with zeal_ignore():  # each record is locked, checked and written with a history row of its own
        decide(officer, url)
    assert not Action.objects.filter(outcome="").exists()
    assert loaded(path, changed).written is False


def test_the_same_file_again_has_nothing_to_accept(officer, checked, path):
    loaded(path, [row()])
    text = page(officer.get(checked(row())))
    assert "It holds nothing that would add to the record or change it." in text
    assert ALL not in text


def test_refused_rows_are_shown_and_the_good_ones_may_go_in(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    text = page(officer.get(url))
    assert "Persue" in text
    assert ALL not in text
    decide(officer, url, GOOD)
    assert Action.objects.count() == 1


def test_a_file_with_refused_rows_is_not_accepted_whole(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    with pytest.raises(NotOnPageError):
        decide(officer, url)
    answer = officer.post(f"{url}accept/", {"version": PlanFile.objects.get().version}, follow=True)
    assert "1 rows are refused" in page(answer)
    work()
    assert not Plan.objects.exists()


def test_the_refused_rows_come_back_as_a_file(officer, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    assert f'href="{url}refused/"' in page(officer.get(url))
    answer = read(officer.get(f"{url}refused/"))
    assert 'filename="July-refused.csv"' in answer["Content-Disposition"]
    lines = Path(PlanFile.objects.get().errors.path).read_text("utf-8-sig").splitlines()
    assert lines[0].endswith(",error")
    assert "four_p: “Persue”, expected Pursue, Prevent, Protect or Prepare" in lines[1]


def test_no_file_of_refused_rows_where_none_is_refused(officer, checked):
    assert officer.get(f"{checked(row())}refused/").status_code == 404


def test_a_page_loads_so_many_rows_at_once(officer, checked, monkeypatch):
    url = checked(row(), row(action="Visit the homes"))
    monkeypatch.setattr("plans4p.files.services.MOST_AT_ONCE", 1)
    text = page(officer.get(url))
    assert "more than this page loads at once" in text
    assert ALL not in text
    answer = officer.post(f"{url}accept/", {"version": PlanFile.objects.get().version}, follow=True)
    assert "more than this page loads at once" in page(answer)
    work()
    assert not Plan.objects.exists()


def test_given_up_nothing_is_kept(officer, checked, django_capture_on_commit_callbacks):
    before = on_disk()
    url = checked(row(), row(action="Visit", four_p="Persue"))
    with django_capture_on_commit_callbacks(execute=True):
        text = page(decide(officer, url, GIVE_UP))
    assert "Nothing was written, and the file is deleted." in text
    assert not Plan.objects.exists()
    assert on_disk() == before


def test_a_file_is_given_up_while_the_worker_reads_it(officer, send, monkeypatch, django_capture_on_commit_callbacks):
    """The worker learns of it when it next tells how far it is, and keeps nothing."""
    before = on_disk()
    url = send(row()).url
    begin = PLAN_FILES.begin

    def begun(upload, **terms):
        working = begin(upload, **terms)
        shown = officer.get(url)
        assert "Reading the file." in page(shown)
        press(officer, shown, GIVE_UP)
        return working

    monkeypatch.setattr(PLAN_FILES, "begin", begun)
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert PlanFile.objects.get().stage == UploadStage.GIVEN_UP
    assert not Plan.objects.exists()
    assert on_disk() == before


def test_a_file_whose_rows_are_being_written_is_not_given_up(officer, checked):
    url = checked(row())
    press(officer, officer.get(url), ALL)
    file = PLAN_FILES.begin(PlanFile.objects.get(), by=None, expected_version=PlanFile.objects.get().version)
    with held(Path(file.file.path)):
        assert GIVE_UP not in page(officer.get(url))
        answer = officer.post(f"{url}give-up/", {"version": file.version}, follow=True)
    assert "being worked on at this moment" in page(answer)


def test_so_many_files_of_one_user_are_under_way_at_once(officer, administrator, send, checked):
    urls = [checked(row(title=f"Plan {number}")) for number in range(MOST_UNDER_WAY)]
    answer = send(row())
    assert answer.status_code == 400
    assert "files are under way" in page(answer)
    assert send(row(), client=administrator).status_code == 302
    decide(officer, urls[0], GIVE_UP)
    assert send(row()).status_code == 302


def test_so_many_bytes_of_one_user_are_under_way_at_once(officer, administrator, send, checked, monkeypatch):
    first = checked(row())
    most = PlanFile.objects.get().file.size * 3 // 2
    monkeypatch.setattr(services, "MOST_BYTES_UNDER_WAY", most)
    answer = send(row(title="Another"))
    assert answer.status_code == 400
    assert "together they may take up" in page(answer)
    assert send(row(), client=administrator).status_code == 302
    decide(officer, first, GIVE_UP)
    assert send(row(title="Another")).status_code == 302


def test_where_the_record_has_changed_since_it_is_checked_anew(officer, checked, path):
    url = checked(row())
    press(officer, officer.get(url), ALL)
    loaded(path, [row(title="Another")])
    work()
    text = page(officer.get(url))
    assert "the record had changed since the check that was accepted" in text
    assert "Rows that change" in text
    assert Plan.objects.get().title == "Another"
    assert "What was loaded" in page(decide(officer, url))
    assert Plan.objects.get().title == "County lines in Runcorn"


def test_a_failure_half_way_leaves_nothing_and_shows_the_preview(officer, checked, monkeypatch):
    url = checked(*rows(2))

    def fails(self, record, **more):
        if Action.objects.count() == 3:
            raise IntegrityError("Somebody was faster.")

    monkeypatch.setattr(ActionService, "follow", fails)
    assert ALL in page(decide(officer, url))
    assert not Plan.objects.exists()


@pytest.mark.parametrize("step", ["accept", "give-up", "start-again"])
def test_a_step_is_a_post_with_a_version(step, officer, checked):
    url = f"{checked(row())}{step}/"
    assert officer.get(url).status_code == 405
    assert officer.post(url).status_code == 400
    assert officer.post(url, {"version": "soon"}).status_code == 400
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"file": SimpleUploadedFile("July.csv", b"")}, "The file is empty."),
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


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("July.csv", b"%PDF-1.7", "is a PDF, not a spreadsheet"),
        ("July.csv", b"title\nx\n", "“plan_ref”"),
        ("July.xlsx", b"PK\x03\x04 no workbook", "damaged: it may be cut off"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name, content, message, officer, checked, django_capture_on_commit_callbacks
):
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        url = checked(file=SimpleUploadedFile(name, content))
    text = page(officer.get(url))
    assert "Why it could not be read" in text
    assert message in text
    assert on_disk() == before


def test_a_file_that_is_too_large_is_refused(send, monkeypatch):
    monkeypatch.setattr(ImportForm.base_fields["file"], "most_bytes", 10)
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
        assert client.get(address).status_code in ((200, 404) if may else (403, 404))
    if not may:
        assert client.post(f"{url}accept/", {"version": 3}).status_code == 403


def test_a_file_of_another_user_does_not_exist(administrator, checked):
    url = checked(row(), row(action="Visit", four_p="Persue"))
    assert administrator.get(url).status_code == 404
    assert administrator.get(f"{url}refused/").status_code == 404
    for step in ("accept", "give-up", "start-again"):
        assert administrator.post(f"{url}{step}/", {"version": 3}).status_code == 404
    assert "July.csv" not in page(administrator.get(reverse(NEW)))


def test_ones_own_files_under_way_are_listed(officer, send):
    url = send(row()).url
    assert f'href="{url}"' in page(officer.get(reverse(NEW)))


def test_without_an_account_there_is_only_the_sign_in_page(client, checked):
    for url in (reverse(NEW), checked(row())):
        assert client.get(url).url.startswith("/accounts/login/")


def test_without_javascript_the_page_is_loaded_anew_while_the_worker_is_at_it(officer, send):
    url = send(row()).url
    refresh = 'http-equiv="refresh"'
    assert refresh in page(officer.get(url))
    work()
    assert refresh not in page(officer.get(url))


def left_lying(file):
    PlanFile.objects.filter(pk=file.pk).update(uploaded_at=now() - PLAN_FILES.kept_for - timedelta(minutes=1))


def test_what_was_left_lying_goes_when_a_new_file_comes(officer, checked, django_capture_on_commit_callbacks):
    before = on_disk()
    url = checked(row())
    left_lying(PlanFile.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        checked(row(title="Another"))
    assert "Nobody decided on it in time." in page(officer.get(url))
    assert len(on_disk() - before) == 1


def test_what_was_left_lying_goes_by_the_daily_command(checked, capsys, django_capture_on_commit_callbacks):
    before = on_disk()
    checked(row())
    left_lying(PlanFile.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        call_command("retain")
    assert "Uploaded files that nobody decided on: 1\n" in capsys.readouterr().out
    assert PlanFile.objects.get().stage == UploadStage.GIVEN_UP
    assert on_disk() == before


def test_the_page_asks_no_more_of_the_database_for_more_rows(officer, checked, django_assert_max_num_queries):
    url = checked(*rows(20))
    with django_assert_max_num_queries(20):
        officer.get(url)
