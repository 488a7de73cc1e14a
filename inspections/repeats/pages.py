"""The page of a problem over time: its findings, what later inspections said of them, where else it is found."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from inspections.findings.models import Finding
from inspections.findings.pages import FINDING_COLUMNS
from inspections.pages import ENTER, PROGRAMME, address_of
from inspections.programmes.models import Inspection
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.forms import JudgeForm, RevisitForm
from inspections.repeats.models import Revisit
from inspections.repeats.queries import (
    about_same,
    list_chains,
    list_elsewhere,
    list_judged,
    list_likely,
    when,
)
from inspections.repeats.services import REVISITS, judge
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.posting import GiveBack
from soc_tracker.core.records.pages import FormPage, Trail
from soc_tracker.core.records.services import StaleRecordError

REVISIT_COLUMNS = (
    Column("finding", "Finding", lambda row: row.finding.title, lambda row: problem_address(row.finding)),
    Column("about", "About", lambda row: row.finding.about.name, lambda row: address_of(row.finding.about)),
    Column("made", "Made by", lambda row: row.finding.inspection.programme.name),
    Column("inspection", "Inspection", lambda row: row.inspection.title, lambda row: address_of(row.inspection)),
    Column(
        "outcome",
        "What it says",
        lambda row: row.get_outcome_display(),
        tag=lambda row: RevisitOutcome(row.outcome).tag,
    ),
    Column("summary", "In our words", lambda row: row.summary),
    Column("locator", "Place in the source", lambda row: row.locator, lambda row: address_of(row.source)),
)
CHAIN_COLUMNS = (*pick(FINDING_COLUMNS, "title", "kind"), PROGRAMME)
ELSEWHERE_COLUMNS = (*pick(FINDING_COLUMNS, "title", "about", "kind"), PROGRAMME)
CHAINS = (
    Column("problem", "Problem", lambda chain: chain.latest.title, lambda chain: problem_address(chain.latest)),
    Column("standing", "How long it has stood", lambda chain: chain.standing),
    Column(
        "outcome",
        "What the last inspection says",
        lambda chain: chain.outcome.label if chain.outcome else "Found again",
        tag=lambda chain: chain.outcome.tag if chain.outcome else "orange",
    ),
)
"""The problems of a body that later inspections came back to, a row each."""
CHAINS_OF_BODIES = (
    *CHAINS[:2],
    Column("about", "About", lambda chain: chain.latest.about.name, lambda chain: address_of(chain.latest.about)),
    *CHAINS[2:],
)


def problem_address(finding: Finding) -> str:
    return reverse("inspections:problem", args=[finding.slug])


class OfFinding(Trail, View):
    """A page below that of a finding."""

    parents = (("Findings", "inspections:finding_list"),)
    within = ("finding",)
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def finding(self) -> Finding:
        findings = Finding.objects.open_to(self.request.user).with_bodies().prefetch_related("topics")
        finding: Finding = get_object_or_404(findings, slug=self.kwargs["slug"])
        return finding


class Problem(OfFinding):
    """Everybody reads it; who enters inspections says which findings are of one problem."""

    permission = "inspections.read_published"
    write_permission = ENTER

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        finding, user = self.finding, request.user
        chains = list_chains(user, about_same(finding))
        chain = next((each for each in chains if finding in each.findings), None)
        may_judge = user.has_perm(ENTER)
        before, elsewhere = list_likely(user, finding) if may_judge else ([], [])
        return render(
            request,
            "inspections/problem.html",
            {
                "breadcrumbs": self.breadcrumbs(),
                "finding": finding,
                "chain": chain,
                "chain_columns": CHAIN_COLUMNS,
                "revisit_columns": pick(REVISIT_COLUMNS, "inspection", "outcome", "summary", "locator"),
                "elsewhere": list_elsewhere(user, finding),
                "elsewhere_columns": ELSEWHERE_COLUMNS,
                "may_judge": may_judge,
                "judged": list_judged(user, finding) if may_judge else [],
                "heading_before": f"Other findings about {finding.about}, earlier or later",
                "likely_before": before,
                "likely_elsewhere": elsewhere,
            },
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Keep what somebody says of the finding and another."""
        page = problem_address(self.finding)
        form = JudgeForm(request.POST, findings=Finding.objects.open_to(request.user))
        if not form.is_valid():
            raise GiveBack("Choose a finding, and whether it is of the same problem. Nothing was saved.", page=page)
        other, is_same = form.cleaned_data["other"], form.cleaned_data["same"]
        try:
            judge(self.finding, other, is_one_problem=is_same, by=request.user)
        except (ValidationError, StaleRecordError) as error:
            words = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise GiveBack(" ".join(words), page=page) from error
        messages.success(request, f"“{other}” is {'of' if is_same else 'not of'} the same problem.")
        return redirect(page)


class RevisitNew(FormPage, OfFinding):
    """What a later inspection of the same body or region says of the finding."""

    permission = ENTER
    template_name = "inspections/revisit_form.html"

    def form(self, data: Any = None) -> RevisitForm:
        own = self.finding.inspection
        covered = Q(region=self.finding.region_id)
        if body := self.finding.organisation_id:
            covered = Q(organisation=body) | Q(region__memberships__organisation=body)
        inspections = Inspection.objects.open_to(self.request.user).filter(covered).exclude(pk=own.pk).distinct()
        later = [each.pk for each in inspections.select_related("programme") if when(each) >= when(own)]
        return RevisitForm(data, inspections=Inspection.objects.published().filter(pk__in=later))

    def write(self, form: RevisitForm) -> Revisit:
        reason = f"Entered by hand from {form.cleaned_data['source']}."
        return REVISITS.create(form.cleaned_data, finding=self.finding, by=self.request.user, reason=reason)

    def done(self, revisit: Revisit) -> HttpResponseBase:
        messages.success(self.request, f"Saved: {revisit.get_outcome_display()}, says {revisit.inspection}.")
        return redirect(problem_address(self.finding))
