"""One plan: its page, the sheet that is printed, its history, and the disruptions that it may count."""

from datetime import date
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views import View

from disruptions.record.models import Disruption
from plans4p.aims import pages as aims_pages
from plans4p.aims.models import Aim
from plans4p.aims.pages import Row
from plans4p.choices import OPEN, PlanStatus, RequestStatus
from plans4p.editing.pages import WRITE_PLAN
from plans4p.plan_page.queries import PlanFacts, of_plan
from plans4p.plans.models import Plan
from plans4p.plans.pages import NO_OWNER, purpose, review_in_words
from plans4p.plans.queries import history_of
from plans4p.results.forms import DismissForm
from plans4p.results.models import Contribution
from plans4p.results.queries import SHOWN
from plans4p.results.services import CONTRIBUTIONS, dismiss_disruption, link_disruption, link_disruptions
from plans4p.signatures import queries as signatures_queries
from plans4p.signatures.queries import Standing, hindrance, signature_in_words
from plans4p.steps.pages import steps_for
from soc_tracker.core.lists.columns import as_given
from soc_tracker.core.posting.sent import Refusal
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import name_of

CHANGES = 200


class OnePlan(View):
    """A plan that the user may not see gets the same 404 as one that does not exist."""

    permission = "plans4p.read_plan"
    template_name = "plans4p/plan_detail.html"

    @cached_property
    def plan(self) -> Plan:
        plans = Plan.objects.visible_to(self.request.user).for_list()
        return get_object_or_404(plans, reference=self.kwargs["reference"])

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))]

    @cached_property
    def may_write(self) -> bool:
        return self.plan.status in OPEN and bool(rules.has_perm(WRITE_PLAN, self.request.user, self.plan))


class PlanPage(OnePlan):
    """The plan in four columns. The printed sheet is the same without what only a screen can use."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        today = localdate()
        facts = of_plan(request.user, self.plan, today)
        context = {
            "plan": self.plan,
            "status_tag": PlanStatus(self.plan.status).tag,
            "today": today,
            "breadcrumbs": self.breadcrumbs,
            "summary": summary(self.plan, facts, today),
            "columns": [
                (column, [aims_pages.shown_aim(aim, today, facts.copies) for aim in column.aims])
                for column in facts.columns
            ],
            "questions": facts.questions,
            "facts": facts,
            "may_write": self.may_write,
            "steps": steps_for(request.user, self.plan, facts.standing),
            "standing": facts.standing,
            "changed": signatures_queries.changed_in_words(facts.standing),
            **self._asked_to_sign(facts),
        }
        return render(request, self.template_name, context)

    def _asked_to_sign(self, facts: PlanFacts) -> dict[str, Any]:
        """The request that waits for the reader's answer, and why they cannot sign, where that is so."""
        waiting = [row for row in facts.requests.rows if row.status == RequestStatus.WAITING]
        request = next((row for row in waiting if row.to_id == self.request.user.pk), None)
        return {
            "request_to_sign": request,
            "hindrance": hindrance(self.request.user, self.plan) if request else "",
        }


class PlanPrint(PlanPage):
    template_name = "plans4p/plan_print.html"


