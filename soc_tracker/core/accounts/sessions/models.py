"""Open sessions, as their owner and administrators see them."""

from typing import Self

from django.contrib.auth.models import User
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.timezone import localtime, now


class SessionQuerySet(models.QuerySet):
    def still_open(self) -> Self:
        return self.filter(expire_date__gt=now())


class Session(AbstractBaseSession):
    """An open session, kept under the fingerprint of its cookie: who reads this table cannot take a session over.

    ``expire_date`` is when it ends unless it is used before; it never lies later than the longest that a session lasts.
    Without an account it is that of a browser in which nobody has signed in yet.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    begun_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    browser = models.CharField(max_length=300, blank=True, help_text="What the browser says that it is.")
    address = models.CharField(max_length=45, blank=True, help_text="From which it signed in.")

    objects = SessionQuerySet.as_manager()  # type: ignore[misc, assignment]  # in place of Django's own

    class Meta:
        ordering = ["-seen_at", "session_key"]

    def __str__(self) -> str:
        where = f" from {self.address}" if self.address else ""
        return f"{self.name}{where}, signed in on {localtime(self.begun_at):%-d %B %Y at %H:%M}"

    @property
    def name(self) -> str:
        """Such as "Firefox on Windows", from what the browser says of itself."""
        browser = next((name for mark, name in BROWSERS.items() if mark in self.browser), "")
        system = next((name for mark, name in SYSTEMS.items() if mark in self.browser), "")
        named = " on ".join(filter(None, (browser or "A browser", system)))
        return named if browser or system else "An unknown browser"


# Each browser names those that it descends from too: the first that fits is the one.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
