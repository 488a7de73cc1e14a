"""The table in any spreadsheet: opened, found under its row of headings, and read in chunks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from soc_tracker.core.imports.cells import (
    ERROR_HEADING,
    Cell,
    Chunk,
    Field,
    as_text,
    in_message,
    is_blank,
    plain,
    without_guard,
)
from soc_tracker.core.imports.csv_source import CsvSource
from soc_tracker.core.imports.encodings import GARBLED
from soc_tracker.core.imports.files import form_of
from soc_tracker.core.imports.heads import Head
from soc_tracker.core.imports.no_records import why_no_record
from soc_tracker.core.imports.outcome import MOST_PASSED_OVER, PassedOver
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, UnreadableFileError, ask
from soc_tracker.core.imports.workbooks.source import WorkbookSource

MOST_COLUMNS = 200


# Where the table is in a file: on which sheet, under which row of headings.


LONGEST_HEADING = 100
"""Characters; a longer text is looked at no further."""
MOST_CHOICES, CELLS_SHOWN = 60, 5
"""Rows that are offered as those of the headings, and how many cells of each are shown."""
plain_heading = lru_cache(maxsize=4096)(plain)


class Names:
    """The names under which a form knows its columns. A form without columns takes the first row for its headings."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.keys = {plain(name): each.key for each in fields for name in (each.heading, *each.synonyms)}
        self.required = {each.key for each in fields if each.required}

    def known(self, row: Sequence[Cell]) -> set[str]:
        """The columns whose headings stand in a row."""
        texts = (as_text(without_guard(cell)) for cell in row)
        found = {self.keys.get(plain_heading(text)) for text in texts if len(text) <= LONGEST_HEADING}
        return {key for key in found if key}

    def score(self, row: Sequence[Cell]) -> int:
        return len(self.known(row)) if self.keys else 0

    def are_headings(self, row: Sequence[Cell]) -> bool:
        """Whether all that is required stands in the row."""
        return bool(self.keys) and self.known(row) >= self.required


@dataclass(frozen=True)
class Place:
    """Where a sheet has its headings. ``is_whole``: all that the form requires."""

    sheet: int
    line: int
    is_whole: bool
    score: int


def places_of(heads: Sequence[Head], names: Names) -> list[Place]:
    """The likeliest place in each sheet."""
    places = []
    for number, head in enumerate(heads):
        rows = [(line, row) for line, row in head.rows if not is_blank(row)]
        whole = next(((line, row) for line, row in rows if names.are_headings(row)), None)
        rows = [whole] if whole else rows
        scores = [Place(number, line, whole is not None, names.score(row)) for line, row in rows]
        best = max(scores, key=lambda place: (place.is_whole, place.score, -place.line), default=None)
        places.append(best or Place(number, 1, is_whole=False, score=-1))
    return places


@dataclass(frozen=True)
class Layout:
    """The place that was chosen, by the sender or for them, and what can be asked about it."""

    place: Place
    questions: tuple[Question, ...]
    heads: Sequence[Head]


def layout_of(heads: Sequence[Head], names: Names, answers: Answers) -> Layout:
    """Raises UnreadableFileError for an answer that is none, or where there is nothing at all."""
    places = places_of(heads, names)
    if not any(head.rows for head in heads):
        raise UnreadableFileError("The file is empty. Choose a file with a row of headings.")
    questions = []
    place = max(places, key=lambda each: (each.is_whole, each.score, -each.sheet))
    if len(heads) > 1:
        sheet = ask(
            answers,
            key="sheet",
            text="Which sheet holds the rows?",
            hint="Several sheets have the headings." if sum(each.is_whole for each in places) > 1 else "",
            choices=[(head.name, head.name) for head in heads],
            is_needed=sum(each.is_whole for each in places) > 1,
            by_itself=f"As it is read now: {heads[place.sheet].name}",
        )
        questions.append(sheet)
        place = next((each for each in places if heads[each.sheet].name == sheet.answer), place)
    head = heads[place.sheet]
    full = [row for _, row in head.rows if names.are_headings(row)]
    is_first = not head.rows or (place.line == head.rows[0][0] and all(row == full[0] for row in full))
    if "heading_row" in answers or not is_first:
        row = ask_for_row(head, place, answers)
        questions.append(row)
        place = replace(place, line=int(row.answer or place.line))
    return Layout(place, tuple(questions), heads)


