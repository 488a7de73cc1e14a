"""The summary of a body, a region, an inspection or a plan on one A4: a page and a PDF that say the same."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views import View

from forces.models import Organisation, Region
from inspections.models import Inspection
from plans4p.models import Plan
from plans4p.plan_page.queries import of_plan
from soc_tracker.core.lists.pages import not_understood
from soc_tracker.core.lists.parameters import problems_in
from soc_tracker.core.paper.content import Paper, fitted
from soc_tracker.core.paper.pdf import pdf_of
from soc_tracker.core.records.states import name_of
from soc_tracker.dashboards.summary import charts, queries


class SummaryPage(View):
    """One sheet. Whoever may not see its subject gets the same 404 as for one that does not exist."""

    is_pdf = False
    permission: ClassVar[str]
    page: ClassVar[str]
    listed: ClassVar[tuple[str, str]]

    def subjects(self) -> QuerySet:
        raise NotImplementedError

    def paper(self, subject: Any, head: dict[str, Any]) -> Paper:
        raise NotImplementedError

    def get(self, request: HttpRequest, **key: str) -> HttpResponse:
        subject = get_object_or_404(self.subjects(), **key)
        title, name = self.listed
        breadcrumbs = [("Home", reverse("home")), (title, reverse(name)), (str(subject), subject.get_absolute_url())]
        if problems := problems_in(request.GET, {}):
            return not_understood(request, f"Summary: {subject}", problems, breadcrumbs)
        url = reverse(self.page, kwargs=key)
        head = {
            "day": localdate(),
            "address": request.build_absolute_uri(url),
            "made_by": name_of(request.user),
        }
        paper = fitted(self.paper(subject, head))
        if self.is_pdf:
            answer = HttpResponse(pdf_of(paper, site=request.build_absolute_uri("/")), content_type="application/pdf")
            filename = f"summary-{slugify(paper.title)}-{paper.day.isoformat()}.pdf"
            answer["Content-Disposition"] = f'inline; filename="{filename}"'
            return answer
        context = {
            "paper": paper,
            "breadcrumbs": breadcrumbs,
            "subject": subject,
            "pdf_url": reverse(f"{self.page}_pdf", kwargs=key),
        }
        return render(request, "dashboards/summary/summary.html", context)


class BodySummary(SummaryPage):
    permission = "forces.read_body"
    page = "body_summary"
    listed = ("Forces", "forces:force_list")

    def subjects(self) -> QuerySet:
        return Organisation.objects.visible_to(self.request.user)

    def paper(self, subject: Organisation, head: dict[str, Any]) -> Paper:
        user = self.request.user
        record = queries.on_record(user, [subject], head["day"])
        return charts.body_paper(subject, queries.of_body(user, subject), record, head)


class RegionSummary(SummaryPage):
    permission = "forces.read_body"
    page = "region_summary"
    listed = ("Regions", "forces:region_list")

    def subjects(self) -> QuerySet:
        return Region.objects.visible_to(self.request.user)

    def paper(self, subject: Region, head: dict[str, Any]) -> Paper:
        user = self.request.user
        bodies, facts = queries.of_region(user, subject, head["day"])
        return charts.region_paper(subject, bodies, facts, queries.on_record(user, bodies, head["day"]), head)


class InspectionSummary(SummaryPage):
    permission = "inspections.read_published"
    page = "inspection_summary"
    listed = ("Inspections", "inspections:inspection_list")

    def subjects(self) -> QuerySet:
        return Inspection.objects.visible_to(self.request.user).for_list()

    def paper(self, subject: Inspection, head: dict[str, Any]) -> Paper:
        return charts.inspection_paper(subject, queries.of_inspection(self.request.user, subject), head)


class PlanSummary(SummaryPage):
    permission = "plans4p.read_plan"
    page = "plan_summary"
    listed = ("4P plans", "plans4p:plan_list")

    def subjects(self) -> QuerySet:
        return Plan.objects.visible_to(self.request.user).for_list()

    def paper(self, subject: Plan, head: dict[str, Any]) -> Paper:
        return charts.plan_paper(subject, of_plan(self.request.user, subject, head["day"]), head)
