"""The token of one opened form: whose it is and since when, signed, so that opening a page writes nothing."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from django.core.signing import BadSignature, TimestampSigner

FIELD = "form_token"
OPEN_FOR = timedelta(days=14)
"""How long a page may stand open. A session is over by then."""
SIGNER = TimestampSigner(salt="soc_tracker.posting")


@dataclass(frozen=True)
class FormToken:
    user_id: int
    key: str


def new_token(user_id: int) -> str:
    """The token of a form that is opened now."""
    return SIGNER.sign(f"{user_id}.{token_urlsafe(12)}")


def read_token(text: str) -> FormToken | None:
    """Whose form was sent; None where this site has not made the token, or too long ago."""
    try:
        user_id, _, key = SIGNER.unsign(text, max_age=OPEN_FOR).partition(".")
    except BadSignature:
        return None
    return FormToken(int(user_id), key)
