"""A process of its own that loads a file and stops for good at a moment, so that a test can kill it there.

``python -m tests.disruptions.loading.killed prepare`` makes the database and what the rows name; ``report`` prints
what is in it; ``load FILE [MOMENT]`` loads.
"""

import json
import sys
import time
from pathlib import Path
from unittest.mock import patch

import django

WRITES = "disruptions.loading.disruptions.services"
MOMENTS = {
    "checked": "disruptions.services.EXTRACTS.create",
    "indexes off": f"{WRITES}.add_threats",
    "threats written": f"{WRITES}.add_rows",
    "rows written": f"{WRITES}.add_cells",
    "all written": f"{WRITES}.words_models.create",
}
SLICED = {
    "threats in slices": f"{WRITES}.add_threats",
    "rows in slices": f"{WRITES}.add_rows",
    "counts in slices": f"{WRITES}.add_cells_in_slices",
    "about to be on record": "disruptions.loading.services.put_on_record",
}
"""Moments of a loading that writes while others save, as SQLite does with many rows."""


def hang(*_: object, **__: object) -> None:
    print("here", flush=True)
    time.sleep(600)


def prepare() -> None:
    from django.core.management import call_command

    from tests.disruptions.loading.extracts import make_bodies

    call_command("migrate", verbosity=0, skip_checks=True)
    make_bodies()


def load(path: str, moment: str = "") -> None:
    from disruptions.loading import services as writing
    from disruptions.loading.disruptions import services
    from tests.disruptions.loading.extracts import loaded

    services.MANY = 100
    writing.LARGE = 100 if moment in {*SLICED, "slices"} else writing.LARGE
    if moment in {"", "slices"}:
        print(loaded(Path(path)).summary)
        return
    with patch((MOMENTS | SLICED)[moment], hang):
        loaded(Path(path))


def report() -> None:
    """How many rows each table has, and which indexes and constraints."""
    from disruptions import models
    from disruptions.loading.disruptions import services as disruptions_services

    counts = {name: getattr(models, name).objects.count() for name in models.__all__ if name != "Pending"}
    stored = {name: getattr(models, name)._base_manager.count() for name in models.__all__}
    parts = sorted(part for table in disruptions_services.TABLES for part in disruptions_services._parts(table))
    print(json.dumps({"counts": counts, "stored": stored, "parts": parts}))


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "load": load, "report": report}[sys.argv[1]](*sys.argv[2:])
