"""The steps of a plan, each on a page of its own: passed on, signed, taken under review, reviewed, closed,
reopened, removed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate

from plans4p.choices import RUNNING, PlanStatus, SignatureState
from plans4p.editing.pages import WRITE_PLAN
from plans4p.likeness.queries import copies
from plans4p.plans import services as plans_services
from plans4p.plans.models import CONTENT, Plan
from plans4p.quality.queries import PlanParts, get_tailored, list_parts, list_questions
from plans4p.reviews import services as reviews_services
from plans4p.signatures import services as signatures_services
from plans4p.signatures.queries import Standing, changed_in_words, content_of, standing
from plans4p.steps import forms
from soc_tracker.core.access.permissions import Permission
from soc_tracker.core.records.pages import FormPage

SIGN_PLAN, DECLINE, REVIEW_PLAN = "plans4p.sign_plan", "plans4p.decline_to_sign", "plans4p.review_plan"
CHANGE_OWNER = "plans4p.change_owner"


@dataclass(frozen=True)
class Step:
    """What a page does: by which form, who may, at which stages a plan takes it, and what it writes.

    ``is_to_sign``: a plan that says what was signed takes it only where it is under review.
    """

    title: str
    button: str
    form: type[forms.StepForm]
    permission: str
    stages: tuple[PlanStatus, ...]
    act: Callable[..., Any]
    done: str
    is_warned: bool = False
    is_read_first: bool = False
    is_to_sign: bool = False


def _approve(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    signatures_services.approve(
        plan, today=today, read=said["read"], copies_reason=said.get("copies_reason", ""), **told
    )


def _ask(plan: Plan, said: dict[str, Any], today: Any, *, by: Any, **told: Any) -> None:
    signatures_services.ask_to_sign(plan, said["to"], note=said["note"], by=by, today=today)


def _decline(plan: Plan, said: dict[str, Any], today: Any, *, by: Any, **told: Any) -> None:
    request = get_object_or_404(plan.signature_requests.waiting(), to=by)
    signatures_services.decline_to_sign(request, reason=said["reason"], by=by, today=today)


def _name_deputies(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    plans_services.name_deputies(plan, said["deputies"], reason=said["reason"], **told)


def _change_owner(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    plans_services.change_owner(plan, said["owner"], on=said["on"], reason=said["reason"], **told)


def _begin_review(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    plans_services.begin_review(plan, reason=said["reason"], **told)


def _review(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    names = ("kind", "on", "checked", "changes")
    reviews_services.review_plan(plan, **{name: said[name] for name in names}, next_due=said.get("next_due"), **told)


def _close(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    names = ("result", "learning", "on", "reason", "ends")
    plans_services.close_plan(plan, **{name: said[name] for name in names}, **told)


def _reopen(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    plans_services.reopen_plan(plan, reason=said["reason"], **told)


def _remove(plan: Plan, said: dict[str, Any], today: Any, **told: Any) -> None:
    plans_services.PLANS.remove(plan, reason=said["reason"], **told)


STEPS = {
    "approve": Step(
        *("Sign the plan", "Sign and start the plan", forms.ApproveForm, SIGN_PLAN),
        (PlanStatus.DRAFT, *RUNNING),
        *(_approve, "The plan is signed and runs."),
        is_read_first=True,
        is_to_sign=True,
    ),
    "ask": Step(
        *("Ask somebody to sign", "Ask them to sign", forms.AskForm, WRITE_PLAN),
        (PlanStatus.DRAFT, *RUNNING),
        *(_ask, "They find it on their page “My plans”, and in their reminders."),
        is_to_sign=True,
    ),
    "decline": Step(
        *("Decline to sign", "Decline to sign", forms.DeclineForm, DECLINE),
        (PlanStatus.DRAFT, *RUNNING),
        *(_decline, "You have declined to sign; who asked you sees why."),
        is_to_sign=True,
    ),
    "deputies": Step(
        *("Name deputies", "Save the deputies", forms.DeputiesForm, CHANGE_OWNER),
        (PlanStatus.DRAFT, *RUNNING),
        *(_name_deputies, "The deputies are named."),
    ),
    "owner": Step(
        *("Change the owner", "Change the owner", forms.OwnerForm, CHANGE_OWNER),
        (PlanStatus.DRAFT, *RUNNING),
        *(_change_owner, "The plan has a new owner."),
    ),
    "begin-review": Step(
        *("Take the plan under review", "Take under review", forms.BeginReviewForm, WRITE_PLAN),
        (PlanStatus.ACTIVE,),
        *(_begin_review, "The plan is under review."),
    ),
    "review": Step(
        *("Write a review down", "Save the review", forms.ReviewForm, REVIEW_PLAN),
        (PlanStatus.DRAFT, *RUNNING),
        *(_review, "The review is on record."),
    ),
    "close": Step(
        *("Close the plan", "Close the plan", forms.CloseForm, WRITE_PLAN),
        RUNNING,
        *(_close, "The plan is closed."),
    ),
    "reopen": Step(
        *("Reopen the plan", "Reopen the plan", forms.ReopenForm, WRITE_PLAN),
        (PlanStatus.CLOSED,),
        *(_reopen, "The plan is open again, and under review."),
    ),
    "remove": Step(
        *("Remove the draft", "Remove", forms.RemoveForm, WRITE_PLAN),
        (PlanStatus.DRAFT,),
        *(_remove, "The draft is removed. Its history is kept."),
        is_warned=True,
    ),
}
"""By the word that stands in their addresses."""


def steps_for(user: Any, plan: Plan, stands: Standing) -> list[tuple[str, str]]:
    """The steps that the user may take with the plan as it stands: title and address of each."""
    return [
        (step.title, reverse("plans4p:plan_step", args=[plan.reference, slug]))
        for slug, step in STEPS.items()
        if plan.status in step.stages
        and not (step.is_to_sign and plan.status == PlanStatus.ACTIVE and stands.state == SignatureState.AS_SIGNED)
        and rules.has_perm(step.permission, user, plan)
    ]


def step_of(kwargs: Mapping[str, Any]) -> Step:
    """The step that an address takes. Raises Http404 where there is none."""
    if kwargs["step"] not in STEPS:
        raise Http404(f"A plan has no step “{kwargs['step']}”.")
    return STEPS[kwargs["step"]]


def permission_of_step(kwargs: Mapping[str, Any]) -> str:
    return step_of(kwargs).permission


class StepPage(FormPage):
    """Asks what a step needs to know, and takes it. What the plan lacks for it is named, each with what to do."""

    permission: Permission = permission_of_step

    template_name = "plans4p/plan_step.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = localdate()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.has_perm(self.step.permission, request.user, self.plan):
            raise Http404("That is no step of yours.")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def step(self) -> Step:
        return step_of(self.kwargs)

    @cached_property
    def plan(self) -> Plan:
        plans = Plan.objects.visible_to(self.request.user).for_list()
        return get_object_or_404(plans, reference=self.kwargs["reference"])

    @cached_property
    def said(self) -> PlanParts:
        """With all that would be signed."""
        found = list_parts([self.plan], self.today)[0]
        prefetch_related_objects([found.plan], *CONTENT)
        return found

    @property
    def read(self) -> str:
        """The fingerprint of what this answer shows; "" where the step may be taken unread."""
        return content_of(self.said.plan).fingerprint if self.step.is_read_first else ""

    def form(self, data: Any = None) -> forms.StepForm:
        return self.step.form(data, plan=self.plan, today=self.today, read=self.read, user=self.request.user)

    def write(self, form: forms.StepForm) -> None:
        cleaned = form.cleaned_data
        self.step.act(self.plan, cleaned, self.today, by=self.request.user, expected_version=cleaned["version"])

    def done(self, record: Any) -> HttpResponse:
        messages.success(self.request, self.step.done)
        return redirect("plans4p:plan_list") if self.step is STEPS["remove"] else redirect(self.plan)

    def context(self) -> dict[str, Any]:
        return {
            "title": self.step.title,
            "step": self.step,
            "plan": self.plan,
            **self._to_read(),
            "breadcrumbs": [
                ("Home", reverse("home")),
                ("4P plans", reverse("plans4p:plan_list")),
                (self.plan.reference, self.plan.get_absolute_url()),
            ],
        }

    def _to_read(self) -> dict[str, Any]:
        """What one must have read to sign the plan."""
        if not self.step.is_read_first:
            return {"questions": []}
        asked = self.plan.signature_requests.waiting().filter(to=self.request.user).select_related("by").first()
        return {
            "questions": list_questions(self.said),
            "facts": {"tailored": get_tailored(self.said), "copies": copies(self.plan) if self.said.shared else {}},
            "standing": standing(self.said.plan),
            "changed": changed_in_words(standing(self.said.plan)),
            "request_to_sign": asked,
        }
