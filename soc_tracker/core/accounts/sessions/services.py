"""Every write of sessions, but for what Django's own store writes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from soc_tracker.core.accounts.services import keep, lock
from soc_tracker.core.accounts.sessions.models import Session
from soc_tracker.core.busy import unless_busy
from soc_tracker.core.records.services import By
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

SEEN_EVERY = timedelta(minutes=1)


def end_of(begun: datetime, seen: datetime) -> datetime:
    """When a session ends that begun at one moment and is used for the last time at another."""
    return min(begun + settings.SESSION_LONGEST, seen + settings.SESSION_IDLE)


def see(session: Session) -> None:
    """Write down that the session is in use, once a minute at most. While the database is busy, reading a page does
    not wait for it: the next page writes it down.
    """
    moment = now()
    if moment - session.seen_at < SEEN_EVERY:
        return
    same = Session.objects.filter(pk=session.pk)
    unless_busy(lambda: same.update(seen_at=moment, expire_date=end_of(session.begun_at, moment)))


def end_chosen(
    account: User, keys: Iterable[str], *, by: By, reason: str, expected_version: int | None = None
) -> list[Session]:
    """End those sessions of the account that are stored under ``keys``. Raises ValidationError where none is open."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        sessions = list(stored.sessions.still_open().filter(session_key__in=list(keys)))
        if not sessions:
            raise ValidationError("These sessions have ended already.")
        stored.sessions.filter(pk__in=[session.pk for session in sessions]).delete()
        keep(stored, [("Session", str(session), "ended") for session in sessions], by=by, reason=reason)
        for session in sessions:
            record_event(Kind.SESSION_END, by=by, subject=stored, why=reason, ended=str(session))
    return sessions


def clear(at: datetime) -> int:
    """Delete the sessions that have ended by then; how many."""
    count, _ = Session.objects.filter(expire_date__lt=at).delete()
    return count


def end_all_sessions() -> None:
    """Sign everybody out: after a backup was restored, sessions ended since it was made would be open again."""
    Session.objects.all().delete()
