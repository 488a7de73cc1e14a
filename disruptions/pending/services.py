"""Writing many rows to SQLite while others save: keys set aside, short slices, and what a stopped loading leaves."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from django.conf import settings
from django.db import connection, models, transaction

from disruptions.pending.models import Pending
from disruptions.words import models as words

FEWEST, MOST = 100, 20_000
SPAN, PAUSE = 0.25, 0.12
"""Rows of a slice; seconds that one is to hold the database, and that it is left to others after each.

SQLite lets nobody queue: who waits looks again every tenth of a second at the latest. What others had before a slice
got its turn counts as a pause, so that a loading goes on where many save.
"""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process loads or counts anew; what a loading left that was killed is removed first.

    PostgreSQL needs none of this: its tables are locked, and what a killed process wrote is undone.
    """
    if connection.vendor == "postgresql":
        yield
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "loading.lock").open("w") as lock:  # which the system releases when the process dies
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_pending()
        yield


def set_aside(model: type[models.Model], count: int) -> int:
    """Set keys aside for so many rows, which nobody sees until ``put_on_record``: the first of them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        first = int(cursor.fetchone()[0]) + 1
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
    hide(model, first, first + count - 1)
    return first


def hide(model: type[models.Model], first: int, last: int) -> None:
    """Rows that are, or are about to be, written: nobody sees them until ``put_on_record``."""
    Pending.objects.create(table_name=model._meta.db_table, first=first, last=last)


def put_on_record() -> None:
    """All that is pending is there for everybody, at once."""
    Pending.objects.all().delete()


def in_slices(first: int, last: int, write: Callable[[int, int], object]) -> None:
    """Have the rows between two numbers written some at a time, each time in a transaction of its own."""
    size = FEWEST
    while first <= last:
        end = min(first + size - 1, last)
        before = perf_counter()
        with transaction.atomic():
            start = perf_counter()
            write(first, end)
        spent = perf_counter() - start
        first = end + 1
        size = min(max(FEWEST, int(size * min(3, SPAN / spent))), MOST)
        sleep(max(0, PAUSE - (start - before)))


def remove_pending() -> None:
    """Remove what a loading has written that did not come to its end: nobody has seen any of it."""
    # In the reverse of the order in which they were written, so that nothing refers to what is removed.
    for pending in Pending.objects.order_by("-pk"):
        table = pending.table_name

        def remove(first: int, last: int, table: str = table) -> None:
            if table == words.ROWS:
                words.forget(f"SELECT id FROM {words.ROWS} WHERE id BETWEEN %s AND %s", [first, last])
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE id BETWEEN %s AND %s", [first, last])

        with connection.cursor() as cursor:
            span = f"SELECT MIN(id), MAX(id) FROM {table} WHERE id BETWEEN %s AND %s"
            cursor.execute(span, [pending.first, pending.last])
            first, last = cursor.fetchone()
        if first is not None:
            in_slices(first, last, remove)
        pending.delete()
