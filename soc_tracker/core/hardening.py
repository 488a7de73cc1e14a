"""What every answer tells the browser beside the content security policy, and who on this machine may read files."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin
from whitenoise.middleware import WhiteNoiseFileResponse

ABILITIES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser could lend a page, and no page of this site needs."""
HEADERS = {
    "Permissions-Policy": ", ".join(f"{ability}=()" for ability in ABILITIES),
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_KEPT = "no-store, private"


class GuardedAnswers(MiddlewareMixin):
    """Outside all others. No answer is kept by a browser or proxy, but for static files, and pages that say that they
    are public, for a reader who has no session.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        is_public = "public" in response.headers.get("Cache-Control", "")
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not isinstance(response, WhiteNoiseFileResponse) and (has_session or not is_public):
            response.headers["Cache-Control"] = NOT_KEPT
        return response


# The database, the uploads and all else that is kept are for the account that runs the site, and for nobody else.


OWNER_ONLY = 0o077
"""The rights that nobody but the owner gets on a file or folder that the site makes."""


def keep_files_private() -> None:
    """Whatever this process and its children write from now on is readable by their owner only."""
    os.umask(OWNER_ONLY)


def check_private_places(**options: Any) -> list[CheckMessage]:
    """Errors for what others on this machine may read; what stands in a closed folder is closed as well."""
    kept: list[Any] = [settings.MEDIA_ROOT, settings.CACHES["default"].get("LOCATION"), settings.TRAIL_DIGESTS]
    for database in connections.settings.values():
        if database["ENGINE"].endswith("sqlite3"):
            kept += [f"{database['NAME']}{ending}" for ending in ("", "-wal", "-shm")]
    errors: list[CheckMessage] = []
    for place in map(Path, filter(None, kept)):
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0
        if not settings.DEVELOPMENT and mode & OWNER_ONLY:
            wanted = "700" if place.is_dir() else "600"
            errors.append(
                Error(
                    f"{place} can be opened by others on this machine (its mode is {mode:o}).",
                    hint=f"Close it: chmod {wanted} {place}",
                    id="soc_tracker.E001",
                )
            )
    return errors
