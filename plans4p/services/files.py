"""Files of plans on their way into the record."""

from datetime import timedelta

from django.core.exceptions import ValidationError

from plans4p.models import PlanFile
from soc_tracker.lib.uploads.service import Uploads

MOST_AT_ONCE = 2_000
"""Rows that are written together: others wait to write while each is checked and kept with its history."""
TOO_MANY = (
    f"More than {MOST_AT_ONCE:,} rows would be added or changed, which is more than this page loads at once. Split the "
    "file into several, each with the headings, or ask an administrator to load it with “manage.py load_plans”."
)


class PlanFiles(Uploads[PlanFile]):
    def check_acceptable(self, upload: PlanFile, *, good_rows: bool) -> None:
        super().check_acceptable(upload, good_rows=good_rows)
        if is_too_much(upload):
            raise ValidationError(TOO_MANY)


def is_too_much(upload: PlanFile) -> bool:
    """Whether the check found more to write than is written together."""
    found = upload.outcome
    return bool(found.get("added", 0) + found.get("changed", 0) > MOST_AT_ONCE)


PLAN_FILES = PlanFiles(PlanFile, kept_for=timedelta(days=1))
