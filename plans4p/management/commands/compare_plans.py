"""``manage.py compare_plans``: compare the wording of all plans anew."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from plans4p.likeness.services import compare_all
from soc_tracker.core.reports.report import several


class Command(BaseCommand):
    help = (
        "Compares the actions of all 4P plans anew: needed after the menu of tactics or the names of places and bodies "
        "have changed, or plans were written past the site. Every other change has its plans compared by itself. "
        "The last line says how many plans were compared, and how many share an action with another."
    )
    requires_system_checks = ()  # it writes rows and serves no page

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" plans", disable=None, file=sys.stderr, desc="comparing") as bar:

            def progress(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            outcome = compare_all(progress)
        if outcome.again:
            self.stdout.write(f"Changed meanwhile, and left to the worker: {several(outcome.again, 'plan')}.")
        compared, verb = several(outcome.plans, "plan"), "shares" if outcome.alike == 1 else "share"
        self.stdout.write(
            f"{compared} compared; {outcome.alike:,} {verb} an action, nearly word for word, with another."
        )
