"""Every route says who may open it, and an account without a role opens none of what is held here."""

from collections.abc import Iterator

import pytest
import rules
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from rest_framework.views import APIView

from disruptions.services import save_view
from plans4p.editing.pages import KINDS, permission_of_kind
from plans4p.steps.forms import STEPS
from plans4p.steps.pages import permission_of_step
from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, NeededPermission, permission_of
from soc_tracker.core.access.roles import Role
from tests.answers import read
from tests.architecture.test_permission import WITHOUT_ACCOUNT, admin_urls, api_urls
from tests.architecture.urls import names, routes
from tests.pages import DOWNLOADS, PAGES, POST_ONLY, SOME_PAGES

pytestmark = pytest.mark.django_db
# All that anybody may open; what is added here is open to the world.
OPEN_TO_ALL = {
    *(WITHOUT_ACCOUNT & {*names()}),
    "account_logout",
    "own_sessions_end",
    "sso_start",
    "sso_done",
    "healthz",
    "plans4p:calendar",
    "demo_sign_in",
    "admin:login",
}
# What an account without a role may open too: the page that leads it on, signing in, its own account.
ANYBODY_S_OWN = {
    "home",
    "demo_sign_in",
    "own_account",
    "own_sessions_end",
    "own_tokens",
    "own_token_new",
    "own_tokens_end",
}
# What the permission hangs on, where it hangs on the address.
ADDRESSES = {
    permission_of_kind: [{"kind": kind, "pk": 1} for kind in KINDS],
    permission_of_step: [{"step": step} for step in STEPS],
}


def test_every_route_names_a_permission_that_there_is():
    wrong = {
        name: sorted(map(str, needed))
        for name, pattern in routes()
        if not (needed := permissions(pattern.callback))
        or not all(each in (OPEN, OWN_ACCOUNT) or rules.perm_exists(each) for each in needed)
    }
    assert wrong == {}, "Name the permission that the view needs: see soc_tracker/core/access/permissions.py."


def test_only_these_routes_are_open_to_anybody():
    is_open = {name for name, pattern in routes() if OPEN in permissions(pattern.callback)}
    assert is_open == OPEN_TO_ALL
    asks_nobody = {name for name, pattern in routes() if not getattr(pattern.callback, "login_required", True)}
    assert {name for name in asks_nobody if not name.startswith("api")} == OPEN_TO_ALL


def test_a_route_is_one_s_own_only_on_the_pages_of_accounts():
    own = {name for name, pattern in routes() if OWN_ACCOUNT in permissions(pattern.callback)}
    assert {name for name in own if not name.startswith(("account_", "mfa_", "own_"))} == {"no_role"}


def test_every_view_of_the_api_asks_for_its_permission():
    views = {name: getattr(pattern.callback, "cls", None) for name, pattern in routes()}
    api = {name: view for name, view in views.items() if view and issubclass(view, APIView)}
    assert api
    assert {name for name, view in api.items() if NeededPermission not in view.permission_classes} == set()


def test_without_a_role_nothing_is_read(reference, without_role):
    urls = [page.url for page in (*PAGES, *DOWNLOADS, *SOME_PAGES) if page.name not in ANYBODY_S_OWN]
    lists = [url for url in api_urls() if not url.endswith(("/v1/", "/measures/"))]
    api = [*api_urls(), *(url + "1/" for url in lists)]
    answers = {url: read(without_role.get(url)).status_code for url in (*urls, *api, *admin_urls())}
    assert {url: status for url, status in answers.items() if status != 403} == {}


def test_without_a_role_nothing_is_written(reference, without_role):
    pages = [page.url for page in (*PAGES, *SOME_PAGES) if page.name not in ANYBODY_S_OWN]
    steps = [reverse(name, kwargs=key) for name in POST_ONLY if name not in ANYBODY_S_OWN for key in keys(name)]
    answers = {url: read(without_role.post(url)).status_code for url in (*pages, *steps)}
    assert {url: status for url, status in answers.items() if status != 403} == {}


def test_without_a_role_the_home_page_says_whom_to_ask(without_role, settings):
    settings.CONTACT = "roles@example.org"
    page = without_role.get("/", follow=True)
    text = page.content.decode()
    assert page.redirect_chain == [("/accounts/no-role/", 302)]
    assert "Your account has no role yet" in text
    assert "mailto:roles@example.org" in text
    assert 'aria-label="Main"' not in text
    assert 'role="search"' not in text


def test_a_refused_page_says_the_same(without_role):
    page = without_role.get("/findings/")
    assert page.status_code == 403
    assert "has no role" in page.content.decode()


def test_the_account_without_a_role_keeps_its_own_pages(without_role):
    for name in ("account_email", "account_reset_password", "account_logout", "mfa_index"):
        assert without_role.get(reverse(name)).status_code == 200, name


def test_who_has_a_role_is_led_on(inspector):
    assert inspector.get(reverse("no_role")).url == "/"


def test_the_querysets_show_it_nothing_either(reference):
    account = User.objects.create_user("jo")
    models = [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]
    assert len(models) > 20
    assert {model for model in models if model._default_manager.all().visible_to(account).exists()} == set()


def test_a_shared_view_reaches_nobody_without_a_role(without_role, make_user):
    owner = make_user(Role.ANALYST)
    values = {"name": "All", "page": "disruptions:disruption_list", "query": "", "shared": True}
    view = save_view(values, owner=owner, by=owner, reason="Saved by its owner.")
    answer = without_role.get(reverse("disruptions:saved_view", args=[view.pk]))
    assert answer.status_code == 403


def test_an_account_out_of_use_is_signed_out(sign_in, make_user):
    client = sign_in(Role.INSPECTOR)
    User.objects.filter(pk=make_user(Role.INSPECTOR).pk).update(is_active=False)
    assert client.get("/findings/").url.startswith("/accounts/login/")
    assert client.get("/api/v1/findings/").status_code in (401, 403)


@pytest.fixture
def without_role() -> Client:
    client = Client()
    account = User.objects.create_user("jo", first_name="Jo")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def permissions(view) -> set[str]:
    """Everything that the view may need, for whatever it is sent."""
    named = getattr(view, "permission", None) or getattr(view_class(view), "permission", None)
    return {
        permission
        for method in ("GET", "POST")
        for address in (ADDRESSES[named] if callable(named) else [{}])
        if (permission := permission_of(view, method, address))
    }


def view_class(view):
    return getattr(view, "view_class", None) or getattr(view, "cls", None)


def keys(name: str) -> Iterator[dict[str, object]]:
    """What the address of a step takes."""
    for expected, pattern in routes():
        if expected == name:
            kinds = {"pk": 1, "token": "00000000-0000-0000-0000-000000000000", "reference": "4P-00001"}
            yield {key: kinds[key] for key in pattern.pattern.converters}
