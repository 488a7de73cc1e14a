"""What is wrong with the rows of a file: each by itself, with each other, and beside what is on record."""

from datetime import date
from typing import Any

from plans4p.choices import ENDED, OPEN
from plans4p.files.imports.groups import (
    Group,
    Groups,
    Record,
    agree,
    aim_key_of,
    groups_of,
    is_same,
    look_up,
    look_up_owner,
    need,
    plainly,
    refuse_all,
    refuse_saying,
    refuse_silent,
)
from plans4p.files.imports.sheet import ACTION, AIM, PARTS, PLAN, fields_of_part, needed
from plans4p.plans.models import Plan
from soc_tracker.core.imports.reader import Row, Rows
from soc_tracker.core.text.days import in_words


def check(rows: Rows, record: Record, today: date) -> Groups:
    """Give every row its faults. Those that have none speak with one voice, and can be written."""
    for row in rows:
        look_up(rows, record, row)
        _check_shape(rows, row)
    groups = groups_of(rows)
    for reference, group in groups.plans.items():
        if plan := record.plans.get(reference):
            check_stored_plan(rows, record, group, plan, today)
        else:
            check_new_plan(rows, record, group, today)
    for key, aim in groups.aims.items():
        agree(rows, aim, AIM)
        if key not in record.aims:
            need(rows, aim, needed("aim"))
        due, days = aim.says.get("aim_due_on"), _with_days(groups.plans[key[0]], record.plans.get(key[0]), today)
        is_in_order = days.runs_on(days.starts_on)  # else that is refused already
        if due and is_in_order and not days.runs_on(due):
            refuse_saying(rows, aim, "aim_due_on", f"a day while the plan runs, {days.days_in_words}")
    check_in_order(rows, record)
    return groups


REST_OF_AN_AIM = ("change", *AIM, "action", *ACTION)


def _check_shape(rows: Rows, row: Row) -> None:
    """A row names a P with an aim, or with the reason for having none; or it speaks of the plan alone."""
    if not row.first_of(*PARTS):
        return
    if row.first_of("omission"):
        for key in (key for key in REST_OF_AN_AIM if row.first_of(key)):
            rows.refuse(row, key, "nothing: the row says why there is no aim under this P")
    elif _lacks(rows, row, "change") and _lacks(rows, row, "omission"):
        rows.refuse(row, "change", "what should change under this P, or in its own column why there is no aim")
    elif row.first_of(*ACTION) and _lacks(rows, row, "action"):
        rows.refuse(row, "action", "what is done: the row says more of an action")
    if _lacks(rows, row, "four_p"):
        rows.refuse(row, "four_p", rows.fields["four_p"].expected)


def _lacks(rows: Rows, row: Row, key: str) -> bool:
    """Whether the cell is empty; what could not be understood is a fault already."""
    return not row.first_of(key) and not rows.is_faulty(row, key)


FREE = "a reference that is not taken, or that of a plan that is yours to write"


def check_new_plan(rows: Rows, record: Record, group: Group, today: date) -> None:
    """One that is not on record yet."""
    if group.rows[0].values["reference"] in record.taken:
        refuse_all(rows, group, "reference", FREE)
        return
    body: Any = next((row.values["organisation"] for row in group.rows if row.first_of("organisation")), None)
    for row in group.rows:
        look_up_owner(rows, record, row, body)
    agree(rows, group, PLAN)
    need(rows, group, needed("plan"))
    if body is not None and record.own_bodies is not None and body.pk not in record.own_bodies:
        refuse_all(rows, group, "organisation", "your own body: others write new plans of theirs")
    _check_purpose(rows, group)
    if not {"threat", "theme"} & group.says.keys():
        refuse_silent(rows, group, "threat", "the reference of a threat, or in its own column a priority theme")
    _check_days(rows, record, group, None, today)


def check_stored_plan(rows: Rows, record: Record, group: Group, plan: Plan, today: date) -> None:
    """``plan`` is the one on record: who may write it changes it while it is open, and its owner passes it on."""
    if plan.kind_of_data != record.kind:
        kind, other = record.kind.label.lower(), plan.get_kind_of_data_display().lower()
        refuse_all(rows, group, "reference", f"a plan whose data is {kind}; the one on record is {other}")
        return
    if not record.may("plans4p.write_plan", plan):
        words = "a plan that is yours to write: one that you own, wrote first or are a deputy for"
        refuse_all(rows, group, "reference", words)
        return
    for row in group.rows:
        if row.first_of("organisation") and row.values["organisation"] != plan.organisation:
            # Two bodies may number their plans alike: a file of one must not write over the plans of the other.
            rows.refuse(row, "organisation", f"{plan.organisation}, whose plan has this reference on record")
            row.values["organisation"] = None
        look_up_owner(rows, record, row, plan.organisation)
    agree(rows, group, PLAN)
    if plan.status not in OPEN:
        names = fields_of_part("plan")
        is_other = any(not is_same(getattr(plan, names[key]), value) for key, value in group.says.items())
        if is_other or any(row.first_of(*PARTS) for row in group.rows):  # than an export of the plan would say
            refuse_all(rows, group, "reference", "a plan that is not closed; what this one says no longer changes")
        return
    owner = group.says.get("owner")
    if owner and owner != plan.owner and not record.may("plans4p.change_owner", plan):
        refuse_saying(rows, group, "owner", f"{plan.owner or 'nothing'}, or nothing: its owner passes a plan on")
        del group.says["owner"]
    _check_purpose(rows, group)
    _check_days(rows, record, group, plan, today)


