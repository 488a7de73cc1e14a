"""What is decided on a file, and what becomes of its rows: the same words whatever the rows are."""

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, NamedTuple


class Decision(Enum):
    """What to do with a file: only look; load it whole or not at all; load its good rows."""

    CHECK = "check"
    ALL = "all"
    GOOD = "good"


class Refusal(NamedTuple):
    """One fault of one row: in which column, what it says, and what was expected.

    ``line`` is the row's number as a spreadsheet shows it, ``reference`` what the row calls itself.
    """

    line: int
    reference: str
    column: str
    value: str
    expected: str


@dataclass(frozen=True)
class Told:
    """A row of the file in words. ``differences`` are heading, before and after; a new row has nothing before."""

    line: int
    reference: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a file or, where nothing was ``written``, what would become of the good ones.

    ``refused`` counts rows, ``refusals`` has one for each fault; of additions, changes, refusals and
    missing references it holds the first. ``missing`` are rows that one would look for in the file, were it
    complete, and that stay on record. ``stray`` are columns that were not read.
    """

    written: bool
    added: int
    changed: int
    unchanged: int
    refused: int
    missing: int
    stray: tuple[str, ...]
    form: str
    additions: tuple[Told, ...]
    changes: tuple[Told, ...]
    refusals: tuple[Refusal, ...]
    missing_references: tuple[str, ...]

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
        }
