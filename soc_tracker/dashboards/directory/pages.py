"""The directory: the map of latest grades region by region, and the way to every list of bodies."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from disruptions.standpoint.queries import standpoint
from inspections.programmes.models import Programme
from inspections.vocabularies.models import Grade, GradeScale
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.reports.report import listing
from soc_tracker.dashboards.directory.queries import GradeMap, get_grade_map, list_programmes
from soc_tracker.dashboards.gradings.pages import Tile, scales, tile
from soc_tracker.dashboards.record.queries import record_summary
from soc_tracker.dashboards.words import bodies_in_words


class Directory(Page):
    """Every region with the latest grade of each of its bodies, of the chosen programme where one is chosen."""

    permission = "forces.read_body"
    title = "Bodies"
    template_name = "dashboards/directory.html"

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        return {programme.slug: programme for programme in list_programmes(self.request.user)}

    @property
    def parameters(self) -> Mapping[str, tuple[str, ...] | None]:  # type: ignore[override]  # they are rows
        return {"programme": ("", *self.programmes)}

    def context(self) -> dict[str, Any]:
        programme = self.programmes.get(self.request.GET.get("programme", ""))
        context = super().context() | {"programmes": self.programmes.values(), "programme": programme}
        if not self.programmes:
            nothing = "No inspection programme is held here yet."
            return context | {"regions": (), "elsewhere": (), "summary": nothing, "record": None}
        grades = get_grade_map(self.request.user, programme, self.today)
        in_regions = [graded for region in grades.regions for graded in region.bodies]
        everyone = [graded.organisation.pk for graded in in_regions]
        latest = [graded.latest.grading for graded in (*in_regions, *grades.elsewhere) if graded.latest.grading]
        return context | {
            "regions": boxes(grades),
            "elsewhere": elsewhere(grades),
            "summary": summary(grades, programme),
            "scales": scales(latest),
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
            tuple(tile(graded.organisation, graded.latest) for graded in each.bodies),
        )
        for each in grades.regions
    )


def elsewhere(grades: GradeMap) -> tuple[Tile, ...]:
    """Bodies that were graded but are in no region now."""
    return tuple(tile(graded.organisation, graded.latest) for graded in grades.elsewhere)


def summary(grades: GradeMap, programme: Programme | None) -> str:
    """How many bodies have which grade, in one sentence for each scale; a missing grading is not a grade."""
    everyone = [*grades.elsewhere, *(graded for region in grades.regions for graded in region.bodies)]
    gradings = [graded.latest.grading for graded in everyone if graded.latest.grading]
    if not gradings:
        where = f" from {programme}" if programme else ""
        return f"There is no data{where} for any of {bodies_in_words(len(everyone))}."
    judged = sum(grading.grade.is_judgement for grading in gradings)
    in_which = f"In {programme}" if programme else "Whatever the programme"
    words = f"{in_which}, {judged} of {bodies_in_words(len(everyone))} {'has' if judged == 1 else 'have'} a grade"
    by_scale: dict[GradeScale, Counter[Grade]] = {}
    for grading in gradings:
        by_scale.setdefault(grading.scale, Counter())[grading.grade] += 1
    counts = {
        scale.label: listing([f"{numbers[grade]} {grade.label.lower()}" for grade in Grade.rows() if numbers[grade]])
        for scale, numbers in sorted(by_scale.items(), key=lambda each: (each[0].order, each[0].label))
    }
    if len(counts) == 1:
        words += f": {next(iter(counts.values()))}."
    else:
        words += f". {' '.join(f'{scale}: {numbers}.' for scale, numbers in counts.items())}"
    if missing := len(everyone) - len(gradings):
        them = "it" if missing == 1 else "them"
        words += f" For {bodies_in_words(missing)} there is no data, which says nothing about {them}."
    return words
