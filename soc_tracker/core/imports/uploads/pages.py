"""The pages of a file on its way into the record, in words: chosen, followed, decided on; its refused rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views import View
from django.views.generic import DetailView, FormView
from django_htmx.http import HttpResponseClientRefresh

from soc_tracker.core.imports.outcome import NOTHING_NEW, Button, counts, is_new, sections_of
from soc_tracker.core.imports.questions import are_open
from soc_tracker.core.imports.uploads.forms import AnswersForm
from soc_tracker.core.imports.uploads.models import UploadRecord, UploadStage
from soc_tracker.core.imports.uploads.services import State, may_become, state_of
from soc_tracker.core.imports.uploads.tasks import Work
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.forms import VersionField
from soc_tracker.core.records.pages import Trail
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import name_of
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

RECHECKED = (
    "Nothing was loaded: the record had changed since the check that was accepted, so that the file would have done "
    "something else. It has been checked again; decide again."
)
ANSWER_FIRST = "Only you can say how this file is meant: answer what is asked, and it is checked again."
STAGE_TAGS: dict[str, str] = {
    UploadStage.WAITING: "grey",
    UploadStage.CHECKING: "blue",
    UploadStage.CHECKED: "yellow",
    UploadStage.ACCEPTED: "grey",
    UploadStage.LOADING: "blue",
    UploadStage.LOADED: "green",
    UploadStage.FAILED: "red",
    UploadStage.GIVEN_UP: "grey",
}
FILE = Column("file_name", "File", lambda upload: upload.file_name, link=lambda upload: upload.get_absolute_url())
STAGE = Column("stage", "Stage", lambda upload: upload.get_stage_display(), tag=lambda upload: STAGE_TAGS[upload.stage])
SENT_BY = Column("uploaded_by", "By", lambda upload: name_of(upload.uploaded_by))
SENT_AT = Column("uploaded_at", "Uploaded", lambda upload: upload.uploaded_at)


def summary(upload: UploadRecord) -> list[tuple[Any, ...]]:
    """Label and value of what is known of every file."""
    return [
        ("Form", upload.outcome.get("form", "not read yet")),
        ("Uploaded", upload.uploaded_at),
        ("By", name_of(upload.uploaded_by)),
    ]


def notes(state: State) -> list[str]:
    """What the reader should know before deciding."""
    upload = state.upload
    lines = [RECHECKED] if state.is_rechecked else []
    if are_open(upload.questions):
        lines.append(ANSWER_FIRST)
    elif upload.stage == UploadStage.CHECKED and not is_new(upload.outcome):
        lines.append(NOTHING_NEW)
    lines += upload.outcome.get("notes", [])
    if stray := upload.outcome["stray"]:
        lines.append(f"Columns that are not known and will not be read: {', '.join(stray)}.")
    return lines


def buttons(state: State, *, may_load: bool) -> list[Button]:
    """What the reader may decide now; the version goes with every step, against two people at once.

    ``may_load``: nothing but the check's own findings speaks against loading.
    """
    upload, fields = state.upload, {"version": state.upload.version}
    offered = []
    is_decided = upload.stage == UploadStage.CHECKED and "added" in upload.outcome and not are_open(upload.questions)
    if is_decided and is_new(upload.outcome) and may_load:
        words, more = ("Load the good rows", {"good_rows": 1}) if upload.outcome["refused"] else ("Load all rows", {})
        offered.append(Button(words, upload.step_url("accept"), fields | more))
    is_written = upload.stage == UploadStage.LOADING and state.is_worked_on
    if may_become(upload, UploadStage.GIVEN_UP) and not is_written:
        offered.append(Button("Give up and delete the file", upload.step_url("give_up"), fields, is_secondary=True))
    return offered


def progress_words(state: State) -> str:
    """What is going on, in a sentence."""
    match state.upload.stage:
        case UploadStage.WAITING | UploadStage.ACCEPTED:
            return "Waiting for the worker, which takes one file after another."
        case UploadStage.CHECKING:
            doing = "comparing them with the record"
        case _:
            doing = "writing them to the record"
    if state.percent is None:
        return "Reading the file."
    return f"{state.percent} % of the file read." if state.percent < 100 else f"All rows read; now {doing}."


MOST_LISTED = 10


class UploadStepForm(Form):
    """One step of an upload. ``version`` is that of the upload on the page that was read."""

    version = VersionField()


class OfUploads(Trail, View):
    """What the pages of one kind of file share."""

    work: ClassVar[Work]
    permission: ClassVar[str]

    request: Any

    def visible(self) -> Any:
        """The files that the reader may see; others do not exist."""
        return self.work.uploads.model.objects.visible_to(self.request.user)


class UploadNew(OfUploads, FormView):
    """The form that takes a file, with those that are on their way already. Its fields are what an upload is given."""

    columns: ClassVar[Sequence[Column]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "breadcrumbs": self.breadcrumbs(),
            "uploads": self.visible().under_way().select_related("uploaded_by")[:MOST_LISTED],
            "upload_columns": self.columns,
        }

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return redirect(self.work.submit(**form.cleaned_data, by=self.request.user, now=now()))
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class UploadPage(OfUploads, DetailView):
    """Follows one file. While a worker is at it, the page asks for itself every second and is drawn anew at the end;
    without JavaScript it is loaded anew every few seconds.
    """

    template_name = "components/upload.html"
    context_object_name = "upload"
    slug_field = slug_url_kwarg = "token"

    def get_queryset(self) -> QuerySet:
        uploads: QuerySet = self.visible().select_related("uploaded_by")
        return uploads

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        state = state_of(self.object)
        if request.htmx and not state.is_under_way:
            return HttpResponseClientRefresh()
        return self.render_to_response(self.get_context_data(state=state))

    def facts(self) -> dict[str, Any]:
        """What is particular to a kind: ``notes`` and ``may_load`` are of a file whose check found something, ``ended``
        is text and address of what was loaded, ``mend_url`` the address that takes its refused rows back,
        ``more_sections`` what else the check found.
        """
        return {"caption": "", "notes": [], "may_load": True, "ended": (), "summary": summary(self.object)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload, state, facts = self.object, kwargs["state"], {"more_sections": [], "mend_url": ""} | self.facts()
        stage_tag = upload.get_stage_display(), STAGE_TAGS[upload.stage]
        if upload.stage == UploadStage.CHECKED and (are_open(upload.questions) or "problem" in upload.outcome):
            stage_tag = "Checked: answer what is asked", "yellow"
        is_found, is_loaded = "added" in upload.outcome, upload.stage == UploadStage.LOADED
        may_answer = upload.stage == UploadStage.CHECKED and upload.questions
        return super().get_context_data(**kwargs) | {
            **facts,
            "breadcrumbs": self.breadcrumbs(),
            "stage_tag": ("Stopped", "red") if state.is_stopped else stage_tag,
            "progress_words": progress_words(state),
            "answers_form": AnswersForm(upload.questions) if may_answer else None,
            "answer_url": upload.step_url("answer"),
            "minutes_waited": state.minutes_waited(now()),
            "problem": upload.outcome.get("problem", ""),
            "is_loaded": is_loaded,
            "counts": counts(upload.outcome, is_loaded=is_loaded) if is_found else [],
            "notes": [*notes(state), *facts["notes"]] if is_found else [],
            "sections": [*sections_of(upload.outcome), *facts["more_sections"]] if is_found else [],
            "buttons": buttons(state, may_load=facts["may_load"]),
            "new_url": reverse(f"{upload.route}_new"),
            "start_again_url": upload.step_url("start_again"),
            "errors_url": upload.step_url("errors") if upload.errors else "",
        }


class UploadErrors(OfUploads):
    """The refused rows as a file like the one that was uploaded, with a column that says what is wrong."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        upload = get_object_or_404(self.visible(), token=token)
        if not upload.errors:
            raise Http404("No row of this file was refused.")
        try:
            file = upload.errors.open("rb")
        except FileNotFoundError as error:
            raise Http404("The refused rows are no longer on the server.") from error
        name = f"{Path(upload.file_name).stem}-refused{Path(upload.errors.name).suffix}"
        record_event(Kind.EXPORT, subject=upload, file=name, rows=upload.outcome.get("refused"))
        return FileResponse(file, as_attachment=True, filename=name)


