"""To the provider and back."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from soc_tracker.core.access.permissions import OPEN, needs
from soc_tracker.core.accounts.factors import SHOWN
from soc_tracker.core.accounts.single_sign_on.provider import leave, read_claims
from soc_tracker.core.accounts.single_sign_on.services import SignInRefusedError, take_in
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

NEXT = "sso_next"
SEVERAL_FACTORS = "mfa"
"""Among the methods (RFC 8176) that the provider says it has asked for: then no further factor is asked for here."""


@needs(OPEN)
@never_cache
@require_safe
def sso_start(request: HttpRequest) -> HttpResponse:
    """Lead to the provider, which asks ``again`` for the password where it is told to; a 404 where there is none."""
    refuse_unless_configured()
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    request.session[NEXT] = wanted if is_ours else ""
    try:
        return leave(request, again="again" in request.GET)
    except SignInRefusedError as refusal:
        return refused(request, refusal, status=503)


@needs(OPEN)
@never_cache
@require_safe
def sso_done(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider vouches for, with whatever else signing in takes, such as a second factor."""
    refuse_unless_configured()
    try:
        claims = read_claims(request)
        account = take_in(claims)
    except SignInRefusedError as refusal:
        record_event(Kind.SIGN_IN_REFUSAL, why=str(refusal), method="single sign-on")
        return refused(request, refusal, status=403)
    wanted = request.session.pop(NEXT, "") or None
    record_authentication(request, account, method="oidc", issuer=settings.OIDC_ISSUER)
    answer: HttpResponse = perform_login(request, account, redirect_url=wanted)
    if request.user == account and SEVERAL_FACTORS in (claims.get("amr") or ()):
        request.session[SHOWN] = True
    return answer


def refuse_unless_configured() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404("This site has no single sign-on.")


def refused(request: HttpRequest, refusal: SignInRefusedError, *, status: int) -> HttpResponse:
    return render(request, "account/sso_refused.html", {"why": str(refusal)}, status=status)
