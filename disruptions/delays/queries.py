"""How long after the activity disruptions reach the record: counts by month of activity and of becoming known."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from disruptions.counts.models import FULL, MONTHLY, Cell
from disruptions.counts.queries import MONTH, YEAR, Scope, count_by
from disruptions.counts.sql.queries import split
from disruptions.measures.queries import WINDOW, last_month_over
from soc_tracker.core.stats.frames import Triangle, delay_triangle, quarter_of
from soc_tracker.core.text.days import month_after


@dataclass(frozen=True)
class Delays:
    """``last`` is the last quarter that was over on the day (its first day). ``later`` counts what the triangle leaves
    out: activity before its first quarter or after its last, and what became known after it.
    """

    last: date
    triangle: Triangle
    later: int


def delays_of(scope: Scope) -> Delays | None:
    """Of the quarters within the months that are looked at for late recording. Two queries.

    None where nothing is on record, or where the scope narrows by what no cell holds. Days of activity that part a
    month count with the whole months between them.
    """
    over = last_month_over(scope.standpoint)
    if over is None or scope.rows is not None:
        return None
    last = (
        quarter_of(over) if month_after(over) == month_after(quarter_of(over), 3) else quarter_of(month_after(over, -3))
    )
    first = month_after(last, 3 - WINDOW)
    months, _ = split(scope.activity)
    level = MONTHLY if {*scope.values} <= {*MONTHLY.dimensions, YEAR} else FULL
    cells = Cell.objects.filter(
        level=level.number,
        kind_of_data=scope.standpoint.kind,
        activity__gte=max(day for day in (first, months.first) if day),
        activity__lt=month_after(last, 3),
        known__lt=month_after(last, 3),
    )
    if months.last:
        cells = cells.filter(activity__lte=months.last)
    for name, wanted in scope.values.items():
        cells = cells.filter(_among(name, wanted))
    sums = cells.order_by().values_list("activity", "known").annotate(sum=Sum("n"))
    counts = {(activity, known): number for activity, known, number in sums}
    triangle = delay_triangle(counts, last=last)
    everything = sum(count_by(scope, MONTH).values())
    return Delays(last, triangle, everything - sum(triangle.of_quarter.values()))


def _among(name: str, wanted: frozenset) -> Q:
    """Cells with one of the values; None among them is none stated."""
    if name == YEAR:
        within = Q()
        for year in wanted:
            within |= Q(activity__range=(date(year, 1, 1), date(year, 12, 31)))
        return within if wanted else Q(pk__in=[])
    chosen = Q(**{f"{name}__in": wanted - {None}})
    return chosen | Q(**{f"{name}__isnull": True}) if None in wanted else chosen