class PlanHistory(OnePlan):
    """Every write of the plan and of its parts, those since removed among them, as what it changed from and to."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        context = {
            "plan": self.plan,
            "changes": history_of(self.plan, CHANGES),
            "breadcrumbs": [*self.breadcrumbs, (self.plan.reference, self.plan.get_absolute_url())],
        }
        return render(request, "plans4p/plan_history.html", context)


class PlanLinks(OnePlan):
    """Counts a proposed disruption towards an aim, says that it is no result of the plan's, or takes it off again."""

    permission = WRITE_PLAN

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        if not rules.has_perm(WRITE_PLAN, request.user, self.plan):
            raise Http404("That plan is not yours to write.")
        acts = {"link": self._link, "link_all": self._link_all, "dismiss": self._dismiss, "take_off": self._take_off}
        try:
            messages.success(request, acts[request.POST.get("do", "link")]())
        except (ValidationError, StaleRecordError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise Refusal(" ".join(words), page=self.plan.get_absolute_url()) from error
        except KeyError:
            messages.error(request, "That is nothing that can be done here. Nothing was saved.")
        return redirect(f"{self.plan.get_absolute_url()}#proposals")

    @property
    def _disruption(self) -> Disruption:
        rows = Disruption.objects.visible_to(self.request.user).current()
        return get_object_or_404(rows, reference=self.request.POST.get("disruption", ""))

    def _link(self) -> str:
        aim = get_object_or_404(Aim.objects.filter(plan=self.plan), pk=_number(self.request.POST.get("aim")))
        disruption = self._disruption
        link_disruption(aim, disruption, by=self.request.user)
        return f"{disruption.reference} counts towards the aim."

    def _link_all(self) -> str:
        """All that are ticked, each with its aim."""
        picks = [pick.partition("-") for pick in self.request.POST.getlist("pick")[: 2 * SHOWN]]
        keys = [(_number(disruption), _number(aim)) for disruption, _, aim in picks]
        rows = Disruption.objects.visible_to(self.request.user).current().in_bulk([key for key, _ in keys])
        aims = Aim.objects.filter(plan=self.plan).select_related("plan").in_bulk([key for _, key in keys])
        if not keys:
            raise ValidationError("Tick at least one disruption.")
        if any(row not in rows or aim not in aims for row, aim in keys):
            raise ValidationError("One of these is on record no longer, so none was linked. Look through them again.")
        made = link_disruptions([(aims[aim], rows[row]) for row, aim in keys], by=self.request.user)
        one = "1 disruption counts" if len(made) == 1 else f"{len(made)} disruptions count"
        return f"{one} towards the plan’s aims. Any of them can be taken off again."

    def _dismiss(self) -> str:
        form = DismissForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(form.errors["reason"])
        disruption = self._disruption
        dismiss_disruption(self.plan, disruption, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"{disruption.reference} is no longer proposed."

    def _take_off(self) -> str:
        results = Contribution.objects.filter(aim__plan=self.plan).select_related("aim__plan", "disruption", "order")
        result = get_object_or_404(results, pk=_number(self.request.POST.get("result")))
        version = _number(self.request.POST.get("version"))
        CONTRIBUTIONS.remove(result, by=self.request.user, reason="Taken off the aim.", expected_version=version)
        return "It counts towards the aim no longer."


def _number(text: str | None) -> int:
    """A key from a form; 0, which no row has, where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def summary(plan: Plan, facts: PlanFacts, today: date) -> list[Row]:
    """What the head of the page lists."""
    rows: list[Row] = [
        ("Organisation", plan.organisation.name, plan.organisation.get_absolute_url()),
        ("For", *purpose(plan)),
        ("Owner", str(plan.owner or NO_OWNER), plan.owner.get_absolute_url() if plan.owner else ""),
        ("Written by", name_of(plan.author) if plan.author else None),
        ("Deputies", "; ".join(map(str, facts.deputies)) or "none"),
        ("Signed", signature_in_words(facts.standing)),
        *_copies_reason(facts.standing),
        ("Begins on", plan.starts_on),
        *([("Ends by", plan.ends_on)] if plan.ends_on else []),
        ("Next review", review_in_words(plan, today)),
    ]
    if plan.threat:
        rows += [
            ("Threat’s latest MoRiLE total", as_given(facts.score.total) if facts.score else None),
            ("Its disruptions on record", facts.disruptions, disruptions_url(plan)),
        ]
    rows += [("Local profiles used", "; ".join(profile.area.name for profile in facts.profiles))]
    rows += [("Intelligence used", plan.intelligence)]
    if plan.status == PlanStatus.CLOSED:
        rows += [
            ("Closed", plan.closed_on),
            ("Result", plan.get_result_display()),
            ("What was learned", plan.learning),
        ]
    return rows


def disruptions_url(plan: Plan) -> str:
    """The list of the disruptions of the plan's threat."""
    query = {"threat": plan.threat.reference, "data": plan.kind_of_data}
    return f"{reverse('disruptions:disruption_list')}?{urlencode(query)}"


def _copies_reason(stands: Standing) -> list[Row]:
    reason = stands.signature.copies_reason if stands.signature else ""
    return [("Signed with copied actions", reason)] if reason else []