def _check_purpose(rows: Rows, group: Group) -> None:
    """A plan is for a threat or for a theme."""
    if {"threat", "theme"} <= group.says.keys():
        reference = group.says["threat"].reference
        refuse_saying(rows, group, "theme", f"nothing: the plan is for the threat {reference}")
        del group.says["theme"]


def _check_days(rows: Rows, record: Record, group: Group, plan: Plan | None, today: date) -> None:
    """A plan ends and is reviewed after it begins, and its days move only so far that its aims stay within them."""
    days = _with_days(group, plan, today)
    due = group.says.get("review_due_on") or (plan.review_due_on if plan else None)
    if due and due < days.starts_on and "review_due_on" in group.says:
        refuse_all(rows, group, "review_due_on", "a day that is not before the plan begins")
    elif due and due < days.starts_on:
        refuse_all(rows, group, "starts_on", "a day that is not after the next review of the plan")
    if days.ends_on and days.ends_on < days.starts_on:
        key = "ends_on" if "ends_on" in group.says else "starts_on"
        refuse_all(rows, group, key, "days by which the plan does not end before it begins")
    aims = [aim for aims in record.aims.values() for aim in aims if plan and aim.plan_id == plan.pk]
    for aim in (aim for aim in aims if not days.runs_on(aim.due_on)):
        key = "starts_on" if aim.due_on < days.starts_on else "ends_on"
        day = in_words(aim.due_on)
        refuse_saying(rows, group, key, f"days within which the aim “{aim.change}” on record is due; it is so on {day}")


def _with_days(group: Group, plan: Plan | None, today: date) -> Plan:
    """A plan with the days that it will have."""
    starts_on, ends_on = (plan.starts_on, plan.ends_on) if plan else (today, None)
    return Plan(starts_on=group.says.get("starts_on", starts_on), ends_on=group.says.get("ends_on", ends_on))


Place = tuple[Any, ...]
Places = dict[Place, int]
"""The row that has taken a place: a reason for no aim, an aim under a P, an action under its aim."""


def check_in_order(rows: Rows, record: Record) -> None:
    """What may stand once, in the file and beside the record: of two rows that say the same, the first good counts."""
    places: Places = {}
    with_aim = {(reference, four_p) for reference, four_p, _ in record.aims}
    for row in rows:
        if not row.is_good:
            continue
        place, key = (row.values["reference"], row.values.get("four_p")), aim_key_of(row)
        if row.first_of("omission") and place in with_aim:
            rows.refuse(row, "omission", "nothing: the plan has an aim under this P on record")
        if key and place in record.omissions:
            rows.refuse(row, "four_p", "a P with no reason on record for having no aim; remove that reason first")
        elif key:
            aims = record.aims.get(key, [])  # those that say what the row says
            if len(aims) > 1:
                rows.refuse(row, "change", f"an aim that stands once in the plan; on record {len(aims)} say this")
            elif row.first_of("action"):
                actions = record.actions.get((aims[0].pk, plainly(row.values["action"])), []) if aims else []
                if len(actions) > 1:
                    words = f"an action that stands once under its aim; on record {len(actions)} say this"
                    rows.refuse(row, "action", words)
                on_record = actions[0] if actions else None
                status = row.values.get("status") or (on_record and on_record.status)
                outcome = row.values.get("outcome") or (on_record and on_record.outcome)
                if status in ENDED and not outcome:
                    rows.refuse(row, "outcome", "what came of it: an action that is done, dropped or passed on says so")
        if row.is_good:
            _against_earlier(rows, row, places)


def _against_earlier(rows: Rows, row: Row, places: Places) -> None:
    reference, four_p, key = row.values["reference"], row.values.get("four_p"), aim_key_of(row)
    with_aim, with_reason = (reference, four_p, "aim"), (reference, four_p, "omission")
    if row.first_of("omission"):
        if with_aim in places:
            rows.refuse(row, "omission", f"nothing: row {places[with_aim]} has an aim under this P")
        _take(rows, row, "omission", with_reason, places)
    elif key:
        if with_reason in places:
            rows.refuse(row, "four_p", f"a P for which row {places[with_reason]} gives no reason for having no aim")
        words = plainly(row.values.get("action") or "")
        if _take(rows, row, "action" if words else "change", (*key, words), places):
            places.setdefault(with_aim, row.line)
    else:
        _take(rows, row, "reference", (reference,), places)


def _take(rows: Rows, row: Row, key: str, place: Place, places: Places) -> bool:
    """Whether the row may have the place."""
    if place in places:
        rows.refuse(row, key, f"what stands once in the file; row {places[place]} says it too")
    elif row.is_good:
        places[place] = row.line
    return row.is_good
