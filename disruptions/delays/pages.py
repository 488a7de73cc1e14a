"""Late recording of the disruptions that a filter leaves: a page and its files."""

from typing import Any

from disruptions.delays.charts import delay_reports
from disruptions.delays.queries import delays_of
from disruptions.record_list.pages import ReportsOfChoice
from soc_tracker.core.reports import Makers, ready


class DelaysPage(ReportsOfChoice):
    title = "Late recording"
    template_name = "disruptions/delays.html"
    files = "disruptions:delays_file"

    def list_reports(self) -> Makers:
        delays = delays_of(self.filter.scope)
        return ready(delay_reports(delays, self.filter.standpoint) if delays else ())

    def context(self) -> dict[str, Any]:
        return super().context() | {"beyond_counts": self.filter.scope.rows is not None}
