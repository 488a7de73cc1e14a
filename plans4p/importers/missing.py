"""What plans of a file have on record and the file does not name: it stays, and is counted."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from plans4p.importers.groups import aim_key_of
from plans4p.importers.reading import Table
from plans4p.importers.record import Record, aim_key, plainly

WORDS = {"aim": ("aim", "aims"), "action": ("action", "actions"), "omission": ("reason", "reasons")}


def missing(table: Table, record: Record, plans: Collection[str]) -> dict[str, Counter[str]]:
    """Of these plans, by reference: the aims, actions and reasons for no aim that no row names, refused or not."""
    named = _named(table)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for aims in record.aims.values():
        for aim in aims:
            found[aim.plan.reference]["aim"] += ("aim", *aim_key(aim)) not in named
    for place in record.omissions:
        found[place[0]]["omission"] += ("omission", *place) not in named
    for actions in record.actions.values():
        for action in actions:
            place = (*aim_key(action.aim), plainly(action.description))
            found[place[0]]["action"] += ("action", *place) not in named
    return {reference: counts for reference, counts in found.items() if reference in plans and counts.total()}


def _named(table: Table) -> set[tuple[str, ...]]:
    named: set[tuple[str, ...]] = set()
    for row in table.rows:
        if row.says("omission"):
            named.add(("omission", str(row.said["reference"]), str(row.said.get("four_p"))))
        elif key := aim_key_of(row):
            named |= {("aim", *key), ("action", *key, plainly(row.said.get("action") or ""))}
    return named


def in_words(found: Mapping[str, Counter[str]]) -> list[str]:
    """Such as "4P-00012: 1 aim, 3 actions"."""
    return [
        f"{reference}: " + ", ".join(f"{counts[kind]:,} {_noun(kind, counts[kind])}" for kind in WORDS if counts[kind])
        for reference, counts in sorted(found.items())
    ]


def _noun(kind: str, number: int) -> str:
    one, more = WORDS[kind]
    return one if number == 1 else more
