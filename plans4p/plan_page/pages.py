"""One plan: its page, the sheet that is printed, and behind it its reviews, its disruptions to link and its history."""

from datetime import date
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from disruptions.record.models import Disruption
from plans4p.aims.models import Aim, Contribution
from plans4p.aims.queries import MOST_PROPOSALS, list_proposals
from plans4p.aims.services import CONTRIBUTIONS, dismiss_disruption, link_disruption, link_disruptions
from plans4p.choices import NO_OWNER, OPEN, PlanStatus, RequestStatus
from plans4p.editing.pages import WRITE_PLAN
from plans4p.plan_page.queries import PlanFacts, get_around, get_plan_facts, with_what_pages_count
from plans4p.plans.forms import DismissForm
from plans4p.plans.models import Plan
from plans4p.plans.pages import purpose, review_in_words
from plans4p.plans.queries import list_history
from plans4p.signatures.models import SignatureRequest
from plans4p.signatures.queries import hindrance
from plans4p.steps.pages import list_steps
from soc_tracker.core.access.markings import highest
from soc_tracker.core.lists.columns import as_given
from soc_tracker.core.posting.sent import GiveBack
from soc_tracker.core.records.pages import Trail
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.normal import key_of

CHANGES = 200
PAGES = (
    ("plan", "Plan", ()),
    ("plan_around", "Reviews and partners", ("reviews", "requests", "partners", "owners")),
    ("plan_links", "Disruptions to link", ("proposals",)),
    ("plan_history", "History", ()),
)
"""Each page with the sections of the one long page that there was: their old addresses lead on to it."""


class OnePlan(Trail, View):
    """A plan that the user may not see gets the same 404 as one that does not exist."""

    permission = "plans4p.read_plan"
    parents = (("4P plans", "plans4p:plan_list"),)

    @cached_property
    def plan(self) -> Any:
        return get_object_or_404(
            with_what_pages_count(self.request.user), reference_key=key_of(self.kwargs["reference"])
        )

    def page(self, template: str, **context: Any) -> HttpResponse:
        """What all pages of a plan have in their head, and the ways between them."""
        plan, match = self.plan, self.request.resolver_match
        here = match.url_name if match else ""
        tabs = [
            {
                "text": text,
                "url": reverse(f"plans4p:{route}", args=[plan.reference]),
                "current": route == here,
                "number": plan.waiting or None if route == "plan_links" else None,
                "anchors": anchors if here == "plan" else (),
            }
            for route, text, anchors in PAGES
            if plan.threat_id or route != "plan_links"
        ]
        shared = {
            "plan": plan,
            "marking": highest([plan.marking, *([plan.threat.marking] if plan.threat else [])]),
            "status_tag": PlanStatus(plan.status).tag,
            "may_write": plan.status in OPEN and rules.has_perm(WRITE_PLAN, self.request.user, plan),
            "breadcrumbs": self.breadcrumbs(),
            "tabs": tabs,
        }
        return render(self.request, template, shared | context)


class PlanPage(OnePlan):
    """The plan in four columns. The printed sheet is the same without what only a screen can use."""

    template_name = "plans4p/plan_detail.html"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        today, plan = self.today, self.plan
        facts = get_plan_facts(request.user, plan, today)
        requests_to_sign = SignatureRequest.objects.visible_to(request.user).select_related("by", "to")
        prefetch_related_objects([plan], Prefetch("signature_requests", requests_to_sign))
        requests = list(plan.signature_requests.all())
        waiting = [row for row in requests if row.status == RequestStatus.WAITING]
        to_reader = next((row for row in waiting if row.to_id == request.user.pk), None)
        return self.page(
            self.template_name,
            today=today,
            facts=facts,
            summary=summary(plan, facts, today),
            questions=facts.questions,
            standing=facts.standing,
            steps=list_steps(request.user, plan, facts.standing),
            request_to_sign=to_reader,
            declined=requests[0] if requests and requests[0].status == RequestStatus.DECLINED else None,
            hindrance=hindrance(request.user, plan) if to_reader else "",
        )


class PlanPrint(PlanPage):
    template_name = "plans4p/plan_print.html"


class PlanAround(OnePlan):
    """What happens around a plan: its reviews, whom it asked to sign, whom it consulted, whose it was."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.page("plans4p/plan_around.html", **get_around(self.plan))


class PlanHistory(OnePlan):
    """Every write of the plan and of its parts, those since removed among them, as what it changed from and to."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        changes = list_history(request.user, self.plan, CHANGES + 1)
        return self.page("plans4p/plan_history.html", changes=changes[:CHANGES], is_cut=len(changes) > CHANGES)


