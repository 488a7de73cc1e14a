"""A form is taken once, however often it is sent."""

import re
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils.timezone import now, timedelta

from disruptions.saved_views.models import SavedView
from forces.models import Region
from soc_tracker.core.access.roles import Role
from soc_tracker.core.posting import services as posting_services
from soc_tracker.core.posting.middleware import FormPosts
from soc_tracker.core.posting.models import KeptForm, SentForm
from soc_tracker.core.posting.tokens import FIELD, OPEN_FOR, FormToken, new_token, read_token
from tests.core.posting.browsing import Browser
from tests.forms import form_of

pytestmark = pytest.mark.django_db
NEW = "/saved-views/new/"


@pytest.fixture
def analyst():
    return Browser(Role.ANALYST)


@pytest.fixture
def page(analyst):
    return analyst.get(reverse("disruptions:saved_view_new"))


def names() -> list[str]:
    return list(SavedView.objects.order_by("pk").values_list("name", flat=True))


def test_pressed_twice_it_is_saved_once_and_leads_to_the_same_page(analyst, page):
    first, second = (analyst.press(page, "Save", name="Mine") for _ in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert names() == ["Mine"]
    assert "Nothing has been saved a second time" in analyst.get(second.url).content.decode()


def test_two_windows_hold_two_forms(analyst, page):
    other = analyst.get(reverse("disruptions:saved_view_new"))
    analyst.press(page, "Save", name="Mine")
    analyst.press(other, "Save", name="Another")
    assert names() == ["Mine", "Another"]


def test_a_form_that_was_refused_may_be_mended_and_sent_again(analyst, page):
    assert analyst.press(page, "Save", name="").status_code == 400
    assert not SentForm.objects.exists()
    assert analyst.press(page, "Save", name="Mine").status_code == 302
    assert names() == ["Mine"]


def test_a_second_record_typed_over_the_first_is_given_back_and_saved_when_it_is_sent_again(analyst, page):
    """As after going back in the browser: what is typed then is no second press."""
    analyst.press(page, "Save", name="Mine")
    given_back = analyst.press(page, "Save", name="Another")
    assert names() == ["Mine"]
    again = analyst.get(given_back.url)
    assert form_of(again, "Save").value("name") == "Another"
    assert "has been sent and saved already" not in again.content.decode()
    assert "had been sent and saved already" in again.content.decode()
    analyst.press(again, "Save")
    assert names() == ["Mine", "Another"]


def test_a_form_without_its_token_is_not_taken(analyst, page):
    form = form_of(page, "Save", without={FIELD})
    again = analyst.get(form.press(analyst, "Save", name="Mine").url)
    assert names() == []
    assert form_of(again, "Save").value("name") == "Mine"
    analyst.press(again, "Save")
    assert names() == ["Mine"]


def test_a_token_of_another_account_is_not_taken(analyst, page):
    foreign = Browser(Role.INSPECTOR).get(reverse("disruptions:saved_view_new"))
    own, other = (form_of(each, "Save").value(FIELD) for each in (page, foreign))
    page.content = page.content.decode().replace(own, other)
    analyst.press(page, "Save", name="Mine")
    assert names() == []


def test_each_form_of_a_page_has_a_token_of_its_own(analyst, page):
    tokens = re.findall(rf'name="{FIELD}" value="([^"]+)"', page.content.decode())
    assert len(tokens) == page.content.decode().count('method="post"') == len(set(tokens))


def test_a_record_added_in_a_small_window_of_the_administration_is_one():
    browser = Browser(Role.ADMINISTRATOR)
    small = browser.get(f"{reverse('admin:forces_region_add')}?_popup=1")
    values = {"name": "Kent and Essex", "slug": "kent-and-essex", "change_reason": "It was missing."}
    first, second = (browser.press(small, "_save", **values) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 302)
    assert Region.objects.count() == 1
    assert "Nothing has been saved a second time" in browser.get(second.url).content.decode()


def test_without_an_account_a_page_holds_none(client):
    assert FIELD not in client.get(reverse("account_login")).content.decode()


def test_what_a_refused_form_had_begun_to_write_is_undone(make_user):
    user, request = make_user(Role.ANALYST), RequestFactory().post(NEW, {FIELD: ""})

    def view(request):
        posting_services.keep(FormToken(user.pk, "left"), browser="", page="", action="", fields=[], why="")
        raise PermissionDenied

    request.user, request.POST = user, request.POST.copy()
    request.POST[FIELD] = new_token(user.pk)
    request.resolver_match = type("Match", (), {"view_name": "disruptions:saved_view_new"})
    with pytest.raises(PermissionDenied):
        FormPosts(lambda request: None).process_view(request, view, (), {})
    assert not KeptForm.objects.exists()
    assert not SentForm.objects.exists()


@pytest.mark.parametrize("text", ["", "1.abc", "1.abc:1tXyz:signature", "\0"])
def test_a_token_that_this_site_has_not_made(text):
    assert read_token(text) is None


def test_old_forms_are_deleted_when_somebody_signs_in(make_user):
    user = make_user(Role.ANALYST)
    for days in (1, OPEN_FOR.days + 2):
        SentForm.objects.create(key=str(days), user=user, digest="", sent_at=now() - timedelta(days=days))
    for hours in (1, 13):
        posting_services.keep(FormToken(user.pk, str(hours)), browser="", page="", action="", fields=[], why="")
        KeptForm.objects.filter(key=str(hours)).update(kept_at=now() - timedelta(hours=hours))
    Browser(Role.INSPECTOR)
    assert list(SentForm.objects.values_list("key", flat=True)) == ["1"]
    assert list(KeptForm.objects.values_list("key", flat=True)) == ["1"]


# SQLite lets one connection write at a time, and threads cannot wait for each other on one in memory: there,
# tests/browser/test_forms.py sends at the same time.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_of_two_presses_at_the_same_time_the_second_waits_and_follows_the_first():
        browser = Browser(Role.ANALYST)
        page = browser.get(reverse("disruptions:saved_view_new"))
        start, answers = threading.Barrier(2), []

        def press() -> None:
            own = Browser()
            own.cookies = browser.cookies
            start.wait()
            answers.append(own.press(page, "Save", name="Mine"))
            connection.close()

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {answer.status_code for answer in answers} == {302}
        assert len({answer.url for answer in answers}) == 1
        assert names() == ["Mine"]
