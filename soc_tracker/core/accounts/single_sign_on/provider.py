"""What passes between this site and the provider: the authorization code flow of OpenID Connect, with PKCE.

Authlib checks the state, the nonce, the signature, the times and, as told here, issuer and audience of what comes back.
"""

from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from soc_tracker.core.accounts.single_sign_on.services import SignInRefusedError

SCOPES = "openid email profile"
SIGNED_BY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
"""With the provider's private key. Of the others, one needs no key, and some only one that this site has too."""
SECONDS = 10
UNREACHABLE = "Your organisation’s sign-in cannot be reached at present. Try again in a few minutes."
NOT_BELIEVED = (
    "The answer of your organisation’s sign-in was not the answer to this attempt, or is too old. Start again from "
    "the sign-in page."
)
log = structlog.get_logger(__name__)


def leave(request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """The way to the provider, which is to ask ``again`` whoever is signed in there already.

    Raises SignInRefusedError where it cannot be reached.
    """
    from requests import RequestException  # here: the server starts without it

    try:
        client, asks = client_of(settings.OIDC_ISSUER), {"prompt": "login"} if again else {}
        back = f"{settings.SITE_URL}{reverse('sso_done')}"  # whatever name the request called this site by
        answer: HttpResponse = client.authorize_redirect(request, back, **asks)
    except (RequestException, ValueError) as error:
        log.warning("oidc_unreachable", error=str(error))
        raise SignInRefusedError(UNREACHABLE) from error
    return answer


def read_claims(request: HttpRequest) -> dict[str, Any]:
    """What the provider says of whoever comes back. Raises SignInRefusedError where it is not to be believed."""
    from authlib.common.errors import AuthlibBaseError  # here: the server starts without them
    from joserfc.errors import JoseError
    from requests import RequestException

    client = client_of(settings.OIDC_ISSUER)
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
    }
    try:
        token = client.authorize_access_token(request, claims_options=expected)
        claims: dict[str, Any] = dict(token.get("userinfo") or {})
        if claims and not {settings.OIDC_GROUPS_CLAIM, "email"} <= claims.keys():
            more = dict(client.userinfo(token=token))
            claims = more | claims if more.get("sub") == claims["sub"] else {}
    except RequestException as error:
        log.warning("oidc_unreachable", error=str(error))
        raise SignInRefusedError(UNREACHABLE) from error
    except (AuthlibBaseError, JoseError, ValueError, TypeError) as error:
        log.warning("oidc_refused", error=str(error))
        raise SignInRefusedError(NOT_BELIEVED) from error
    if not claims.get("sub"):
        raise SignInRefusedError(NOT_BELIEVED)
    return claims


@lru_cache(maxsize=4)
def client_of(issuer: str) -> Any:
    """This process's client of the provider. Raises ValueError where the provider calls itself by another name."""
    from authlib.integrations.django_client import OAuth  # here: the server starts without it

    client = OAuth().register(
        "oidc",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": SCOPES, "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != issuer:
        raise ValueError(f"{issuer} calls itself {metadata.get('issuer')!r}")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNED_BY]
    return client