def ask_for_row(head: Head, place: Place, answers: Answers) -> Question:
    rows = []
    for line, row in head.rows[:MOST_CHOICES]:
        cells = [in_message(cell) for cell in row if as_text(cell).strip()]
        words = ", ".join(cells[:CELLS_SHOWN])[:100] + (" …" if len(cells) > CELLS_SHOWN else "")
        rows.append((str(line), f"Row {line:,}: {words}"))
    answer = answers.get("heading_row", "")
    if answer.isdecimal() and int(answer) > 0 and answer not in dict(rows):
        rows.append((answer, f"Row {int(answer):,}"))
    return ask(
        answers,
        key="heading_row",
        text="Which row holds the headings?",
        choices=rows,
        by_itself=f"As it is read now: row {place.line:,}",
        within="sheet",
    )


# The table itself.


Source = CsvSource | WorkbookSource


@dataclass
class Passed:
    """Rows that are no records: the first of them, and how many."""

    rows: list[PassedOver] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, why: str, row: Iterable[Cell], sheet: str = "") -> None:
        self.count += 1
        if len(self.rows) < MOST_PASSED_OVER:
            value = in_message(", ".join(text for cell in row if (text := as_text(cell).strip())))
            self.rows.append(PassedOver(line, why, value, sheet))


