"""Who may open what: each view names the permission that it needs, and a view that names none is open to nobody.

A class says ``permission = "plans4p.read_plan"``, and ``write_permission`` where sending its form needs another; a
function says the same with ``@needs``. Permissions are those of the rules package. Where the permission hangs on the
address, it is a function of what the address holds. Views of other packages are given theirs where they are included,
by ``declared``. Who holds a permission is said by ``allow``, in the ``rules`` of its app.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import rules
import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.deprecation import MiddlewareMixin
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rules.permissions import has_perm

from soc_tracker.core.access.roles import has_any_role, reads_trail

log = structlog.get_logger("security")
OPEN = "open to anybody"
OWN_ACCOUNT = "open to whoever is signed in: their own account"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")

Permission = str | Callable[[Mapping[str, Any]], str]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Patterns = TypeVar("Patterns", bound=Iterable[URLPattern | URLResolver])


@dataclass(frozen=True)
class Act:
    """What a permission lets its holders do, in words. ``by_reach``: with what is of the bodies that they reach;
    ``published``: with what was published, which a setting may open to those who have not signed in.
    """

    words: str
    by_reach: bool
    published: bool


ACTS: dict[str, Act] = {}
"""Every permission that a view may name, in the order of the apps."""


def allow(
    permission: str, predicate: rules.Predicate, words: str, *, by_reach: bool = False, published: bool = False
) -> None:
    """Say who holds a permission, and what they do with it: pages and documents tell it in these words."""
    rules.set_perm(permission, predicate)
    ACTS[permission] = Act(words, by_reach, published)


def needs(permission: Permission, *, write: Permission | None = None) -> Callable[[View], View]:
    """Mark a view function with what it needs; ``OPEN`` also lets those in who have not signed in."""

    def mark(view: View) -> View:
        marked: Any = view
        marked.permission, marked.write_permission = permission, write
        if permission == OPEN:
            marked.login_required = False
        return view

    return mark


def declared(permission: str, patterns: Patterns) -> Patterns:
    """The addresses of another package, whose views need the permission.

    A view that says itself that it needs no sign-in, such as the sign-in page, is open; one that names a permission
    keeps it.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declared(permission, pattern.url_patterns)
        elif getattr(pattern.callback, "permission", None) is None:
            asks = getattr(pattern.callback, "login_required", True)
            view: Any = pattern.callback
            view.permission = permission if asks else OPEN
    return patterns


def permission_of(view: Any, method: str, kwargs: Mapping[str, Any]) -> str | None:
    """What the view needs for a request of the method with what its address holds; None where it names nothing."""
    permission = named_by(view, method)
    return permission(kwargs) if callable(permission) else permission


def named_by(view: Any, method: str) -> Permission | None:
    """What the view says of it: a permission, a function of what its address holds, or nothing."""
    names = ("permission",) if method in SAFE else ("write_permission", "permission")
    places = (view, getattr(view, "view_class", None) or getattr(view, "cls", None))
    for name in names:
        for place in places:
            permission: Permission | None = getattr(place, name, None)
            if permission is not None:
                return permission
    return None


def may(user: AbstractBaseUser | AnonymousUser, permission: str | None) -> bool:
    """Whether the user holds the permission; nobody holds the one that was never named."""
    if permission in (OPEN, OWN_ACCOUNT):
        return permission == OPEN or user.is_authenticated
    return permission is not None and user.is_active and bool(has_perm(permission, user))


def is_public(view: Any, method: str) -> bool:
    """Whether those who have not signed in may read the view: of what was published, while the setting says so.

    Not where a page beside that bears a marking, for it shows something of the record too.
    """
    permission, marking = named_by(view, method), getattr(getattr(view, "view_class", None), "marking", "")
    opened = settings.PUBLIC_PUBLISHED and method in SAFE and isinstance(permission, str) and permission in ACTS
    return bool(opened and ACTS[str(permission)].published and (isinstance(marking, cached_property) or not marking))


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads those who have not signed in to where they do, but from what is open to them."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not request.user.is_authenticated and is_public(view_func, request.method or ""):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def log_refusal(request: HttpRequest | Request) -> None:
    """A security event of the log alone: whoever tries many addresses must not fill the trail."""
    who, client = str(request.user.pk), request.META.get("REMOTE_ADDR", "")
    log.warning("access_refusal", who_key=who, method=request.method, page=request.path, address=client)


class AccessMiddleware(MiddlewareMixin):
    """Refuses what the user may not open. Who has no role is led from the home page to the page that says so."""

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        # REST framework's views ask for the same permission themselves, and answer in JSON.
        is_api = hasattr(getattr(view, "cls", None), "permission_classes")
        if not request.user.is_authenticated and is_public(view, request.method or ""):
            return None
        if is_api or may(request.user, permission_of(view, request.method or "", kwargs)):
            return None
        home = request.resolver_match is not None and request.resolver_match.view_name == settings.LOGIN_REDIRECT_URL
        if home and not has_any_role(request.user):
            return redirect("trail" if reads_trail(request.user) else "no_role")
        log_refusal(request)
        raise PermissionDenied


# The API asks for the permission that each of its views names, as pages do.


class NeededPermission(BasePermission):
    """Refuses those who do not hold the view's permission, and everybody where it names none."""

    message = "Your account may not read this. Ask an administrator of this site for the role that you need."

    def has_permission(self, request: Request, view: Any) -> bool:
        method = request.method or ""
        is_open = not request.user.is_authenticated and is_public(type(view), method)
        is_allowed = is_open or may(request.user, permission_of(type(view), method, view.kwargs))
        if not is_allowed and request.user.is_authenticated:
            log_refusal(request)
        return is_allowed
