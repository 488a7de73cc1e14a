"""The work on an inspection: planning it, its stages and team, notes of what was seen, and the check by the bodies."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from forces.models import Organisation
from inspections.entering.queries import list_bodies
from inspections.programmes.models import Inspection
from inspections.work.forms import AnswerForm, CheckForm, NoteForm, PlanForm, StageForm, TeamForm
from inspections.work.models import EvidenceNote, FactCheck, TeamMember
from inspections.work.queries import (
    get_facts_to_check,
    get_work_facts,
    list_teams,
    list_to_check,
    list_under_way,
    list_with_teams,
)
from inspections.work.services import CHECKS, NOTES, change_team, move_on, plan_inspection
from soc_tracker.core.access.roles import is_administrator
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.pages import Crumb, DraftPage, FormPage, trail

WORK = "inspections.work_on_inspection"
UNDER_WAY = ("Under way", "inspections:under_way")


class UnderWay(Page):
    """The inspections of one's own teams; to administrators, which there are and who is in their teams."""

    permission = WORK
    title = "Inspections under way"
    template_name = "inspections/under_way.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        teams = list_teams(user) if is_administrator(user) else []
        return super().context() | {"inspections": list_under_way(user), "teams": teams}


class InspectionPlan(FormPage):
    permission = WORK
    parents = (UNDER_WAY,)
    template_name = "inspections/plan_form.html"
    form = PlanForm
    saved, leads_to = "Planned: {}. You lead it, and nobody else sees it yet.", "inspections:work"

    def write(self, form: PlanForm) -> Inspection:
        return plan_inspection(form.cleaned_data, by=self.request.user)


class OfInspection(FormPage):
    """A page of the work on the inspection of its address, for its team."""

    permission = WORK
    parents = (UNDER_WAY,)
    within = ("inspection",)
    list_inspections = staticmethod(list_under_way)
    leads_to = "inspections:work"

    @cached_property
    def inspection(self) -> Inspection:
        inspection: Inspection = get_object_or_404(self.list_inspections(self.request.user), slug=self.kwargs["slug"])
        return inspection


class WorkPage(OfInspection):
    """Where the inspection stands, what is missing, and the step to the next stage."""

    template_name = "inspections/work.html"

    def form(self, data: Any = None) -> StageForm:
        return StageForm(data, inspection=self.inspection)

    def context(self) -> dict[str, Any]:
        facts = get_work_facts(self.request.user, self.inspection)
        return super().context() | {"facts": facts, "bodies": list_bodies(self.request.user, self.inspection)}

    def write(self, form: StageForm) -> Inspection:
        return move_on(self.inspection, by=self.request.user, **form.cleaned_data)

    def done(self, inspection: Inspection) -> HttpResponse:
        messages.success(self.request, f"It is at “{inspection.stage}” now.")
        return redirect(inspection if inspection.stage.is_published else "inspections:work", inspection.slug)


class TeamPage(OfInspection):
    """Who is in the team. Administrators change it too, so that an inspection whose lead has left is not lost."""

    template_name = "inspections/team_form.html"
    list_inspections = staticmethod(list_with_teams)
    shows = ("team",)
    saved, leads_to = "Saved: the team.", "inspections:team"

    def breadcrumbs(self) -> list[Crumb]:
        return trail(*self.parents, (str(self.inspection), self.request.path))

    @property
    def team(self) -> list[TeamMember]:
        rows = TeamMember.objects.visible_to(self.request.user).filter(inspection=self.inspection)
        return list(rows.select_related("account"))

    def form(self, data: Any = None) -> TeamForm:
        return TeamForm(data, team=self.team)

    def write(self, form: TeamForm) -> TeamMember | None:
        cleaned, by = form.cleaned_data, self.request.user
        return change_team(self.inspection, cleaned["account"], cleaned["do"], by=by, seen=cleaned["team_version"])


class NotePage(DraftPage, OfInspection):
    """A note of what was seen, of which a draft is kept."""

    template_name = "inspections/note_form.html"
    shows: ClassVar[Sequence[str]] = ("draft",)

    def done(self, note: EvidenceNote) -> HttpResponse:
        """On to the work, or to the next note; the draft goes."""
        messages.success(self.request, f"Saved: the note of {note}.", extra_tags=self.draft["place"])
        again = self.request.POST.get("then") == "next"
        return redirect("inspections:note_new" if again else "inspections:work", self.inspection.slug)


