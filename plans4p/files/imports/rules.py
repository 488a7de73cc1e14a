"""What may stand once, in the file and beside the record: of two rows that say the same, the first good one counts."""

from datetime import date
from typing import Any

from forces.models import Organisation
from plans4p.choices import ENDED, OPEN
from plans4p.files.imports.groups import (
    Group,
    Groups,
    Record,
    agree,
    aim_key_of,
    groups_of,
    look_up,
    look_up_owner,
    need,
    plainly,
    refuse_all,
    refuse_silent,
)
from plans4p.files.imports.sheet import ACTION, AIM, NEEDED, PARTS, PLAN, Row, Table
from plans4p.plans.models import Plan
from soc_tracker.core.text.days import Precision, in_words

Place = tuple[Any, ...]
Seen = dict[Place, int]
"""The row that has taken a place: a reason for no aim, an aim under a P, an action under its aim."""


def check_in_order(table: Table, record: Record) -> None:
    seen: Seen = {}
    for row in table.rows:
        if row.is_good:
            _against_record(table, record, row)
        if row.is_good:
            _against_earlier(table, row, seen)


def _against_record(table: Table, record: Record, row: Row) -> None:
    place, key = (row.said["reference"], row.said.get("four_p")), aim_key_of(row)
    if row.says("omission") and place in record.aimed:
        table.refuse(row, "omission", "nothing: the plan has an aim under this P on record")
    if key and place in record.omissions:
        table.refuse(row, "four_p", "a P with no reason on record for having no aim; remove that reason first")
    elif key:
        _check_aim(table, record, row, record.aims.get(key, []))


def _check_aim(table: Table, record: Record, row: Row, stored: list[Any]) -> None:
    if len(stored) > 1:
        table.refuse(row, "change", f"an aim that stands once in the plan; on record {len(stored)} say this")
    elif row.says("action"):
        key = (stored[0].pk, plainly(row.said["action"])) if stored else None
        _check_action(table, row, record.actions.get(key, []) if key else [])


def _check_action(table: Table, row: Row, stored: list[Any]) -> None:
    if len(stored) > 1:
        table.refuse(row, "action", f"an action that stands once under its aim; on record {len(stored)} say this")
    on_record = stored[0] if stored else None
    status = row.said.get("status") or (on_record and on_record.status)
    outcome = row.said.get("outcome") or (on_record and on_record.outcome)
    if status in ENDED and not outcome:
        table.refuse(row, "outcome", "what came of it: an action that is done, dropped or passed on says so")


def _against_earlier(table: Table, row: Row, seen: Seen) -> None:
    reference, four_p, key = row.said["reference"], row.said.get("four_p"), aim_key_of(row)
    aimed, omitted = (reference, four_p, "aim"), (reference, four_p, "omission")
    if row.says("omission"):
        if aimed in seen:
            table.refuse(row, "omission", f"nothing: row {seen[aimed]} has an aim under this P")
        _take(table, row, "omission", omitted, seen)
    elif key:
        if omitted in seen:
            table.refuse(row, "four_p", f"a P for which row {seen[omitted]} gives no reason for having no aim")
        words = plainly(row.said.get("action") or "")
        if _take(table, row, "action" if words else "change", (*key, words), seen):
            seen.setdefault(aimed, row.line)
    else:
        _take(table, row, "reference", (reference,), seen)


def _take(table: Table, row: Row, key: str, place: Place, seen: Seen) -> bool:
    """Whether the row may have the place."""
    if place in seen:
        table.refuse(row, key, f"what stands once in the file; row {seen[place]} says it too")
    elif row.is_good:
        seen[place] = row.line
    return row.is_good


# What the rows of one plan must be together, and beside the plan on record.


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


# What is wrong with the rows of a file: each by itself, with each other, and beside what is on record.


REST_OF_AN_AIM = ("change", *AIM, "action", *ACTION)


def check(table: Table, record: Record, today: date) -> Groups:
    """Give every row its faults. Those that have none speak with one voice, and can be written."""
    for row in table.rows:
        look_up(table, record, row)
        _check_shape(table, row)
    groups = groups_of(table.rows)
    for reference, group in groups.plans.items():
        check_plan(table, record, group, record.plans.get(reference), today)
    for key, aim in groups.aims.items():
        agree(table, aim, AIM)
        if key not in record.aims:
            need(table, aim, NEEDED["aim"])
        check_aim_day(table, aim, groups.plans[key[0]], record.plans.get(key[0]), today)
    check_in_order(table, record)
    return groups


def _check_shape(table: Table, row: Row) -> None:
    """A row names a P with an aim, or with the reason for having none; or it speaks of the plan alone."""
    if not row.says(*PARTS):
        return
    if row.says("omission"):
        for key in (key for key in REST_OF_AN_AIM if row.says(key)):
            table.refuse(row, key, "nothing: the row says why there is no aim under this P")
    elif _lacks(table, row, "change") and _lacks(table, row, "omission"):
        table.refuse(row, "change", "what should change under this P, or in its own column why there is no aim")
    elif row.says(*ACTION) and _lacks(table, row, "action"):
        table.refuse(row, "action", "what is done: the row says more of an action")
    if _lacks(table, row, "four_p"):
        table.refuse(row, "four_p", table.expected.words["four_p"])


def _lacks(table: Table, row: Row, key: str) -> bool:
    """Whether the cell is empty; what could not be understood is a fault already."""
    return not row.says(key) and not table.is_faulty(row, key)
