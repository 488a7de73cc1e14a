"""The page on which an inspection is laid out by body and topic, and two inspectors' drafts stand side by side."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from inspections.choices import TakenIn
from inspections.consistency import charts
from inspections.consistency.queries import Consistency, Drafts, get_consistency, get_drafts
from inspections.programmes.models import Inspection
from inspections.work.queries import is_own_work
from soc_tracker.core.lists.filters import Problem
from soc_tracker.core.reports import PUBLISHED, Makers, ReportPage
from soc_tracker.core.trail.services import record_reading

FIRST, SECOND = "first", "second"
UNPUBLISHED = "not published"
"""The kind of data of what the team alone sees."""


class ConsistencyPage(ReportPage):
    """For the team of an inspection before it is published, for everybody after; what each inspector drafted is for the
    team alone, ever.
    """

    permission = "inspections.read_published"
    template_name = "inspections/consistency.html"
    parents = (("Inspections", "inspections:inspection_list"),)
    within = ("inspection",)
    files = "inspections:consistency_file"

    @cached_property
    def inspection(self) -> Inspection:
        """To a program, whose token is for what is published, no draft."""
        user = self.request.user
        inspections = Inspection.objects.visible_to(user) if self.is_program else Inspection.objects.open_to(user)
        inspection: Inspection = get_object_or_404(inspections.for_list(), slug=self.kwargs["slug"])
        return inspection

    @property
    def is_program(self) -> bool:
        return getattr(self.request, "token", None) is not None

    @cached_property
    def consistency(self) -> Consistency:
        return get_consistency(self.request.user, self.inspection)

    @cached_property
    def is_own(self) -> bool:
        return not self.is_program and is_own_work(self.request.user, self.inspection)

    @cached_property
    def drafts(self) -> dict[str, Drafts]:
        """By user name; none for those who are not of its team."""
        return get_drafts(self.inspection, self.consistency) if self.is_own else {}

    @property
    def parameters(self) -> Mapping[str, tuple[str, ...]]:  # type: ignore[override]  # whom the team may choose
        return {FIRST: tuple(self.drafts), SECOND: tuple(self.drafts)} if len(self.drafts) > 1 else {}

    @property
    def problems(self) -> list[Problem]:
        problems = super().problems
        first, second = (self.request.GET.get(name) for name in (FIRST, SECOND))
        if first and first == second and not problems:
            others = tuple(name for name in self.drafts if name != first)
            problems.append(Problem(SECOND, first, "Choose two inspectors, not one twice.", others))
        return problems

    @property
    def pair(self) -> list[Drafts]:
        """The two inspectors who are asked for, else the first two who drafted something; none where there is one."""
        chosen = [self.request.GET.get(name) or "" for name in (FIRST, SECOND)]
        others = [name for name in self.drafts if name not in chosen]
        names = [name or others.pop(0) for name in chosen] if len(self.drafts) > 1 else []
        return [self.drafts[name] for name in names]

    @property
    def title(self) -> str:  # type: ignore[override]  # that of its inspection
        return f"Consistency: {self.inspection}"

    @property
    def subject(self) -> str:
        return str(self.inspection)

    @property
    def filter_words(self) -> str:
        names = [each.name for each in self.pair]
        return f"Drafts of {' and '.join(names)}" if names else "No filter"

    def list_reports(self) -> Makers:
        draft = "illustrative" if self.inspection.is_illustrative else UNPUBLISHED
        kind = PUBLISHED if self.inspection.stage.is_published else draft
        makers: Makers = {
            "topics": lambda: charts.by_topic(self.consistency, kind),
            "gaps": lambda: charts.gaps(self.consistency, kind),
            "grades": lambda: charts.by_question(self.consistency, kind),
        }
        if self.pair:
            makers |= {
                "drafted-grades": lambda: charts.grades_compared(self.pair, draft),
                "drafted-findings": lambda: charts.findings_compared(self.consistency, self.pair, draft),
            }
        return makers

    def context(self) -> dict[str, Any]:
        record_reading(self.inspection)
        return super().context() | {
            "inspection": self.inspection,
            "is_whole": TakenIn(self.inspection.taken_in).is_whole,
            "is_own": self.is_own,
            "drafts": self.drafts,
            "choices": list(zip((FIRST, SECOND), ("One inspector", "Another"), self.pair, strict=False)),
        }
