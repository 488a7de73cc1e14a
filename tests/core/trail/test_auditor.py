"""An auditor reads the trail, and nothing else of the site."""

from itertools import product

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.timezone import localdate

from soc_tracker.core.access.models import NOTHING, sight_of
from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, may, permission_of
from soc_tracker.core.access.roles import Role, has_any_role
from soc_tracker.core.trail.models import Entry, Kind
from soc_tracker.core.trail.services import record_event
from tests.answers import read
from tests.architecture.urls import names, routes
from tests.pages import DOWNLOADS, FOR_SOME, PAGES, TRAIL_ONLY

pytestmark = pytest.mark.django_db
OWN = ("account_", "mfa_", "own_", "no_role", "healthz", "demo_sign_in", "usersessions", "home")


@pytest.fixture
def auditor(sign_in):
    return sign_in(Role.AUDITOR)


def test_home_leads_to_the_trail(auditor):
    answer = auditor.get(reverse("home"))
    assert (answer.status_code, answer.url) == (302, reverse("trail"))
    assert auditor.get(reverse("no_role")).url == reverse("trail")
    page = auditor.get(reverse("trail")).content.decode()
    assert 'aria-current="page">Trail</a>' in page
    assert "header-search" not in page


def test_every_other_page_and_file_is_closed(auditor, reference):
    others = [page for pages in FOR_SOME.values() for page in pages if page not in TRAIL_ONLY]
    pages = [page for page in (*PAGES, *DOWNLOADS, *others) if not page.name.startswith(OWN)]
    auditor.raise_request_exception = False
    answers = {str(page): read(auditor.get(page.url)).status_code for page in pages}
    assert {name: status for name, status in answers.items() if status not in (403, 404)} == {}


def test_no_address_asks_for_a_permission_that_an_auditor_has(make_user):
    """But for the trail, what is open to anybody, and the pages of the own account; whatever the method."""
    user = make_user(Role.AUDITOR)
    for (name, pattern), method in product(routes(), ("GET", "POST")):
        if name.startswith(("admin:", "trail", *OWN)):
            continue
        try:
            permission = permission_of(pattern.callback, method, {})
        except KeyError:  # it hangs on what the address holds: the sweep above opens those
            continue
        if permission not in (OPEN, OWN_ACCOUNT):
            assert not may(user, permission), name


def test_the_administration_and_the_api_are_closed(auditor):
    urls = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    ]
    urls += [reverse(name) for name in names() if name.startswith("api:") and name.endswith("-list")]
    answers = {url: auditor.get(url).status_code for url in [reverse("admin:index"), *urls]}
    assert {url: status for url, status in answers.items() if status not in (302, 403)} == {}


def test_an_auditor_sees_no_row(make_user):
    user = make_user(Role.AUDITOR)
    assert not has_any_role(user)
    assert sight_of(user) == NOTHING


def test_the_list_is_narrowed_by_who_what_and_when(auditor, make_user):
    analyst = make_user(Role.ANALYST)
    record_event(Kind.EXPORT, by=analyst, subject="Disruptions", rows=7)
    record_event(Kind.SIGN_IN, by=make_user(Role.INSPECTOR))
    today = localdate().isoformat()
    for query, number in (
        ({"who": "demo analyst", "kind": "export"}, 1),
        ({"who": "inspector", "kind": "export"}, 0),
        ({"kind": "export", "subject": "disrupt"}, 1),
        ({"kind": "export", "on_or_after": today, "on_or_before": today}, 1),
        ({"kind": "export", "on_or_before": "2020-01-01"}, 0),
        ({"about": "auth.user", "key": str(analyst.pk)}, Entry.objects.filter(subject_key=str(analyst.pk)).count()),
    ):
        page = auditor.get(reverse("trail"), query)
        assert (page.status_code, page.context["page"].total) == (200, number), query
    refused = auditor.get(reverse("trail"), {"colour": "red"})
    assert "colour" in refused.content.decode()
    assert not refused.context["rows"]


def test_one_entry_shows_before_and_after(auditor):
    before, after = {"note": "old words"}, {"note": "new words"}
    entry = record_event(Kind.CHANGE, subject="Plan", before=before, after=after, why="Why", rows={"added": 1234})
    page = auditor.get(reverse("trail_entry", args=[entry.pk])).content.decode()
    assert all(words in page for words in ("old words", "new words", "Why", "Note", "added: 1,234"))


def test_a_file_of_the_trail_is_an_entry_too(auditor):
    record_event(Kind.SIGN_OUT)
    lines = auditor.get(reverse("trail"), {"format": "csv", "kind": "sign_out"}).getvalue().decode()
    assert "Signed out" in lines
    entry = Entry.objects.filter(kind="export").get()
    assert (entry.subject, entry.who, entry.details["rows"]) == ("Trail", "Demo auditor", 1)


def test_an_administrator_reads_it_too(administrator):
    assert administrator.get(reverse("trail")).status_code == 200
    assert reverse("trail") in administrator.get(reverse("admin:index")).content.decode()
