"""What the check of a file found, in the words of its page: the same for every kind of file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soc_tracker.core.lists.columns import Column

Outcome = Mapping[str, Any]
"""What ``outcome.Outcome.as_json`` gives."""
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
class Section:
    """A section of what a check found: ``listed`` rows of the file, of ``total``; a row may take several lines."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    listed: int
    total: int
    note: str = ""
    is_folded: bool = False

    @property
    def cut(self) -> str:
        return f"The first {self.listed:,} of {self.total:,}." if self.listed < self.total else ""


@dataclass(frozen=True)
class Button:
    """A button: the address that takes the step, and what its form sends besides."""

    text: str
    url: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_secondary: bool = False


def is_new(outcome: Outcome) -> bool:
    """Whether good rows would add to the record or change it."""
    return bool(outcome["added"] + outcome["changed"])


def counts(outcome: Outcome, *, is_loaded: bool = False) -> list[tuple[str, int]]:
    """How many rows of each sort the check found; once loaded, what became of them."""
    words = {
        "added": "Added" if is_loaded else "To add",
        "changed": "Changed" if is_loaded else "To change",
        "unchanged": "On record already, unchanged",
        "refused": "Refused",
        "missing": NOT_IN_FILE,
    }
    return [(label, outcome[key]) for key, label in words.items()]


def notes_of(outcome: Outcome) -> list[str]:
    """A note about columns that are not read, where there are any."""
    names = ", ".join(outcome["stray"])
    return [f"Columns that are not known and will not be read: {names}."] if names else []


def sections_of(outcome: Outcome) -> list[Section]:
    """The rows that were refused, that change, that are new, that are not in the file: each section that has any."""
    refusals, changes, additions = outcome["refusals"], outcome["changes"], outcome["additions"]
    missing = outcome["missing_references"]
    fields = [
        {"line": row["line"], "reference": row["reference"], "field": name, "before": before, "after": after}
        for row in changes
        for name, before, after in row["differences"]
    ]
    added = [
        {**row, "says": "; ".join(f"{name}: {value}" for name, _, value in row["differences"])} for row in additions
    ]
    sections = [
        Section("Refused rows", REFUSALS, refusals, len({fault["line"] for fault in refusals}), outcome["refused"]),
        Section("Rows that change", CHANGES, fields, len(changes), outcome["changed"]),
        Section("New rows", ADDITIONS, added, len(additions), outcome["added"], is_folded=True),
        Section(NOT_IN_FILE, MISSING, missing, len(missing), outcome["missing"], NEVER_DELETES, is_folded=True),
    ]
    return [section for section in sections if section.total]
