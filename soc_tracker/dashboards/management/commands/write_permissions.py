"""``manage.py write_permissions``: write who may do what into docs/security.md, from the code that decides it."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.methods.queries import list_acts

FILE = Path(settings.BASE_DIR) / "docs" / "security.md"
SECTION = re.compile(r"(?<=^## Who may do what\n\n).*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
LEAD = """\
Written by `manage.py write_permissions` from the `rules.py` of each app; the page “Who may do what” (under Methods)
shows the same, with what every address needs. A view that names no permission is open to nobody. An account has roles,
which say what it does, and reaches (the whole country, a region, a body; from a first to a last day), which say with
whose threats, disruptions, plans and orders: those of a body are seen by whoever reaches it, its region or the region’s
unit, or the whole country, and by administrators. What is not reached is the same 404 as what does not exist, and no
count tells of it: “by reach” marks what hangs on it. Plans, and what is kept around them, are written by accounts of
lead responsible officers on record, for their own body.
"""


def text_of_section() -> str:
    """The roles, and a table of what each may do."""
    roles = "\n".join(f"- **{role.label}**: {role.does}" for role in Role)
    head = ["What is done", "By reach", *(str(role.label) for role in Role)]
    rows = [
        [act.words, "yes" if act.by_reach else "", *("yes" if role in act.roles else "–" for role in Role)]
        for act in list_acts()
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return f"{LEAD}\n{roles}\n\n" + "\n".join(lines) + "\n\n"


class Command(BaseCommand):
    help = "Writes the section “Who may do what” of docs/security.md anew, from the code."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        text = SECTION.sub(lambda match: text_of_section(), FILE.read_text("utf-8"), count=1)
        FILE.write_text(text, "utf-8")
        self.stdout.write(f"{FILE.name}: who may do what, {len(list_acts())} permissions.")
