"""The page on which an administrator rehearses a reorganisation, and then carries it out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from forces.services import REORGANISATIONS
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.records.forms import add_refusal
from soc_tracker.core.records.pages import FormPage
from soc_tracker.dashboards.reorganisations.forms import CarryOutForm, ReorganisationForm
from soc_tracker.dashboards.reorganisations.queries import rehearse

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

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return self.answer(self.form())

    def write(self, form: CarryOutForm) -> Any:
        reason = form.cleaned_data["change_reason"]
        return REORGANISATIONS.create(form.values, by=self.request.user, reason=reason)

    def done(self, record: Any) -> HttpResponseBase:
        messages.success(self.request, f"{record}: carried out.")
        return redirect((record.successors.first() or record.predecessors.first()).get_absolute_url())

    def context(self) -> dict[str, Any]:
        """The question as it was asked, and what it would change."""
        sent = self.request.GET or (self.request.POST if self.request.method == "POST" else None)
        asked = ReorganisationForm(sent, user=self.request.user)
        changes = None
        if self.request.method == "GET" and asked.is_valid():
            user, values = self.request.user, asked.values
            try:
                changes = rehearse(user, lambda: [REORGANISATIONS.create(values, by=user, reason="Rehearsed.")])
            except ValidationError as error:
                add_refusal(asked, error)
        return {"asked": asked, "changes": changes, "columns": CHANGES}
