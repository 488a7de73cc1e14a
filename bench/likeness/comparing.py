"""How long it takes to compare all plans with each other, and how much memory."""

from pathlib import Path

from bench.cases import MEGABYTE, NAMES, run
from bench.databases import databases, new_database, prepare
from bench.likeness.plans import ACTIONS_OF_A_PLAN
from bench.loading import idle
from bench.table import Row

SECONDS = 60
"""The most that the plans of the whole country may take in the background."""


def measure(vendor: str, plans: int, folder: Path) -> list[Row]:
    """Fill a new database and run ``manage.py compare_plans`` over it, from its start to its end."""
    with databases(vendor, folder) as place:
        url = new_database(place, "plans")
        prepare(url)
        run(url, "-m", "bench.likeness.fill", str(plans))
        before, compared = idle(url), run(url, "manage.py", "compare_plans")
    print(compared.last_line)
    what = f"comparing {plans:,} plans with {ACTIONS_OF_A_PLAN} actions each"
    return [
        Row(what, NAMES[vendor], compared.seconds, "s", most=SECONDS),
        Row(f"memory of {what} over idle", NAMES[vendor], (compared.peak - before) / MEGABYTE, "MB"),
    ]
