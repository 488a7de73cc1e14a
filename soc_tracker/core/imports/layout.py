"""Where the table is in a file: on which sheet, under which row of headings; and which rows in it are no records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from soc_tracker.core.imports.cells import Cell, Field, as_text, in_message, is_blank, plain, without_guard
from soc_tracker.core.imports.heads import Head
from soc_tracker.core.imports.questions import Answers, Question, UnreadableFileError, ask
from soc_tracker.core.lists.exports import INCOMPLETE

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

    @property
    def head(self) -> Head:
        return self.heads[self.place.sheet]

    @cached_property
    def words(self) -> str:
        """Such as: sheet “Data”, headings in row 4."""
        sheet = f"sheet “{self.head.name}”, " if self.head.name else ""
        return f"{sheet}headings in row {self.place.line:,}"


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
    if "heading_row" in answers or not is_evident(head, place, names):
        row = ask_for_row(head, place, answers)
        questions.append(row)
        place = replace(place, line=int(row.answer or place.line))
    return Layout(place, tuple(questions), heads)


def is_evident(head: Head, place: Place, names: Names) -> bool:
    """Whether the first row, and no other, is that of the headings."""
    rows = [row for _, row in head.rows if names.are_headings(row)]
    return place.line == head.rows[0][0] and all(row == rows[0] for row in rows) if head.rows else True


def ask_for_row(head: Head, place: Place, answers: Answers) -> Question:
    rows = [(str(line), f"Row {line:,}: {row_in_words(row)}") for line, row in head.rows[:MOST_CHOICES]]
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


def row_in_words(row: Sequence[Cell]) -> str:
    cells = [in_message(cell) for cell in row if as_text(cell).strip()]
    return ", ".join(cells[:CELLS_SHOWN])[:100] + (" …" if len(cells) > CELLS_SHOWN else "")


# Rows within the table that are no records.


TOTAL = re.compile(
    r"(grand |sub[ -]?|overall )?totals?\b.*|.*\b(sub[ -]?)?totals?|sum|cyfanswm|all (forces|rows)", re.IGNORECASE
)
NOTE = re.compile(
    r"[\[(*†‡§¹²³]|(foot)?notes?\b|sources?\b|figures?\b|data\b|©|crown copyright|please\b|end of|contains\b|key\b|"
    r"produced\b|extracted\b|report\b|page \d|table \d|official\b|restricted\b|this\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
"""Of a text that stands alone in a row, and so is a note."""


def why_no_record(row: Sequence[Cell], headings: Sequence[str], needed: Sequence[int]) -> str:
    """Why a row which lacks what a record needs is passed over; "" where it looks like a record all the same.

    ``needed`` are the places of what a record cannot do without.
    """
    texts = [text for cell in row if (text := as_text(cell).strip())]
    if not texts:
        return "beside the table"
    if INCOMPLETE in texts:
        raise UnreadableFileError(
            "The file says of itself that it is incomplete: it broke off while it was exported. Export it again, and "
            "try again."
        )
    same = sum(as_text(cell).strip() == heading for cell, heading in zip(row, headings, strict=True) if heading)
    if same == len(texts) and same > 1:
        return "the headings again"
    filled = sum(bool(as_text(row[place]).strip()) for place in needed)
    if TOTAL.fullmatch(texts[0]) and (2 * filled < len(needed) or len(needed) == 1):
        return "a total"
    if len(texts) == 1 and (NOTE.match(texts[0]) or len(texts[0].split()) >= FEWEST_WORDS):
        return "a note"
    return ""