class Sheet:
    """The table in a file. ``chunks`` reads it once, from the row after the headings to the end.

    ``form`` says what was recognised ("CSV, UTF-8, semicolons"), ``place`` where its headings stand; ``size`` and
    ``position`` are bytes of the file and bytes read so far; ``suffix`` is ".csv" or ".xlsx". A column headed "error",
    which an error file adds, is left out. ``questions`` are what its sender may be asked; after the reading, ``notes``
    say what was read otherwise than it may seem, and ``passed`` which rows are no records. ``is_1904``: a day that is a
    number counts from 1904.
    """

    def __init__(self, source: Source, names: Names, answers: Answers) -> None:
        self._source, self._answers = source, answers
        self.layout = layout_of(source.heads, names, answers)
        self.head, self.line = source.heads[self.layout.place.sheet], self.layout.place.line
        self.questions = [*source.questions, *self.layout.questions, *questions_on(self.head, self.line, answers)]
        answered = {question.key: question.answer for question in self.questions}
        self._only_seen = answered.get("hidden_rows") == "visible"
        headings = [
            as_text(without_guard(cell)).strip()
            for cell in source.begin(self.layout.place.sheet, self.line, fills=answered.get("merged") == "all")
        ]
        while headings and not headings[-1]:
            headings.pop()
        if len(headings) > MOST_COLUMNS:
            raise UnreadableFileError(
                f"The row of headings has {len(headings):,} cells; at most {MOST_COLUMNS} columns are read. "
                "Choose a file whose headings are fewer, or remove the columns that are not needed."
            )
        self._width = len(headings)
        hidden = self.head.hidden_columns if answered.get("hidden_columns") == "visible" else ()
        left_out = {place for first, last in hidden for place in range(max(first, 0), min(last + 1, self._width))}
        self._left_out = [
            place for place, each in enumerate(headings) if plain(each) == ERROR_HEADING or place in left_out
        ]
        self.headings = tuple(each for place, each in enumerate(headings) if place not in self._left_out)
        required = {place for place, each in enumerate(self.headings) if names.keys.get(plain(each)) in names.required}
        self._needed = sorted(required)
        self._heading_set = set(filter(None, self.headings))
        self.form, self.suffix, self.size = source.form, source.suffix, source.size
        self.delimiter, self.marked, self.is_1904 = source.delimiter, source.marked, source.is_1904
        sheet = f"sheet “{self.head.name}”, " if self.head.name else ""
        self.place = f"{sheet}headings in row {self.line:,}"
        self._garbled: list[str] = []
        self.passed = Passed()
        for line, row in self.head.rows:
            if line < self.line:
                self.passed.add(line, "above the headings", row)

    @property
    def position(self) -> int:
        return self._source.position

    @property
    def notes(self) -> tuple[str, ...]:
        notes = [*self._source.notes]
        if names := [self.headings[place] for place in self.head.percents if place < len(self.headings)]:
            columns = ", ".join(f"“{name}”" for name in names)
            notes.append(f"{columns} shows percentages, which are read as they are shown, such as 45%.")
        if self._garbled:
            notes.append(
                f"Some text was garbled before the file was saved, and is read so: {'; '.join(self._garbled)}."
            )
        return tuple(notes)

    def chunks(self, rows: int = 10_000) -> Iterator[Chunk]:
        """All rows that are records, from one to so many at a time.

        Raises UnreadableFileError where the file turns out to be broken.
        """
        for chunk in self._source.chunks(self._width):
            whole = chunk.without(self._left_out) if self._left_out else chunk
            if whole.lines:
                whole = self._records(whole)
            if whole.lines:
                yield from whole.parts(rows)

    def _records(self, chunk: Chunk) -> Chunk:
        """Without the rows that are none, each of which is kept in ``passed``."""
        for line, text in chunk.strays.items():
            self.passed.add(line, "beside the table; the rest of the row is read", [text])
        if len(self._garbled) < MOST_GARBLED and self._source.may_be_garbled(chunk):
            cells = (
                f"row {line:,}, {heading}: “{in_message(cell)}”"
                for heading, column in zip(self.headings, chunk.columns, strict=True)
                for line, cell in zip(chunk.lines, column, strict=True)
                if type(cell) is str and GARBLED.search(cell)
            )
            self._garbled += islice(cells, MOST_GARBLED)
        none: dict[int, str] = {}
        if self._only_seen:
            none |= {at: "hidden in the sheet" for at, line in enumerate(chunk.lines) if self.head.hides(line)}
        if self._needed:
            suspects = self._suspects(chunk)
            none |= {at: why for at in suspects if (why := why_no_record(chunk.row(at), self.headings, self._needed))}
        if not none:
            return chunk
        for at, why in sorted(none.items()):
            line = chunk.lines[at]
            self.passed.add(line, why, [*chunk.row(at), *(fault.value for fault in [chunk.faults.get(line)] if fault)])
        return chunk.without_rows(none)

    def _suspects(self, chunk: Chunk) -> set[int]:
        """The rows that lack something that a record needs, or say again what a heading says."""
        suspects: set[int] = set()
        columns = chunk.columns
        if len(self._needed) < FEW_NEEDED:
            return set(range(len(chunk.lines)))
        # Of a row that is no record most of these are blank, and so one of any larger half.
        for place in self._needed[: len(self._needed) // 2 + 1]:
            if "" in columns[place]:
                suspects |= {at for at, cell in enumerate(columns[place]) if not as_text(cell).strip()}
        place = self._needed[0]
        if not self._heading_set.isdisjoint(columns[place]):
            suspects |= {at for at, cell in enumerate(columns[place]) if cell in self._heading_set}
        return suspects


MOST_GARBLED = 3
FEW_NEEDED = 2


def questions_on(head: Head, line: int, answers: Answers) -> Iterator[Question]:
    """What is asked about a table that does not show all that it holds."""
    hidden = sum(max(0, last - max(first, line + 1) + 1) for first, last in head.hidden_rows)
    if hidden:
        yield ask(
            answers,
            key="hidden_rows",
            text=f"{hidden:,} of the rows are hidden in the sheet, by a filter or by hand. Are they to be loaded?",
            choices=(("visible", "No: only the rows that the sheet shows"), ("all", "Yes: the hidden ones too")),
            is_needed=True,
        )
    merged = [cells for cells in head.merged if cells.bottom > line]
    if merged:
        first = merged[0]
        yield ask(
            answers,
            key="merged",
            text=f"Cells of several rows are merged into one, such as in rows {max(first.top, line + 1):,} to "
            f"{first.bottom:,}. What does their value hold for?",
            choices=(("all", "For each of these rows"), ("first", "For the first row only: the others say nothing")),
            is_needed=True,
        )
    if head.hidden_columns:
        yield ask(
            answers,
            key="hidden_columns",
            text="Some columns are hidden in the sheet. Are they to be read?",
            choices=(("all", "Yes"), ("visible", "No: only the columns that the sheet shows")),
            by_itself="As it is read now: they are read too",
        )


def source_of(path: Path, name: str, answers: Answers, names: Names) -> Source:
    """A file that its owner calls ``name``, by what it holds. Raises UnreadableFileError."""
    form = form_of(path, name)
    return CsvSource(path, answers, names) if form.is_text else WorkbookSource(path, form)


@contextmanager
def open_sheet(path: Path, name: str, answers: Answers = NO_ANSWERS, fields: Sequence[Field] = ()) -> Iterator[Sheet]:
    """The table of a file that its owner calls ``name``: the one that has the headings of these fields, or that its
    sender has chosen; without fields the first. Raises UnreadableFileError.
    """
    names = Names(fields)
    source = source_of(path, name, answers, names)
    try:
        yield Sheet(source, names, answers)
    finally:
        source.close()
