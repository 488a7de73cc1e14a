"""What the comparison page asks of the database, against the group-by over the rows that it stands for.

``python -m bench.comparison`` prints the medians of both, in milliseconds, as JSON.
"""

import json
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django
from django.db import connection
from django.test import Client, override_settings

from bench.pages import COMPARISON, MID_MONTH, PERIOD

TIMES = 9
# Every body's disruptions by 4P and quarter as the record stood on the day: what the page shows, the plain way.
GROUP_BY = """
SELECT organisation_id, four_p, {quarter}, COUNT(*) FROM disruptions_disruption
WHERE kind_of_data = 'recorded' AND known_from <= %s AND (known_to IS NULL OR known_to > %s)
    AND involvement = 'lead' AND size <> 'not_assessed' AND activity_date BETWEEN %s AND %s
GROUP BY 1, 2, 3
"""
QUARTER = {
    "postgresql": "date_trunc('quarter', activity_date)",
    "sqlite": "substr(activity_date, 1, 4) || (substr(activity_date, 6, 2) + 2) / 3",
}


def main() -> None:
    django.setup()
    from django.contrib.auth.models import User  # after the set-up

    client = Client(headers={"x-forwarded-proto": "https"})
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client.force_login(User.objects.get(username="bench"), "django.contrib.auth.backends.ModelBackend")
        page, rows = [], []
        for _ in range(TIMES):
            page.append(_in_database(lambda: client.get(COMPARISON)))
            rows.append(_in_database(_group_by))
    print(json.dumps({"page": median(page[1:]), "rows": median(rows[1:])}))


def _in_database(work: Callable[[], Any]) -> float:
    """Milliseconds that the database takes over the work, without the reader's session."""
    spent = 0.0

    def timed(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal spent
        start = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            spent += (time.perf_counter() - start) * 1000

    with connection.execute_wrapper(timed):
        work()
    return spent


def _group_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GROUP_BY.format(quarter=QUARTER[connection.vendor]), [MID_MONTH, MID_MONTH, *PERIOD])
        cursor.fetchall()


if __name__ == "__main__":
    main()
