"""Names in the cells of a row, and the records they stand for."""

from typing import Any

from forces.models import Organisation
from forces.names import normalise
from plans4p.importers.reading import Row, Table
from plans4p.importers.record import Record
from plans4p.models import LeadOfficer

MOST_NAMED = 5
"""Names that a message lists."""


def look_up(table: Table, record: Record, row: Row) -> None:
    """Put records in the place of names; a name of nothing is a fault of the row."""
    for key, find in (("threat", _threat), ("tactic", _tactic), ("partners", _partners)):
        if row.says(key):
            row.said[key] = find(table, record, row)
    if row.says("organisation"):
        row.said["organisation"] = record.bodies[row.said["organisation"]]


def look_up_owner(table: Table, record: Record, row: Row, body: Organisation | None) -> None:
    """The owner is an officer of the plan's body. Where that is not known, the row is refused for it already."""
    if not row.says("owner"):
        return
    name, row.said["owner"] = row.said["owner"], None
    if body is None:
        return
    officer = record.officers.get((body.pk, normalise(name)))
    if officer is None:
        table.refuse(row, "owner", f"a lead responsible officer of {body} on record: {_names(record, body)}")
    elif not officer.is_active and not _owns(record, row, officer):
        table.refuse(row, "owner", f"an officer who is in the role now: {_names(record, body)}")
    else:
        row.said["owner"] = officer


def _owns(record: Record, row: Row, officer: LeadOfficer) -> bool:
    plan = record.plans.get(row.said["reference"])
    return plan is not None and plan.owner_id == officer.pk


def _names(record: Record, body: Organisation) -> str:
    of_body = {str(o) for (pk, _), o in record.officers.items() if pk == body.pk and o.is_active}
    names = sorted(of_body)
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "") or "there is none yet"


def _threat(table: Table, record: Record, row: Row) -> Any:
    threat = record.threats.get(row.said["threat"])
    if threat is None:
        table.refuse(row, "threat", "the reference of a threat on record")
    elif threat.kind_of_data != record.kind:
        kind = threat.get_kind_of_data_display().lower()
        table.refuse(row, "threat", f"a threat whose data is {record.kind.label.lower()}; this one is {kind}")
    else:
        return threat
    return None


def _tactic(table: Table, record: Record, row: Row) -> Any:
    tactic, four_p = record.tactics.get(normalise(row.said["tactic"])), row.said.get("four_p")
    if tactic is None:
        table.refuse(row, "tactic", "the name of a tactic of the menu")
    elif four_p and tactic.four_p != four_p:
        table.refuse(row, "tactic", f"a tactic of the P of the row; this one is of {tactic.get_four_p_display()}")
    else:
        return tactic
    return None


def _partners(table: Table, record: Record, row: Row) -> Any:
    names = [" ".join(name.split()) for name in row.said["partners"].split(";") if name.strip()]
    unknown = [name for name in names if normalise(name) not in record.partners]
    if unknown:
        said = ", ".join(f"“{name}”" for name in unknown)
        table.refuse(row, "partners", f"names of partners of the directory, with semicolons between them; not {said}")
        return None
    return frozenset(record.partners[normalise(name)].pk for name in names) or None
