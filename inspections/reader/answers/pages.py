"""A response is uploaded, and what was matched in it is confirmed beside its passages."""

from functools import cached_property
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from inspections.reader.answers.forms import AnswersForm
from inspections.reader.answers.queries import head_of, initial_of, matches_of, unmatched_of
from inspections.reader.answers.services import save_response
from inspections.reader.desk.forms import ReportFileForm
from inspections.reader.desk.models import READ
from inspections.reader.desk.pages import UPLOADS, OfReport
from inspections.reader.desk.tasks import WORK
from inspections.reader.meaning.proposals import Confidence
from inspections.reader.review.pages import CONFIDENCE_TAGS
from inspections.responses.models import Response
from inspections.responses.pages import OfResponse
from inspections.responses.queries import list_replies
from soc_tracker.core.imports.uploads import pages as uploads_pages
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.core.records.pages import DraftPage, FormPage

RESPONSES = (("Responses", "inspections:response_list"),)


class ResponseRead(OfResponse, uploads_pages.UploadNew):
    """Takes what a local policing body has published in response to a report."""

    work, parents, permission = WORK, RESPONSES, READ
    form_class = ReportFileForm
    template_name = "inspections/reader/response_upload.html"
    columns = UPLOADS

    def visible(self) -> Any:
        return super().visible().filter(response=self.response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"response": self.response}

    def form_valid(self, form: Form) -> HttpResponse:
        form.cleaned_data["response"] = self.response
        return super().form_valid(form)


class AnswersConfirm(DraftPage, OfReport, FormPage):
    """The form of the response, filled in as far as its passages say; each stands beside what it seems to answer."""

    template_name = "inspections/reader/answers.html"
    parents = RESPONSES
    saved = "Saved: the response on {0.organisation}."

    @cached_property
    def response(self) -> Response:
        if self.report.response_id is None or self.report.stage != UploadStage.CHECKED:
            raise Http404("This is no response that waits to be confirmed.")
        rows = Response.objects.visible_to(self.request.user).for_list()
        response: Response = get_object_or_404(rows, pk=self.report.response_id)
        return response

    def form(self, data: Any = None) -> AnswersForm:
        replies, matches = list_replies(self.request.user, self.response), matches_of(self.report)
        answering = self.response.answering
        initial = {"document_publisher": answering.name if answering else "", "is_whole": True}
        initial |= head_of(self.report) | initial_of(replies, matches)
        beside = {
            key: [(fact, CONFIDENCE_TAGS[Confidence(fact.confidence)]) for fact in facts]
            for key, facts in matches.items()
        }
        return AnswersForm(data, response=self.response, replies=replies, initial=initial, matches=beside)

    def context(self) -> dict[str, Any]:
        known = {"report": self.report, "response": self.response, "draft": self.draft}
        return {**known, "unmatched": unmatched_of(self.report)}

    def write(self, form: AnswersForm) -> Response:
        return save_response(
            self.report,
            self.response,
            form.values,
            form.answers,
            document=form.document,
            by=self.request.user,
            reason=form.cleaned_data.get("change_reason") or f"Read from {self.report.file_name}.",
            expected_version=form.cleaned_data["expected_version"],
            today=self.today,
        )
