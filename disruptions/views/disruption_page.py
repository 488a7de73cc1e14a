"""One disruption as at a day that the reader sets; analysts and administrators correct and withdraw it there."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import rules
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.filters.record import AsAtSet
from disruptions.forms_disruptions import ChangeForm, CorrectionForm
from disruptions.models import Disruption
from disruptions.presenters import disruption_page as present
from disruptions.selectors.disruption_page import LINKS, of_disruption
from disruptions.selectors.record import Standpoint, standpoint
from disruptions.services import correct_disruption, reinstate_disruption, withdraw_disruption
from disruptions.views.record import AskedView
from soc_tracker.lib.records import StaleRecordError

CONFLICT = 409
CHANGE = "disruptions.change_disruption"
CORRECT, WITHDRAW, REINSTATE = "correct", "withdraw", "reinstate"
DONE = {
    CORRECT: "The disruption has been corrected.",
    WITHDRAW: "The disruption has been withdrawn.",
    REINSTATE: "The disruption is on the record again.",
}
TAKE_OFF: dict[str, Callable[..., Disruption]] = {WITHDRAW: withdraw_disruption, REINSTATE: reinstate_disruption}


class DisruptionPage(AskedView):
    """A disruption that the user may not see gets the same 404 as one that does not exist."""

    permission = "disruptions.read_record"
    write_permission = CHANGE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = localdate()
        self.answered: dict[str, forms.BaseForm] = {}

    @property
    def title(self) -> str:
        return self.disruption.reference

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        what = request.POST.get("do", "")
        if what not in self._forms():
            return self.answer(status=400)
        form = self.answered[what] = self._forms(request.POST)[what]
        if not form.is_valid():
            return self.answer(status=400)
        try:
            self._write(what, form)
        except ValidationError as error:
            _tell(form, error)
            return self.answer(status=400)
        except StaleRecordError as error:
            return self._conflict(form, error)
        messages.success(request, DONE[what])
        return redirect(self.disruption)

    @cached_property
    def disruption(self) -> Disruption:
        """The row as it is now, which keeps its reference for good."""
        return get_object_or_404(self._rows, reference=self.kwargs["reference"])

    @property
    def _rows(self) -> QuerySet[Disruption]:
        return Disruption.objects.visible_to(self.request.user).current().select_related(*LINKS)

    @cached_property
    def asked(self) -> AsAtSet:
        nothing = Disruption.objects.none()
        return AsAtSet(self.request.GET, queryset=nothing, request=self.request, today=self.today, reserved=())

    @cached_property
    def standpoint(self) -> Standpoint:
        day = None if self.asked.problems else self.asked.given.get("as_at")
        return standpoint(kind=self.disruption.kind_of_data, day=day, today=self.today)

    @cached_property
    def may_change(self) -> bool:
        return bool(rules.has_perm(CHANGE, self.request.user))

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home")), ("Disruptions", reverse("disruptions:disruption_list"))]

    def answer(self, status: int = 200) -> HttpResponse:
        facts = of_disruption(self.disruption, self.standpoint.day)
        context = {
            "disruption": self.disruption,
            "breadcrumbs": self.breadcrumbs,
            "standpoint": self.standpoint,
            "kinds": (),
            "shown": facts.shown,
            "summary": present.summary(facts.shown.row) if facts.shown else [],
            "standing": present.standing(self.disruption, facts, self.standpoint),
            "spells": present.spells_shown(facts),
            "changes": facts.changes,
            "forms": {**self._forms(), **self.answered} if self.may_change else {},
        }
        return render(self.request, "disruptions/disruption_detail.html", context, status=status)

    def _forms(self, data: Any = None) -> dict[str, forms.BaseForm]:
        """What may be done with the disruption, with the form of each."""
        initial = {"version": self.disruption.version, "on": self.today}
        if self.disruption.withdrawn_on:
            return {REINSTATE: ChangeForm(data, initial=initial, prefix=REINSTATE)}
        asked = {"instance": self.disruption, "user": self.request.user, "prefix": CORRECT}
        return {
            CORRECT: CorrectionForm(data, initial=initial, **asked),
            WITHDRAW: ChangeForm(data, initial=initial, prefix=WITHDRAW),
        }

    def _write(self, what: str, form: Any) -> None:
        told = {
            "on": form.cleaned_data["on"],
            "by": self.request.user,
            "reason": form.cleaned_data["reason"],
            "expected_version": form.cleaned_data["version"],
        }
        if told["on"] > self.today:
            raise ValidationError({"on": "Choose a day up to today."})
        if what == CORRECT:
            correct_disruption(self.disruption, form.values, **told)
        else:
            TAKE_OFF[what](self.disruption, **told)

    def _conflict(self, form: forms.BaseForm, error: StaleRecordError) -> HttpResponse:
        """Show the disruption as it stands now beside what was entered, which may then be sent again."""
        self.disruption = self._rows.get(pk=error.current.pk)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(self.disruption.version)
        form.add_error(None, f"{error} Read how it stands now, then send it again if it still holds.")
        return self.answer(status=CONFLICT)


def _tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what the service refused beside the field that it concerns, or above the form."""
    for name, reasons in (error.error_dict if hasattr(error, "error_dict") else {None: [error]}).items():
        form.add_error(name if name in form.fields else None, reasons)
