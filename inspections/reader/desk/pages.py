"""A report on its way in: uploaded and followed, its draft inspection begun, its proposals reviewed one by one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from inspections.programmes.models import Inspection
from inspections.reader.desk.forms import DraftForm, ReportFileForm
from inspections.reader.desk.models import READ, ReportFile
from inspections.reader.desk.services import begin_draft
from inspections.reader.desk.tasks import WORK
from inspections.reader.editions.queries import reports_to_follow
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.review.queries import (
    count_in_words,
    progress_of,
)
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.pages import Crumb, FormPage, Trail

SECTION = (("Inspections", "inspections:inspection_list"), ("Read a report", "inspections:report_new"))
STAGE_WORDS: dict[str, str] = {UploadStage.WAITING: "Waiting to be read", UploadStage.CHECKING: "Being read"}
UPLOADS = (uploads_pages.FILE, uploads_pages.STAGE, uploads_pages.SENT_AT)
REPORTS = (
    uploads_pages.FILE,
    Column(
        "inspection",
        "Inspection",
        lambda report: str(report.inspection or ""),
        lambda report: report.inspection.get_absolute_url() if report.inspection else "",
    ),
    uploads_pages.SENT_BY,
)


class ReportNew(uploads_pages.UploadNew):
    """Takes a report, and lists those that its reader has a part in."""

    work, parents, permission = WORK, SECTION[:1], READ
    form_class = ReportFileForm
    template_name = "inspections/reader/report_form.html"
    columns = UPLOADS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begun = (
            self.visible().filter(stage=UploadStage.LOADED, response=None).select_related("inspection", "uploaded_by")
        )
        more = {"begun": begun[: uploads_pages.MOST_LISTED], "report_columns": REPORTS}
        return super().get_context_data(**kwargs) | more


class ReportPage(uploads_pages.UploadPage):
    """Follows a report while it is read; then it leads on to its draft, or to its review."""

    work, parents, permission = WORK, SECTION, READ
    template_name = "components/upload.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        report = self.get_object()
        match report.stage:
            case UploadStage.CHECKED:
                route = "report_begin" if report.response_id is None else "answers"
                return moved_on(request, f"inspections:{route}", report)
            case UploadStage.LOADED if report.response is not None:
                return redirect(report.response)
            case UploadStage.LOADED:
                return moved_on(request, "inspections:report_review", report)
            case _:
                return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, state = super().get_context_data(**kwargs), kwargs["state"]
        context["caption"] = "A report that is read"
        words = STAGE_WORDS.get(self.object.stage)
        if words and not state.is_stopped:
            context["stage_tag"] = words, context["stage_tag"][1]
        if self.object.stage == UploadStage.CHECKING:
            context["progress_words"] = "Reading." if state.percent is None else f"{state.percent} % of it read."
        return context


def moved_on(request: Any, route: str, report: ReportFile) -> HttpResponse:
    """To another page; where a part of the page asked, it is the whole that goes."""
    url = reverse(route, args=[report.token])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


class ReportStep(uploads_pages.UploadStep):
    work, parents, permission = WORK, SECTION, READ


class OfReport(Trail):
    """A page of a report that was read."""

    permission = READ
    parents: ClassVar[Sequence[Crumb]] = SECTION
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> ReportFile:
        reports = ReportFile.objects.visible_to(self.request.user).select_related(
            "inspection__region", "uploaded_by", "earlier"
        )
        report: ReportFile = get_object_or_404(reports, token=self.kwargs["token"])
        return report

    @cached_property
    def inspection(self) -> Inspection:
        """The draft that is made of it."""
        if self.report.inspection is None:
            raise Http404("No inspection has been begun of this report.")
        return self.report.inspection

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (self.report.file_name, self.report.get_absolute_url())]


class DraftNew(OfReport, FormPage):
    """What the report is of, as far as it could be read: from it, a draft inspection is begun."""

    template_name = "inspections/reader/draft_form.html"
    saved = "Begun: {}, a draft that its team alone sees. Now its proposals."
    leads_to = "inspections:report_review"

    def form(self, data: Any = None) -> DraftForm:
        if self.report.stage != UploadStage.CHECKED or self.report.response_id:
            raise Http404("This report is not waiting for its draft.")
        fact = self.report.proposals.filter(kind=ProposalKind.INSPECTION).first()
        initial = DraftForm.initial_of(fact.values if fact else {}) | {"expected_version": self.report.version}
        return DraftForm(data, initial=initial, user=self.request.user)

    def context(self) -> dict[str, Any]:
        counts = [(count_in_words(each.kind, each.total), each.certain) for each in progress_of(self.report)]
        may_follow = reports_to_follow(self.request.user).exists()
        notes = self.report.outcome.get("notes", [])
        return {"report": self.report, "counts": counts, "notes": notes, "may_follow": may_follow}

    def write(self, form: DraftForm) -> Inspection:
        version = form.cleaned_data["expected_version"]
        return begin_draft(
            self.report, form.values, document=form.document, by=self.request.user, expected_version=version
        )
