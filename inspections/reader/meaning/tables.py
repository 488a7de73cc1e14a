"""Recommendations in tables: which column holds what, and what each row says; also of a table on several pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspections.reader.meaning.asking import SHORTEST
from inspections.reader.meaning.phrasebook import Phrasebook
from inspections.reader.structure.blocks import Block

NUMBER = re.compile(
    r"^(?:no|number|ref|reference|id|#|rec(?:ommendation)?\.? (?:no|number|ref)|item)\.?$", re.IGNORECASE
)
TEXT = re.compile(r"\b(?:recommendations?|actions? required|required actions?|what must|what should)\b", re.IGNORECASE)
OWNER = re.compile(
    r"^(?:to|for)$|\b(?:responsib\w+|owners?|addressed|addressees?|lead|action by|who|organisations?"
    r"|bod(?:y|ies)|to whom|directed)\b",
    re.IGNORECASE,
)
DUE = re.compile(
    r"^by$|\b(?:due|by when|when|timescales?|deadlines?|target|date|timeframe|completion|timetable)\b", re.IGNORECASE
)
LONGEST_HEAD = 60


@dataclass(frozen=True)
class Row:
    text: str
    number: str
    owner: str
    due: str


@dataclass
class Tables:
    """Reads the tables of a report one after the other; ``columns`` are those of the last that named them."""

    phrasebook: Phrasebook
    columns: dict[str, int] | None = None
    width: int = 0

    def rows(self, block: Block, *, is_listed: bool) -> Iterator[Row]:
        """The recommendations of a table. Without headings of its own it goes on with those of the table before it,
        where recommendations are listed.
        """
        if not block.rows:
            return
        head, width = columns_of(block.rows[0]), max(len(row) for row in block.rows)
        labelled = any(row and self.phrasebook.recommendation_label(row[0]) for row in block.rows)
        if head:
            self.columns, self.width = head, width
        goes_on = is_listed and self.columns is not None and width == self.width
        if not (head or labelled or goes_on):
            return
        own = self.columns if self.columns is not None and (head or goes_on) else None
        columns = own or {"text": min(1, width - 1), "number": 0}
        for row in block.rows[1:] if head else block.rows:
            yield from self._row({name: row[at] for name, at in columns.items() if at < len(row)})

    def _row(self, cells: dict[str, str]) -> Iterator[Row]:
        text, number = cells.get("text", ""), cells.get("number", "")
        label = self.phrasebook.recommendation_label(number) or self.phrasebook.recommendation_label(text)
        if (own := self.phrasebook.recommendation_label(text)) and own.rest:
            text = own.rest
        if len(text.split()) >= SHORTEST:
            yield Row(text, label.number if label else number.strip(" ."), cells.get("owner", ""), cells.get("due", ""))


def columns_of(head: tuple[str, ...]) -> dict[str, int]:
    """Which column holds what, by its heading; {} where none holds recommendations."""
    columns: dict[str, int] = {}
    for name, pattern in (("number", NUMBER), ("owner", OWNER), ("due", DUE), ("text", TEXT)):
        for at, cell in enumerate(head):
            if pattern.search(cell.strip()) and at not in columns.values() and len(cell) < LONGEST_HEAD:
                columns.setdefault(name, at)
    return columns if "text" in columns and len(head) > 1 else {}
