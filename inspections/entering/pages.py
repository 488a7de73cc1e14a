"""Entering an inspection by hand: itself, the grades of all its bodies on one page, then one finding after another."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from inspections.choices import DuePrecision, QuestionTheme
from inspections.entering.forms import (
    FigureForm,
    FindingForm,
    GradesForm,
    InspectionForm,
    RecommendationForm,
    subject_of,
)
from inspections.entering.queries import can_add, list_bodies
from inspections.entering.services import (
    enter_figure,
    enter_finding,
    enter_grades,
    enter_inspection,
    enter_recommendation,
)
from inspections.figures.models import PublishedFigure
from inspections.figures.pages import FIGURES_ON_PAGES
from inspections.findings.models import Finding
from inspections.findings.pages import FINDING_COLUMNS
from inspections.gradings.models import Grading
from inspections.gradings.queries import list_beside, list_meanings
from inspections.pages import ENTER
from inspections.programmes.models import Inspection, Question
from inspections.recommendations.models import Recommendation
from inspections.recommendations.pages import recommendations_on_pages
from inspections.repeats.queries import list_likely
from inspections.vocabularies.models import Section
from soc_tracker.core.lists.columns import pick
from soc_tracker.core.records.forms import ServiceForm, reason_field
from soc_tracker.core.records.pages import FormPage

F = TypeVar("F", bound=ServiceForm)
LISTED = 10
"""Findings of the inspection, the latest entered, that are listed under the form for the next."""


class InspectionNew(FormPage):
    permission = ENTER
    parents = (("Inspections", "inspections:inspection_list"),)
    template_name = "inspections/inspection_form.html"
    saved, leads_to = "Saved: {}. Now the grades.", "inspections:grades_new"

    def form(self, data: Any = None) -> InspectionForm:
        return InspectionForm(data, user=self.request.user)

    def write(self, form: InspectionForm) -> Inspection:
        return enter_inspection(form.values, document=form.document, by=self.request.user)


class Entering(FormPage):
    """A page that adds to the inspection of its address."""

    permission = ENTER
    parents = (("Inspections", "inspections:inspection_list"),)
    within: ClassVar[Sequence[str]] = ("inspection",)

    @cached_property
    def inspection(self) -> Inspection:
        inspections = Inspection.objects.open_to(self.request.user).filter(can_add(self.request.user)).for_list()
        inspection: Inspection = get_object_or_404(inspections, slug=self.kwargs["slug"])
        return inspection

    def with_reason(self, form: F) -> F:
        """Asks why, where the inspection was published here: what is added to it then is a correction."""
        if self.inspection.out_at:
            form.fields["change_reason"] = reason_field()
        return form


class GradesNew(Entering):
    """The grades of all bodies that have none yet."""

    template_name = "inspections/grades_form.html"

    @cached_property
    def graded(self) -> list[Grading]:
        return list(self.inspection.gradings.about_soc().open_to(self.request.user).for_list())

    def form(self, data: Any = None) -> GradesForm:
        user, inspection = self.request.user, self.inspection
        programme = inspection.programme_id
        questions = Question.objects.visible_to(user).filter(programme=programme, theme=QuestionTheme.SOC)
        # Of what was sent nothing is passed over: a grade that another has entered since is refused by name.
        is_known = data is None and len(questions) == 1
        known = {grading.organisation_id for grading in self.graded} if is_known else set()
        bodies = [body for body in list_bodies(user, inspection) if body.pk not in known]
        beside = list_beside(user, inspection, bodies)
        more: dict[str, Any] = {"inspection": inspection, "bodies": bodies, "beside": beside, "questions": questions}
        return self.with_reason(GradesForm(data, initial={"locator": inspection.locator}, **more))

    def context(self) -> dict[str, Any]:
        scale = self.inspection.programme.scale
        meanings = list_meanings(self.request.user, scale)
        return super().context() | {"graded": self.graded, "scale": scale, "meanings": meanings}

    def write(self, form: GradesForm) -> list[Grading]:
        cleaned = form.cleaned_data
        return enter_grades(
            self.inspection,
            cleaned["question"],
            locator=cleaned["locator"],
            grades=form.grades,
            by=self.request.user,
            reason=cleaned.get("change_reason", ""),
        )

    def done(self, gradings: list[Grading]) -> HttpResponse:
        number = f"{len(gradings)} grade{'' if len(gradings) == 1 else 's'}"
        messages.success(self.request, f"Saved: {number}. Now the findings, one after another.")
        return redirect("inspections:finding_new", self.inspection.slug)


class FindingNew(Entering):
    """The next finding, which begins with what the one before said of document, section and body."""

    template_name = "inspections/finding_form.html"
    columns = pick(FINDING_COLUMNS, "title", "kind", "about", "section")
    shows = ("latest", "columns")

    @cached_property
    def latest(self) -> list[Finding]:
        """The findings entered last, the newest first."""
        findings = self.inspection.findings.open_to(self.request.user).for_list()
        return list(findings.order_by("-pk")[:LISTED])

    def form(self, data: Any = None) -> FindingForm:
        user, inspection = self.request.user, self.inspection
        if self.latest:
            before = self.latest[0]
            start = {"source": before.source_id, "section": before.section_id, "order": before.order + 1}
            start["about"] = subject_of(before)
        else:
            of_region = inspection.region is not None
            section = next((each.slug for each in Section.rows() if each.of_region == of_region), "")
            start = {"source": inspection.source_id, "section": section, "order": 1}
        of_it: dict[str, Any] = {"inspection": inspection, "bodies": list_bodies(user, inspection)}
        return self.with_reason(FindingForm(data, user=user, initial=start, **of_it))

    def write(self, form: FindingForm) -> Finding:
        reason = form.cleaned_data.get("change_reason", "")
        return enter_finding(self.inspection, form.values, by=self.request.user, reason=reason)

    def done(self, finding: Finding) -> HttpResponse:
        """On to the next, or first to its recommendations; a cause of concern always carries one."""
        before, _ = list_likely(self.request.user, finding)
        if before:
            earlier = f"“{before[0].finding}” ({before[0].finding.inspection.programme})"
            messages.info(self.request, f"“{finding}” may repeat {earlier}: its page asks which are the same problem.")
        if finding.kind.is_concern or self.request.POST.get("then") == "recommendations":
            messages.success(self.request, f"Saved: {finding}. Now its recommendations.")
            return redirect("inspections:recommendation_new", finding.slug)
        messages.success(self.request, f"Saved: {finding}. Now the next.")
        return redirect(reverse("inspections:finding_new", args=[self.inspection.slug]))


class FigureNew(Entering):
    """The next figure of an inspection, which begins with what the one before said of body, period and place."""

    template_name = "inspections/figure_form.html"
    columns = FIGURES_ON_PAGES
    shows = ("latest", "columns")
    saved, leads_to = "Saved: {}. Now the next.", "inspections:figure_new"

    @cached_property
    def latest(self) -> list[PublishedFigure]:
        """The figures entered last, the newest first."""
        figures = PublishedFigure.objects.open_to(self.request.user).for_list().filter(inspection=self.inspection)
        return list(figures.order_by("-pk")[:LISTED])

    def form(self, data: Any = None) -> FigureForm:
        user, before = self.request.user, self.latest[0] if self.latest else None
        start: dict[str, Any] = {"locator": self.inspection.locator}
        if before:
            names = ("locator", "said_by", "period_from", "period_to", "period_words", "as_at")
            start = {name: getattr(before, name) for name in names} | {"finding": before.finding_id}
            start["about"] = subject_of(before)
        bodies = list_bodies(user, self.inspection)
        of_it: dict[str, Any] = {"inspection": self.inspection, "bodies": bodies}
        return self.with_reason(FigureForm(data, user=user, initial=start, **of_it))

    def write(self, form: FigureForm) -> PublishedFigure:
        reason = form.cleaned_data.get("change_reason", "")
        return enter_figure(self.inspection, form.values, by=self.request.user, reason=reason)


class RecommendationNew(Entering):
    """The next recommendation of a finding, which begins with the finding's body, document and place, or with what the
    one before said of them.
    """

    parents = (("Findings", "inspections:finding_list"),)
    within = ("finding",)
    template_name = "inspections/recommendation_form.html"
    saved, leads_to = "Saved: {}. Now the next, or the next finding.", "inspections:recommendation_new"

    @cached_property
    def finding(self) -> Finding:
        findings = Finding.objects.open_to(self.request.user).for_list().select_related("inspection__region")
        addable = findings.filter(can_add(self.request.user, "inspection"))
        finding: Finding = get_object_or_404(addable, slug=self.kwargs["slug"])
        return finding

    @cached_property
    def inspection(self) -> Inspection:
        return self.finding.inspection

    @cached_property
    def latest(self) -> list[Recommendation]:
        rows = self.finding.recommendations.open_to(self.request.user).for_list()
        return list(rows.order_by("-number", "pk")[:LISTED])

    def form(self, data: Any = None) -> RecommendationForm:
        before = self.latest[0] if self.latest else None
        initial = {
            "number": before.number + 1 if before else 1,
            "addressed_to": before.addressed_to_id if before else self.finding.organisation_id,
            "source": (before or self.finding).source_id,
            "locator": (before or self.finding).locator,
            "due_on": before.due_on if before else None,
            "due_precision": before.due_precision if before else DuePrecision.DAY,
        }
        bodies = list_bodies(self.request.user, self.finding.inspection)
        return self.with_reason(RecommendationForm(data, user=self.request.user, bodies=bodies, initial=initial))

    def context(self) -> dict[str, Any]:
        return super().context() | {"latest": self.latest, "columns": recommendations_on_pages(self.today)}

    def write(self, form: RecommendationForm) -> Recommendation:
        reason = form.cleaned_data.get("change_reason", "")
        return enter_recommendation(self.finding, form.values, by=self.request.user, reason=reason)
