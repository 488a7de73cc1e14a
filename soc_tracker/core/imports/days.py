"""Days as people write them in Britain and elsewhere, as systems write them, and as spreadsheets keep them.

``parse_day`` reads one by itself: day before month, years of four digits. What a column as a whole says of the order of
its days, months and years is judged by a ``DayColumn``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from soc_tracker.core.imports.cells import Cell
from soc_tracker.core.imports.questions import Answers, Question, ask
from soc_tracker.core.text.days import FIRST_DAY, LAST_DAY, YEARS, in_words, is_kept

LONDON = ZoneInfo("Europe/London")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
NUMBERS = {name: number for names in (MONTHS, FULL_MONTHS) for number, name in enumerate(names, 1)} | {"sept": 9}
ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
IN_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
IN_WORDS = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -]|([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? )"
    r"([0-9]{4}|[0-9]{2})"
)
TIME = re.compile(r"(?:,? |T)[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[ap]m)?", re.IGNORECASE)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+ ?(Z|[+-][0-9]{2}:?[0-9]{2})")
DAY_0, DAY_0_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Of the serial numbers of spreadsheets, and of those of workbooks that count from 1904."""
FIRST_SERIAL, LAST_SERIAL = date(1950, 1, 1), date(2099, 12, 31)
"""A number that gives a day outside is hardly a date."""
CENTURY = 90
"""A year of two digits from here on is of the last century; below, of this one."""
EXPECTED_DAY = f"a date such as 2022-07-13, 13/07/2022 or 13 Jul 2022, in the years {YEARS}"


