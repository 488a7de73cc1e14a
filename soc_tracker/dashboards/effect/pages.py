"""Did it work? The page of the measure that a finding is about, and the form that names it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disruptions.standpoint.queries import standpoint
from inspections.figures.pages import FIGURE_COLUMNS
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.pages import ENTER
from inspections.repeats.pages import OfFinding
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.records.forms import RecordForm
from soc_tracker.core.records.pages import FormPage
from soc_tracker.dashboards.effect.queries import get_effect, spans_in_words, value_in_words

SIDES = (
    Column("name", "Body", lambda side: side.name, lambda side: side.url),
    Column("before", "Before", lambda side: value_in_words(side.before)),
    Column("after", "After", lambda side: value_in_words(side.after)),
)
EVENTS = (
    Column("on", "When", lambda event: event.on),
    Column("what", "What happened", lambda event: event.what, lambda event: event.url),
)
FIGURES = pick(FIGURE_COLUMNS, "figure", "period", "said_by", "note")


class DidItWork(OfFinding):
    """The measure before and after publication, that of its peers in the same time, and what else happened."""

    permission = "inspections.read_published"
    marking = UNMARKED.label

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        finding, today = self.finding, self.today
        point = standpoint(sight=sight_of(request.user), today=today)
        effect = get_effect(request.user, point, finding, today) if finding.measure else None
        return render(
            request,
            "dashboards/effect/effect.html",
            {
                "breadcrumbs": self.breadcrumbs(),
                "marking": self.marking,
                "finding": finding,
                "effect": effect,
                "point": point,
                "spans": spans_in_words(effect.spans) if effect and effect.spans else "",
                "sides": [effect.own, *effect.peers] if effect and effect.own else [],
                "side_columns": SIDES,
                "figure_columns": FIGURES,
                "event_columns": EVENTS,
                "may_enter": request.user.has_perm(ENTER),
            },
        )


class MeasureForm(RecordForm):
    class Meta:
        model = Finding
        fields = ("measure",)
        labels = {"measure": "Measure that would show it"}


class MeasureNamed(FormPage, OfFinding):
    permission = ENTER
    template_name = "dashboards/effect/measure_form.html"
    saved, leads_to = "Saved.", "did_it_work"

    def form(self, data: Any = None) -> MeasureForm:
        return MeasureForm(data, instance=self.finding)

    def write(self, form: MeasureForm) -> Finding:
        reason, version = form.cleaned_data["change_reason"], form.cleaned_data["expected_version"]
        return FINDINGS.change(self.finding, form.values, by=self.request.user, reason=reason, expected_version=version)
