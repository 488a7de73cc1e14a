"""The one way onto the trail."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from time import monotonic
from typing import Any, TextIO

import structlog
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Min, Q, Sum
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from simple_history.models import HistoricalRecords

from soc_tracker.core.trail.censoring import censor_text, plain
from soc_tracker.core.trail.guard import lifted
from soc_tracker.core.trail.models import Entry, Kind, Seal
from soc_tracker.core.trail.seals import BEGINNING, digest_of_seal, digests_of, root_of, write_digests

log = structlog.get_logger("security")
LATEST = timedelta(days=1)
"""How long after it was made an entry may come on the trail: no transaction is open for longer."""
SEALED_TOGETHER = 1_000  # entries
SEAL_AFTER_ENTRIES, SEAL_AFTER_SECONDS = 100, 60
"""So many entries of one process, or such a time after its last seal, are sealed once they are stored."""

By = AbstractBaseUser | AnonymousUser | None
FINGERPRINT = 16
LOAD: ContextVar[Counter[str] | None] = ContextVar("load", default=None)
"""What the load that goes on has written so far; None: there is none."""


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
    counted = LOAD.get()
    if counted is not None and kind in (Kind.ADDITION, Kind.CHANGE, Kind.REMOVAL):
        counted[f"{kind.value} of {subject._meta.verbose_name if isinstance(subject, models.Model) else subject}"] += 1
        return None
    request: Any = getattr(HistoricalRecords.context, "request", None)
    who: Any = by or getattr(request, "user", None)
    if who is not None and who.is_authenticated:
        key, name = str(who.pk), str(who.get_full_name() or who.get_username())
    else:
        key, name = "", "" if request else running_command()
    entry = Entry(
        at=now(),
        kind=kind.value,
        who_key=key,
        who=name[:200],
        subject_kind=subject._meta.label_lower if isinstance(subject, models.Model) else "",
        subject_key=str(subject.pk or "")[:80] if isinstance(subject, models.Model) else "",
        subject=plain(name_of_record(subject) if isinstance(subject, models.Model) else subject or "")[:250],
        before=plain(before or {}),
        after=plain(after or {}),
        why=plain(why),
        details=plain(details),
        **_origin(request),
    )
    entry.save(force_insert=True)
    if kind.security:
        transaction.on_commit(lambda: log_event(entry), robust=True)
    transaction.on_commit(_waiting.one_more, robust=True)
    return entry


def record_reading(record: models.Model) -> None:
    """That somebody was shown a record, where its model says that it matters who has seen it: it ``is_sensitive``."""
    if record.pk and getattr(record, "is_sensitive", False):
        record_event(Kind.READING, subject=record)


@contextmanager
def one_load(subject: models.Model | str, *, by: By = None, why: str = "", **details: Any) -> Iterator[Counter[str]]:
    """Have the rows that are written within leave one entry together, with how many of each kind were written.

    Belongs in the transaction of the load. What is loaded within another load belongs to that. What is given may be
    added to: rows that were written in bulk.
    """
    outer = LOAD.get()
    if outer is not None:
        yield outer
        return
    counts: Counter[str] = Counter()
    token = LOAD.set(counts)
    try:
        yield counts
        if counts and not (transaction.get_connection().in_atomic_block and transaction.get_rollback()):
            record_event(Kind.LOAD, by=by, subject=subject, why=why, rows=dict(counts), **details)
    finally:
        LOAD.reset(token)


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, by which a load names what it read."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


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


OWN_NAMES = ("reference", "title", "name", "label", "slug", "username")


def name_of_record(record: models.Model) -> str:
    """How a record is called, as far as it can say so without a query: a name of its own, else what it links to."""
    fields: dict[str, Any] = {field.name: field for field in record._meta.concrete_fields}
    own = [getattr(record, name) for name in OWN_NAMES if name in fields]
    if names := [value for value in own if value and isinstance(value, str)][:2]:
        return " ".join(names)
    links = [field for field in fields.values() if field.is_relation and getattr(record, field.attname) is not None]
    if all(field.is_cached(record) for field in links):
        return str(record)
    return f"{record._meta.verbose_name} {record.pk}".capitalize()


# Sealing


@dataclass
class _Waiting:
    """How many entries of this process wait for a seal, and since when."""

    number: int = 0
    since: float = field(default_factory=monotonic)

    def one_more(self) -> None:
        self.number += 1
        if self.number >= SEAL_AFTER_ENTRIES or monotonic() - self.since > SEAL_AFTER_SECONDS:
            self.number, self.since = 0, monotonic()
            seal_entries()


_waiting = _Waiting()


def seal_entries() -> int:
    """Seal whatever entries have come on the trail since the last seal, and write the seals down outside the database.

    Returns how many entries were sealed. Where another process seals at this moment, they are left to it.
    """
    sealed = 0
    try:
        while seal := _seal_some():
            sealed += seal.count
    except IntegrityError:
        log.debug("sealed_elsewhere")
    write_digests()
    return sealed


def _seal_some() -> Seal | None:
    """The next seal; None where there is nothing to seal. Raises IntegrityError where somebody else was faster."""
    with transaction.atomic():
        last, unsealed = Seal.objects.order_by("-number").first(), Entry.objects.order_by("pk")
        if last:
            # On PostgreSQL also those that were given their keys before it, and stored after it.
            late = late_entries(last)
            unsealed = unsealed.filter(Q(pk__gt=last.last) | Q(pk__in=late) if late else Q(pk__gt=last.last))
        digests = list(digests_of(unsealed[:SEALED_TOGETHER]))
        if not digests:
            return None
        seal = Seal(
            number=last.number + 1 if last else 1,
            at=now(),
            first=digests[0][0],
            last=max(digests[-1][0], last.last if last else 0),
            count=len(digests),
            members=[[key, digest[:BEGINNING]] for key, digest in digests],
            root=root_of(digests),
            previous=last.digest if last else token_hex(32),
        )
        seal.digest = digest_of_seal(seal)
        seal.save()
    return seal


def late_entries(last: Seal) -> list[int]:
    """The keys of entries up to the last seal that no seal holds and that may have come after it."""
    before = Seal.objects.filter(at__lt=last.at - LATEST).aggregate(last=Max("last"))["last"] or 0
    present = Entry.objects.filter(pk__gt=before, pk__lte=last.last)
    numbers = Seal.objects.filter(last__gt=before).aggregate(first=Min("first"), count=Sum("count"))
    if numbers["first"] > before and numbers["count"] == present.count():
        return []
    members = Seal.objects.filter(last__gt=before).values_list("members", flat=True)
    sealed = {key for some in members for key, _ in some}
    return [key for key in present.values_list("pk", flat=True) if key not in sealed]


# What only the owner of the tables can do: end the keeping of what is old


def shorten(before: datetime, *, reason: str, archive: TextIO | None = None) -> int:
    """Remove the entries that were sealed before a moment, and say how many. Their seals stay.

    They are written to the ``archive`` first, a line of JSON for each. An entry tells what was removed, with the digest
    of its last seal. Raises DatabaseError for a role that may not.
    """
    with transaction.atomic():
        later = Seal.objects.filter(at__gte=before).aggregate(number=Min("number"))["number"]
        seals = Seal.objects.filter(at__lt=before).order_by("number")
        old = list(seals.filter(number__lt=later) if later else seals)
        keys = [key for seal in old for key, _ in seal.members]
        entries = Entry.objects.filter(pk__in=keys)
        count = entries.count()
        if not count:
            return 0
        for values in entries.order_by("pk").values() if archive else ():
            print(json.dumps(values, default=str, ensure_ascii=False), file=archive)
        connection = transaction.get_connection()
        with lifted(connection), connection.cursor() as cursor:
            for start in range(0, len(keys), SEALED_TOGETHER):
                some = ", ".join(str(int(key)) for key in keys[start : start + SEALED_TOGETHER])
                cursor.execute(f"DELETE FROM trail_entry WHERE id IN ({some})")  # noqa: S608  keys, which are numbers
        last = old[-1]
        facts: dict[str, Any] = {
            "up_to_seal": last.number,
            "entries": count,
            "up_to_entry": last.last,
            "digest": last.digest,
        }
        record_event(Kind.KEEPING, subject="Trail shortened", why=reason, sealed_before=before, **facts)
    return count
