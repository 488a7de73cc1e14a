"""Days, periods and due dates in a sentence, with no more precision than it gives them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from inspections.choices import DuePrecision
from inspections.reader.meaning.numbers import ONES, TENS, either, value_of_words
from soc_tracker.core.imports.days import FULL_MONTHS
from soc_tracker.core.imports.days import NUMBERS as MONTHS
from soc_tracker.core.text.days import Precision, is_kept, months_before, span

MONTH = rf"(?:{either(MONTHS)})\b\.?"
YEAR = r"(?:19|20)\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
ONE_DAY = re.compile(
    rf"\b{WEEKDAY}(?:(?P<d1>{DAY})(?: of)?[ -](?P<m1>{MONTH}),?[ -](?P<y1>{YEAR})"
    rf"|(?P<m2>{MONTH}) (?P<d2>{DAY}),? (?P<y2>{YEAR})"
    rf"|(?P<y3>{YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|(?P<d4>\d{1,2})[/.](?P<m4>\d{1,2})[/.](?P<y4>(?:19|20)\d\d)"
    rf"|(?P<m5>{MONTH}),? (?P<y5>{YEAR})"
    rf"|(?P<d6>{DAY})(?: of)? (?P<m6>{MONTH})(?! ?\d)"
    rf"|(?P<y7>{YEAR})(?![\d/%–-]|[.,]\d))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A date at ``start`` to ``end`` of a text: the first day of the span it names; None where it names no year."""

    on: date | None
    precision: DuePrecision
    start: int
    end: int

    @property
    def last(self) -> date | None:
        """The last day that it may stand for."""
        return span(self.on, self.precision).last if self.on else None


@lru_cache(maxsize=500)
def days_in(text: str) -> tuple[Day, ...]:
    """The dates of a text, in order. A number such as 2019 is a year wherever it stands: its reader knows better."""
    days = []
    for match in ONE_DAY.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        day, year = int(re.sub(r"\D", "", parts.get("d", "")) or 1), int(parts.get("y", 0))
        if parts.get("m", "1")[0].islower():  # the verbs "may" and "march"
            continue
        name = parts.get("m", "1").casefold().rstrip(".")
        month = int(name) if name.isdigit() else MONTHS[name]
        precision = DuePrecision.DAY if "d" in parts else DuePrecision.MONTH if "m" in parts else DuePrecision.YEAR
        if not year:
            days.append(Day(None, DuePrecision.YEAR_NOT_STATED, match.start(), match.end()))
            continue
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if is_kept(on):
            days.append(Day(on, precision, match.start(), match.end()))
    return tuple(days)


# Periods: what a figure is of, or when inspectors were there.


@dataclass(frozen=True)
class Span:
    """A period at ``start`` to ``end`` of a text; an end that is None is open or not known. Both days belong to it.
    ``as_at`` is set instead where a state is told, as it was on one day.
    """

    first: date | None
    last: date | None
    start: int
    end: int
    as_at: date | None = None
    precision: DuePrecision = DuePrecision.DAY
    words: str = ""
    """What dates cannot say, such as "since 2022" or "last year"."""


