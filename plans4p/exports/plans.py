"""The columns of the list of plans."""

from datetime import date
from typing import Any

from plans4p.choices import PlanStatus
from plans4p.presenters.plans import NO_OWNER, changed_in_words, purpose, review_in_words
from plans4p.selectors.signatures import standing
from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of


def _url(record: Any) -> str:
    return record.get_absolute_url() if record else ""


def _signature(plan: Any) -> str:
    return str(standing(plan).state.label)


def plan_columns(today: date) -> tuple[Column, ...]:
    """Columns of plans that were read ``with_content``, with what is overdue on a day."""
    return (
        Column("reference", "Plan", lambda plan: plan.reference, _url, whole=True),
        Column("title", "Title", lambda plan: plan.title),
        Column("organisation", "Organisation", lambda plan: plan.organisation.name, lambda row: _url(row.organisation)),
        Column("purpose", "For", lambda plan: purpose(plan)[0], lambda plan: purpose(plan)[1]),
        Column("owner", "Owner", lambda plan: str(plan.owner or NO_OWNER), lambda plan: _url(plan.owner)),
        Column("status", "Status", lambda plan: plan.get_status_display(), tag=lambda row: PlanStatus(row.status).tag),
        Column("review", "Next review", lambda plan: review_in_words(plan, today), wide_only=True),
        Column("review_due_on", "Next review due", lambda plan: plan.review_due_on),
        Column("starts_on", "Begins on", lambda plan: plan.starts_on),
        Column("ends_on", "Ends by", lambda plan: plan.ends_on),
        Column("threat", "Threat", lambda plan: plan.threat.reference if plan.threat else None),
        Column("theme", "Priority theme", lambda plan: plan.theme),
        Column("author", "Written by", lambda plan: name_of(plan.author) if plan.author else None),
        Column("signature", "Signature", _signature, tag=lambda plan: standing(plan).state.tag),
        Column("approved_by", "Signed by", lambda plan: name_of(plan.approved_by) if plan.approved_by else None),
        Column("approved_on", "Signed on", lambda plan: plan.approved_on),
        Column("changed_since", "Changed since signed", lambda plan: changed_in_words(standing(plan))),
        Column("closed_on", "Closed on", lambda plan: plan.closed_on),
        Column("result", "Result", lambda plan: plan.get_result_display()),
        Column("intelligence", "Intelligence used", lambda plan: plan.intelligence),
        Column("kind_of_data", "Kind of data", lambda plan: plan.get_kind_of_data_display()),
    )
