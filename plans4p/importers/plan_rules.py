"""What the rows of one plan must be together, and beside the plan on record."""

from datetime import date

from forces.models import Organisation
from plans4p.choices import OPEN
from plans4p.importers.form import NEEDED, PLAN
from plans4p.importers.groups import Group, agree, need, refuse_all, refuse_silent
from plans4p.importers.names import look_up_owner
from plans4p.importers.reading import Table
from plans4p.importers.record import Record
from plans4p.models import Plan


def check_plan(table: Table, record: Record, group: Group, plan: Plan | None, today: date) -> None:
    """``plan`` is the one on record."""
    if plan is not None and (obstacle := _obstacle(record, plan)):
        refuse_all(table, group, "reference", obstacle)
        return
    if plan is not None:
        _keep_body(table, group, plan)
    body = _body(group, plan)
    for row in group.rows:
        look_up_owner(table, record, row, body)
    agree(table, group, PLAN)
    if plan is None:
        need(table, group, NEEDED["plan"])
    _check_purpose(table, group, plan)
    _check_days(table, group, plan, today)


def _obstacle(record: Record, plan: Plan) -> str:
    """Why no row may touch the plan on record; "" for nothing."""
    if plan.kind_of_data != record.kind:
        other = plan.get_kind_of_data_display().lower()
        return f"a plan whose data is {record.kind.label.lower()}; the one on record is {other}"
    if plan.status not in OPEN:
        return "a plan that is not closed; what this one says no longer changes"
    return ""


def _keep_body(table: Table, group: Group, plan: Plan) -> None:
    """Two bodies may number their plans alike: a file of one must not write over the plans of the other."""
    for row in group.rows:
        if row.says("organisation") and row.said["organisation"] != plan.organisation:
            table.refuse(row, "organisation", f"{plan.organisation}, whose plan has this reference on record")
            row.said["organisation"] = None


def _body(group: Group, plan: Plan | None) -> Organisation | None:
    if plan:
        return plan.organisation
    return next((row.said["organisation"] for row in group.rows if row.says("organisation")), None)


def _check_purpose(table: Table, group: Group, plan: Plan | None) -> None:
    """A plan is for a threat or for a theme."""
    says = group.says
    if "threat" in says and "theme" in says:
        for row in group.rows:
            if row.says("theme"):
                table.refuse(row, "theme", f"nothing: the plan is for the threat {says['threat'].reference}")
        del says["theme"]
    elif plan is None and "threat" not in says and "theme" not in says:
        refuse_silent(table, group, "threat", "the reference of a threat, or in its own column a priority theme")


def _check_days(table: Table, group: Group, plan: Plan | None, today: date) -> None:
    starts = group.says.get("starts_on") or (plan.starts_on if plan else today)
    due = group.says.get("review_due_on") or (plan.review_due_on if plan else None)
    if due and due < starts and "review_due_on" in group.says:
        refuse_all(table, group, "review_due_on", "a day that is not before the plan begins")
    elif due and due < starts:
        refuse_all(table, group, "starts_on", "a day that is not after the next review of the plan")