class Order(StrEnum):
    """In which order a column has day, month and year."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"
    YEAR_FIRST = "year"

    @property
    def words(self) -> str:
        return {"day": "day/month/year", "month": "month/day/year", "year": "year/month/day"}[self]


def full_year(year: str) -> int:
    """Raises ValueError for a year of two digits: of one cell alone, nobody knows whether it is one."""
    if len(year) < len("2022"):
        raise ValueError(year)
    return int(year)


def year_of_two_digits(year: str) -> int:
    """A year of two digits is one of those that a record can be of."""
    return int(year) if len(year) == len("2022") else int(year) + (1900 if int(year) >= CENTURY else 2000)


def parse_day(cell: Cell) -> date:
    """A day, given as ISO (2022-07-13), British (13/07/2022), in words (13 July 2022) or as a spreadsheet's date.

    Years have four digits. A time after it is left out; one with a zone is first brought to UK time.
    A bare number is a date only where a spreadsheet keeps it as a number. Raises ValueError, also for a day
    outside the years that the site keeps.
    """
    return day_of(cell, lambda day, month, year: date(full_year(year), int(month), int(day)))


def day_of(cell: Cell, in_numbers: Callable[[str, str, str], date], day_0: date = DAY_0) -> date:
    """A day however it is given. ``in_numbers`` reads what is given as three numbers of which the first is no full
    year, and of a day in words gets day, month and year. Raises ValueError.
    """
    match cell:
        case str():
            day = _of_text(cell.strip(), in_numbers)
        case datetime():
            day = cell.date()
        case date():
            day = cell
        case int() | float() if (FIRST_SERIAL - day_0).days <= cell < (LAST_SERIAL - day_0).days + 1:
            day = day_0 + timedelta(days=int(cell))
        case _:
            raise ValueError(cell)
    if not is_kept(day):
        raise ValueError(cell)
    return day


def _of_text(text: str, in_numbers: Callable[[str, str, str], date]) -> date:
    if parts := ISO.fullmatch(text):
        return date(int(parts[1]), int(parts[3]), int(parts[4]))
    if parts := IN_NUMBERS.fullmatch(text):
        return in_numbers(parts[1], parts[3], parts[4])
    if parts := IN_WORDS.fullmatch(text.casefold()):
        day, month = (parts[1], parts[2]) if parts[1] else (parts[4], parts[3])
        year = parts[5] if len(parts[5]) == len("2022") else str(year_of_two_digits(parts[5]))
        return date(int(year), NUMBERS.get(month, 0), int(day))
    if MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        try:
            return moment.astimezone(LONDON).date()
        except OverflowError as error:  # in the year 0 or 10000
            raise ValueError(text) from error
    day_alone = TIME.sub("", text)
    if day_alone == text:
        raise ValueError(text)
    return _of_text(day_alone, in_numbers)


# The days of a column, judged together.


MANY = 10
"""Different days that all may be read in two ways, from which on that is asked about."""
RARE = 10
"""Of so many days of one order, a single one of the other is a slip."""
MONTHS_A_YEAR, FEWEST_DATES, MOST_EXAMPLES = 12, 2, 2
EXCHANGED = "exchanged"


WRITTEN = {Order.DAY_FIRST: (0, 1, 2), Order.MONTH_FIRST: (1, 0, 2), Order.YEAR_FIRST: (2, 1, 0)}
"""Where each order has day, month and year."""


@dataclass
class DayColumn:
    """Reads the days of one column, and keeps what they say of its order: of texts in three numbers such as 3/4/2022.

    The ``answers`` to its questions say in which order it is; without, days are read as day first. A day before
    ``first`` is none. ``last`` is the last day that can be meant; days beyond are read, so that they can be named.
    ``beside`` are all columns of days of the file: where one is unsure, none that may be read in two ways is sure.
    """

    key: str
    answers: Answers
    first: date = FIRST_DAY
    last: date = LAST_DAY
    day_0: date = DAY_0
    beside: "list[DayColumn]" = field(default_factory=list)
    readable: Counter[Order] = field(default_factory=Counter)
    only: dict[Order, list[str]] = field(default_factory=lambda: {order: [] for order in Order})
    either: list[str] = field(default_factory=list)
    parts: tuple[set[str], ...] = field(default_factory=lambda: (set(), set(), set()))
    short_year: str = ""
    early_dates: set[date] = field(default_factory=set)
    has_late_dates: bool = False

    def __post_init__(self) -> None:
        self.order_key, self.exchange_key = f"order:{self.key}", f"exchange:{self.key}"
        self.order = Order(self.answers.get(self.order_key) or Order.DAY_FIRST)
        self.is_exchanged = self.answers.get(self.exchange_key) == EXCHANGED
        self.expected = f"a date such as 2022-07-13, 13/07/2022 or 13 Jul 2022, from {in_words(self.first)} on"

    def __call__(self, cell: Cell) -> date:
        """Raises ValueError for what is no day."""
        day = day_of(cell, self._in_numbers, self.day_0)
        if day < self.first:
            raise ValueError(cell)
        if isinstance(cell, date):
            if day.day > MONTHS_A_YEAR:
                self.has_late_dates = True
            else:
                self.early_dates.add(day)
                day = day.replace(month=day.day, day=day.month) if self.is_exchanged else day
        return day

    def iso(self, cell: Cell) -> str:
        """The day as the database takes it, such as 2022-07-13. Raises ValueError."""
        return self(cell).isoformat()

    def _in_numbers(self, one: str, two: str, three: str) -> date:
        """As the order of the column has it; and what the other orders would make of it is kept in mind."""
        text = f"{one}/{two}/{three}"
        days = {order: _day(each, one, two, three) for order, each in WRITTEN.items()}
        if len(three) == len("2022"):
            days[Order.YEAR_FIRST] = None
        else:
            self.short_year = self.short_year or text
        likely = [order for order, day in days.items() if day and self.first <= day <= self.last]
        self.readable.update(likely)
        if len(likely) == 1:
            self.only[likely[0]].append(text)
        elif len({days[order] for order in likely}) > 1:
            self.either.append(text)
            for part, number in zip(self.parts, (one, two, three), strict=True):
                part.add(number)
        day = days[self.order]
        if day is None:
            raise ValueError(text)
        return day

    @property
    def is_unsure(self) -> bool:
        """Whether somebody has to say in which order the column has its days: some are of another order, too many for
        slips; or there are many that may be of either; or what would be their years differs more than their days.
        """
        own, (firsts, seconds, lasts) = len(self.only[Order.DAY_FIRST]), self.parts
        if (len(self.only[Order.MONTH_FIRST]) + len(self.only[Order.YEAR_FIRST])) * RARE > own:
            return True
        is_many = len(self.either) >= MANY and min(len(firsts), len(seconds)) > 1
        return not own and (is_many or (bool(self.readable[Order.YEAR_FIRST]) and len(lasts) > len(firsts)))

    @property
    def is_asked(self) -> bool:
        is_beside = bool(self.either) and not self.only[Order.DAY_FIRST] and any(each.is_unsure for each in self.beside)
        return self.is_unsure or is_beside

    def questions(self, heading: str, refused: Counter[str]) -> Iterator[Question]:
        """In which order the days are, where that is not sure; both orders are then said with an example. And whether a
        spreadsheet has exchanged day and month.
        """
        if self.is_asked:
            orders = sorted((order for order in Order if self.readable[order]), key=lambda order: -self.readable[order])
            yield ask(
                self.answers,
                key=self.order_key,
                text=f"{self.evidence(heading)} In which order are day, month and year?",
                choices=[(str(order), f"{order.words}: {self.example(order)}") for order in orders],
                is_needed=True,
            )
        # A program that has the month first makes dates of all that it can read so, and leaves the others as texts.
        is_left = bool(self.only[Order.DAY_FIRST]) and not self.either and not self.is_unsure
        if is_left and not self.has_late_dates and len(self.early_dates) >= FEWEST_DATES:
            day = min(self.early_dates)
            other = in_words(day.replace(month=day.day, day=day.month))
            yield ask(
                self.answers,
                key=self.exchange_key,
                text=f"Has the spreadsheet exchanged day and month in the column {heading}? All its dates have days "
                f"up to 12, and others, such as {self.only[Order.DAY_FIRST][0]}, are texts.",
                choices=[(EXCHANGED, f"Yes: its {in_words(day)} is {other}"), ("right", "No: its dates are right")],
                is_needed=True,
            )

    def evidence(self, heading: str) -> str:
        """How many different days can be of one order alone, and how many of either."""
        parts = []
        likely = max(Order, key=lambda order: self.readable[order])
        looks = f"The column {heading} looks like {likely.words}" if likely is not Order.DAY_FIRST else heading
        for order, texts in self.only.items():
            if texts:
                examples = " and ".join(texts[:MOST_EXAMPLES])
                parts.append(f"{len(texts):,} can be {order.words} alone, such as {examples}")
        if self.either:
            parts.append(f"{len(self.either):,} may be read in two ways, such as {self.either[0]}")
        return f"{looks}: of its different days {'; '.join(parts)}."

    def example(self, order: Order) -> str:
        """One of the days as it is written, and what it then is."""
        text = [*self.either, *self.only[order]][0]
        day = _day(WRITTEN[order], *text.split("/"))
        return f"{text} is {in_words(day)}" if day else f"{text} is refused"

    def notes(self, heading: str) -> Iterator[str]:
        if self.either and not self.only[self.order] and not self.is_asked:
            example = self.example(self.order)
            yield f"{heading}: no day tells whether day or month comes first. Read as day first: {example}."
        if self.short_year:
            day = _day(WRITTEN[self.order], *self.short_year.split("/"))
            yield f"{heading}: years of two digits are 1990 to 2089" + (
                f", so that {self.short_year} is {in_words(day)}." if day else "."
            )


def day_columns(keys: Iterable[str], answers: Answers, **more: Any) -> dict[str, DayColumn]:
    """What reads the columns of days of one file, by their keys."""
    columns: list[DayColumn] = []
    columns += (DayColumn(key, answers, beside=columns, **more) for key in keys)
    return {column.key: column for column in columns}


def _day(places: tuple[int, int, int], *numbers: str) -> date | None:
    day, month, year = (numbers[place] for place in places)
    with suppress(ValueError):
        return date(year_of_two_digits(year), int(month), int(day))
    return None
