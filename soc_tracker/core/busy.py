"""A database that is busy: how that is told from a fault, and how not to wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

# PostgreSQL: serialization failure, deadlock, lock not available, cancelled by a timeout, too many connections.
BUSY_STATES = {"40001", "40P01", "55P03", "57014", "53300"}
PATIENCE = 100
"""Milliseconds."""


def is_busy(error: BaseException) -> bool:
    """Whether the same request may well pass in a moment."""
    cause = error.__cause__
    if not isinstance(error, OperationalError):
        return False
    words = str(error).lower()
    return getattr(cause, "sqlstate", None) in BUSY_STATES or any(
        sign in words for sign in ("database is locked", "database table is locked", "couldn't get a connection")
    )


def unless_busy(write: Callable[[], object]) -> None:
    """Write what may as well be written by the next request, such as that a session is in use: while the database is
    busy nothing is written, and nobody waits.
    """
    try:
        with impatient(), transaction.atomic():
            write()
    except OperationalError as error:
        if not is_busy(error):
            raise


@contextmanager
def impatient() -> Iterator[None]:
    """Where one writes at a time, as on SQLite, whoever finds another writing is refused at once."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
