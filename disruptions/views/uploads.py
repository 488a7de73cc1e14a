"""A file on its way into the record: chosen, checked, looked at, accepted or given up."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, FormView
from django_htmx.http import HttpResponseClientRefresh

from disruptions import tasks
from disruptions.choices import UploadStage
from disruptions.forms import StepForm, UploadForm
from disruptions.models import Upload
from disruptions.presenters import uploads as present
from disruptions.selectors.uploads import recent_uploads, state_of
from disruptions.services import uploads
from soc_tracker.lib import load_page
from soc_tracker.lib.records import StaleRecordError

MAY_LOAD = "disruptions.load_extract"


def _breadcrumbs() -> list[tuple[str, str]]:
    return [("Home", reverse("home")), ("Extracts", reverse("disruptions:extract_list"))]


class UploadNew(PermissionRequiredMixin, FormView):
    """The form that takes a file, with those that are on their way already."""

    permission_required = MAY_LOAD
    raise_exception = True
    form_class = UploadForm
    template_name = "disruptions/upload_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "breadcrumbs": _breadcrumbs(),
            "uploads": recent_uploads(self.request.user),
            "upload_columns": present.UPLOADS,
        }

    def form_valid(self, form: UploadForm) -> HttpResponse:
        return redirect(tasks.submit(**form.cleaned_data, by=self.request.user, now=now()))

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class UploadPage(DetailView):
    """Follows one file. While a worker is at it, the page asks for itself every second and is drawn anew at the end."""

    template_name = "disruptions/upload_detail.html"
    context_object_name = "upload"
    slug_field = slug_url_kwarg = "token"

    def get_queryset(self) -> QuerySet:
        return Upload.objects.visible_to(self.request.user).select_related("uploaded_by", "extract")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        state = state_of(self.object)
        if request.htmx and not state.is_under_way:
            return HttpResponseClientRefresh()
        return self.render_to_response(self.get_context_data(state=state))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload, state = self.object, kwargs["state"]
        is_found = "added" in upload.outcome
        return super().get_context_data(**kwargs) | {
            "breadcrumbs": _breadcrumbs(),
            "stage_tag": present.stage_tag(state),
            "summary": present.upload_summary(upload),
            "progress_words": present.progress_words(state),
            "minutes_waited": state.minutes_waited(now()),
            "problem": upload.outcome.get("problem", ""),
            "counts": load_page.counts(upload.outcome, is_loaded=upload.stage == UploadStage.LOADED)
            if is_found
            else [],
            "notes": present.notes(state) if is_found else [],
            "parts": load_page.parts(upload.outcome) if is_found else [],
            "choices": present.choices(state),
            "errors_url": reverse("disruptions:upload_errors", args=[upload.token]) if upload.errors else "",
        }


@require_safe
def upload_errors(request: HttpRequest, token: str) -> HttpResponseBase:
    """The refused rows as a file like the one that was uploaded, with a column that says what is wrong."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), token=token)
    if not upload.errors:
        raise Http404("No row of this file was refused.")
    name = Path(upload.file_name)
    try:
        file = upload.errors.open("rb")
    except FileNotFoundError as error:
        raise Http404("The refused rows are no longer on the server.") from error
    suffix = Path(upload.errors.name).suffix
    return FileResponse(file, as_attachment=True, filename=f"{name.stem}-refused{suffix}")


@require_POST
@permission_required(MAY_LOAD, raise_exception=True)
def upload_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Have the file loaded: all of it or its good rows."""
    return _step(request, token, partial(tasks.accept, good_rows="good_rows" in request.POST))


@require_POST
@permission_required(MAY_LOAD, raise_exception=True)
def upload_give_up(request: HttpRequest, token: str) -> HttpResponse:
    """Load nothing and keep no file."""
    return _step(request, token, uploads.give_up)


@require_POST
@permission_required(MAY_LOAD, raise_exception=True)
def upload_start_again(request: HttpRequest, token: str) -> HttpResponse:
    """Put a file whose worker died back in the queue."""
    return _step(request, token, tasks.start_again)


def _step(request: HttpRequest, token: str, step: Callable[..., Any]) -> HttpResponse:
    """Take a step and show how the upload stands; who came too late, or clicked twice, is told so and sees the same."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), token=token)
    form = StepForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form lacks the version of the upload.")
    try:
        step(upload, by=request.user, expected_version=form.cleaned_data["version"])
    except StaleRecordError:
        messages.warning(request, f"“{upload.file_name}” had moved on already, so your click did nothing more.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(upload)
