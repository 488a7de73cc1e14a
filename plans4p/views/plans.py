"""The list of plans, and the form of a new one."""

from functools import cached_property
from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from disruptions.choices import DataKind
from disruptions.models import Threat
from plans4p.exports.plans import plan_columns
from plans4p.filters.plans import PlanFilter
from plans4p.forms.plans import PlanForm
from plans4p.models import LeadOfficer, Plan
from plans4p.presenters.my_plans import due_parts
from plans4p.selectors.my_plans import my_plans
from plans4p.services import PLANS, write_plan
from plans4p.views.editing import WRITE_PLAN, EditPage, Kind
from plans4p.views.kinds import KindList
from soc_tracker.lib.tables import Column, picked


class PlanList(KindList):
    permission = "plans4p.read_plan"
    title = "4P plans"
    template_name = "plans4p/plan_list.html"
    filterset_class = PlanFilter
    on_page = ("reference", "title", "organisation", "purpose", "owner", "status", "signature", "review")
    order = ("-pk",)
    sorts: ClassVar = {
        "organisation": ("organisation__name", "reference"),
        "review": ("review_due_on", "reference"),
        "status": ("status", "reference"),
        "title": ("title", "reference"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Plan.objects.visible_to(user).for_list().with_content()

    @property
    def columns(self) -> tuple[Column, ...]:
        return plan_columns(self.today)

    def extra_context(self) -> dict[str, Any]:
        bodies = self.filter.given.get("organisation") or []
        one = reverse("plans4p:on_a_page", args=bodies) if len(bodies) == 1 else ""
        return {
            "may_write": rules.has_perm(WRITE_PLAN, self.request.user),
            "on_a_page_url": f"{one}?data={self.filter.kind}" if one else "",
        }


class PlanForms(EditPage):
    """Writes a new plan, or changes what a plan says. Status and owner move by steps of their own."""

    permission = WRITE_PLAN
    kind = Kind("4P plan", PLANS, PlanForm, WRITE_PLAN)

    @cached_property
    def record(self) -> Plan:
        if "reference" not in self.kwargs:
            return Plan()
        plans = Plan.objects.visible_to(self.request.user).select_related("threat", "organisation", "owner")
        return get_object_or_404(plans, reference=self.kwargs["reference"])

    @property
    def subject(self) -> Plan | None:
        return self.record if self.record.pk else None

    @property
    def home(self) -> str:
        return self.record.get_absolute_url() if self.record.pk else reverse("plans4p:plan_list")

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        plans = [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))]
        return [*plans, (self.record.reference, self.home)] if self.record.pk else plans

    def _asked(self) -> dict[str, Any]:
        """Of a new plan: what the link says, and for whom its writer works."""
        if self.record.pk:
            return {}
        own = LeadOfficer.objects.filter(user=self.request.user.pk).select_related("organisation").first()
        threat = (
            Threat.objects.visible_to(self.request.user).filter(reference=self.request.GET.get("threat", "")).first()
        )
        about = {"title": threat.name, "organisation": threat.organisation_id} if threat else {}
        usual = about | {"owner": own, "organisation": own.organisation_id} if own else about
        return {"starts_on": localdate(), **usual, **super()._asked()}

    def _write(self, form: Any) -> Plan:
        if self.record.pk:
            return super()._write(form)
        return write_plan(form.values, by=self.request.user, today=localdate())


class MyPlans(View):
    """What the reader has on their hands: what is overdue, due soon, to review, and waiting to be linked."""

    permission = "plans4p.read_plan"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = localdate()
        found = my_plans(request.user, today)
        context = {
            "found": found,
            "today": today,
            "kind": found.officer.kind_of_data if found.officer else DataKind.RECORDED,
            "parts": due_parts(found.due),
            "columns": picked(
                plan_columns(today), "reference", "title", "purpose", "owner", "status", "signature", "review"
            ),
            "may_write": rules.has_perm(WRITE_PLAN, request.user),
            "breadcrumbs": [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))],
        }
        return render(request, "plans4p/my_plans.html", context)
