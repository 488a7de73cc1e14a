"""The home page's map of grades, and the recommendations on it."""

from collections import Counter
from dataclasses import dataclass

from inspections.choices import JUDGEMENTS, NO_DATA, Grade
from inspections.models import Programme
from soc_tracker.dashboards.presenters.names import bodies, listing
from soc_tracker.dashboards.selectors.home import Graded, GradeMap, RegionGrades


@dataclass(frozen=True)
class Tile:
    """One body on the map; ``tag`` is the colour of its grade, "" where there is no data."""

    name: str
    url: str
    grade_text: str
    tag: str
    kind: str


@dataclass(frozen=True)
class RegionBox:
    """One region on the map with its bodies."""

    name: str
    url: str
    slug: str
    note: str
    tiles: tuple[Tile, ...]


def boxes(grades: GradeMap) -> tuple[RegionBox, ...]:
    return tuple(_box(region) for region in grades.regions)


def elsewhere(grades: GradeMap) -> tuple[Tile, ...]:
    """Bodies that were graded but are in no region now."""
    return tuple(_tile(graded) for graded in grades.elsewhere)


def summary(grades: GradeMap, programme: Programme) -> str:
    """How many bodies have which grade, in one sentence; a missing grading is not a grade."""
    everyone = [*grades.elsewhere, *(graded for region in grades.regions for graded in region.bodies)]
    counts = Counter(graded.grading.grade for graded in everyone if graded.grading)
    if not counts:
        return f"There is no data from {programme} for any of {bodies(len(everyone))}."
    judged = sum(counts[grade] for grade in JUDGEMENTS)
    have = "has" if judged == 1 else "have"
    named = listing([f"{counts[grade]} {grade.label.lower()}" for grade in Grade if counts[grade]])
    missing = _missing(len(everyone) - counts.total())
    return f"In {programme}, {judged} of {bodies(len(everyone))} {have} a grade: {named}.{missing}"


def _missing(number: int) -> str:
    them = "it" if number == 1 else "them"
    return f" For {bodies(number)} there is no data, which says nothing about {them}." if number else ""


def _box(grades: RegionGrades) -> RegionBox:
    region, tiles = grades.region, tuple(_tile(graded) for graded in grades.bodies)
    return RegionBox(region.name, region.get_absolute_url(), region.slug, region.note, tiles)


def _tile(graded: Graded) -> Tile:
    body, grading = graded.organisation, graded.grading
    grade = Grade(grading.grade) if grading else None
    return Tile(
        name=body.short_name,
        url=body.get_absolute_url(),
        grade_text=str(grade.label) if grade else NO_DATA,
        tag=grade.tag if grade else "",
        kind=body.kind,
    )
