"""Which period of activity a page counts when its reader names none."""

from dataclasses import dataclass
from datetime import date, timedelta

from soc_tracker.lib.days import kept
from soc_tracker.lib.periods import Period, month_after, to_words

# Until the end of this month, the year before is still the year that reports speak of.
YEAR_BEFORE_UNTIL = 9


@dataclass(frozen=True)
class ChosenPeriod:
    """A period, and how it came to be chosen: "" where the reader named both of its ends."""

    days: Period
    chosen: str

    @property
    def first(self) -> date:
        return self.days.first

    @property
    def last(self) -> date:
        return self.days.last

    @property
    def words(self) -> str:
        return to_words(self.first, self.last)


def usual_period(day: date) -> ChosenPeriod:
    """The last calendar year that was over on the day; late in a year, the last 12 months that were.

    So both extracts of the inspectorate, of 4 January and of 13 July 2023, get 2022.
    """
    next_day = day + timedelta(days=1)
    if next_day.month <= YEAR_BEFORE_UNTIL:
        year = next_day.year - 1
        return ChosenPeriod(Period(date(year, 1, 1), date(year, 12, 31)), "the last calendar year over on that day")
    end = next_day.replace(day=1) - timedelta(days=1)
    return ChosenPeriod(Period(month_after(end, -11), end), "the last 12 months over on that day")


def period_of(first: date | None, last: date | None, day: date) -> ChosenPeriod:
    """What the reader named; from one end alone, 12 months to the last day or all days until the day itself."""
    if first is None and last is None:
        usual = usual_period(day)
        return ChosenPeriod(Period(kept(usual.first), kept(usual.last)), usual.chosen)
    if last is None:
        return ChosenPeriod(Period(first, max(first, day)), "until that day")
    if first is None:
        start = kept(month_after(last + timedelta(days=1), -12))
        return ChosenPeriod(Period(start, last), "from the month 12 months earlier")
    return ChosenPeriod(Period(first, last), "")
