"""Every address of the site, opened by nobody and by each role."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from soc_tracker.core.access.roles import Role
from tests.answers import read
from tests.architecture.urls import names
from tests.pages import (
    DOWNLOADS,
    FOR_SOME,
    OPEN,
    PAGES,
    POST_ONLY,
    READERS,
    REDIRECTS,
    SOME_PAGES,
    SWEPT_ELSEWHERE,
    WITH_PLANS,
)

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
# The pages of allauth that somebody needs who has not signed in yet.
WITHOUT_ACCOUNT = {
    "account_login",
    "account_invitation",
    "account_first_password",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_confirm_phone",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def test_every_url_name_has_an_example():
    known = {page.name for page in (*PAGES, *DOWNLOADS, *SOME_PAGES, *OPEN)} | {*POST_ONLY, *REDIRECTS, *WITH_PLANS}
    missing = {name for name in names() if name not in known and not name.startswith(SWEPT_ELSEWHERE)}
    assert not missing, f"Add an example of each to tests/pages.py: {sorted(missing)}"


@pytest.mark.parametrize("page", OPEN, ids=str)
def test_anybody_sees(page, client):
    assert client.get(page.url).status_code == 200


def test_without_an_account_there_is_only_the_sign_in_page(reference, client):
    answers = {str(page): client.get(page.url) for page in (*PAGES, *DOWNLOADS, *SOME_PAGES)}
    assert {name: answer.status_code for name, answer in answers.items() if not leads_to_sign_in(answer)} == {}


@pytest.mark.parametrize("role", READERS)
def test_every_role_fetches_every_file(role, reference, sign_in):
    """Every role sees every page too: tests/core/posting/test_every_form.py opens them for the forms on them."""
    client = sign_in(role)
    urls = [page.url for page in (*PAGES, *DOWNLOADS)]  # pages make the rows that files are of
    answers = {url: opened(client, url) for url in urls[len(PAGES) :]}
    assert {url: answer for url, answer in answers.items() if answer != "200"} == {}


@pytest.mark.parametrize("role", Role)
def test_pages_for_some_roles_are_closed_to_the_others(role, reference, sign_in):
    client = sign_in(role)
    for roles, pages in FOR_SOME.items():
        allowed = {"200"} if role in roles else {"403", "404"}
        answers = {str(page): opened(client, page.url) for page in pages}
        assert {name: answer for name, answer in answers.items() if answer not in allowed} == {}


@pytest.mark.parametrize("role", [None, *Role])
def test_only_administrators_enter_the_admin(role, reference, sign_in, client):
    visitor = sign_in(role) if role else client
    answers = {url: opened(visitor, url) for url in admin_urls()}
    allowed = {"200"} if role == Role.ADMINISTRATOR else {"302", "403"}
    assert {url: answer for url, answer in answers.items() if answer not in allowed} == {}


def test_the_api_answers_only_with_an_account(reference, client, inspector):
    for url in api_urls():
        assert client.get(url).status_code in (302, 401, 403), url
        assert inspector.get(url).status_code == 200, url


def test_pages_about_an_account_need_one(client):
    own = [name for name in names() if name.startswith(("account_", "mfa_")) and name not in WITHOUT_ACCOUNT]
    without_account = {name for name in own if is_plain(name) and client.get(reverse(name)).status_code == 200}
    assert own
    assert without_account == set()


def opened(client: Client, url: str) -> str:
    """The status of the answer, or the error that the view raised. No answer is kept, nor without its policy."""
    client.raise_request_exception = False
    answer = read(client.get(url))
    assert answer["Cache-Control"] == "no-store, private", url
    assert "default-src 'none'" in answer["Content-Security-Policy"], url
    return repr(answer.exc_info[1]) if answer.exc_info else str(answer.status_code)


def leads_to_sign_in(answer) -> bool:
    return answer.status_code in (401, 403) or (answer.status_code == 302 and answer.url.startswith(SIGN_IN))


def admin_urls() -> list[str]:
    """The admin's front page, and the list and one record of each registered model."""
    urls = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        urls.append(reverse(f"admin:{name}_changelist"))
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            urls.append(reverse(f"admin:{name}_change", args=[first.pk]))
    return urls


def api_urls() -> list[str]:
    return [reverse(name) for name in names() if name.startswith("api:") and is_plain(name)]


def is_plain(name: str) -> bool:
    """Whether the name takes no argument."""
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
