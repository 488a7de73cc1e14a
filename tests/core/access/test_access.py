"""A view is open to those who hold what it names, and to nobody where it names nothing."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import include, path
from django.views import View

from soc_tracker.core.access.permissions import OPEN, OWN_ACCOUNT, AccessMiddleware, declared, may, needs, permission_of
from soc_tracker.core.access.roles import Role

READ, WRITE = "soc_tracker.read", "soc_tracker.administer"


class Page(View):
    permission = READ
    write_permission = WRITE


class Chosen(View):
    permission = lambda kwargs: f"{kwargs['kind']}.read"  # noqa: E731


class Undeclared(View):
    def get(self, request) -> HttpResponse:
        return HttpResponse("the record")


@needs(READ, write=WRITE)
def function(request) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("view", [Page.as_view(), function])
@pytest.mark.parametrize(("method", "needed"), [("GET", READ), ("HEAD", READ), ("POST", WRITE), ("PURGE", WRITE)])
def test_sending_a_form_may_need_more_than_reading(view, method, needed):
    assert permission_of(view, method, {}) == needed


def test_a_permission_may_hang_on_the_address():
    assert permission_of(Chosen.as_view(), "POST", {"kind": "forces"}) == "forces.read"


def test_nobody_opens_a_view_that_names_nothing(rf, make_user):
    request = rf.get("/")
    request.user, request.resolver_match = make_user(Role.ADMINISTRATOR), None
    assert permission_of(Undeclared.as_view(), "GET", {}) is None
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda request: HttpResponse()).process_view(request, Undeclared.as_view(), (), {})


def test_views_of_other_packages_are_given_theirs_and_their_sign_in_page_is_open():
    def sign_in(request) -> HttpResponse:
        return HttpResponse()

    def email(request) -> HttpResponse:
        return HttpResponse()

    sign_in.login_required = False
    inner = [path("email/", email), path("own/", function)]
    declared(OWN_ACCOUNT, [path("login/", sign_in), path("more/", include(inner))])
    needed = [permission_of(view, "GET", {}) for view in (sign_in, email, function)]
    assert needed == [OPEN, OWN_ACCOUNT, READ]


def test_a_permission_that_nobody_has_defined_is_held_by_nobody(make_user):
    assert not rules.perm_exists("soc_tracker.fly")
    assert not may(make_user(Role.ADMINISTRATOR), "soc_tracker.fly")
    assert not may(make_user(Role.ADMINISTRATOR), None)


def test_an_account_out_of_use_holds_nothing(make_user):
    account = make_user(Role.ADMINISTRATOR)
    assert may(account, WRITE)
    account.is_active = False
    assert not may(account, READ)
    assert not may(account, WRITE)


def test_a_superuser_holds_what_an_administrator_does(db):
    account = User.objects.create_superuser("root")
    assert may(account, READ)
    assert may(account, WRITE)


def test_without_an_account_only_open_views_open():
    assert may(AnonymousUser(), OPEN)
    assert not may(AnonymousUser(), OWN_ACCOUNT)
    assert not may(AnonymousUser(), READ)
