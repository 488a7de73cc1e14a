"""What became of every row."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone


class Result(StrEnum):
    """What became of one row."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT_ALONE = "left alone"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    NO_LONGER_IN_FILES = "no longer in the reference data"


@dataclass(frozen=True)
class Problem:
    """Why a row is refused: one field of it, what it says and what was expected."""

    field: str
    value: Any
    expected: str

    def __str__(self) -> str:
        said = "missing" if self.value in (None, "", []) else repr(self.value)
        return f"{self.field} is {said}; expected {self.expected}"


class RefusedError(Exception):
    """A row breaks the rules, in one or more places."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class LeftAloneError(Exception):
    """A row is not written, because somebody has edited or removed what it speaks of."""


@dataclass(frozen=True)
class Row:
    """One object of a file. ``number`` counts from 1, as a reader would."""

    kind: str
    file: str
    number: int
    data: dict[str, Any]

    @property
    def place(self) -> str:
        return f"{self.file}, row {self.number}" if self.number else self.file


@dataclass(frozen=True)
class Line:
    """What became of one row, and why."""

    result: Result
    kind: str
    key: str
    place: str = ""
    why: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass
class Outcome:
    """What became of all rows."""

    began: datetime = field(default_factory=timezone.now)
    written: bool = True
    lines: list[Line] = field(default_factory=list)

    def of(self, result: Result) -> list[Line]:
        return [line for line in self.lines if line.result == result]

    @property
    def summary(self) -> str:
        return ", ".join(f"{result} {len(self.of(result))}" for result in Result)
