"""Three pages that create, change and remove every record: a form, the reason, and both versions after a lost race."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify

from plans4p.aims.models import Action, Aim
from plans4p.aims.services import ACTIONS, AIMS, CONTRIBUTIONS, OMISSIONS
from plans4p.directory.forms import (
    OfferForm,
    OfficerForm,
    OrderForm,
    PartnerForm,
    PhaseForm,
    SiteForm,
    TermForm,
    TrainingForm,
)
from plans4p.directory.services import OFFERS, OFFICERS, ORDERS, PARTNERS, PHASES, SITES, TERMS, TRAININGS
from plans4p.editing.forms import PageForm
from plans4p.likeness.queries import first_look
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.forms import ActionForm, AimForm, ConsultationForm, OmissionForm, OutcomeForm, ResultForm
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS
from plans4p.sites.models import Site
from soc_tracker.core.access.permissions import Permission
from soc_tracker.core.records.forms import RemovalForm, ServiceForm
from soc_tracker.core.records.pages import Crumb, FormPage, trail
from soc_tracker.core.records.services import Service
from soc_tracker.core.trail.services import record_reading

WRITE_PLAN, KEEP_DIRECTORY = "plans4p.write_plan", "plans4p.keep_directory"


@dataclass(frozen=True)
class Kind:
    """What is edited: by which service and form, by whom, and to which record (``parent``, named ``field``) it belongs.

    ``adds`` are further values of a new record, from what its form says.
    """

    words: str
    service: Service
    form: type[PageForm]
    permission: str
    parent: type[models.Model] | None = None
    field: str = ""
    adds: Callable[[dict[str, Any]], dict[str, Any]] = lambda cleaned: {}


KINDS = {
    "aim": Kind("aim", AIMS, AimForm, WRITE_PLAN, Plan, "plan"),
    "omission": Kind("reason for no aim", OMISSIONS, OmissionForm, WRITE_PLAN, Plan, "plan"),
    "action": Kind("action", ACTIONS, ActionForm, WRITE_PLAN, Aim, "aim"),
    "result": Kind("result", CONTRIBUTIONS, ResultForm, WRITE_PLAN, Aim, "aim"),
    "consultation": Kind("consultation", CONSULTATIONS, ConsultationForm, WRITE_PLAN, Plan, "plan"),
    "officer": Kind("lead responsible officer", OFFICERS, OfficerForm, KEEP_DIRECTORY),
    "training": Kind("training", TRAININGS, TrainingForm, KEEP_DIRECTORY, LeadOfficer, "officer"),
    "partner": Kind(
        *("partner", PARTNERS, PartnerForm, KEEP_DIRECTORY),
        adds=lambda cleaned: {"slug": slugify(cleaned["name"])[:150]},
    ),
    "offer": Kind("offer", OFFERS, OfferForm, KEEP_DIRECTORY, Partner, "partner"),
    "order": Kind("ancillary order", ORDERS, OrderForm, KEEP_DIRECTORY),
    "term": Kind("term", TERMS, TermForm, KEEP_DIRECTORY, AncillaryOrder, "order"),
    "site": Kind(
        *("Clear, Hold, Build site", SITES, SiteForm, KEEP_DIRECTORY),
        adds=lambda cleaned: {"slug": slugify(f"{cleaned['organisation'].slug}-{cleaned['place']}")[:120]},
    ),
    "phase": Kind("phase", PHASES, PhaseForm, KEEP_DIRECTORY, Site, "site"),
}
"""By the word that stands in their addresses."""


def kind_of(kwargs: Mapping[str, Any]) -> Kind:
    """What an address edits. Raises Http404 where there is no such kind, or a new part has nothing to belong to."""
    if kwargs["kind"] not in KINDS:
        raise Http404(f"Nothing called “{kwargs['kind']}” is edited here.")
    kind = KINDS[kwargs["kind"]]
    if "pk" not in kwargs and (kind.parent is None) == ("parent" in kwargs):
        raise Http404(f"A new {kind.words} is begun on the page that it belongs to.")
    return kind


def permission_of_kind(kwargs: Mapping[str, Any]) -> str:
    return kind_of(kwargs).permission


class Editing(FormPage):
    """What the three pages share. Who may write none of the kind is refused; what is not theirs does not exist."""

    permission: Permission = permission_of_kind
    title: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind, record = self.kind, self.record
        # Its plan's or parent's writers may write the record, else its own; of a new one, whoever writes any
        subject = record if record.pk else None
        if kind.parent:
            subject = record.plan if kind.permission == WRITE_PLAN else getattr(record, kind.field)
        if not rules.has_perm(kind.permission, request.user, subject):
            raise Http404("That is not yours to write.")
        record_reading(record)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.kwargs)

    @cached_property
    def record(self) -> Any:
        """The stored record; for a new one, an instance that knows its parent."""
        if "pk" in self.kwargs:
            return get_object_or_404(self.rows_of(self.kind.service.model), pk=self.kwargs["pk"])
        return self.kind.service.model(**self.parent_values)

    @cached_property
    def parent_values(self) -> dict[str, Any]:
        """What the address says of a new record."""
        if self.kind.parent is None:
            return {}
        return {self.kind.field: get_object_or_404(self.rows_of(self.kind.parent), pk=self.kwargs["parent"])}

    def rows_of(self, model: Any) -> models.QuerySet:
        """The rows of a model that the user may see; others do not exist."""
        rows: models.QuerySet = model.objects.visible_to(self.request.user)
        return rows

    @property
    def home(self) -> str:
        """Where the record is shown."""
        record = self.record
        if self.kind.parent:
            record = getattr(record, self.kind.field)
        kind = self.kwargs.get("kind", "plan")  # whose address does not say it
        return record.get_absolute_url() if record.pk else reverse(f"plans4p:{kind}_list")

    def breadcrumbs(self) -> list[Crumb]:
        parent = [(str(getattr(self.record, self.kind.field)), self.home)] if self.kind.parent else []
        return [*super().breadcrumbs(), *parent]

    def context(self) -> dict[str, Any]:
        """The page that removes the record is "" where it is not stored, or is changed at an address of its own."""
        kind, pk = self.kwargs.get("kind"), self.kwargs.get("pk")
        return {
            "title": self.title,
            "record": self.record,
            "home": self.home,
            "remove_url": reverse("plans4p:record_remove", args=[kind, pk]) if kind and pk else "",
        }


class EditPage(Editing):
    """Creates a record, or changes one."""

    template_name = "plans4p/record_form.html"

    @property
    def title(self) -> str:
        return f"Change: {self.record}" if self.record.pk else f"New {self.kind.words}"

    def form(self, data: Any = None) -> PageForm:
        return self.kind.form(data, instance=self.record, initial=self.initial_values(), user=self.request.user)

    def initial_values(self) -> dict[str, str]:
        """What a link fills in, such as the P of a new aim."""
        return {} if self.record.pk else self.request.GET.dict()

    def answer(self, form: ServiceForm) -> HttpResponse:
        if self.record.pk and form.is_bound:  # the form has put into it what was entered
            self.record.refresh_from_db()
        return super().answer(form)

    def write(self, form: PageForm) -> Any:
        if not self.record.pk:
            values = {**form.values, **self.parent_values, **self.kind.adds(form.cleaned_data)}
            return self.kind.service.create(values, by=self.request.user, reason=f"New {self.kind.words}.")
        version = form.cleaned_data["expected_version"]
        return self.kind.service.change(
            self.record, form.values, by=self.request.user, reason=form.reason, expected_version=version
        )

    def done(self, record: Any) -> HttpResponse:
        messages.success(self.request, f"Saved: {record}.")
        if isinstance(record, Action) and (nearest := first_look(self.request.user, record)):
            other, ratio = nearest
            words = f"This wording also stands in {other.plan.reference}, {ratio} % alike: “{other.description}”."
            messages.warning(self.request, f"{words} Say what is done about this threat.")
        return redirect(record.get_absolute_url() if self.kind.parent is None else self.home)


class OutcomePage(EditPage):
    """Says what came of an action, in two fields, and goes back to where that was asked: My plans, or the plan."""

    permission = WRITE_PLAN
    kind = Kind("action", ACTIONS, OutcomeForm, WRITE_PLAN, Aim, "aim")
    template_name = "plans4p/action_outcome.html"
    title = "What came of it?"

    @cached_property
    def record(self) -> Action:
        actions = self.rows_of(Action).select_related("aim__plan__owner")
        action: Action = get_object_or_404(actions, pk=self.kwargs["pk"])
        return action

    @property
    def home(self) -> str:
        is_from_plan = self.request.GET.get("from") == "plan"
        return self.record.get_absolute_url() if is_from_plan else reverse("plans4p:my_plans")

    def breadcrumbs(self) -> list[Crumb]:
        plan = self.record.plan
        return trail(("My plans", "plans4p:my_plans"), (str(plan), plan.get_absolute_url()))

    def done(self, record: Any) -> HttpResponse:
        messages.success(self.request, f"{record.get_status_display()}: {record}.")
        return redirect(self.home)


class RemovePage(Editing):
    """Asks for the reason, and removes a record; its history stays."""

    template_name = "plans4p/record_remove.html"

    @property
    def title(self) -> str:
        return f"Remove: {self.record}"

    def form(self, data: Any = None) -> RemovalForm:
        return RemovalForm(data, initial={"expected_version": self.record.version})

    def write(self, form: RemovalForm) -> None:
        reason, version = form.cleaned_data["change_reason"], form.cleaned_data["expected_version"]
        try:
            self.kind.service.remove(self.record, by=self.request.user, reason=reason, expected_version=version)
        except models.ProtectedError as error:
            raise ValidationError("Other records name it, so it cannot be removed.") from error

    def done(self, record: Any) -> HttpResponse:
        messages.success(self.request, "Removed. Its history is kept.")
        return redirect(self.home if self.kind.parent else reverse(f"plans4p:{self.kwargs['kind']}_list"))
