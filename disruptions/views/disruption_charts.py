"""Charts of the disruptions that a filter leaves, and their files: the list's own filter, on a page of its own."""

from functools import cached_property

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from disruptions.charts.disruptions import charts_of
from disruptions.filters.disruptions import DisruptionFilter
from disruptions.models import Disruption
from disruptions.selectors.disruption_charts import chart_counts
from disruptions.views.record import AskedView
from soc_tracker.lib.charts import ChartSpec
from soc_tracker.lib.csv_export import Preamble
from soc_tracker.lib.query_strings import address
from soc_tracker.lib.wording import name_of

TITLE = "Charts of disruptions"


class ChartsOfChoice(AskedView):
    """What the page and its files read."""

    permission = "disruptions.read_record"
    title = TITLE

    @cached_property
    def asked(self) -> DisruptionFilter:
        rows = Disruption.objects.visible_to(self.request.user)
        return DisruptionFilter(self.request.GET, rows, request=self.request, today=localdate(), reserved=())

    @cached_property
    def charts(self) -> dict[str, ChartSpec]:
        """By their slugs; none where there is too much to count."""
        counts = chart_counts(self.asked.scope, most=self.asked.most_counted)
        if counts is None:
            return {}
        return charts_of(counts, self.asked.standpoint, self.asked.filters["organisation"].names)

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home")), ("Disruptions", self.list_url)]

    @property
    def list_url(self) -> str:
        """The list of what is charted; where that was not understood, the whole list."""
        query = "" if self.asked.problems else address(self.asked.query)
        return reverse("disruptions:disruption_list") + query.rstrip("?")


class DisruptionCharts(ChartsOfChoice):
    def answer(self) -> HttpResponse:
        context = {
            "title": TITLE,
            "breadcrumbs": self.breadcrumbs,
            "filter": self.asked,
            "standpoint": self.asked.standpoint,
            "list_url": self.list_url,
            "most": self.asked.most_counted,
            "charts": [(chart, self._csv_url(slug)) for slug, chart in self.charts.items()],
        }
        return render(self.request, "disruptions/disruption_charts.html", context)

    def _csv_url(self, slug: str) -> str:
        return reverse("disruptions:disruption_chart_csv", args=[slug]) + address(self.asked.query).rstrip("?")


class DisruptionChartCsv(ChartsOfChoice):
    def answer(self) -> HttpResponseBase:
        chart = self.kwargs["chart"]
        if chart not in self.charts:
            raise Http404(f"There is no chart “{chart}” of these disruptions.")
        preamble = Preamble(
            title=self.charts[chart].title,
            filter=self.asked.summary,
            kind_of_data=self.asked.standpoint.kind,
            as_at=self.asked.standpoint.day.isoformat(),
            made_at=now(),
            made_by=name_of(self.request.user),
        )
        return self.charts[chart].csv(preamble)
