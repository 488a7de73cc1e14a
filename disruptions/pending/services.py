"""Writing many rows to SQLite while others save: keys set aside, and short slices."""

from collections.abc import Callable
from time import perf_counter, sleep

from django.db import connection, models, transaction

from disruptions.pending.models import Pending

FEWEST, MOST = 100, 20_000
SPAN, PAUSE = 0.25, 0.12
"""Rows of a slice; seconds that one is to hold the database, and that it is left to others after each.

SQLite lets nobody queue: who waits looks again every tenth of a second at the latest. What others had before a slice
got its turn counts as a pause, so that a loading goes on where many save.
"""


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
