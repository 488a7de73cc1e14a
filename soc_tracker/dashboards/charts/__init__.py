"""Charts of a region. Each draws exactly the rows of its table, which are also its CSV."""

from collections.abc import Callable

from soc_tracker.dashboards.charts.findings import findings_by_kind
from soc_tracker.dashboards.charts.shares import pursue_shares
from soc_tracker.dashboards.charts.threats import soc_threats
from soc_tracker.dashboards.selectors.region import RegionPage
from soc_tracker.lib.charts import ChartSpec

CHARTS: dict[str, Callable[[RegionPage], ChartSpec]] = {
    "findings-by-kind": findings_by_kind,
    "soc-threats": soc_threats,
    "pursue-shares": pursue_shares,
}


def has_numbers(chart: ChartSpec) -> bool:
    """Whether there is anything to draw; where there is not, the sentence says it all."""
    return any(number is not None for trace in chart.figure["data"] for number in trace["x"])


__all__ = ["CHARTS", "findings_by_kind", "has_numbers", "pursue_shares", "soc_threats"]
