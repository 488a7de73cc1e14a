"""What was published can be opened to those who have not signed in: that alone, and only where a setting says so."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from inspections.recommendations.models import Recommendation
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.architecture.test_permission import api_urls
from tests.pages import DOWNLOADS, PAGES, SOME_PAGES

pytestmark = pytest.mark.django_db
OPEN = (
    *("inspections:inspection_list", "inspections:finding_list", "inspections:recommendation_list"),
    *("inspections:figure_list", "inspections:source_list", "inspections:grading_list"),
    *("forces:region_list", "forces:force_list", "forces:rocu_list", "forces:other_list"),
)
RECORD = (
    "ocg-0009001",
    "fenland",
    "4p-09001",
    "dis-2022-0009001",
    "ada lowe",
    "youth futures",
    "scpo-0001",
)
"""Words of what the examples of pages put on record."""
TO_SIGN_IN = (302, 401, 403)


@pytest.fixture
def public(settings):
    settings.PUBLIC_PUBLISHED = True


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace").lower()


def test_nothing_is_open_unless_the_setting_says_so(reference, client):
    for name in OPEN:
        assert client.get(reverse(name)).status_code == 302, name


def test_published_lists_are_open_with_their_files(reference, public, client):
    for name in OPEN:
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert "sign out" not in text_of(page)
        assert client.get(f"{reverse(name)}?format=csv").status_code == 200, name
    assert client.get(reverse("force_inspections", kwargs={"slug": "cheshire"})).status_code == 200
    assert "4p plans" in text_of(client.get(reverse("inspections:finding_list")))


def test_every_address_gives_what_was_published_or_the_way_to_sign_in(reference, public, client):
    """No word of the record, and no name of an account, stands in any answer."""
    pages = [page.url for page in (*PAGES, *DOWNLOADS, *SOME_PAGES)]  # which makes the rows of the record
    names = {user.get_full_name().lower() for user in User.objects.exclude(last_name="")}
    faults, opened = {}, 0
    for url in [*pages, *api_urls()]:
        answer = client.get(url)
        if answer.status_code in TO_SIGN_IN:
            continue
        text = text_of(answer)
        found = [word for word in (*RECORD, *names) if word in text]
        opened += answer.status_code == 200
        if answer.status_code not in (200, 400) or found:
            faults[url] = (answer.status_code, found)
    assert faults == {}
    assert names
    assert opened > len(OPEN)


@pytest.mark.parametrize(
    "name", ["home", "search", "directory", "compare", "plans4p:plan_list", "disruptions:threat_list"]
)
def test_what_shows_anything_else_asks_to_sign_in(reference, public, client, name):
    answer = client.get(reverse(name))
    assert (answer.status_code, "/accounts/login/" in answer.url) == (302, True)


def test_nobody_writes_without_signing_in(reference, public, client):
    recommendation = Recommendation.objects.earliest("pk")
    assert client.get(recommendation.get_absolute_url()).status_code == 200
    assert client.post(recommendation.get_absolute_url(), {}).status_code == 302


def test_an_account_without_a_role_reads_no_more_for_it(reference, public):
    client = Client()
    user = demo_account(Role.ANALYST)
    user.groups.clear()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("inspections:finding_list")).status_code == 403
