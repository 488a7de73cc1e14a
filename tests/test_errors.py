"""What readers see when something goes wrong."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from soc_tracker.core.access.permissions import OWN_ACCOUNT, needs
from soc_tracker.urls import urlpatterns as site_patterns

pytestmark = pytest.mark.django_db


def raising(error):
    @needs(OWN_ACCOUNT)
    def view(request):
        raise error

    return view


urlpatterns = [
    *site_patterns,
    path("raise/400/", raising(BadRequest("no"))),
    path("raise/403/", raising(PermissionDenied())),
    path("raise/404/", raising(Http404())),
    path("raise/500/", raising(RuntimeError("boom"))),
]


@pytest.fixture(autouse=True)
def pages_that_fail(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "The request was not understood"),
        (403, "Your account may not do this"),
        (404, "Page not found"),
        (500, "Something went wrong"),
    ],
)
def test_each_failure_has_its_page(inspector, status, heading):
    inspector.raise_request_exception = False
    answer = inspector.get(f"/raise/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page
    assert "boom" not in page
    assert 'href="/"' in page


def test_404_helps_on(inspector):
    page = inspector.get("/no/such/page/").content.decode()
    assert 'id="page-search"' in page
    assert 'href="/findings/">Findings</a>' in page


def test_404_without_an_account_shows_no_list(client):
    answer = client.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/accounts/login/"' in page
    assert "/findings/" not in page


def test_500_needs_no_context_and_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("500.html")
    assert "{%" not in page
    assert page.count("<h1") == 1


def test_an_unknown_host_gets_the_page_for_bad_requests(client):
    answer = client.get("/accounts/login/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "The request was not understood" in answer.content.decode()


def test_an_expired_form(make_user):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()
