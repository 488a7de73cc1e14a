"""What is decided on a file, what becomes of its rows, and how a page tells it: alike whatever the rows are."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from soc_tracker.core.imports.questions import Question
from soc_tracker.core.lists.columns import Column

MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50
MOST_PASSED_OVER = 100
"""Rows of each sort that an outcome holds; it counts them all."""


class Decision(Enum):
    """What to do with a file: only look; load it whole or not at all; load its good rows."""

    CHECK = "check"
    ALL = "all"
    GOOD = "good"

    def writes(self, *, new: int, refused: int) -> bool:
        """Whether a file is written of which so many rows add or change something, and so many are refused."""
        return bool(new) and (self is Decision.GOOD or (self is Decision.ALL and not refused))


class Refusal(NamedTuple):
    """One fault of one row: in which column, what it says, and what was expected.

    ``line`` is the row's number as a spreadsheet shows it, ``reference`` what the row calls itself.
    """

    line: int
    reference: str
    column: str
    value: str
    expected: str


class PassedOver(NamedTuple):
    """A row of the file that is no record: why, and what it says. ``sheet`` is "" where there is only one."""

    line: int
    why: str
    value: str
    sheet: str = ""


@dataclass(frozen=True)
class RowInWords:
    """A row of the file in words. ``differences`` are heading, before and after; a new row has nothing before."""

    line: int
    reference: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a file or, where nothing was ``written``, what would become of the good ones.

    ``refused`` counts rows, ``refusals`` has one for each fault; of additions, changes, refusals and
    missing references it holds the first. ``missing`` are rows that one would look for in the file, were it
    complete, and that stay on record: of one that ``is_part`` of all, none. ``withdrawable`` of them can be withdrawn
    together, once it is loaded. ``stray`` are columns that were not read.
    ``notes`` say what was read otherwise than it may seem, and ``passed_over`` which rows are no records: the first of
    ``passed_over_rows``. While one of the ``questions`` is open, nothing is written.
    """

    written: bool
    added: int
    changed: int
    unchanged: int
    refused: int
    missing: int
    stray: tuple[str, ...]
    form: str
    additions: tuple[RowInWords, ...]
    changes: tuple[RowInWords, ...]
    refusals: tuple[Refusal, ...]
    missing_references: tuple[str, ...]
    notes: tuple[str, ...] = field(default=(), kw_only=True)
    passed_over: tuple[PassedOver, ...] = field(default=(), kw_only=True)
    passed_over_rows: int = field(default=0, kw_only=True)
    questions: tuple[Question, ...] = field(default=(), kw_only=True)
    is_part: bool = field(default=False, kw_only=True)
    withdrawable: int = field(default=0, kw_only=True)

    @property
    def summary(self) -> str:
        return f"added {self.added}, changed {self.changed}, unchanged {self.unchanged}, refused {self.refused}"

    def as_json(self) -> dict[str, Any]:
        """The same in lists, texts and numbers, to be kept."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()}
        return plain | {
            "additions": [asdict(row) for row in self.additions],
            "changes": [asdict(row) for row in self.changes],
            "refusals": [fault._asdict() for fault in self.refusals],
            "passed_over": [row._asdict() for row in self.passed_over],
            "questions": [asdict(question) for question in self.questions],
        }


# What the check of a file has found, in the words of its page: the same for every kind of file.


OutcomeAsJson = Mapping[str, Any]
"""What ``Outcome.as_json`` gives."""

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
PASSED_OVER = (
    Column("line", "Row", lambda row: f"{row['sheet']}, {row['line']}" if row["sheet"] else row["line"]),
    Column("why", "Why", lambda row: row["why"]),
    Column("value", "What it says", lambda row: row["value"]),
)
NOT_IN_FILE = "On record, but not in the file"
NEVER_DELETES = "Nothing happens to these: a file never deletes."
TO_WITHDRAW = "Nothing happens to these by itself. Once the file is loaded, they can be withdrawn together."
NO_RECORDS = "These are taken to be no records. If one is, choose the row of the headings, or mend the file."
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


def is_new(outcome: OutcomeAsJson) -> bool:
    """Whether to load it would add to the record or change it, or tell what may be withdrawn from it."""
    return any(outcome.get(name) for name in ("added", "changed", "withdrawable"))


def counts(outcome: OutcomeAsJson, *, is_loaded: bool = False) -> list[tuple[str, int]]:
    """How many rows of each sort the check found; once loaded, what became of them."""
    words = {
        "added": "Added" if is_loaded else "To add",
        "changed": "Changed" if is_loaded else "To change",
        "unchanged": "On record already, unchanged",
        "refused": "Refused",
        **({} if outcome.get("is_part") else {"missing": NOT_IN_FILE}),
    }
    return [(label, outcome[key]) for key, label in words.items()]


FEWEST_ALIKE, MOST_LINES = 3, 6
"""Rows with one fault that are told together, and how many of them are then named."""


def faults_of(refusals: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The faults in the order of the file; one that many rows have is told once, with the numbers of its rows."""
    rows: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for fault in refusals:
        rows.setdefault((fault["column"], fault["value"], fault["expected"]), []).append(fault)
    faults: list[Mapping[str, Any]] = []
    for alike in rows.values():
        if len(alike) < FEWEST_ALIKE:
            faults += alike
            continue
        lines = ", ".join(f"{fault['line']:,}" for fault in alike[:MOST_LINES])
        more = f" and {len(alike) - MOST_LINES:,} more" if len(alike) > MOST_LINES else ""
        faults.append(
            {**alike[0], "line": f"{lines}{more}", "reference": f"{len(alike):,} rows", "first": alike[0]["line"]}
        )
    return sorted(faults, key=lambda fault: fault.get("first", fault["line"]))


def sections_of(outcome: OutcomeAsJson) -> list[Section]:
    """The rows that were refused, that change, that are new, that are not in the file: each section that has any."""
    refusals, changes, additions = outcome["refusals"], outcome["changes"], outcome["additions"]
    missing, advice = outcome["missing_references"], TO_WITHDRAW if outcome.get("withdrawable") else NEVER_DELETES
    fields = [
        {"line": row["line"], "reference": row["reference"], "field": name, "before": before, "after": after}
        for row in changes
        for name, before, after in row["differences"]
    ]
    added = [
        {**row, "says": "; ".join(f"{name}: {value}" for name, _, value in row["differences"])} for row in additions
    ]
    refused_rows = len({(fault["reference"], fault["line"]) for fault in refusals})
    sections = [
        Section(
            "Refused rows",
            REFUSALS,
            faults_of(refusals),
            refused_rows,
            outcome["refused"],
        ),
        Section("Rows that change", CHANGES, fields, len(changes), outcome["changed"]),
        Section("New rows", ADDITIONS, added, len(additions), outcome["added"], is_folded=True),
        Section(NOT_IN_FILE, MISSING, missing, len(missing), outcome["missing"], advice, is_folded=True),
    ]
    passed_over = outcome.get("passed_over", [])
    more = outcome.get("passed_over_rows", 0)
    sections.append(Section("Rows that are not read", PASSED_OVER, passed_over, len(passed_over), more, NO_RECORDS))
    return [section for section in sections if section.total]
