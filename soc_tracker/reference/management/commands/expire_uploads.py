"""``manage.py expire_uploads``: give up the uploaded files that nobody has decided on; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from disruptions.services import UPLOADS
from plans4p.files.services import PLAN_FILES
from soc_tracker.reference.services import FACT_FILES


class Command(BaseCommand):
    help = "Give up uploaded files that nobody has decided on in time, and delete them from the disk. Run once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        given_up = sum(uploads.expire(now()) for uploads in (UPLOADS, PLAN_FILES, FACT_FILES))
        if options["verbosity"] > 0:
            self.stdout.write(f"Files given up: {given_up}.")
