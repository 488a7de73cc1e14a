"""What a view raises that has no page of its own to show a refused form on."""

import re
from collections.abc import Iterable
from hashlib import sha256
from json import dumps
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.encoding import iri_to_uri

from soc_tracker.core.posting.tokens import FIELD


class GiveBack(Exception):  # noqa: N818  an answer, no fault of the program
    """Nothing was written. The page that the form stood on comes back with what was typed and with ``why``.

    ``page`` is the address of that page, for browsers that do not say where a form came from.
    """

    def __init__(self, why: str, *, page: str) -> None:
        self.why, self.page = why, page
        super().__init__(why)


# What a request has sent: what of it can be kept, whether it is the same as before, and from which page it came.


KEPT = "kept_form"
"""The name by which an address, or a form that was given back, names what is kept."""
OWN = {"csrfmiddlewaretoken", FIELD, KEPT}
TECHNICAL = re.compile(r"version$|_FORMS$|__prefix__|-id$|^(do|read|step|shown|_.*)$")
"""Names of what nobody types."""
MOST_KEPT = 500_000  # characters


def fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Each name and value in the order of the page, but for what protects the form itself."""
    return [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]


def keepable(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The fields that may be kept: no password and no code. None where they are too long."""
    # PostgreSQL stores no NUL in a text.
    plain = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields(request)]
    kept = [(name, value) for name, value in plain if not is_secret(name)]
    return kept if sum(len(name) + len(value) for name, value in kept) <= MOST_KEPT else None


def kept_key(values: QueryDict) -> UUID | None:
    """What an address, or a form that was given back, names as kept."""
    try:
        return UUID(values.get(KEPT, ""))
    except ValueError:
        return None


def texts(values: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What somebody typed or chose, each under a readable name, for a page that knows no labels."""
    return [
        (name.rpartition("-")[2].replace("_", " ").strip().capitalize(), value)
        for name, value in values
        if value and not TECHNICAL.search(name)
    ]


def is_secret(name: str) -> bool:
    return "password" in name or name in ("code", "secret")


def digest(request: HttpRequest) -> str:
    """A fingerprint of what was sent, files by their names and sizes."""
    files = [(name, file.name, file.size) for name, several in request.FILES.lists() for file in several]
    return sha256(dumps([request.get_full_path(), sorted(fields(request)), sorted(files)]).encode()).hexdigest()


def came_from(request: HttpRequest) -> str:
    """The address of the page of this site on which the form stood; "" where the browser does not say."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host():
        return ""
    query = "&".join(part for part in referrer.query.split("&") if part and not part.startswith(f"{KEPT}="))
    return iri_to_uri("/" + referrer.path.lstrip("/") + (f"?{query}" if query else ""))


def is_own(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site has sent the form."""
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if "Origin" in request.headers:
        return request.headers["Origin"] in own
    referrer = urlsplit(request.headers.get("Referer", ""))
    return f"{referrer.scheme}://{referrer.netloc}" in own
