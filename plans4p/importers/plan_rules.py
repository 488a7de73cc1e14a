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
from soc_tracker.lib.periods import Precision, in_words


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
        _begin_for_own_body(table, record, group, body)
    else:
        _keep_owner(table, record, group, plan)
    _check_purpose(table, group, plan)
    _check_days(table, group, plan, today)
    if plan is not None:
        _keep_aims_within(table, record, group, plan)


def check_aim_day(table: Table, aim: Group, group: Group, plan: Plan | None, today: date) -> None:
    """An aim is due while its plan runs."""
    due, days = aim.says.get("aim_due_on"), _with_days(group, plan, today)
    is_in_order = days.runs_on(days.starts_on)  # else that is refused already
    if due and is_in_order and not days.runs_on(due):
        for row in (row for row in aim.rows if row.says("aim_due_on")):
            table.refuse(row, "aim_due_on", f"a day while the plan runs, {days.days_in_words}")


def _obstacle(record: Record, plan: Plan) -> str:
    """Why no row may touch the plan on record; "" for nothing."""
    if plan.kind_of_data != record.kind:
        other = plan.get_kind_of_data_display().lower()
        return f"a plan whose data is {record.kind.label.lower()}; the one on record is {other}"
    if not record.may("plans4p.write_plan", plan):
        return "a plan that is yours to write: one that you own, wrote first or are a deputy for"
    if plan.status not in OPEN:
        return "a plan that is not closed; what this one says no longer changes"
    return ""


def _begin_for_own_body(table: Table, record: Record, group: Group, body: Organisation | None) -> None:
    """A new plan is of a body for which its writer writes."""
    if body is not None and record.own_bodies is not None and body.pk not in record.own_bodies:
        refuse_all(table, group, "organisation", "your own body: others write new plans of theirs")


def _keep_owner(table: Table, record: Record, group: Group, plan: Plan) -> None:
    """Whose plan it is, or an administrator, passes it on."""
    owner = group.says.get("owner")
    if owner and owner != plan.owner and not record.may("plans4p.change_owner", plan):
        for row in (row for row in group.rows if row.says("owner")):
            table.refuse(row, "owner", f"{plan.owner or 'nothing'}, or nothing: its owner passes a plan on")
        del group.says["owner"]


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
    days = _with_days(group, plan, today)
    if days.ends_on and days.ends_on < days.starts_on:
        key = "ends_on" if "ends_on" in group.says else "starts_on"
        refuse_all(table, group, key, "days by which the plan does not end before it begins")


def _with_days(group: Group, plan: Plan | None, today: date) -> Plan:
    """A plan with the days that it will have."""
    starts_on, ends_on = (plan.starts_on, plan.ends_on) if plan else (today, None)
    return Plan(starts_on=group.says.get("starts_on", starts_on), ends_on=group.says.get("ends_on", ends_on))


def _keep_aims_within(table: Table, record: Record, group: Group, plan: Plan) -> None:
    """The days of a plan move only so far that the aims on record stay within them."""
    days = _with_days(group, plan, plan.starts_on)
    aims = [aim for aims in record.aims.values() for aim in aims if aim.plan_id == plan.pk]
    for aim in (aim for aim in aims if not days.runs_on(aim.due_on)):
        key = "starts_on" if aim.due_on < days.starts_on else "ends_on"
        due = in_words(aim.due_on, Precision.DAY)
        for row in (row for row in group.rows if row.says(key)):
            table.refuse(row, key, f"days within which the aim “{aim.change}” on record is due; it is so on {due}")
