"""The rows of a file understood, chunk by chunk and column by column, the good ones passed on to the database.

What is wrong with a row goes to the table of faults at once, so that no list grows with the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from disruptions.services.loading import refuse
from soc_tracker.lib.imports import Chunk, Fault, Field, Match, Memo, Progress, Refusal, Sheet, match, shown

Values = dict[str, list[Any]]
Located = tuple[int, Fault]  # a row of a chunk, and what is wrong with it


class _Unknown:
    """Stands for a value that was not understood: no rule finds it too early, too late, or the same as another."""

    def __lt__(self, other: object) -> bool:
        return False

    __gt__ = __lt__

    def __bool__(self) -> bool:
        return False


UNKNOWN = _Unknown()
AT_A_TIME, MOST_BYTES = 10_000, 4 << 20
"""Good rows that go to the database together, and how much of the file they may come from."""


@dataclass(frozen=True)
class Rule:
    """What a value must be, given the others of its row. ``broken`` finds the rows of a chunk that break it.

    It is left out where the file lacks the column, or one of those that it ``needs`` besides.
    """

    key: str
    expected: str
    broken: Callable[[Values], Iterable[int]]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """What a kind of file holds: its columns, its rules, and where the values of good rows go."""

    fields: Sequence[Field]
    rules: Sequence[Rule]
    stage: Callable[[Sequence[int], Values], None]


class Reader:
    """Reads a sheet once."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        """Raises UnreadableFileError when a heading is missing."""
        self.sheet, self.form = sheet, form
        self.match: Match = match(sheet.headings, form.fields)
        self.headings = {key: sheet.headings[place] for key, place in self.match.places.items()}
        self.memos = {
            field.key: Memo(field, self.headings[field.key]) for field in form.fields if field.key in self.headings
        }
        self.lines: list[int] = []
        self.values: Values = defaultdict(list)
        self.passed_on = 0
        self.rules = [rule for rule in form.rules if self.headings.keys() >= {rule.key, *rule.needs}]

    def read(self, progress: Progress) -> None:
        """Pass on the good rows and keep the faults of the others."""
        for chunk in self.sheet.chunks():
            self._take(chunk)
            if len(self.lines) >= AT_A_TIME or self.sheet.position - self.passed_on >= MOST_BYTES:
                self._pass_on()
            progress(self.sheet.position, self.sheet.size)
        self._pass_on()

    def _take(self, chunk: Chunk) -> None:
        places, lines = self.match.places, chunk.lines
        values: Values = {key: memo.column(chunk.columns[places[key]]) for key, memo in self.memos.items()}
        faults = [*self._too_long(chunk), *self._misread(values), *self._against_rules(chunk, values)]
        if faults:
            references = values["reference"]
            refuse([Refusal(lines[at], str(references[at] or ""), *fault) for at, fault in faults])
            bad = {at for at, _ in faults}
            good = [at not in bad for at in range(len(lines))]
            lines = list(compress(lines, good))
            values = {key: list(compress(column, good)) for key, column in values.items()}
        self.lines.extend(lines)
        for key, column in values.items():
            self.values[key].extend(column)

    def _pass_on(self) -> None:
        """Give the database what has come together: few large pieces go quicker than many small ones."""
        if self.lines:
            self.form.stage(self.lines, self.values)
        self.lines, self.values, self.passed_on = [], defaultdict(list), self.sheet.position

    def _too_long(self, chunk: Chunk) -> Iterator[Located]:
        if chunk.faults:
            places = {line: at for at, line in enumerate(chunk.lines)}
            yield from ((places[line], fault) for line, fault in chunk.faults.items())

    def _misread(self, values: Values) -> Iterator[Located]:
        """The values that were not understood; nothing is left in their place."""
        for key, memo in self.memos.items():
            if not memo.faulty:
                continue
            column = values[key]
            for at, value in enumerate(column):
                if type(value) is Fault:
                    column[at] = UNKNOWN
                    yield at, value

    def _against_rules(self, chunk: Chunk, values: Values) -> Iterator[Located]:
        for rule in self.rules:
            for at in rule.broken(values):
                said = shown(chunk.columns[self.match.places[rule.key]][at])
                yield at, Fault(self.headings[rule.key], said, rule.expected)
