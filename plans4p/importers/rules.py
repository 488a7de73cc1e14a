"""What is wrong with the rows of a file: each by itself, with each other, and beside what is on record."""

from datetime import date

from plans4p.importers.form import ACTION, AIM, NEEDED, PARTS
from plans4p.importers.groups import Groups, agree, groups_of, need
from plans4p.importers.names import look_up
from plans4p.importers.once import check_in_order
from plans4p.importers.plan_rules import check_aim_day, check_plan
from plans4p.importers.reading import Row, Table
from plans4p.importers.record import Record

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
