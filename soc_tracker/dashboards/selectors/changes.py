"""How the gradings of an organisation were changed, read from their history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import Lag

from forces.models import Organisation
from inspections.models import Grading
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.lib.history import BY_FILE
from soc_tracker.lib.wording import name_of

CHANGES = 20


@dataclass(frozen=True)
class GradeChange:
    """One change of a grade: what it was, what it became, when, by whom and why."""

    grading: int
    when: datetime
    who: str
    reason: str
    before: str
    after: str


def grade_changes(user: User, organisation: Organisation) -> tuple[GradeChange, ...]:
    """The newest changes of grade of gradings that the user may see, in one query."""
    earlier = Window(Lag("grade"), partition_by=[F("id")], order_by=[F("version"), F("history_id")])
    rows = (
        Grading.history.filter(id__in=Grading.objects.visible_to(user).filter(organisation=organisation).values("pk"))
        .annotate(before=earlier)
        .filter(before__isnull=False)
        .exclude(before=F("grade"))
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )
    return tuple(
        GradeChange(row.id, row.history_date, _who(row), row.history_change_reason or "", row.before, row.grade)
        for row in rows[:CHANGES]
    )


def _who(row: Any) -> str:
    """``row`` is one of the history's, whose class is made at run time."""
    author = row.history_user
    return name_of(author) if author else BY_FILE
