"""The phases of Clear, Hold, Build sites as bars over one span of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from plans4p.choices import Phase, PhaseState
from plans4p.sites.models import Site
from soc_tracker.core.text.days import month_after, months_between, to_words

MOST_TICKS = 5
MONTHS_A_YEAR = 12
STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months from one tick of the axis to the next: the first of these by which there is room for all."""
THINNEST, LABEL = 0.8, 17
"""In percent of the axis: the shortest bar that can be seen, and the room that a month in words takes on a phone."""


@dataclass(frozen=True)
class Tick:
    """A month at its place on the axis, in percent of its width; near its end there is no room for words ("")."""

    at: float
    words: str


@dataclass(frozen=True)
class Bar:
    """One phase: what the table says of it, and where its bar begins and how long it is in percent of the axis."""

    phase: str
    words: str
    when: str
    state: str
    left: float
    width: float


@dataclass(frozen=True)
class SiteBars:
    site: Site
    bars: list[Bar]


@dataclass(frozen=True)
class PhaseBars:
    """Sites with the bars of their phases over one axis. ``today`` is its place on the axis in percent."""

    rows: list[SiteBars]
    ticks: list[Tick]
    today: float


@dataclass(frozen=True)
class Axis:
    """From the first day of a month to the last day of another."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The beginning of the day, in percent; a day beyond either end is at that end."""
        days = (self.last - self.first).days + 1
        return round(100 * min(max((day - self.first).days, 0), days) / days, 3)


def phase_bars(sites: Iterable[Site], today: date) -> PhaseBars:
    """The phases of each site, earliest first, with today on the axis. Sites come with their phases already read."""
    by_site = [(site, list(site.phases.all())) for site in sites]
    phases = [phase for _, some in by_site for phase in some]
    days = [today, *(day for phase in phases for day in (phase.starts_on, phase.ends_on) if day)]
    axis = Axis(month_after(min(days), 0), month_after(max(days)) - timedelta(days=1))
    rows = []
    for site, some in by_site:
        bars = []
        for phase in some:
            state = phase.state_on(today)
            # One that has not ended is drawn until today; one to come without an end, to the end of the axis
            last = phase.ends_on or (axis.last if state == PhaseState.TO_COME else today)
            left = min(axis.at(phase.starts_on), 100 - THINNEST)
            width = round(min(max(axis.at(last + timedelta(days=1)) - left, THINNEST), 100 - left), 3)
            when = to_words(phase.starts_on, phase.ends_on)
            bars.append(Bar(phase.phase, Phase(phase.phase).label, when, state.label, left, width))
        rows.append(SiteBars(site, bars))
    months = months_between(axis.first, axis.last) + 1
    step = next((step for step in STEPS if months <= step * MOST_TICKS), STEPS[-1])
    form = "%Y" if step >= MONTHS_A_YEAR else "%b %Y"
    starts = [month_after(axis.first, number) for number in range(months)]
    at_step = [month for month in starts if (month.year * 12 + month.month - 1) % step == 0]
    ticks = [Tick(axis.at(month), month.strftime(form) if axis.at(month) <= 100 - LABEL else "") for month in at_step]
    return PhaseBars(rows, ticks, axis.at(today))