COUNT = rf"(?:\d+|{either([*ONES, *TENS])})"
UNIT_OF_TIME = r"(?:hour|day|week|fortnight|month|quarter|year)s?"
RATE = re.compile(r"(?:a|per|each|every) (?:day|week|fortnight|month|year)|(?:per|each|every) quarter", re.IGNORECASE)
WORDS_OF_TIME = re.compile(
    rf"\b(?:(?:in|over|during|for|throughout) )?(?:the )?(?:(?:last|past|previous) (?:{COUNT} )?{UNIT_OF_TIME})\b"
    r"|\b(?:at|by|during) the time of (?:our|the|this) (?:inspection|fieldwork|audit|review|visit)\b"
    rf"|\b(?:{RATE.pattern})\b",
    re.IGNORECASE,
)
YEAR_ENDING = re.compile(
    r"\b(?:year|12 months|twelve months) (?:ending|ended|to|up to)(?: on)?(?: the)? ?$", re.IGNORECASE
)
BETWEEN = re.compile(r"\b(?:between|from)(?: the)? ?$|(?:^|[\s(:])$", re.IGNORECASE)
AND = re.compile(r" ?(?:and|to|until|up to|–|—|-) ?", re.IGNORECASE)
SINCE = re.compile(r"\bsince(?: the| about| around| early| late)* ?$", re.IGNORECASE)
AS_AT = re.compile(
    r"\b(?:as at|as of|as on|on|at)(?: the)? ?$"
    r"|\b(?:extracted|taken|downloaded|collected)[^.]{0,40}\bon ?$|\bat the end of ?$",
    re.IGNORECASE,
)
DURING = re.compile(r"\b(?:in|during|throughout|for)(?: the)?(?: calendar)?(?: year)? ?$", re.IGNORECASE)
FIRST_WITHOUT_YEAR = re.compile(
    rf"\b(?P<d>{DAY})(?: (?P<m>{MONTH}))?(?= ?(?:and|to|until|–|—|-) ?{WEEKDAY}{DAY} {MONTH} {YEAR})", re.IGNORECASE
)
MONTH_WITHOUT_YEAR = re.compile(rf"\b(?P<m>{MONTH})(?= ?(?:and|to|until|–|—|-) ?{MONTH} {YEAR})", re.IGNORECASE)
FINANCIAL = re.compile(r"\bfinancial year (?P<y>(?:19|20)\d\d)\s?[/–-]\s?(?P<z>\d\d|(?:19|20)\d\d)\b", re.IGNORECASE)


@lru_cache(maxsize=500)
def spans_in(text: str) -> tuple[Span, ...]:
    """The periods and days of state that a text names, in order."""
    text, shifts = _with_years(text)
    days, skip = days_in(text), False
    spans: list[Span] = []
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        if skip or not day.on:
            skip = False
            continue
        joins = following and following.last and AND.fullmatch(text[day.end : following.start])
        if joins and following and following.last and following.on and day.on <= following.on:
            before = re.search(r"\b(?:between|from)(?: the)? ?$", text[: day.start], re.IGNORECASE)
            if before or joins[0].strip() != "and":
                start = before.start() if before else day.start
                spans.append(Span(day.on, following.last, start, following.end, precision=following.precision))
                skip = True
                continue
        spans += _span_of(text, day)
    for match in FINANCIAL.finditer(text):
        year = int(match["y"])
        spans.append(Span(date(year, 4, 1), date(year + 1, 3, 31), *match.span(), words=match[0]))
    spans += [
        Span(None, None, match.start(), match.end(), words=match[0])
        for match in WORDS_OF_TIME.finditer(text)
        if not any(s.start <= match.start() < s.end for s in spans)
    ]
    spans = [replace(each, start=_unshifted(each.start, shifts), end=_unshifted(each.end, shifts)) for each in spans]
    return tuple(sorted(spans, key=lambda each: each.start))


def _span_of(text: str, day: Day) -> Iterator[Span]:
    """What one date means after the words before it."""
    if not day.on or not day.last:
        return
    before = text[: day.start]
    if match := YEAR_ENDING.search(before):
        yield Span(months_before(day.last + timedelta(days=1), 12), day.last, match.start(), day.end)
    elif match := SINCE.search(before):
        words = text[match.start() : day.end].casefold().replace(text[day.start : day.end].casefold(), "")
        words += text[day.start : day.end]
        yield Span(day.on, None, match.start(), day.end, precision=day.precision, words=words.strip())
    elif (match := AS_AT.search(before)) and day.precision == DuePrecision.DAY:
        yield Span(None, None, match.start(), day.end, as_at=day.on)
    elif match := AS_AT.search(before):
        if match[0].strip().casefold() != "on":
            yield Span(None, None, match.start(), day.end, as_at=day.last, precision=day.precision)
    elif match := DURING.search(before):
        yield Span(day.on, day.last, match.start(), day.end, precision=day.precision)


