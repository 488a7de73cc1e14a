"""Refused rows that were mended and come back: they are part of the file that they came from, and of its day.

The file of refused rows says in a column of its own which file that is: its name, its as-at day where that was known,
and how its SHA-256 begins.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from disruptions.extracts.models import Extract
from disruptions.loading.queries import Terms
from soc_tracker.core.access.models import Sight
from soc_tracker.core.imports.cells import as_text
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.sheet import Sheet

HEADING = "part_of"
ORIGIN = re.compile(r"(?P<name>.+?)(?: as at (?P<day>\d{4}-\d\d-\d\d))?, file (?P<digest>[0-9a-f]{12})")


@dataclass(frozen=True)
class Origin:
    """Where mended rows came from. ``extract`` is what the rest of that file became, None where it was not loaded."""

    file_name: str
    as_at: date | None
    extract: Extract | None


def origin_words(terms: Terms, *, is_day_known: bool) -> str:
    """What the file of refused rows says of the file that they are of: of the first, where these are mended rows."""
    if terms.part_of:
        terms = replace(terms, file_name=terms.part_of.file_name, sha256=terms.part_of.sha256)
    day = f" as at {terms.as_at.isoformat()}" if is_day_known else ""
    return f"{terms.file_name}{day}, file {terms.sha256[:12]}"


def origin_of(sheet: Sheet, *, sight: Sight, **which: Any) -> Origin | None:
    """Where the rows of a sheet with the HEADING came from: by the first row that says so. ``which`` are the contents
    and the kind of data of the extract.
    """
    place = sheet.headings.index(HEADING)
    cells = next((chunk.columns[place] for chunk in sheet.chunks()), [])
    origin = next(filter(None, (ORIGIN.fullmatch(as_text(cell).strip()) for cell in cells)), None)
    if origin is None:
        return None
    same = Extract.objects.seen_by(sight).in_force().filter(sha256__startswith=origin["digest"], **which)
    extract = same.order_by("-pk").first()
    try:
        day = date.fromisoformat(origin["day"]) if origin["day"] else None
    except ValueError:
        raise UnreadableFileError(f"The column {HEADING} names a day that is none: {origin['day']}.") from None
    return Origin(origin["name"], extract.as_at if extract else day, extract)
