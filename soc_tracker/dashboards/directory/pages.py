"""The directory: the map of grades region by region, under one programme, and the way to every list of bodies."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from disruptions.standpoint.queries import standpoint
from inspections.choices import JUDGEMENTS, Grade
from inspections.programmes.models import Programme
from soc_tracker.core.lists.pages import Page
from soc_tracker.dashboards.directory.queries import GradeMap, get_grade_map, list_programmes
from soc_tracker.dashboards.gradings.pages import Tile, tile
from soc_tracker.dashboards.record.queries import record_summary
from soc_tracker.dashboards.words import bodies_in_words, listing


class Directory(Page):
    """Every region with its bodies as the chosen programme graded them, by default the newest."""

    permission = "forces.read_body"
    title = "Bodies"
    template_name = "dashboards/directory.html"

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        return {programme.slug: programme for programme in list_programmes(self.request.user)}

    @property
    def parameters(self) -> Mapping[str, tuple[str, ...] | None]:  # type: ignore[override]  # they are rows
        return {"programme": tuple(self.programmes)}

    def context(self) -> dict[str, Any]:
        newest = next(iter(self.programmes.values()), None)
        programme = self.programmes.get(self.request.GET.get("programme", ""), newest)
        context = super().context() | {"programmes": self.programmes.values(), "programme": programme}
        if programme is None:
            nothing = "No inspection programme is held here yet."
            return context | {"regions": (), "elsewhere": (), "summary": nothing, "record": None}
        grades = get_grade_map(self.request.user, programme, self.today)
        everyone = [graded.organisation.pk for region in grades.regions for graded in region.bodies]
        return context | {
            "regions": boxes(grades),
            "elsewhere": elsewhere(grades),
            "summary": summary(grades, programme),
            "record": record_summary(standpoint(today=self.today), everyone),
        }


@dataclass(frozen=True)
class RegionBox:
    """One region on the map with its bodies."""

    name: str
    url: str
    slug: str
    note: str
    tiles: tuple[Tile, ...]


def boxes(grades: GradeMap) -> tuple[RegionBox, ...]:
    return tuple(
        RegionBox(
            each.region.name,
            each.region.get_absolute_url(),
            each.region.slug,
            each.region.note,
            tuple(tile(graded.organisation, graded.grading) for graded in each.bodies),
        )
        for each in grades.regions
    )


def elsewhere(grades: GradeMap) -> tuple[Tile, ...]:
    """Bodies that were graded but are in no region now."""
    return tuple(tile(graded.organisation, graded.grading) for graded in grades.elsewhere)


def summary(grades: GradeMap, programme: Programme) -> str:
    """How many bodies have which grade, in one sentence; a missing grading is not a grade."""
    everyone = [*grades.elsewhere, *(graded for region in grades.regions for graded in region.bodies)]
    counts = Counter(graded.grading.grade for graded in everyone if graded.grading)
    if not counts:
        return f"There is no data from {programme} for any of {bodies_in_words(len(everyone))}."
    judged = sum(counts[grade] for grade in JUDGEMENTS)
    have = "has" if judged == 1 else "have"
    named = listing([f"{counts[grade]} {grade.label.lower()}" for grade in Grade if counts[grade]])
    words = f"In {programme}, {judged} of {bodies_in_words(len(everyone))} {have} a grade: {named}."
    if missing := len(everyone) - counts.total():
        them = "it" if missing == 1 else "them"
        words += f" For {bodies_in_words(missing)} there is no data, which says nothing about {them}."
    return words