class NoteNew(NotePage):
    """A note of what was seen: it begins with day, place and body of the one before."""

    def form(self, data: Any = None) -> NoteForm:
        user = self.request.user
        notes = EvidenceNote.objects.visible_to(user).filter(inspection=self.inspection, by=user.pk)
        before = notes.order_by("-pk").first()
        start: dict[str, Any] = {"on": self.today}
        start |= {"place": before.place, "organisation": before.organisation_id} if before else {}
        bodies = list_bodies(user, self.inspection)
        return NoteForm(data, inspection=self.inspection, bodies=bodies, initial=start)

    def write(self, form: NoteForm) -> EvidenceNote:
        own = {"inspection": self.inspection, "by": self.request.user}
        return NOTES.create({**form.values, **own}, by=self.request.user, reason="Noted.")


class NoteEdit(NotePage):
    shows = ("draft", "note")

    @cached_property
    def note(self) -> EvidenceNote:
        notes = EvidenceNote.objects.visible_to(self.request.user).filter(inspection=self.inspection)
        note: EvidenceNote = get_object_or_404(notes, pk=self.kwargs["pk"])
        return note

    def form(self, data: Any = None) -> NoteForm:
        bodies = list_bodies(self.request.user, self.inspection)
        return NoteForm(data, instance=self.note, inspection=self.inspection, bodies=bodies)

    def write(self, form: NoteForm) -> EvidenceNote:
        version = form.cleaned_data["expected_version"]
        return NOTES.change(self.note, form.values, by=self.request.user, reason="Amended.", expected_version=version)


class AnswerCheck(OfInspection):
    """The team's answer to what a body says of the facts."""

    template_name = "inspections/check_answer.html"
    shows = ("check",)

    @cached_property
    def check(self) -> FactCheck:
        checks = FactCheck.objects.visible_to(self.request.user).filter(inspection=self.inspection).for_list()
        check: FactCheck = get_object_or_404(checks, pk=self.kwargs["pk"])
        return check

    def form(self, data: Any = None) -> AnswerForm:
        start = {"expected_version": self.check.version, "answer": self.check.answer}
        return AnswerForm(data, initial=start)

    def write(self, form: AnswerForm) -> FactCheck:
        return CHECKS.change(
            self.check,
            answer=form.cleaned_data["answer"],
            by=self.request.user,
            reason="Answered.",
            expected_version=form.cleaned_data["expected_version"],
        )


class ToCheckList(Page):
    """What is about to be published of one's own body, while its facts may be checked."""

    permission = "inspections.check_facts"
    title = "Facts to check before they are published"
    template_name = "inspections/to_check.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"waiting": list_to_check(self.request.user)}


class CheckPage(FormPage):
    """All that an inspection is about to say of a body, and whether its facts are right."""

    permission = "inspections.check_facts"
    parents = (("Facts to check", "inspections:to_check"),)
    template_name = "inspections/check_form.html"
    form = CheckForm

    @cached_property
    def about(self) -> tuple[Inspection, Organisation]:
        """Raises Http404 where there is nothing for the user to check."""
        for inspection, body in list_to_check(self.request.user):
            if (inspection.slug, body.slug) == (self.kwargs["slug"], self.kwargs["body"]):
                return inspection, body
        raise Http404("There is nothing to check here.")

    def context(self) -> dict[str, Any]:
        inspection, body = self.about
        return {"inspection": inspection, "body": body, "facts": get_facts_to_check(inspection, body)}

    def write(self, form: CheckForm) -> FactCheck:
        inspection, body = self.about
        own = {"inspection": inspection, "organisation": body, "on": self.today, "by": self.request.user}
        return CHECKS.create({**form.cleaned_data, **own}, by=self.request.user, reason="Facts checked.")

    def done(self, check: FactCheck) -> HttpResponse:
        messages.success(self.request, f"Sent to the inspectors: {check}.")
        return redirect("inspections:to_check")
