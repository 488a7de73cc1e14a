"""One threat until a day that the reader sets, with its charts as files."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate, now

from disruptions.charts.threats import MONTHS, SCORES, charts_of
from disruptions.filters.record import AsAtSet
from disruptions.models import Threat
from disruptions.presenters import threat_page as present
from disruptions.selectors.record import Standpoint, standpoint
from disruptions.selectors.threat_page import ThreatFacts, of_threat
from disruptions.views.record import AskedView
from soc_tracker.lib.charts import ChartSpec
from soc_tracker.lib.csv_export import Preamble
from soc_tracker.lib.query_strings import address
from soc_tracker.lib.wording import name_of


class OneThreat(AskedView):
    """What the page and its files read; a threat that the user may not see gets the same 404 as one that is none."""

    permission = "disruptions.read_record"

    @property
    def title(self) -> str:
        return str(self.threat)

    @cached_property
    def threat(self) -> Threat:
        threats = Threat.objects.visible_to(self.request.user).for_list().select_related("extract")
        return get_object_or_404(threats, reference=self.kwargs["reference"])

    @cached_property
    def asked(self) -> AsAtSet:
        nothing: QuerySet = Threat.objects.none()
        return AsAtSet(self.request.GET, queryset=nothing, request=self.request, today=localdate(), reserved=())

    @cached_property
    def standpoint(self) -> Standpoint:
        day = self.asked.given.get("as_at")
        return standpoint(kind=self.threat.kind_of_data, day=day, today=self.asked.today)

    @cached_property
    def facts(self) -> ThreatFacts:
        return of_threat(self.request.user, self.threat, self.standpoint, self.disruptions_url)

    @cached_property
    def charts(self) -> dict[str, ChartSpec]:
        return charts_of(self.threat, self.facts, self.standpoint)

    @property
    def disruptions_url(self) -> str:
        query = {"threat": self.threat.reference, "data": self.standpoint.kind}
        if not self.standpoint.is_latest:
            query["as_at"] = self.standpoint.day.isoformat()
        return f"{reverse('disruptions:disruption_list')}?{urlencode(query)}"

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home")), ("SOC threats", reverse("disruptions:threat_list"))]


class ThreatPage(OneThreat):
    def answer(self) -> HttpResponse:
        context = {
            "threat": self.threat,
            "breadcrumbs": self.breadcrumbs,
            "standpoint": self.standpoint,
            "kinds": (),
            "facts": self.facts,
            "summary": present.summary(self.threat, self.facts.plans),
            "standing": present.standing(self.facts, self.standpoint),
            "events": present.state_events(self.facts),
            "assessment_columns": present.ASSESSMENT_COLUMNS,
            "disruption_columns": present.DISRUPTION_COLUMNS,
            "plan_columns": present.PLAN_COLUMNS,
            "scores": self._chart(SCORES),
            "months": self._chart(MONTHS),
            "changes": self.facts.changes,
        }
        return render(self.request, "disruptions/threat_detail.html", context)

    def _chart(self, slug: str) -> dict[str, Any] | None:
        """The chart and the address of its file; None where there is nothing to show."""
        if slug not in self.charts:
            return None
        url = reverse("disruptions:threat_chart_csv", args=[self.threat.reference, slug])
        return {"spec": self.charts[slug], "csv_url": url + address(self.request.GET).rstrip("?")}


class ThreatChartCsv(OneThreat):
    def answer(self) -> HttpResponseBase:
        chart = self.kwargs["chart"]
        if chart not in self.charts:
            raise Http404(f"This threat has no chart “{chart}” as at {self.standpoint.words}.")
        preamble = Preamble(
            title=f"{self.charts[chart].title}: {self.threat}",
            filter=f"Threat: {self.threat.reference}",
            kind_of_data=self.standpoint.kind,
            as_at=self.standpoint.day.isoformat(),
            made_at=now(),
            made_by=name_of(self.request.user),
        )
        return self.charts[chart].csv(preamble)
