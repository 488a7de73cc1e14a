"""Requests of programs that show a token."""

import math
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.deprecation import MiddlewareMixin
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from soc_tracker.core.access.permissions import may, permission_of
from soc_tracker.core.accounts.limits import network
from soc_tracker.core.accounts.tokens.models import ANY_SCOPE, Token, scope_of
from soc_tracker.core.accounts.tokens.services import find_token, use
from soc_tracker.core.limits.services import Rate, spend

SCHEME = "bearer"
READS = ("GET", "HEAD")
FILES = ("csv", "xlsx")
GUESSES = Rate(30, 10)
"""Wrong tokens from one network. A right one is never slowed by them."""

UNKNOWN = (
    "This token is not known here, has expired or was ended, or its account is out of use. Make another at "
    "/accounts/tokens/, and send it as: Authorization: Bearer soc_…"
)
TOO_MANY = "Too many tokens that are not known here have come from your network. Wait, then try again."
READS_ONLY = "A token reads, and writes nothing: use GET."
NO_PAGE = (
    "A token opens the API (/api/v1/) and the files of lists (format=csv or format=xlsx in their address). "
    "For this page, sign in."
)
NOT_ALLOWED = (
    "The account of this token may not read this. Ask an administrator of this site for the role that it needs."
)


class TokenMiddleware(MiddlewareMixin):
    """Signs a request in by its token, for itself alone, and refuses whatever a token does not open.

    A request that shows a token is its account's, whatever session its cookies name.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        token = find_token(secret.strip())
        if token is None:
            seconds = math.ceil(spend([(f"token {network(request)}", GUESSES)]))
            return refusal(UNKNOWN, status=401) if not seconds else refusal(TOO_MANY, status=429, wait=seconds)
        shown: Any = request
        shown.user, shown.token = token.account, token
        return None

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        token: Token | None = getattr(request, "token", None)
        if token is None:
            return None
        if why := hindrance(token, request, view, kwargs):
            return refusal(why, status=403)
        use(token)
        return None


def hindrance(token: Token, request: HttpRequest, view: Any, kwargs: Mapping[str, Any]) -> str:
    """Why the token does not open the view; "" where it does."""
    if request.method not in READS:
        return READS_ONLY
    api, page = getattr(view, "cls", None), getattr(view, "view_class", None)
    is_file = kwargs.get("suffix", request.GET.get("format")) in FILES
    if not (api or (is_file and getattr(page, "for_programs", False))):
        return NO_PAGE
    permission = permission_of(view, "GET", kwargs)
    if not may(token.account, permission):
        return NOT_ALLOWED
    scope = scope_of(permission)
    if permission == ANY_SCOPE or (scope and scope.value in token.scopes):
        return ""
    return f"This token may not read “{scope.label}”. Make one that may, at /accounts/tokens/." if scope else NO_PAGE


def refusal(why: str, *, status: int, wait: int = 0) -> HttpResponse:
    headers = {"Retry-After": str(wait)} if wait else {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JsonResponse({"detail": why}, status=status, headers=headers)


class TokenAuthentication(BaseAuthentication):
    """Hands what the middleware has found to REST framework, whose answers to strangers then name the way in."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        token: Token | None = getattr(request._request, "token", None)
        return (token.account, token) if token else None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema of the API describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