def _with_years(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with the year that the second day of a pair gives to the first ("5 and 16 May 2022"), and what was put
    in where.
    """
    shifts: list[tuple[int, int]] = []
    while match := FIRST_WITHOUT_YEAR.search(text) or MONTH_WITHOUT_YEAR.search(text):
        second = next((day for day in days_in(text[match.end() :]) if day.on), None)
        if not second or not second.on:
            break
        has_month = "m" in match.groupdict() and match["m"]
        added = f" {second.on.year}" if has_month else f" {calendar.month_name[second.on.month]} {second.on.year}"
        text = text[: match.end()] + added + text[match.end() :]
        shifts.append((match.end(), len(added)))
    return text, shifts


def _unshifted(place: int, shifts: list[tuple[int, int]]) -> int:
    """Where a place stands in the text as it was."""
    for at, length in reversed(shifts):
        place = place - length if place >= at + length else min(place, at)
    return place


# When something must be done.


@dataclass(frozen=True)
class Due:
    """By when, at ``start`` to ``end`` of a text: as ``Recommendation`` keeps it. ``words`` is what the text says,
    ``counted`` what it was counted from, where it gives a length of time.
    """

    on: date | None
    precision: DuePrecision
    words: str
    start: int
    end: int
    counted: str = ""


BY = re.compile(
    r"\b(?:by|before|on or before|no later than|not later than|until"
    r"|(?:starting |with effect )?from|due(?: date)?:?|deadline:?|target date:?|timescale:?)"
    r"(?: or before| the)?(?P<end> (?:the )?end of)?(?P<start> (?:the )?(?:start|beginning) of)?(?: the)? ?$",
    re.IGNORECASE,
)
SEASON = re.compile(
    rf"\bby (?:the (?:end|start) of )?(?:the )?(?:spring|summer|autumn|winter) (?:of )?(?P<y>{YEAR})\b", re.IGNORECASE
)
BY_MONTH = re.compile(rf"\bby (?:the )?(?:end of )?(?P<m>{either(FULL_MONTHS)})\b(?! \d)", re.IGNORECASE)
WITHIN = re.compile(
    rf"\b(?:within|in the next|over the next|no later than|not more than) (?:the next )?(?P<n>{COUNT}|an?)[ -]"
    r"(?P<unit>working days?|days?|weeks?|months?|years?)"
    r"(?P<of>,? (?:of|from|after|following) (?:the )?(?:date of )?[^.,;:]{0,60}?"
    r"\b(?:publication|published|report|date|receipt|receiving)\b"
    r"(?: of (?:this|the|our) (?:report|review|inquiry|document))?)?",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"\b(?:immediately|with immediate effect|without delay|as a matter of urgency|urgently|forthwith"
    r"|as soon as (?:possible|practicable|it can|reasonably practicable))\b",
    re.IGNORECASE,
)


QUARTER = re.compile(
    rf"\b(?:by|before|in|during|no later than)(?P<end>(?: the)? end of)?(?: the)? "
    r"(?:Q(?P<q>[1-4])|quarter (?P<r>[1-4])|(?P<w>first|second|third|fourth|last|final) quarter)"
    rf"(?:,? (?:of|in))?(?: the)?(?: (?:financial|calendar) year)?,? (?P<y>{YEAR})"
    r"(?:\s?[/–-]\s?(?P<z>(?:20)?\d\d))?(?![\d/])",
    re.IGNORECASE,
)
FIRST_QUARTER = 3
"""Months of a year before its financial year begins."""
NAMED_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
END_OF_FINANCIAL = re.compile(
    r"\b(?:by|before|no later than)(?: the)? end of(?: the)?(?: financial year)? "
    rf"(?P<y>{YEAR})\s?[/–-]\s?(?:20)?\d\d\b",
    re.IGNORECASE,
)
START_OF_FINANCIAL = re.compile(
    r"\b(?:by|before|from)(?: the)? (?:start|beginning) of(?: the)?(?: financial year)? "
    rf"(?P<y>{YEAR})\s?[/–-]\s?(?:20)?\d\d\b",
    re.IGNORECASE,
)
END_OF_THIS = re.compile(
    r"\b(?:by|before|no later than)(?: the)? end of (?:(?:the|this|the current|the next|next) )"
    r"(?P<year>(?:financial|calendar) year|(?<=this )year)\b",
    re.IGNORECASE,
)


def due_in(text: str, *, published: date | None = None, precision: str = Precision.DAY) -> Due | None:
    """The first day or term by which the text wants something done, None where it gives none.

    A length of time counts from publication, whose day is known with the ``precision`` given.
    """
    dues: list[Due] = []
    for day in days_in(text):
        if not (match := BY.search(text[: day.start])):
            continue
        words = text[match.start() : day.end]
        if day.on and day.last and match["end"]:
            dues.append(Due(day.last, DuePrecision.DAY, words, match.start(), day.end))
        else:
            dues.append(Due(day.on, day.precision, words, match.start(), day.end))
    dues += [
        Due(date(int(match["y"]), 1, 1), DuePrecision.YEAR, match[0], match.start(), match.end())
        for match in SEASON.finditer(text)
    ]
    dues += [
        Due(None, DuePrecision.YEAR_NOT_STATED, match[0], match.start(), match.end())
        for match in BY_MONTH.finditer(text)
        if match["m"][0].isupper()
    ]
    dues += [*_due_periods(text, published), *_terms(text, published, precision)]
    dues = dues or [Due(None, DuePrecision.NONE, m[0], m.start(), m.end()) for m in AT_ONCE.finditer(text)]
    return min(dues, key=lambda due: due.start, default=None)


def _due_periods(text: str, published: date | None) -> Iterator[Due]:
    """By a quarter is by its last month; those of a year with one number are those of the calendar. Of financial years,
    the end or the start of one by its name, and the end of that of publication, or of the next.
    """
    for match in QUARTER.finditer(text):
        number = int(match["q"] or match["r"] or NAMED_QUARTERS[match["w"].casefold()])
        first = date(int(match["y"]), 4 if match["z"] else 1, 1)
        after = months_before(first, -3 * number)
        on, precision = months_before(after, 1), DuePrecision.MONTH
        if match["end"]:
            on, precision = after - timedelta(days=1), DuePrecision.DAY
        yield Due(on, precision, match[0], match.start(), match.end())
    for match in END_OF_FINANCIAL.finditer(text):
        yield Due(date(int(match["y"]) + 1, 3, 31), DuePrecision.DAY, match[0], match.start(), match.end())
    for match in START_OF_FINANCIAL.finditer(text):
        yield Due(date(int(match["y"]), 4, 1), DuePrecision.DAY, match[0], match.start(), match.end())
    if not published:
        return
    for match in END_OF_THIS.finditer(text):
        is_financial = match["year"].casefold().startswith("financial")
        years = ("next " in match[0].casefold()) + (is_financial and published.month > FIRST_QUARTER)
        last = date(published.year + years, 3, 31) if is_financial else date(published.year + years, 12, 31)
        yield Due(last, DuePrecision.DAY, match[0], match.start(), match.end(), "publication")


def _terms(text: str, published: date | None, precision: str) -> Iterator[Due]:
    for match in WITHIN.finditer(text):
        number = int(match["n"]) if match["n"].isdigit() else int(value_of_words(match["n"])) or 1
        unit = match["unit"].casefold().rstrip("s")
        if not published or "working" in unit or number > 1000:
            yield Due(None, DuePrecision.NONE, match[0], match.start(), match.end())
            continue
        counts = {"day": timedelta(days=number), "week": timedelta(weeks=number)}
        months = {"month": number, "year": 12 * number}
        on = published + counts[unit] if unit in counts else months_before(published, -months[unit])
        known = DuePrecision(precision)
        yield Due(
            on.replace(day=1) if known == DuePrecision.MONTH else on,
            known,
            match[0],
            match.start(),
            match.end(),
            "publication",
        )
