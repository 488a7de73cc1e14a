"""Dates as people write them in Britain, as systems write them, and as spreadsheets keep them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from soc_tracker.lib.days import YEARS, is_kept
from soc_tracker.lib.imports.cells import Cell

LONDON = ZoneInfo("Europe/London")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
NUMBERS = {name: number for names in (MONTHS, FULL_MONTHS) for number, name in enumerate(names, 1)} | {"sept": 9}
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
BRITISH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4})")
TIME = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+ ?(Z|[+-][0-9]{2}:?[0-9]{2})")
DAY_0 = date(1899, 12, 30)
"""Of the serial numbers of spreadsheets."""
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_050
"""1950 to 2099: a number outside is hardly a date."""
EXPECTED_DAY = f"a date such as 2022-07-13, 13/07/2022 or 13 Jul 2022, in the years {YEARS}"


def parse_day(cell: Cell) -> date:
    """A day, given as ISO (2022-07-13), British (13/07/2022), in words (13 July 2022) or as a spreadsheet's date.

    Years have four digits. A time after it is left out; one with a zone is first brought to London.
    A bare number is a date only where a spreadsheet keeps it as a number. Raises ValueError, also for a day
    outside the years that the site keeps.
    """
    match cell:
        case str():
            day = _from_text(cell.strip())
        case datetime():
            day = cell.date()
        case date():
            day = cell
        case int() | float() if FIRST_SERIAL <= cell < LAST_SERIAL + 1:
            day = DAY_0 + timedelta(days=int(cell))
        case _:
            raise ValueError(cell)
    if not is_kept(day):
        raise ValueError(cell)
    return day


def _from_text(text: str) -> date:
    if found := ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := BRITISH.fullmatch(text):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if found := IN_WORDS.fullmatch(text.casefold()):
        return date(int(found[3]), NUMBERS.get(found[2], 0), int(found[1]))
    if MOMENT.fullmatch(text):
        return _in_london(datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", "")))
    day = TIME.sub("", text)
    if day == text:
        raise ValueError(text)
    return _from_text(day)


def _in_london(moment: datetime) -> date:
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError as error:  # in the year 0 or 10000
        raise ValueError(moment) from error
