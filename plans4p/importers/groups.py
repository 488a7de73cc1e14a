"""Rows that speak of one plan, or of one aim: what they say together, and what is wrong with that."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans4p.importers.form import AIM, PLAN
from plans4p.importers.reading import Row, Table
from plans4p.importers.record import AimKey, plainly
from plans4p.importers.wording import in_words


@dataclass
class Group:
    """The rows, and what they say together, by key."""

    rows: list[Row] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """The rows of a file by the plan, and by the aim, of which they speak."""

    plans: dict[str, Group]
    aims: dict[AimKey, Group]


def groups_of(rows: Iterable[Row]) -> Groups:
    rows = list(rows)
    return Groups(_by(rows, lambda row: row.said["reference"]), _by(rows, aim_key_of))


def aim_key_of(row: Row) -> AimKey | None:
    """The aim of which a row speaks, as far as it was understood."""
    said = row.said
    if not (said["reference"] and said.get("four_p") and said.get("change")) or said.get("omission"):
        return None
    return said["reference"], said["four_p"], plainly(said["change"])


def _by(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Group]:
    found: dict[Any, Group] = defaultdict(Group)
    for row in rows:
        if (place := key(row)) is not None:
            found[place].rows.append(row)
    return dict(found)


def is_same(one: Any, other: Any) -> bool:
    """Texts are the same whatever their spaces and line ends."""
    if isinstance(one, str) and isinstance(other, str):
        return plainly(one) == plainly(other)
    return bool(one == other)


def agree(table: Table, group: Group, keys: Sequence[str]) -> None:
    """The first row that says something is believed; a later one that says otherwise is refused."""
    for key in keys:
        first: Row | None = None
        for row in (row for row in group.rows if row.says(key)):
            if first is None:
                first, group.says[key] = row, row.said[key]
            elif not is_same(row.said[key], group.says[key]):
                table.refuse(row, key, f"the same as in row {first.line}, “{in_words(group.says[key])}”, or nothing")


def need(table: Table, group: Group, keys: Sequence[str]) -> None:
    """What is not on record yet needs each of these in one of its rows."""
    for key in (key for key in keys if key not in group.says):
        refuse_silent(table, group, key, f"{table.expected.words[key]}: {_why(table, group, key)}")


def _why(table: Table, group: Group, key: str) -> str:
    faulty = next((row.line for row in group.rows if table.is_faulty(row, key)), None)
    return f"row {faulty}, which would say it, is refused" if faulty else "it is not on record yet"


def refuse_silent(table: Table, group: Group, key: str, expected: str) -> None:
    """Refuse the rows for want of something; one that has a fault in that column says so already."""
    for row in group.rows:
        if not table.is_faulty(row, key):
            table.refuse(row, key, expected)


def refuse_all(table: Table, group: Group, key: str, expected: str) -> None:
    for row in group.rows:
        table.refuse(row, key, expected)


def complete(table: Table, groups: Groups) -> None:
    """Let refused rows say what other rows say for them, so that each can be mended and loaded alone."""
    for keys, some in ((PLAN, groups.plans), (AIM, groups.aims)):
        for group in some.values():
            for key in (key for key in keys if key in group.says):
                _fill(table, group, key)


def _fill(table: Table, group: Group, key: str) -> None:
    place = table.match.places[key]
    cell = next(row.cells[place] for row in group.rows if row.says(key))
    for row in group.rows:
        if not row.is_good and row.cells[place] == "":
            row.cells[place] = cell