class PlanLinks(OnePlan):
    """The disruptions that the plan may count, and what is done with them."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        proposals, bounds = list_proposals(request.user, self.plan, list(self.plan.aims.all()), params=request.GET)
        return self.page("plans4p/plan_links.html", proposals=proposals, bounds=bounds)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Counts a disruption towards an aim, says that it is no result of the plan's, or takes it off again."""
        if not rules.has_perm(WRITE_PLAN, request.user, self.plan):
            raise Http404("That plan is not yours to write.")
        acts = {"link": self.link, "link_all": self.link_all, "dismiss": self.dismiss, "take_off": self.take_off}
        act, back = acts.get(request.POST.get("do", "link")), reverse("plans4p:plan_links", args=[reference])
        if act is None:
            messages.error(request, "That is nothing that can be done here. Nothing was saved.")
            return redirect(back)
        page = self.plan.get_absolute_url() if act == self.take_off else back
        try:
            messages.success(request, act())
        except (ValidationError, StaleRecordError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise GiveBack(" ".join(words), page=page) from error
        return redirect(page)

    @property
    def disruption(self) -> Disruption:
        rows = Disruption.objects.visible_to(self.request.user).current()
        return get_object_or_404(rows, reference=self.request.POST.get("disruption", ""))

    def link(self) -> str:
        aims = Aim.objects.visible_to(self.request.user).filter(plan=self.plan)
        aim = get_object_or_404(aims, pk=_key(self.request.POST.get("aim")))
        disruption = self.disruption
        link_disruption(aim, disruption, by=self.request.user)
        return f"{disruption.reference} counts towards the aim."

    def link_all(self) -> str:
        """All that are ticked, each with its aim."""
        picks = [pick.partition("-") for pick in self.request.POST.getlist("pick")[: 2 * MOST_PROPOSALS]]
        keys = [(_key(disruption), _key(aim)) for disruption, _, aim in picks]
        rows = Disruption.objects.visible_to(self.request.user).current().in_bulk([key for key, _ in keys])
        own = Aim.objects.visible_to(self.request.user).filter(plan=self.plan)
        aims = own.select_related("plan").in_bulk([key for _, key in keys])
        if not keys:
            raise ValidationError("Tick at least one disruption.")
        if any(row not in rows or aim not in aims for row, aim in keys):
            raise ValidationError("One of these is on record no longer, so none was linked. Look through them again.")
        results = link_disruptions([(aims[aim], rows[row]) for row, aim in keys], by=self.request.user)
        one = "1 disruption counts" if len(results) == 1 else f"{len(results)} disruptions count"
        return f"{one} towards the plan’s aims. Any of them can be taken off again."

    def dismiss(self) -> str:
        form = DismissForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(list(form.errors["reason"]))
        disruption = self.disruption
        dismiss_disruption(self.plan, disruption, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"{disruption.reference} is no longer proposed."

    def take_off(self) -> str:
        own = Contribution.objects.visible_to(self.request.user).filter(aim__plan=self.plan)
        results = own.select_related("aim__plan", "disruption", "order")
        result = get_object_or_404(results, pk=_key(self.request.POST.get("result")))
        version = _key(self.request.POST.get("version"))
        CONTRIBUTIONS.remove(result, by=self.request.user, reason="Taken off the aim.", expected_version=version)
        return "It counts towards the aim no longer."


def summary(plan: Plan, facts: PlanFacts, today: date) -> list[tuple[Any, ...]]:
    """What the head of the page lists."""
    reason = facts.standing.signature.copies_reason if facts.standing.signature else ""
    rows: list[tuple[Any, ...]] = [
        ("Organisation", plan.organisation.name, plan.organisation.get_absolute_url()),
        ("Marking", plan.get_marking_display()),
        ("For", *purpose(plan)),
        ("Owner", str(plan.owner or NO_OWNER), plan.owner.get_absolute_url() if plan.owner else ""),
        ("Written by", name_of(plan.author) if plan.author else None),
        ("Deputies", "; ".join(map(str, plan.deputies.all())) or "none"),
        ("Signed", facts.standing.words),
        *([("Signed with copied actions", reason)] if reason else []),
        ("Begins on", plan.starts_on),
        *([("Ends by", plan.ends_on)] if plan.ends_on else []),
        ("Next review", review_in_words(plan, today)),
    ]
    if plan.threat:
        rows += [
            ("Threat’s latest MoRiLE total", None if facts.score is None else as_given(facts.score)),
            ("Its disruptions on record", facts.disruptions, disruptions_url(plan)),
        ]
    rows += [
        ("Local profiles used", "; ".join(profile.area.name for profile in plan.profiles.all())),
        ("Intelligence used", plan.intelligence),
    ]
    if plan.status == PlanStatus.CLOSED:
        rows += [("Closed", plan.closed_on), ("Result", plan.get_result_display()), ("What was learned", plan.learning)]
    return rows


def disruptions_url(plan: Plan) -> str:
    """The list of the disruptions of the plan's threat."""
    query = {"threat": plan.threat.reference, "data": plan.kind_of_data} if plan.threat else {}
    return f"{reverse('disruptions:disruption_list')}?{urlencode(query)}"


def _key(text: str | None) -> int:
    """A key from a form; 0, which no row has, where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
