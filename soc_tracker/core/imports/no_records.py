"""Rows within a table that are no records: totals, notes, the headings again."""

import re
from collections.abc import Sequence

from soc_tracker.core.imports.cells import Cell, as_text
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.lists.exports import INCOMPLETE

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
