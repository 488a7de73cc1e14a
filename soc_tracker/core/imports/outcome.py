"""What is decided on a file, and what becomes of its rows: the same words whatever the rows are."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, NamedTuple

Progress = Callable[[int, int], None]
"""Is told how many bytes have been read, and of how many."""


MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50
"""Rows of each sort that an outcome holds; it counts them all."""


def nothing(done: int, of: int) -> None:
    """Tell nobody."""


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
    additions: tuple[RowInWords, ...]
    changes: tuple[RowInWords, ...]
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
