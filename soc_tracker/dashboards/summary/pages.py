"""The summary of a body, a region, an inspection or a plan on one A4: a page and a PDF that say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, Exists, Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify

from forces.models import Organisation, Region, Succession
from inspections.models import Inspection
from plans4p.aims.queries import ActionFacts, AimFacts
from plans4p.choices import ENDED, NO_OWNER, PlanStatus
from plans4p.models import Plan
from plans4p.plan_page.pages import disruptions_url
from plans4p.plan_page.queries import PlanFacts, get_plan_facts, with_what_pages_count
from plans4p.plans.pages import purpose, review_in_words
from plans4p.quality.queries import Question
from soc_tracker.core.access.markings import UNMARKED, highest
from soc_tracker.core.lists.columns import as_given
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.paper.content import Drawing, Figure, Paper, Part, Row, Tag, Verdict, fitted
from soc_tracker.core.paper.drawings import Strip, strips
from soc_tracker.core.paper.pdf import pdf_of
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import in_words
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event
from soc_tracker.dashboards.summary import charts, queries


class SummaryPage(Page):
    """One sheet. Whoever may not see its subject gets the same 404 as for one that does not exist."""

    template_name = "dashboards/summary/summary.html"
    within = ("subject",)
    is_pdf = False
    permission: ClassVar[str]
    page: ClassVar[str]
    model: ClassVar[Any]

    def subjects(self) -> Any:
        """Those that the reader may see, with what their sheets read of them."""
        return self.model.objects.visible_to(self.request.user)

    def paper(self, subject: Any, head: dict[str, Any]) -> Paper:
        raise NotImplementedError

    @cached_property
    def subject(self) -> Any:
        return get_object_or_404(self.subjects(), **self.kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.title = f"Summary: {self.subject}"
        if self.problems or not self.is_pdf:
            return super().get(request, *args, **kwargs)
        paper = self.fitted_paper
        record_event(Kind.EXPORT, subject=f"Summary: {paper.title}", format="pdf", as_at=paper.day)
        answer = HttpResponse(pdf_of(paper, site=request.build_absolute_uri("/")), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="summary-{slugify(paper.title)}-{paper.day.isoformat()}.pdf"'
        return answer

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "paper": self.fitted_paper,
            "marking": self.fitted_paper.marking,
            "pdf_url": reverse(f"{self.page}_pdf", kwargs=self.kwargs),
        }

    @cached_property
    def fitted_paper(self) -> Paper:
        head = {
            "day": self.today,
            "address": self.request.build_absolute_uri(reverse(self.page, kwargs=self.kwargs)),
            "made_by": name_of(self.request.user),
        }
        return fitted(self.paper(self.subject, head))


class BodySummary(SummaryPage):
    marking = UNMARKED.label
    permission = "forces.read_body"
    page = "body_summary"
    model = Organisation

    def subjects(self) -> Any:
        came_from = Succession.objects.filter(successor=OuterRef("pk"))
        return super().subjects().annotate(is_successor=Exists(came_from))

    def paper(self, subject: Any, head: dict[str, Any]) -> Paper:
        user = self.request.user
        record = queries.on_record(user, [subject], head["day"])
        paper = charts.body_paper(subject, queries.of_body(user, subject), record, head)
        before = queries.came_from_in_words(user, subject, head["day"]) if subject.is_successor else []
        if before and paper.verdict:
            beside = " ".join(filter(None, [*before, paper.verdict.beside]))
            return replace(paper, verdict=replace(paper.verdict, beside=beside))
        return paper


class RegionSummary(SummaryPage):
    marking = UNMARKED.label
    permission = "forces.read_body"
    page = "region_summary"
    model = Region

    def paper(self, subject: Region, head: dict[str, Any]) -> Paper:
        user = self.request.user
        of, facts = queries.of_region(user, subject, head["day"])
        return charts.region_paper(of, facts, queries.on_record(user, of.bodies, head["day"]), head)


class InspectionSummary(SummaryPage):
    permission = "inspections.read_published"
    page = "inspection_summary"
    model = Inspection

    def subjects(self) -> Any:
        return super().subjects().for_list()

    def paper(self, subject: Inspection, head: dict[str, Any]) -> Paper:
        return charts.inspection_paper(subject, queries.of_inspection(self.request.user, subject), head)


class PlanSummary(SummaryPage):
    permission = "plans4p.read_plan"
    page = "plan_summary"

    def subjects(self) -> Any:
        return with_what_pages_count(self.request.user)

    def paper(self, subject: Plan, head: dict[str, Any]) -> Paper:
        """A 4P plan: its aims and how far they are, what is due next, and what of the inspectors' questions is open."""
        plan, facts = subject, get_plan_facts(self.request.user, subject, head["day"])
        review = review_in_words(plan, head["day"])
        reviewed = in_words(review) if isinstance(review, date) else review or "no day set"
        aims = [aim for column in facts.columns for aim in column.aims]
        return Paper(
            title=f"{plan.reference} {plan.title}",
            subtitle=f"4P plan of {plan.organisation.name}",
            verdict=Verdict(
                tag=Tag(str(plan.get_status_display()), PlanStatus(plan.status).tag),
                about=f"Owner: {plan.owner or NO_OWNER}",
                why=f"For {purpose(plan)[0]}. It runs {plan.days_in_words}. Next review: {reviewed}.",
                beside=f"Signed: {facts.standing.words}.",
            ),
            parts=_plan_parts(plan, aims, facts.questions),
            figures=_plan_figures(plan, facts),
            drawing=_progress(plan.kind_of_data, aims, head["day"]),
            own_marking=highest([plan.marking, *([plan.threat.marking] if plan.threat else [])]),
            **head,
        )


