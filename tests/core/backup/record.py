"""A process of its own over the database of a site that is backed up: ``python -m tests.core.backup.record DEED``.

``prepare`` makes tables, organisations and an upload; ``write NAME STOP`` records disruptions one after the other, and
changes each, until there is a file STOP; ``report`` prints, as JSON, what there is.
"""

import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import django

from soc_tracker.core.hardening import keep_files_private


def prepare() -> None:
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from django.utils.timezone import now

    from disruptions.models import Upload
    from tests.disruptions.loading.extracts import make_bodies
    from tests.makers import make_author, make_disruption

    call_command("migrate", verbosity=0, skip_checks=True)
    make_bodies()
    make_disruption("DIS-FIRST", summary="First, seen again.")  # and what all others share
    sent = {"uploaded_at": now(), "uploaded_by": make_author(), "file_name": "July.csv"}
    upload = Upload(contents="disruptions", kind_of_data="recorded", **sent)
    upload.file.save("july.csv", ContentFile(b"reference\nDIS-1\n"), save=False)
    upload.save()


def write(name: str, stop: str) -> None:
    from disruptions.record.services import DISRUPTIONS
    from tests.makers import make_author, make_disruption

    number, author = 0, make_author()
    while not Path(stop).exists():
        number += 1
        disruption = make_disruption(f"DIS-{name}-{number:05}", summary=f"Number {number}.")
        again = {"by": author, "reason": "Seen again.", "expected_version": disruption.version}
        changed = {"summary": f"Number {number}, seen again."}
        DISRUPTIONS.correct(disruption, changed, on=date(2023, 1, 4), **again)
        print(number, flush=True)


def report() -> None:
    from disruptions.counts.services import rebuild_cells
    from disruptions.models import Disruption

    present = Disruption.objects.filter(state_of=None)
    references = list(present.order_by("reference").values_list("reference", flat=True))
    counted = figures()
    words = present.filter(summary__contains="again").count()
    digests = {name: contents(name) for name in tables()}
    rebuild_cells()
    print(json.dumps({"references": references, "words": words, "figures": counted == figures(), "digests": digests}))


def figures() -> list[str]:
    """What the cells come to: several may count the same."""
    from django.db.models import Sum

    from disruptions.counts.models import Cell

    names = [field.attname for field in Cell._meta.concrete_fields if field.name not in ("id", "n")]
    return sorted(map(str, Cell.objects.values_list(*names).annotate(sum=Sum("n")).exclude(sum=0)))


def tables() -> list[str]:
    """All but what a restore itself writes: it ends sessions, and adds to the trail."""
    from django.db import connection

    own = ("trail_", "accounts_session", "django_session", "disruptions_text")
    return sorted(name for name in connection.introspection.table_names() if not name.startswith(own))


def contents(table: str) -> str:
    """A digest of all rows of a table, in no order."""
    from django.db import connection

    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        columns = ", ".join(sorted(f'"{each.name}"' for each in described))
        cursor.execute(f'SELECT {columns} FROM "{table}"')
        rows = sorted(repr(row) for row in cursor.fetchall())
    return sha256("\n".join(rows).encode()).hexdigest()


if __name__ == "__main__":
    django.setup()
    keep_files_private()
    {"prepare": prepare, "write": write, "report": report}[sys.argv[1]](*sys.argv[2:])
