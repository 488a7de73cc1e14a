"""The quarterly pack of a body, a region or all, as a page, as a PDF, and as a workbook."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate

from inspections.following.forms import ScopeFilter
from inspections.following.pages import TITLE, FollowingReports, list_tabs
from inspections.following.queries import Quarter, list_quarters
from inspections.packs import charts
from inspections.packs.queries import list_earlier, list_late_responses
from inspections.requirements.models import Requirement
from soc_tracker.core.lists.columns import in_files
from soc_tracker.core.lists.exports import Sheet, workbook_response
from soc_tracker.core.lists.filter_fields import OneChoiceFilter
from soc_tracker.core.paper.booklet import Booklet, pdf_of_booklet
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import Makers
from soc_tracker.core.reports.report import listing
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

RULES = """Both ends of the quarter belong to it. What was closed and reopened more than once counts each time. Where
only a month or a year of a day is known, its first day counts, and of a due date the last."""
QUARTERS = 40
"""That may be chosen."""


class PackFilter(ScopeFilter):
    """Of a quarter: the last that is over, unless another is chosen."""

    quarter = OneChoiceFilter(
        field_name="due_on",
        choices=lambda: [(each.name, each.words) for each in list_quarters(localdate(), QUARTERS)],
        label="Quarter",
        method=lambda rows, name, value: rows,
        empty_label="The last that is over",
    )

    class Meta:
        model = Requirement
        fields = ()

    @cached_property
    def chosen(self) -> Quarter:
        quarters = {each.name: each for each in list_quarters(self.today, QUARTERS)}
        name = self.form.cleaned_data.get("quarter") if self.form.is_valid() else ""
        return quarters[name] if name else next(iter(quarters.values()))


class PackPage(FollowingReports):
    """``whole`` is the ending of the file that holds all its tables: "pdf", "xlsx", or "" for the page."""

    title = "Quarterly pack"
    template_name = "inspections/pack.html"
    filterset_class = PackFilter
    files = "inspections:pack_file"
    whole = ""

    @property
    def quarter(self) -> Quarter:
        quarter: Quarter = self.filter.chosen
        return quarter

    @property
    def as_at(self) -> date:
        return self.quarter.period.last

    @property
    def subject(self) -> str:
        """Whom it is about: the bodies and regions that are asked for, else all."""
        names = [chip.value for chip in self.filter.chips if chip.label in ("Organisation", "Region")]
        return listing(names) if names else "All bodies"

    @property
    def filter_words(self) -> str:
        return f"{self.filter.summary}; {self.quarter.words}"

    def list_reports(self) -> Makers:
        followed, quarter, user = self.following.rows, self.quarter, self.request.user
        scope, findings = self.filter.form.cleaned_data, [each.requirement.finding for each in followed]
        bodies = {each.requirement.addressee for each in followed}
        by_body = {"by-body": lambda: charts.by_body(followed, quarter)} if len(bodies) > 1 else {}
        return {
            "by-kind": lambda: charts.by_kind(followed, quarter),
            **by_body,
            "movements": lambda: charts.movements(followed, quarter),
            "open": lambda: charts.still_open(followed, quarter),
            "slips": lambda: charts.slipped(followed, quarter),
            "responses": lambda: charts.late_responses(list_late_responses(user, quarter.period, scope), quarter),
            "repeats": lambda: charts.repeated(followed, quarter, list_earlier(user, findings)),
        }

    def get(self, request: HttpRequest, *args: Any, report: str = "", **kwargs: Any) -> HttpResponseBase:
        if self.problems or not self.whole:
            return super().get(request, *args, report=report, **kwargs)
        if request.user.is_authenticated:
            record_event(
                Kind.EXPORT,
                subject=f"{self.title}: {self.subject}",
                filter=self.filter_words,
                format=self.whole,
                as_at=self.as_at,
            )
        name = f"pack-{slugify(self.subject)[:60]}-{self.quarter.name.lower()}"
        if self.whole == "xlsx":  # a sheet for each table
            sheets = [
                Sheet(
                    slug.replace("-", " ").capitalize(), in_files(each.columns), each.rows, each.preamble(request.user)
                )
                for slug, each in self.reports.items()
            ]
            return workbook_response(name, sheets)
        site = request.build_absolute_uri("/").rstrip("/")
        answer = HttpResponse(pdf_of_booklet(self.booklet(site), site=site), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
        return answer

    def booklet(self, site: str) -> Booklet:
        """``site`` is its address without a slash at the end."""
        reports = {slug: make() for slug, make in self.list_reports().items()}
        return Booklet(
            title=self.subject,
            subtitle=f"{TITLE}: {self.quarter.words}",
            summary=[text for slug in ("by-kind", "open") if (text := reports[slug].sentence)],
            day=self.as_at,
            address=site + reverse("inspections:pack") + self.file_query(),
            made_by=name_of(self.request.user),
            reports=list(reports.values()),
        )

    def context(self) -> dict[str, Any]:
        query = self.file_query()
        return super().context() | {
            "quarter": self.quarter,
            "subject": self.subject,
            "undated": self.following.undated,
            "pdf_url": reverse("inspections:pack_pdf") + query,
            "xlsx_url": reverse("inspections:pack_xlsx") + query,
            "tabs": list_tabs("inspections:pack", query),
            "tabs_label": TITLE,
            "rules": RULES,
        }
