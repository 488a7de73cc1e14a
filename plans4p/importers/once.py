"""What may stand once, in the file and beside the record: of two rows that say the same, the first good one counts."""

from typing import Any

from plans4p.choices import ENDED
from plans4p.importers.groups import aim_key_of
from plans4p.importers.reading import Row, Table
from plans4p.importers.record import Record, plainly

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
