"""Pursue, prevent, protect and prepare shares of lead disruptions, as published.

A percent stays a percent: where the count behind it was not published there
is no count, and so no interval.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from disruptions.choices import FourP
from forces.models import Organisation, Region
from inspections.choices import Comparison, UnitKind
from inspections.figures.models import PublishedFigure
from soc_tracker.core.stats.shares import Interval, wilson

Body = Organisation | Region

TOTAL = "lead-disruptions"
MEASURES = {TOTAL, *(f"{TOTAL}-{four_p}{kind}" for four_p in FourP for kind in ("", "-share"))}


@dataclass(frozen=True)
class Share:
    """One P of a body's lead disruptions: the percent, the count x and the total n, each None where not published."""

    four_p: FourP
    percent: PublishedFigure | None = None
    count: PublishedFigure | None = None
    total: PublishedFigure | None = None

    @property
    def published(self) -> bool:
        return bool(self.percent or self.count)

    @property
    def counts(self) -> tuple[int, int] | None:
        """x and n; None unless both were published exactly and n is not 0."""
        x, n = exact_count(self.count), exact_count(self.total)
        return (x, n) if x is not None and n and x <= n else None

    @property
    def interval(self) -> Interval | None:
        """The 95% Wilson interval; None without counts."""
        return wilson(*self.counts) if self.counts else None


@dataclass(frozen=True)
class Extract:
    """What was published of one body's lead disruptions in one period, as at one day."""

    body: Body
    total: PublishedFigure | None
    shares: tuple[Share, ...]

    @property
    def published(self) -> bool:
        return self.any_figure is not None

    @property
    def any_figure(self) -> PublishedFigure | None:
        """One of its figures, for the period and the day that all of them have in common."""
        figures = [self.total, *(share.percent or share.count for share in self.shares)]
        return next((figure for figure in figures if figure), None)


def exact_count(figure: PublishedFigure | None) -> int | None:
    """The number of a figure that was published as an exact count."""
    if figure is None or figure.value is None or figure.value_to is not None or figure.unit.kind != UnitKind.COUNT:
        return None
    return int(figure.value) if figure.qualifier.comparison == Comparison.SAME else None


def extracts(bodies: Iterable[Body], figures: Iterable[PublishedFigure]) -> tuple[Extract, ...]:
    """For each body what was published, period by period, the newest first; one empty extract where nothing was."""
    relevant = [figure for figure in figures if figure.measure.slug in MEASURES]
    # An inspection report speaks before a document that passes its figures on.
    relevant.sort(key=lambda figure: (not figure.source.kind.first_hand, figure.pk))
    published: list[Extract] = []
    for body in bodies:
        periods: dict[tuple[Any, ...], dict[str, PublishedFigure]] = {}
        for figure in relevant:
            if figure.about == body:
                days = (day or date.min for day in (figure.period_to, figure.period_from, figure.as_at))
                periods.setdefault((*days, figure.period_words), {}).setdefault(figure.measure.slug, figure)
        by_period = [periods[period] for period in sorted(periods, reverse=True)] or [{}]
        for by_measure in by_period:
            total = by_measure.get(TOTAL)
            shares = tuple(
                Share(four_p, by_measure.get(f"{TOTAL}-{four_p}-share"), by_measure.get(f"{TOTAL}-{four_p}"), total)
                for four_p in FourP
            )
            published.append(Extract(body, total, shares))
    return tuple(published)
