"""Dates as people write them in Britain, as systems write them, and as spreadsheets keep them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Choices

from soc_tracker.core.imports.cells import Cell, as_text, plain
from soc_tracker.core.text.days import YEARS, is_kept

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

    Years have four digits. A time after it is left out; one with a zone is first brought to UK time.
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
    if parts := ISO.fullmatch(text):
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := BRITISH.fullmatch(text):
        return date(int(parts[4]), int(parts[3]), int(parts[1]))
    if parts := IN_WORDS.fullmatch(text.casefold()):
        return date(int(parts[3]), NUMBERS.get(parts[2], 0), int(parts[1]))
    if MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        try:
            return moment.astimezone(LONDON).date()
        except OverflowError as error:  # in the year 0 or 10000
            raise ValueError(text) from error
    day = TIME.sub("", text)
    if day == text:
        raise ValueError(text)
    return _from_text(day)


# From a cell to a value. Every parser raises ValueError for what it does not understand, blank cells included.


ChoiceT = TypeVar("ChoiceT", bound=Choices)
NUMBER = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,30})(\.[0-9]{1,30})?(e[-+][0-9]{1,3})?")
"""The last part is how Python shows very large and very small ones."""
YES = {"yes", "y", "true", "t", "1"}
NO = {"no", "n", "false", "f", "0"}


def optional(parse: Callable[[Cell], Any], blank: Any = None) -> Callable[[Cell], Any]:
    """The same parser, for a column that may be left empty: it then gives ``blank``."""
    return lambda cell: parse(cell) if as_text(cell).strip() else blank


def parse_choice(choices: type[ChoiceT], synonyms: Mapping[str, ChoiceT] | None = None) -> Callable[[Cell], ChoiceT]:
    """One of a Choices class by its value, label or a synonym, whatever the case, spaces, hyphens and underscores."""
    known = {plain(str(words)): choice for choice in choices for words in (choice.value, choice.label)}
    known |= {plain(words): choice for words, choice in (synonyms or {}).items()}

    def parse(cell: Cell) -> ChoiceT:
        try:
            return known[plain(as_text(cell))]
        except KeyError:
            raise ValueError(cell) from None

    return parse


def one_of(choices: Any) -> str:
    """What ``parse_choice`` expects, in words: "Pursue, Prevent, Protect or Prepare"."""
    *others, last = (str(choice.label) for choice in choices)
    return f"{', '.join(others)} or {last}" if others else last


def parse_number(
    low: Decimal | int | None = None, high: Decimal | int | None = None, places: int | None = None
) -> Callable[[Cell], Decimal]:
    """A number from ``low`` to ``high``, both included, with at most so many decimal places; "1,234" is understood."""

    def parse(cell: Cell) -> Decimal:
        # A spreadsheet keeps 15 digits; what stands behind them comes from reckoning in binary.
        text = f"{cell:.15g}" if isinstance(cell, float) else as_text(cell).strip()
        if not NUMBER.fullmatch(text):
            raise ValueError(cell)
        number = Decimal(text.replace(",", ""))
        _, _, exponent = number.normalize().as_tuple()
        too_fine = places is not None and isinstance(exponent, int) and -exponent > places
        if too_fine or (low is not None and number < low) or (high is not None and number > high):
            raise ValueError(cell)
        return number

    return parse


def parse_yes_no(cell: Cell) -> bool:
    """Yes or no, true or false, 1 or 0, or their first letters, in any case."""
    word = as_text(cell).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(cell)
