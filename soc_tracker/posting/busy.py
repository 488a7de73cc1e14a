"""A database that is busy: what a request may meet when another one holds it for too long."""

from django.db import OperationalError

# PostgreSQL: serialization failure, deadlock, lock not available, cancelled by a timeout, too many connections.
BUSY_STATES = {"40001", "40P01", "55P03", "57014", "53300"}


def is_busy(error: BaseException) -> bool:
    """Whether the same request may well pass in a moment."""
    cause = error.__cause__
    if not isinstance(error, OperationalError):
        return False
    words = str(error).lower()
    return getattr(cause, "sqlstate", None) in BUSY_STATES or any(
        sign in words for sign in ("database is locked", "database table is locked", "couldn't get a connection")
    )
