"""The page of one requirement with its whole history and the form that adds a step, and those that move its date and
say what came of it.
"""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from inspections.following.queries import LIST
from inspections.pages import Rows, address_of, stated
from inspections.positions.queries import list_positions
from inspections.queries import get_history, list_changes
from inspections.requirements.forms import EVIDENCE, DeadlineForm, OutcomeForm, StepForm
from inspections.requirements.models import DeadlineMove, Requirement
from inspections.requirements.services import REQUIREMENTS, move_deadline, take_step
from inspections.responses.queries import can_speak_for, list_answers_to
from inspections.work.queries import is_own_work, with_notes
from soc_tracker.core.records.history import ChangeKind, newest
from soc_tracker.core.records.pages import Crumb, DetailPage, FormPage

FOLLOW = "inspections.follow_requirement"
MOST_CHANGES = 200


def summary_of(requirement: Requirement, moves: int, today: date) -> Rows:
    """Who has to do it, by when, and what came of it."""
    finding = requirement.finding
    times = "once" if moves == 1 else f"{moves} times"
    first = f"{requirement.first_due}; the date has moved {times}" if requirement.has_moved else ""
    first += "; overdue by the first date" if first and requirement.was_due_before(today) else ""
    still_open = requirement.open_because or ("no reason given" if requirement.is_old(today) else "")
    return [
        ("For", requirement.addressee.name, address_of(requirement.addressee)),
        ("Finding", finding.title, address_of(finding)),
        ("Inspection", finding.inspection.title, address_of(finding.inspection)),
        ("Due", requirement.due_in_words(today)),
        *stated("First due", first),
        ("Answer", requirement.get_acceptance_display() or "not known here"),
        ("Implementation", requirement.get_implementation_display() or "not judged here"),
        *stated("Answers for it there", requirement.owner),
        *stated("Still open after a year because", still_open),
    ]


class RequirementPage(DetailPage):
    """Everybody reads the history; inspectors and administrators add to it.

    Of a recommendation or of a finding, by the address. ``?published=yes`` asks for what a document says,
    ``?corrects=`` names a wrong step to correct.
    """

    permission = "inspections.read_published"
    write_permission = FOLLOW
    model = Requirement
    parents = (("What must change", LIST),)
    template_name = "inspections/requirement_detail.html"
    form: StepForm | None = None

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Requirement:
        rows = self.get_queryset()
        if "pk" in self.kwargs:
            rows = rows.filter(recommendation__pk=self.kwargs["pk"])
        else:
            rows = rows.filter(recommendation__isnull=True, finding__slug=self.kwargs["slug"])
        requirement: Requirement | None = next(iter(rows), None)
        if requirement is None:
            raise Http404("Nothing that must change is held under that address.")
        if requirement.recommendation:
            requirement.recommendation.finding = requirement.finding  # which is read already
        return requirement

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (self.object.finding.title, address_of(self.object.finding))]

    def step_form(self, data: Any = None, files: Any = None) -> StepForm:
        """Raises Http404 where the step to correct is none of this requirement."""
        key, corrects = self.request.GET.get("corrects", ""), None
        if key:
            steps = self.object.steps.standing()
            corrects = next((step for step in steps if str(step.pk) == key), None)
            if corrects is None:
                raise Http404("There is no such step to correct.")
        published = self.request.GET.get("published") == "yes" or bool(corrects and corrects.source_id)
        initial: dict[str, Any] = {"expected_version": self.object.version}
        if corrects:
            names = ("on", "note", "source", "locator", *EVIDENCE)
            initial |= {name: getattr(corrects, name) for name in names} | {"status": corrects.status_id}
        more: dict[str, Any] = {"user": self.request.user, "corrects": corrects, "published": published}
        return StepForm(self.object, data, files, initial=initial, **more)

    def facts(self) -> dict[str, Any]:
        requirement, user = self.object, self.request.user
        history = get_history(user, requirement)
        may_follow, may_speak = user.has_perm(FOLLOW), user.has_perm("inspections.respond")
        changes = list_changes(requirement.recommendation) if requirement.recommendation else []
        corrections = [change for change in changes if change.kind is not ChangeKind.ADDED]
        return {
            "summary": summary_of(requirement, sum(isinstance(row, DeadlineMove) for row in history), self.today),
            "overdue": requirement.is_overdue(self.today),
            "history": with_notes(user, history),
            "may_download": user.has_perm("inspections.read_evidence"),
            "answers": list_answers_to(user, requirement),
            "positions": list_positions(user, requirement),
            "may_take_position": may_speak and can_speak_for(user, requirement.organisation_id),
            "changes": newest([*list_changes(requirement), *corrections], MOST_CHANGES),
            "is_own_work": requirement.recommendation_id and is_own_work(user, requirement.inspection),
            "form": (self.form or self.step_form()) if may_follow else None,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a step."""
        self.object = self.get_object()
        self.form = form = self.step_form(request.POST, request.FILES)
        if form.is_valid() and form.submit(
            lambda: take_step(self.object, by=request.user, today=self.today, **form.values)
        ):
            messages.success(request, "The history has a new step.")
            return redirect(self.object)
        if request.FILES and not form.has_error("upload"):
            form.add_error("upload", "Choose the file again: a browser does not send it twice by itself.")
        self.object = self.get_object()  # as it stands now
        return self.render_to_response(self.get_context_data(), status=form.status)


class RequirementForm(FormPage):
    """A form about one requirement, which leads back to its page."""

    permission = FOLLOW
    parents = (("What must change", LIST),)
    within = ("requirement",)
    template_name = "inspections/requirement_form.html"
    title = button = ""
    shows = ("title", "button")
    saved = "Saved."

    @cached_property
    def requirement(self) -> Requirement:
        rows = Requirement.objects.visible_to(self.request.user).for_list()
        requirement: Requirement = get_object_or_404(rows, pk=self.kwargs["pk"])
        return requirement


class DeadlinePage(RequirementForm):
    title, button = "Move its date", "Move the date"

    def form(self, data: Any = None) -> DeadlineForm:
        return DeadlineForm(data, initial={"expected_version": self.requirement.version, "on": self.today})

    def write(self, form: DeadlineForm) -> DeadlineMove:
        return move_deadline(self.requirement, by=self.request.user, today=self.today, **form.cleaned_data)


class OutcomePage(RequirementForm):
    title, button = "Outcome, owner and inspector", "Save"

    def form(self, data: Any = None) -> OutcomeForm:
        return OutcomeForm(data, instance=self.requirement)

    def write(self, form: OutcomeForm) -> Requirement:
        reason, version = form.cleaned_data["change_reason"], form.cleaned_data["expected_version"]
        return REQUIREMENTS.change(
            self.requirement, form.values, by=self.request.user, reason=reason, expected_version=version
        )
