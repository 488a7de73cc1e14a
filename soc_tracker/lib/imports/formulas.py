"""Text that a spreadsheet would run as a formula, guarded when written and restored when read.

The guard is the apostrophe of ``csv_export``. Text that already begins with
apostrophes and a formula gets one more, so that nothing is lost:
``without_guard(with_guard(text)) == text`` for every text.
"""

import re

from soc_tracker.lib.csv_export import STARTS_A_FORMULA
from soc_tracker.lib.imports.cells import Cell

GUARD = "'"
_STARTS = "[" + re.escape("".join(STARTS_A_FORMULA)) + "]"
_NEEDS_GUARD = re.compile(f"{GUARD}*{_STARTS}")
_HAS_GUARD = re.compile(f"{GUARD}+{_STARTS}")


def with_guard(text: str) -> str:
    return GUARD + text if _NEEDS_GUARD.match(text) else text


def without_guard(cell: Cell) -> Cell:
    return cell[1:] if isinstance(cell, str) and cell.startswith(GUARD) and _HAS_GUARD.match(cell) else cell


def may_hold_guards(text: str) -> bool:
    """Whether any cell of this piece of a file can be guarded: a quick look before every cell is looked at."""
    return GUARD in text and _HAS_GUARD.search(text) is not None
