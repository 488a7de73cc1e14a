"""What the check of a file found, in the words of its page: the same for every kind of file.

``outcome`` is what ``soc_tracker.lib.imports.Outcome.as_json`` gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soc_tracker.lib.tables import Column

Found = Mapping[str, Any]
LINE = Column("line", "Row", lambda row: row["line"])
REFERENCE = Column("reference", "Reference", lambda row: row["reference"])
REFUSALS = (
    REFERENCE,
    LINE,
    Column("column", "Column", lambda row: row["column"]),
    Column("value", "What it says", lambda row: row["value"] or "nothing"),
    Column("expected", "What was expected", lambda row: row["expected"]),
)
CHANGES = (
    REFERENCE,
    LINE,
    Column("field", "Column", lambda row: row["field"]),
    Column("before", "On record", lambda row: row["before"] or "nothing"),
    Column("after", "In the file", lambda row: row["after"] or "nothing"),
)
ADDITIONS = (REFERENCE, LINE, Column("says", "What it says", lambda row: row["says"]))
NOT_IN_FILE = "On record, but not in the file"
NEVER_DELETES = "Nothing happens to these: a file never deletes."
NOTHING_NEW = "It holds nothing that would add to the record or change it."
MISSING = (Column("reference", "Reference", lambda row: row),)


@dataclass(frozen=True)
class Part:
    """One part of what a check found: ``shown`` rows of the file, of ``total``, in a table that may have more lines."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    shown: int
    total: int
    note: str = ""
    is_folded: bool = False

    @property
    def cut(self) -> str:
        return f"The first {self.shown:,} of {self.total:,}." if self.shown < self.total else ""


@dataclass(frozen=True)
class Choice:
    """A button: the address that takes the step, and what its form sends besides."""

    text: str
    url: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_secondary: bool = False


def is_new(outcome: Found) -> bool:
    """Whether good rows would add to the record or change it."""
    return bool(outcome["added"] + outcome["changed"])


def counts(outcome: Found, *, is_loaded: bool = False) -> list[tuple[str, int]]:
    """How many rows of each sort the check found; once loaded, what became of them."""
    words = {
        "added": "Added" if is_loaded else "To add",
        "changed": "Changed" if is_loaded else "To change",
        "unchanged": "On record already, unchanged",
        "refused": "Refused",
        "missing": NOT_IN_FILE,
    }
    return [(label, outcome[key]) for key, label in words.items()]


def stray(outcome: Found) -> list[str]:
    """A note about columns that are not read, where there are any."""
    names = ", ".join(outcome["stray"])
    return [f"Columns that are not known and will not be read: {names}."] if names else []


def parts(outcome: Found) -> list[Part]:
    """The rows that were refused, that change, that are new, that are not in the file: each part that has any."""
    refusals, changes, additions = outcome["refusals"], outcome["changes"], outcome["additions"]
    missing = outcome["missing_references"]
    found = [
        Part("Refused rows", REFUSALS, refusals, len({fault["line"] for fault in refusals}), outcome["refused"]),
        Part("Rows that change", CHANGES, _differences(changes), len(changes), outcome["changed"]),
        Part("New rows", ADDITIONS, _additions(additions), len(additions), outcome["added"], is_folded=True),
        Part(NOT_IN_FILE, MISSING, missing, len(missing), outcome["missing"], NEVER_DELETES, is_folded=True),
    ]
    return [part for part in found if part.total]


def _differences(changes: Iterable[Found]) -> list[dict[str, Any]]:
    return [
        {"line": row["line"], "reference": row["reference"], "field": name, "before": before, "after": after}
        for row in changes
        for name, before, after in row["differences"]
    ]


def _additions(additions: Iterable[Found]) -> list[dict[str, Any]]:
    return [
        {**row, "says": "; ".join(f"{name}: {value}" for name, _, value in row["differences"])} for row in additions
    ]
