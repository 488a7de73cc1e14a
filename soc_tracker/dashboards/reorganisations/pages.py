"""The pages on which an administrator rehearses reorganisations, one in a form or several in a file, and then carries
them out.
"""

from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from forces.imports import COLUMNS, carry_out
from forces.models import Reorganisation
from forces.queries import get_lineage
from forces.services import REORGANISATIONS
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.forms import ServiceForm, add_refusal
from soc_tracker.core.records.pages import FormPage
from soc_tracker.dashboards.reorganisations.forms import CarryOutForm, CarryOutRowsForm, FileForm, ReorganisationForm
from soc_tracker.dashboards.reorganisations.queries import PageChange, rehearse

CHANGES = (
    Column("page", "Page", lambda change: change.page, lambda change: change.url if change.is_there else ""),
    Column("fact", "What", lambda change: change.fact),
    Column("before", "Now", lambda change: change.before),
    Column("after", "Then", lambda change: change.after),
)


class Reorganise(FormPage):
    """Asked for a rehearsal, it writes nothing and lists what would change; from there it is carried out."""

    permission = "soc_tracker.administer"
    template_name = "dashboards/reorganise.html"
    parents = (("Bodies", "directory"),)

    def form(self, data: Any = None) -> CarryOutForm:
        return CarryOutForm(data, user=self.request.user, initial=self.request.GET.dict())

    def write(self, form: CarryOutForm) -> Any:
        reason = form.cleaned_data["change_reason"]
        return REORGANISATIONS.create(form.values, by=self.request.user, reason=reason)

    def done(self, record: Any) -> HttpResponseBase:
        messages.success(self.request, f"{record}: carried out.")
        return redirect((record.successors.first() or record.predecessors.first()).get_absolute_url())

    def context(self) -> dict[str, Any]:
        """The question as it was asked, and what it would change."""
        sent = self.request.GET or (self.request.POST if self.request.method == "POST" else None)
        question = ReorganisationForm(sent, user=self.request.user)
        changes = None
        if self.request.method == "GET" and question.is_valid():
            user, values = self.request.user, question.values
            try:
                changes = rehearse(user, lambda: [REORGANISATIONS.create(values, by=user, reason="Rehearsed.")])
            except ValidationError as error:
                add_refusal(question, error)
        return {"question": question, "changes": changes, "columns": CHANGES}


class ReorganiseByFile(FormPage):
    """A file that is sent is rehearsed: nothing is written. From there its rows are carried out, all or none."""

    permission = "soc_tracker.administer"
    template_name = "dashboards/reorganise_by_file.html"
    parents = (("Bodies", "directory"), ("Bodies that change", "reorganise"))
    form = CarryOutRowsForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.page(FileForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "rows" in request.POST:
            return super().post(request, **kwargs)
        file = FileForm(request.POST, request.FILES)
        if file.is_valid():
            try:
                changes = rehearse(request.user, partial(self.carry_out, file.rows, "Rehearsed."))
                return self.page(file, changes, CarryOutRowsForm(initial={"rows": file.rows}))
            except ValidationError as error:
                file.add_error("file", error)
        return self.page(file, status=400)

    def carry_out(self, rows: list[dict[str, str]], reason: str) -> list[Reorganisation]:
        with_reasons = [{**row, "reason": row.get("reason") or reason} for row in rows]
        return carry_out(with_reasons, partial(get_lineage, self.request.user), by=self.request.user)

    def write(self, form: CarryOutRowsForm) -> list[Reorganisation]:
        return self.carry_out(form.cleaned_data["rows"], form.cleaned_data["change_reason"])

    def done(self, record: list[Reorganisation]) -> HttpResponseBase:
        lines = "; ".join(map(str, record)) or "all of it was on record"
        messages.success(self.request, f"{lines}: carried out." if record else f"Nothing was written: {lines}.")
        return redirect("admin:forces_reorganisation_changelist")

    def answer(self, form: ServiceForm) -> HttpResponse:
        """The carrying out that was refused, with what it would have changed where that can still be said."""
        changes = None
        if "rows" in form.cleaned_data:
            with suppress(ValidationError):  # the form says it already
                changes = rehearse(self.request.user, partial(self.carry_out, form.cleaned_data["rows"], "Rehearsed."))
        return self.page(FileForm(), changes, form, status=form.status)

    def page(
        self,
        file: FileForm,
        changes: list[PageChange] | None = None,
        form: ServiceForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context: dict[str, Any] = {"file": file, "changes": changes, "form": form, "breadcrumbs": self.breadcrumbs()}
        context |= {"columns": CHANGES, "names": COLUMNS}
        return render(self.request, self.template_name, context, status=status)
