"""What the pages of the directories share: plans that belong to what a page is about."""

from plans4p.choices import PlanStatus
from soc_tracker.lib.tables import Column

PLAN_COLUMNS = (
    Column("reference", "Plan", str, lambda plan: plan.get_absolute_url()),
    Column("organisation", "Organisation", lambda plan: plan.organisation.name),
    Column("status", "Status", lambda plan: plan.get_status_display(), tag=lambda plan: PlanStatus(plan.status).tag),
    Column("review", "Review due", lambda plan: plan.review_due_on),
)
