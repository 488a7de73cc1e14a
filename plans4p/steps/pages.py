"""The page of a step: asks what it needs to know, and takes it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from plans4p.choices import PlanStatus, SignatureState
from plans4p.likeness.queries import get_copies
from plans4p.plans.models import Plan
from plans4p.quality.queries import get_tailored, list_parts, list_questions
from plans4p.signatures.queries import Standing, get_content, get_standing
from plans4p.steps.forms import STEPS, StepForm
from soc_tracker.core.access.permissions import Permission
from soc_tracker.core.records.pages import Crumb, FormPage
from soc_tracker.core.text.normal import key_of


def list_steps(user: Any, plan: Plan, standing: Standing) -> list[tuple[str, str]]:
    """The steps that the user may take with the plan as it stands: title and address of each."""
    is_signed = plan.status == PlanStatus.ACTIVE and standing.state == SignatureState.AS_SIGNED
    return [
        (step.title, reverse("plans4p:plan_step", args=[plan.reference, slug]))
        for slug, step in STEPS.items()
        if plan.status in step.stages
        and not (step.is_to_sign and is_signed)
        and rules.has_perm(step.permission, user, plan)
    ]


def get_step(kwargs: Mapping[str, Any]) -> type[StepForm]:
    """The step that an address takes. Raises Http404 where there is none."""
    if kwargs["step"] not in STEPS:
        raise Http404(f"A plan has no step “{kwargs['step']}”.")
    return STEPS[kwargs["step"]]


def permission_of_step(kwargs: Mapping[str, Any]) -> str:
    return get_step(kwargs).permission


class StepPage(FormPage):
    """What the plan lacks for the step is named, each with what to do."""

    permission: Permission = permission_of_step
    parents = (("4P plans", "plans4p:plan_list"),)
    template_name = "plans4p/plan_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.has_perm(self.step.permission, request.user, self.plan):
            raise Http404("That is no step of yours.")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def step(self) -> type[StepForm]:
        return get_step(self.kwargs)

    @cached_property
    def plan(self) -> Plan:
        """Where it is read first, with all that would be signed."""
        plans = Plan.objects.visible_to(self.request.user).for_list(self.request.user)
        if self.step.is_read_first:
            plans = plans.with_content()
        return get_object_or_404(plans, reference_key=key_of(self.kwargs["reference"]))

    def form(self, data: Any = None) -> StepForm:
        read = get_content(self.plan).fingerprint if self.step.is_read_first else ""
        return self.step(data, plan=self.plan, today=self.today, read=read, user=self.request.user)

    def write(self, form: StepForm) -> None:
        form.take()

    def done(self, record: Any) -> HttpResponse:
        messages.success(self.request, self.step.success)
        return redirect("plans4p:plan_list") if self.kwargs["step"] == "remove" else redirect(self.plan)

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (self.plan.reference, self.plan.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        plan, user = self.plan, self.request.user
        context: dict[str, Any] = {"title": self.step.title, "step": self.step, "plan": plan, "questions": []}
        if self.step.is_read_first:  # what one must have read to sign the plan
            (parts,) = list_parts(user, [plan], self.today)
            waiting = plan.signature_requests.waiting().filter(to=user.pk)
            context |= {
                "questions": list_questions(parts),
                "facts": {
                    "tailored": get_tailored(user, parts),
                    "copies": get_copies(user, plan) if parts.shared else {},
                },
                "standing": get_standing(plan),
                "request_to_sign": waiting.select_related("by").first(),
            }
        return context
