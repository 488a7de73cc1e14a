"""A file of plans on its way into the record: chosen, checked, looked at, accepted or given up."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views import View
from django.views.generic import FormView

from disruptions.choices import DataKind
from plans4p.forms.imports import DecisionForm, ImportForm
from plans4p.importers import Loading, Outcome, load
from plans4p.importers.form import HEADINGS
from plans4p.importers.reading import MOST_ROWS
from plans4p.presenters import imports as present
from plans4p.services import import_files
from plans4p.services.importing import NotWrittenError
from plans4p.views.editing import CONFLICT, WRITE_PLAN
from soc_tracker.lib import load_page
from soc_tracker.lib.imports import Decision, UnreadableFileError

DECISIONS = {present.ALL: Decision.ALL, present.GOOD: Decision.GOOD}


def _breadcrumbs() -> list[tuple[str, str]]:
    return [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))]


class ImportNew(PermissionRequiredMixin, FormView):
    """The form that takes a file."""

    permission_required = WRITE_PLAN
    raise_exception = True
    form_class = ImportForm
    template_name = "plans4p/import_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "breadcrumbs": _breadcrumbs(),
            "columns": present.COLUMNS,
            "headings": list(HEADINGS.values()),
            "most_read": MOST_ROWS,
            "most_written": present.MOST_AT_ONCE,
        }
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form: ImportForm) -> HttpResponse:
        said = form.cleaned_data
        kept = import_files.keep(said["file"], kind=DataKind(said["kind_of_data"]), by=self.request.user, now=now())
        try:
            _load(kept, Decision.CHECK, self.request)
        except UnreadableFileError as error:
            kept.discard()
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return redirect("plans4p:import_check", kept.token)

    def form_invalid(self, form: ImportForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class Waiting(PermissionRequiredMixin, View):
    """A file that waits for its decision. That of another user does not exist; one that is gone is asked for again."""

    permission_required = WRITE_PLAN
    raise_exception = True
    kept: import_files.Kept

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.has_permission():
            return self.handle_no_permission()
        try:
            kept = import_files.find(kwargs["token"], request.user)
        except import_files.GoneError:
            messages.warning(request, present.GONE)
            return redirect("plans4p:import_new")
        if kept is None:
            raise Http404("There is no such file.")
        self.kept = kept
        return super().dispatch(request, *args, **kwargs)


class ImportCheck(Waiting):
    """What the file would do, and the decision on that."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._preview(_load(self.kept, Decision.CHECK, request))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            raise BadRequest("The form lacks what was decided, or what was shown.")
        if form.cleaned_data["step"] == present.GIVE_UP:
            self.kept.discard()
            messages.success(
                request, f"“{self.kept.file_name}” is given up: nothing was loaded, and the file is deleted."
            )
            return redirect("plans4p:import_new")
        return self._accept(DECISIONS[form.cleaned_data["step"]], form.cleaned_data["shown"])

    def _accept(self, decision: Decision, shown: str) -> HttpResponse:
        try:
            outcome = _load(self.kept, decision, self.request, shown=shown)
        except NotWrittenError:
            outcome = _load(self.kept, Decision.CHECK, self.request)
        if not outcome.written:
            return self._preview(outcome, [present.RECHECKED], CONFLICT)
        self.kept.discard()
        messages.success(self.request, f"Loaded from “{self.kept.file_name}”: {outcome.summary}.")
        return redirect("plans4p:plan_list")

    def _preview(self, outcome: Outcome, notes: list[str] | None = None, status: int = 200) -> HttpResponse:
        found, token = outcome.as_json(), self.kept.token
        context = {
            "breadcrumbs": _breadcrumbs(),
            "kept": self.kept,
            "form": outcome.form,
            "counts": load_page.counts(found),
            "notes": [*(notes or []), *present.notes(found)],
            "parts": load_page.parts(found),
            "choices": present.choices(found, reverse("plans4p:import_check", args=[token])),
            "errors_url": reverse("plans4p:import_errors", args=[token]) if outcome.refused else "",
        }
        return render(self.request, "plans4p/import_check.html", context, status=status)


class ImportErrors(Waiting):
    """The refused rows as a file like the one that was uploaded, with a column that says what is wrong."""

    def get(self, request: HttpRequest, token: str) -> FileResponse:
        with TemporaryDirectory() as folder:
            errors = Path(folder) / f"refused{self.kept.path.suffix}"
            if not _load(self.kept, Decision.CHECK, request, errors=errors).refused:
                raise Http404("No row of this file is refused.")
            content = BytesIO(errors.read_bytes())
        name = f"{Path(self.kept.file_name).stem}-refused{self.kept.path.suffix}"
        return FileResponse(content, as_attachment=True, filename=name)


def _load(kept: import_files.Kept, decision: Decision, request: HttpRequest, **more: Any) -> Outcome:
    loading = Loading(kept.path, kept.file_name, DataKind(kept.kind), localdate(), request.user)
    return load(loading, decision, **more)
