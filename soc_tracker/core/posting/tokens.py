"""The token of one opened form: whose it is and since when, signed, so that opening a page writes nothing.

``csrf_token`` puts it into the form. It stands in place of Django's tag of that name in every template, those of other
packages too.
"""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from django import template
from django.core.signing import BadSignature, TimestampSigner
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
FIELD = "form_token"
OPEN_FOR = timedelta(days=14)
"""How long a page may stand open. A session is over by then."""
SIGNER = TimestampSigner(salt="soc_tracker.core.posting")


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


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> SafeString:
    """Django's protection from other sites' forms and, for somebody signed in, the token of this one opened form."""
    protection = SafeString(CsrfTokenNode().render(context))
    request = context.get("request")
    if not protection or request is None or not request.user.is_authenticated:
        return protection
    return format_html('{}<input type="hidden" name="{}" value="{}">', protection, FIELD, new_token(request.user.pk))
