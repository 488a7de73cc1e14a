"""Where sessions are kept: in the database alone, so that one that is ended there is over at once and everywhere.

The cookie is stored as a fingerprint. A session ends ``SESSION_IDLE`` after it was last used, and ``SESSION_LONGEST``
after its owner signed in, however much it is used.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.timezone import now

from soc_tracker.core.accounts.sessions import services
from soc_tracker.core.accounts.sessions.models import Session

BEGUN, BROWSER, ADDRESS = "begun", "browser", "address"


class SessionStore(DatabaseStore):
    """Django's own, whose rows tell besides whose they are, since when, in which browser, and when last used."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; that it was used is written down, once a minute at most."""
        row = Session.objects.filter(session_key=fingerprint(self.session_key or ""), expire_date__gt=now()).first()
        if row is None:
            self._session_key = None
            return {}
        services.see(row)
        held: dict[str, Any] = self.decode(row.session_data)
        return held

    def exists(self, session_key: str) -> bool:
        return super().exists(fingerprint(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(fingerprint(key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        moment, key = now(), self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django's own
        begun = datetime.fromtimestamp(data[BEGUN], UTC) if BEGUN in data else moment
        return Session(
            session_key=fingerprint(key),
            session_data=self.encode(data),
            expire_date=services.end_of(begun, moment),
            account_id=data.get(SESSION_KEY),
            begun_at=begun,
            seen_at=moment,
            browser=data.get(BROWSER, ""),
            address=data.get(ADDRESS, ""),
        )


def fingerprint(session_key: str) -> str:
    """Under which a session is stored."""
    return sha256(session_key.encode()).hexdigest()


@receiver(user_logged_in)
def begin(request: HttpRequest, user: User, **signal: Any) -> None:
    """Write down since when, in which browser and from where the owner is signed in."""
    request.session[BEGUN] = now().timestamp()
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:300]
    request.session[ADDRESS] = request.META.get("REMOTE_ADDR", "")[:45]
