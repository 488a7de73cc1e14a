"""What a cell holds, and how it is shown as text."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from soc_tracker.lib.clean import clean_line

Cell: TypeAlias = str | int | float | date | datetime | time | timedelta
"""A blank cell is "". CSV has texts only. XLSX has numbers (whole ones as int) and dates too; TRUE and FALSE are texts.
"""

LONGEST_SHOWN = 200
"""Characters of a value that a message repeats."""


def as_text(cell: Cell) -> str:
    """The cell as a CSV holds it: ISO dates; midnight, which date columns of spreadsheets carry along, is left out."""
    match cell:
        case str():
            return cell
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def shown(cell: Cell) -> str:
    """The cell for a message: on one line, cut where it is long."""
    text = " ".join(clean_line(as_text(cell)).split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 2] + " …"


def is_blank(row: Iterable[Cell]) -> bool:
    """Whether a spreadsheet would show nothing in this row."""
    return not any(as_text(cell).strip() for cell in row)