def _plan_parts(plan: Plan, aims: Sequence[AimFacts], questions: Iterable[Question]) -> tuple[Part, ...]:
    """Its aims, the actions that are open, the next first, and the questions that it does not answer."""
    waiting = sorted(
        (shown for aim in aims for shown in aim.actions if shown.action.status not in ENDED),
        key=lambda shown: (shown.action.due_on or date.max, shown.action.pk),
    )
    to_do = [question for question in questions if question.answered is False]
    shared: dict[str, Any] = {"kind": plan.kind_of_data, "url": plan.get_absolute_url()}
    aims_part = Part(
        heading="Aims",
        headings=("What should change", "By when", "How far it is"),
        rows=tuple(map(_aim_row, aims)),
        total=len(aims),
        nothing="The plan has no aim yet.",
        **shared,
    )
    due_part = Part(
        heading="What is due next",
        headings=("Action", "By when", "Who"),
        rows=tuple(map(_action_row, waiting)),
        total=len(waiting),
        nothing="No action is open.",
        **shared,
    )
    questions_part = Part(
        heading="Inspectors’ questions that it does not answer",
        headings=("Question, and what to do",),
        rows=tuple(Row((f"{question.key.label}: {question.to_do}",)) for question in to_do),
        total=len(to_do),
        nothing="It answers every question whose answer is known.",
        **shared,
    )
    return aims_part, due_part, questions_part


def _aim_row(facts: AimFacts) -> Row:
    aim, stage = facts.aim, facts.progress.stage
    cells = (f"{aim.get_four_p_display()}: {aim.change}", in_words(aim.due_on), facts.words)
    return Row(cells, Tag(str(stage.label), stage.tag), aim.get_absolute_url())


def _action_row(shown: ActionFacts) -> Row:
    action = shown.action
    due = in_words(action.due_on) if action.due_on else "no date given"
    cells = (action.description, due, action.owner or "nobody named")
    return Row(cells, Tag(*map(str, shown.tag)), action.plan.get_absolute_url())


def _plan_figures(plan: Plan, facts: PlanFacts) -> tuple[Figure, ...]:
    """What stands around the plan, in numbers."""
    kind, rows = plan.kind_of_data, []
    if plan.threat:
        scored = in_words(facts.scored_on) if facts.scored_on else ""
        total = "not scored" if facts.score is None else f"{as_given(facts.score)}"
        disruptions = disruptions_url(plan)
        rows.append(Figure(total, "MoRiLE total of its threat", f"assessed {scored}" if scored else "", kind))
        rows.append(Figure(f"{facts.disruptions:,}", "disruptions of its threat on record", "", kind, disruptions))
    for looks, words in ((plan.reviews, "reviews of the plan"), (plan.consultations, "times that partners were asked")):
        number, last = looks.aggregate(number=Count("pk"), last=Max("on")).values()
        rows.append(Figure(f"{number:,}", words, f"the latest on {in_words(last)}" if last else "", kind))
    return tuple(rows)


def _progress(kind: str, aims: Sequence[AimFacts], today: date) -> Drawing | None:
    """A bar an aim, measured by its own target."""
    if not aims:
        return None
    rows = [
        Strip(
            f"{aim.aim.get_four_p_display()}, {aim.aim.due_on:%b %Y}",
            (float(aim.progress.counted),),
            f"{aim.progress.percent}%",
            of=float(aim.progress.target),
        )
        for aim in aims[:8]
    ]
    reached = sum(aim.progress.counted >= aim.progress.target for aim in aims)
    return strips(
        title="How far the aims are",
        sentence=f"{reached} of {len(aims)} aims reached on {in_words(today)}.",
        kind=kind,
        series=("Counted",),
        rows=rows,
    )
