"""``manage.py retain``: delete what the site keeps no longer; run it once a day."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.timezone import now

from disruptions.extracts.services import UPLOADS
from plans4p.files.services import PLAN_FILES
from soc_tracker.core.accounts.services import forget_closed_accounts
from soc_tracker.core.accounts.sessions import services as sessions
from soc_tracker.core.limits.services import clear_spent
from soc_tracker.core.posting import services as posting
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event
from soc_tracker.reference.services import FACT_FILES


class Command(BaseCommand):
    help = "Delete what is kept no longer, and say what: uploads, forms, sessions, who closed accounts were of."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *args: Any, dry_run: bool, verbosity: int, **options: Any) -> None:
        moment, closed = now(), f"{settings.CLOSED_ACCOUNT_DAYS:,} days"
        with transaction.atomic():
            uploads = sum(each.expire(moment) for each in (UPLOADS, PLAN_FILES, FACT_FILES))
            sent, kept = posting.clear(moment)
            counts = {
                "Uploaded files that nobody decided on": uploads,
                "Notes that a form was sent": sent,
                "Forms that came too late": kept,
                "Sessions that are over": sessions.clear(moment),
                "Counts of attempts": clear_spent(),
                f"Names and addresses of accounts closed for {closed}": forget_closed_accounts(moment),
            }
            if dry_run:
                transaction.set_rollback(True)
            elif any(counts.values()):
                record_event(Kind.KEEPING, subject="retention", deleted=counts)
        if verbosity > 0:
            self.stdout.write("These would be deleted. Nothing was." if dry_run else "These were deleted.")
            for name, count in counts.items():
                self.stdout.write(f"{name}: {count:,}")