class UploadStep(OfUploads):
    """Takes a step and shows how the upload stands; who came too late, or clicked twice, is told so and sees the same.

    ``step``: "accept" has the file loaded, all of it or its good rows; "answer" has it checked anew with what its
    sender says of it; "give_up" loads nothing and keeps no file; "start_again" puts a file whose worker died back in
    the queue.
    """

    http_method_names = ("post",)
    step: str = ""

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        upload = get_object_or_404(self.visible(), token=token)
        form = UploadStepForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form lacks the version of the upload.")
        try:
            self.take(upload, {"by": request.user, "expected_version": form.cleaned_data["version"]})
        except StaleRecordError:
            messages.warning(request, f"“{upload.file_name}” had moved on already, so your click did nothing more.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(upload)

    def take(self, upload: Any, terms: dict[str, Any]) -> None:
        uploads, queue = self.work.uploads, self.work.queue
        match self.step:
            case "accept":
                queue(uploads.accept, upload, good_rows="good_rows" in self.request.POST, **terms)
            case "answer":
                form = AnswersForm(upload.questions, self.request.POST)
                if not form.is_valid() or not form.has_changed():
                    raise ValidationError("Nothing was changed: choose an answer to what is asked about the file.")
                queue(uploads.answer, upload, form.answers, **terms)
            case "start_again":
                queue(uploads.start_again, upload, **terms)
            case _:
                uploads.give_up(upload, **terms)
