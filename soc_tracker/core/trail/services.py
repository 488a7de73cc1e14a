"""The one way onto the trail."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from simple_history.models import HistoricalRecords

from soc_tracker.core.trail.censoring import censor_text, plain
from soc_tracker.core.trail.models import Entry, Kind

By = AbstractBaseUser | AnonymousUser | None
FINGERPRINT = 16
log = structlog.get_logger("security")
_load: ContextVar[Counter[str] | None] = ContextVar("load", default=None)


def record_event(
    kind: Kind,
    *,
    by: By = None,
    subject: models.Model | str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    **details: Any,
) -> Entry | None:
    """Add an entry, in the transaction of what it tells of.

    Without ``by`` it was whoever sent the request. ``subject`` is the record, or a name of what has no row. Secrets
    are taken out of whatever is given; do not give them. Within ``one_load``, a write of a row is counted, and None
    returned.
    """
    counted = _load.get()
    if counted is not None and kind in (Kind.ADDITION, Kind.CHANGE, Kind.REMOVAL):
        counted[f"{kind.value} of {subject._meta.verbose_name if isinstance(subject, models.Model) else subject}"] += 1
        return None
    request: Any = getattr(HistoricalRecords.context, "request", None)
    who = by or getattr(request, "user", None)
    known = who is not None and who.is_authenticated
    is_row = isinstance(subject, models.Model)
    entry = Entry(
        at=now(),
        kind=kind.value,
        who_key=str(who.pk) if known and who else "",
        who=_name_of(who)[:200] if known else "" if request else running_command()[:200],
        subject_kind=subject._meta.label_lower if isinstance(subject, models.Model) else "",
        subject_key=str(subject.pk or "")[:80] if isinstance(subject, models.Model) else "",
        subject=plain(str(subject))[:250] if is_row or subject else "",
        before=plain(before or {}),
        after=plain(after or {}),
        why=plain(why),
        details=plain(details),
        **_origin(request),
    )
    entry.save(force_insert=True)
    if kind.security:
        transaction.on_commit(lambda: log_event(entry))
    return entry


def record_reading(record: models.Model) -> None:
    """That somebody was shown a record of which it matters who has seen it, such as an order about a person."""
    record_event(Kind.READING, subject=record)


@contextmanager
def one_load(subject: models.Model | str, *, by: By = None, why: str = "", **details: Any) -> Iterator[Counter[str]]:
    """Have the rows that are written within leave one entry together, with how many of each kind were written.

    Belongs in the transaction of the load. What is loaded within another load belongs to that. What is given may be
    added to: rows that were written in bulk.
    """
    outer = _load.get()
    if outer is not None:
        yield outer
        return
    counts: Counter[str] = Counter()
    token = _load.set(counts)
    try:
        yield counts
        if counts and not (transaction.get_connection().in_atomic_block and transaction.get_rollback()):
            record_event(Kind.LOAD, by=by, subject=subject, why=why, rows=dict(counts), **details)
    finally:
        _load.reset(token)


def is_loading() -> bool:
    """Whether what is written now belongs to a load."""
    return _load.get() is not None


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, by which a load names what it read."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1_000_000):
            digest.update(piece)
    return digest.hexdigest()


def log_event(entry: Entry) -> None:
    """The line of the log that tells a security event, for whatever watches logs."""
    log.info(
        entry.kind,
        entry=entry.pk,
        who_key=entry.who_key,
        who=entry.who,
        subject_kind=entry.subject_kind,
        subject_key=entry.subject_key,
        address=entry.address,
        session=entry.session,
        details=entry.details,
    )


def running_command() -> str:
    """The command of manage.py that runs; "" in a server."""
    is_command = Path(sys.argv[0]).name == "manage.py" and len(sys.argv) > 1
    return f"manage.py {sys.argv[1]}" if is_command else ""


def _origin(request: Any) -> dict[str, str]:
    """From where it came: the request, the address of the client and a fingerprint of the session."""
    if request is None:
        return {}
    session = getattr(getattr(request, "session", None), "session_key", "") or ""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return {
        "request_id": censor_text(str(request_id))[:64],
        "address": str(request.META.get("REMOTE_ADDR", ""))[:45],
        "session": salted_hmac("soc_tracker.core.trail", session).hexdigest()[:FINGERPRINT] if session else "",
    }


def _name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())
