"""Reading spreadsheets: CSV and XLSX, whatever their encoding, delimiter and order of columns, in bounded memory.

    with open_sheet(path, "extract.csv") as sheet:
        found = match(sheet.headings, FIELDS)
        memos = {f.key: Memo(f, sheet.headings[found.places[f.key]]) for f in FIELDS if f.key in found.places}
        for chunk in sheet.chunks():
            values = {key: memo.column(chunk.columns[found.places[key]]) for key, memo in memos.items()}

Values are parsed, or a Fault where that failed. ``open_sheet``, ``match`` and ``chunks`` raise UnreadableFileError.
"""

from soc_tracker.lib.imports.cells import Cell, as_text, shown
from soc_tracker.lib.imports.chunks import Chunk
from soc_tracker.lib.imports.days import EXPECTED_DAY, parse_day
from soc_tracker.lib.imports.error_file import ErrorFile
from soc_tracker.lib.imports.errors import UnreadableFileError
from soc_tracker.lib.imports.headings import ERROR_HEADING, Field, Match, match
from soc_tracker.lib.imports.memo import Fault, Memo
from soc_tracker.lib.imports.outcome import Decision, Outcome, Refusal, Told
from soc_tracker.lib.imports.parsers import one_of, optional, parse_choice, parse_number, parse_yes_no
from soc_tracker.lib.imports.progress import Progress, nothing
from soc_tracker.lib.imports.sheet import Sheet, open_sheet
from soc_tracker.lib.imports.texts import parse_text

__all__ = [
    "ERROR_HEADING",
    "EXPECTED_DAY",
    "Cell",
    "Chunk",
    "Decision",
    "ErrorFile",
    "Fault",
    "Field",
    "Match",
    "Memo",
    "Outcome",
    "Progress",
    "Refusal",
    "Sheet",
    "Told",
    "UnreadableFileError",
    "as_text",
    "match",
    "nothing",
    "one_of",
    "open_sheet",
    "optional",
    "parse_choice",
    "parse_day",
    "parse_number",
    "parse_text",
    "parse_yes_no",
    "shown",
]
