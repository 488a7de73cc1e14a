"""Every write of what is spent: each one statement, so that two processes never both take the last attempt."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection
from django.db.models import F

from soc_tracker.core.limits.models import Spending


@dataclass(frozen=True)
class Rate:
    """So many attempts at once, and one more each so many seconds."""

    burst: int
    seconds: float


Limits = Sequence[tuple[str, Rate]]
"""Under which keys an attempt counts, and at what rate under each."""
# The generic cell rate algorithm: one number a key, which an attempt moves on by its cost unless it is too far ahead.
SPEND = """
INSERT INTO limits_spending (key, until) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET
    until = CASE WHEN limits_spending.until > %s THEN limits_spending.until ELSE %s END + %s
WHERE limits_spending.until <= %s
"""


def spend(limits: Limits) -> float:
    """Take an attempt under every key; or, where one of them has none left, under none.

    The seconds to wait until all have one: 0 where the attempt is taken.
    """
    for position, (key, rate) in enumerate(limits):
        now = time.time()
        latest = now + (rate.burst - 1) * rate.seconds
        with connection.cursor() as cursor:
            cursor.execute(SPEND, [digest(key), now + rate.seconds, now, now, rate.seconds, latest])
            is_taken = cursor.rowcount == 1
        if not is_taken:
            give_back(limits[:position])
            return max((wait(other, its) for other, its in limits[position:]), default=0) or rate.seconds
    return 0


def give_back(limits: Limits) -> None:
    """The attempt was none: somebody knew the password."""
    for key, rate in limits:
        Spending.objects.filter(key=digest(key)).update(until=F("until") - rate.seconds)


def wait(key: str, rate: Rate) -> float:
    """The seconds until the key has an attempt left."""
    until = Spending.objects.filter(key=digest(key)).values_list("until", flat=True).first() or 0
    return max(0.0, until - time.time() - (rate.burst - 1) * rate.seconds)


def clear_spent() -> int:
    """Delete what means nothing any more; how many."""
    count, _ = Spending.objects.filter(until__lt=time.time()).delete()
    return count


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
