"""Recommendations in tables: which column holds what, and what each row says; also of a table on several pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspections.reader.meaning.addressees import subject
from inspections.reader.meaning.asking import SHORTEST, asks
from inspections.reader.meaning.days import days_in
from inspections.reader.meaning.names import reads_as_name
from inspections.reader.meaning.phrasebook import Phrasebook
from inspections.reader.structure.blocks import Block
from soc_tracker.core.text.normal import normalise

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
COUNTED = re.compile(r"(?:(?P<number>\d{1,2}(?:\.\d{1,2})?)[.)]?|\(?[a-z][.)])\s+(?=[A-Z])")
NUMBER = re.compile(r"[A-Z]{0,2}\d{1,3}(?:\.\d{1,3})*[.)]?")
LONGEST_HEAD = 60
LONGEST_NAME_OF_ONE = 6
"""Words of the title of a recommendation."""


@dataclass(frozen=True)
class Row:
    text: str
    number: str
    owner: str
    due: str


def with_one_term(rows: Sequence[tuple[str, ...]], columns: dict[str, int]) -> list[tuple[str, ...]]:
    """The first row of each recommendation, without the rest of its actions; without a term where theirs differ."""
    groups: list[list[tuple[str, ...]]] = []
    for row in rows:
        text = row[columns["text"]]
        if groups and text in ("", groups[-1][0][columns["text"]]) and row[columns["action"]]:
            groups[-1].append(row)
        else:
            groups.append([row])
    due = columns.get("due", -1)
    return [
        tuple("" if at == due and len({row[due] for row in group}) > 1 else cell for at, cell in enumerate(group[0]))
        for group in groups
    ]


@dataclass
class Tables:
    """Reads the tables of a report one after the other; ``columns`` are those of the last that named them."""

    phrasebook: Phrasebook
    columns: dict[str, int] | None = None
    width: int = 0

    def rows(self, block: Block, *, is_listed: bool) -> Iterator[Row]:
        """The recommendations of a table that says that it has some, is a plan with owners and terms, or stands where
        they are listed; there, one without headings goes on with those of the table before it. One that says what
        became of them, and neither who nor by when, has none.
        """
        if not block.rows:
            return
        columns, width = self._columns_of(block.rows[0]), max(len(row) for row in block.rows)
        is_of_outcomes = "status" in columns and not {"owner", "due"} & columns.keys()
        if columns and (is_of_outcomes or YEAR.search(block.rows[0][columns["text"]])):
            self.columns = None
            return
        labelled = any(row and self.phrasebook.recommendation_label(row[0]) for row in block.rows)
        words = normalise(block.rows[0][columns["text"]]) if columns else ""
        names = (*self.phrasebook.recommendations, *self.phrasebook.recommendation_lists)
        says_so = any(re.search(rf"\b{name}s?\b", words) for name in names)
        head = columns if is_listed or says_so or {"owner", "due"} <= columns.keys() else {}
        if head:
            self.columns, self.width = self._completed(head, block.rows), width
        goes_on = is_listed and self.columns is not None and width == self.width
        if not (head or labelled or goes_on):
            return
        own = self.columns if self.columns is not None and (head or goes_on) else None
        columns = own or {"text": min(1, width - 1), "number": 0}
        rows = block.rows[1:] if head else block.rows
        yield from self._rows(with_one_term(rows, columns) if "action" in columns else rows, columns)

    def _rows(self, rows: Sequence[tuple[str, ...]], columns: dict[str, int]) -> Iterator[Row]:
        """Each row that recommends something. An owner or term stands for the rows below it in merged cells, and a
        row of one cell with a name for all below it.
        """
        above = {"owner": "", "due": ""}
        for row in rows:
            own = {cell for cell in row if cell}
            if len(own) == 1 and reads_as_name(name := own.pop().rstrip(":")):
                above["owner"] = name
                continue
            cells = {name: row[at] for name, at in columns.items() if at < len(row)}
            for name in ("owner", "due"):
                if name in columns:
                    above[name] = cells.get(name) or above[name]
            owner, due, text, number = above["owner"], above["due"], cells.get("text", ""), cells.get("number", "")
            own_label = self.phrasebook.recommendation_label(text)
            label = self.phrasebook.recommendation_label(number) or own_label
            if own_label and own_label.rest:
                text = own_label.rest
            elif counted := COUNTED.match(text) if not number else None:
                text, number = text[counted.end() :], counted["number"] or ""
            if "action" in cells and subject(text):
                owner = ""
            if not due and (day := next(iter(days_in(owner)), None)):
                owner, due = owner[: day.start].rstrip(" ,;:/–-"), owner[day.start :]
            if len(text.split()) >= SHORTEST:
                yield Row(text, label.number if label else number.strip(" ."), owner, due)

    def _columns_of(self, head: tuple[str, ...]) -> dict[str, int]:
        """Which column holds what, by its heading; {} where none holds what is asked for."""
        columns: dict[str, int] = {}
        plain = [normalise(cell) if len(cell) < LONGEST_HEAD else "" for cell in head]
        for name, phrases in self.phrasebook.columns.items():
            for phrase in phrases:
                words = re.compile(rf"{phrase}\b|.*\b{phrase}$")
                free = (at for at, cell in enumerate(plain) if at not in columns.values() and words.match(cell))
                if (at := next(free, None)) is not None:
                    columns[name] = at
                    break
        return columns if "text" in columns and len(head) > 1 else {}

    def _completed(self, columns: dict[str, int], rows: tuple[tuple[str, ...], ...]) -> dict[str, int]:
        """The columns by what stands below their headings: one heading may stand over the numbers of recommendations
        and over their text, or over titles alone, where another column has the text; a second such column has the
        actions that answer each recommendation.
        """
        at = columns["text"]
        cells = [row[at] for row in rows[1:] if at < len(row) and row[at]]
        if rows[0][at + 1 : at + 2] == ("",) and cells and all(map(NUMBER.fullmatch, cells)):
            columns = columns | {"number": at, "text": at + 1}
            cells = [row[at + 1] for row in rows[1:] if at + 1 < len(row)]
        others = tuple("" if place in columns.values() else cell for place, cell in enumerate(rows[0]))
        if not any(asks(cell) or len(cell.split()) > LONGEST_NAME_OF_ONE for cell in cells):
            columns = columns | {"text": self._columns_of(others).get("text", columns["text"])}
            others = tuple("" if place in columns.values() else cell for place, cell in enumerate(rows[0]))
        actions = self._columns_of(others).get("text")
        return columns if actions is None else columns | {"action": actions}
