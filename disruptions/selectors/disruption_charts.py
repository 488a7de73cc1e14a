"""What the charts of a choice of disruptions draw."""

from dataclasses import dataclass, replace
from datetime import date

from disruptions.choices import ASSESSED, FourP, Involvement
from disruptions.selectors.counts import Scope, count_by, total_up_to


@dataclass(frozen=True)
class ChartCounts:
    """Disruptions by month and 4P, by involvement and 4P, and the lead ones that were assessed by body and 4P."""

    by_month: dict[tuple[date, str], int]
    by_involvement: dict[tuple[str, str], int]
    by_body: dict[tuple[int, str], int]


def chart_counts(scope: Scope, *, most: int) -> ChartCounts | None:
    """None where more rows than ``most`` would have to be counted one by one."""
    if scope.rows is not None and total_up_to(scope, most) > most:
        return None
    return ChartCounts(
        by_month=count_by(scope, "activity_month", "four_p"),
        by_involvement=count_by(scope, "involvement", "four_p"),
        by_body=count_by(_measured(scope), "organisation", "four_p"),
    )


def _measured(scope: Scope) -> Scope:
    """Of the scope, what published shares are made of: lead disruptions that were assessed."""
    measured = {"involvement": frozenset([Involvement.LEAD]), "size": frozenset(ASSESSED)}
    values = {name: wanted & scope.values.get(name, wanted) for name, wanted in measured.items()}
    return replace(scope, values={**scope.values, **values})


def of_four_p(counts: dict[tuple, int], key: object) -> dict[FourP, int]:
    """The counts of one month, body or involvement by 4P, 0 where the record has none."""
    return {four_p: counts.get((key, four_p), 0) for four_p in FourP}
