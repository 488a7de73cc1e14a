"""The directory: the map of grades region by region, under one programme, and the way to every list of bodies."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from disruptions.standpoint.queries import standpoint
from inspections.choices import JUDGEMENTS, NO_DATA, Grade
from inspections.programmes.models import Programme
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.filters import problems_in
from soc_tracker.core.lists.pages import not_understood
from soc_tracker.dashboards.directory.queries import Graded, GradeMap, RegionGrades, get_grade_map, list_programmes
from soc_tracker.dashboards.record.queries import record_summary
from soc_tracker.dashboards.words import bodies, listing

TITLE = "Bodies"


@needs("forces.read_body")
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Every region with its bodies as the chosen programme graded them, by default the newest."""
    programmes = list_programmes(request.user)
    by_slug = {programme.slug: programme for programme in programmes}
    breadcrumbs = [("Home", reverse("home"))]
    if problems := problems_in(request.GET, {"programme": tuple(by_slug)}):
        return not_understood(request, TITLE, problems, breadcrumbs)
    programme = by_slug.get(request.GET.get("programme", ""), programmes[0] if programmes else None)
    today = localdate()
    context = {
        "title": TITLE,
        "breadcrumbs": breadcrumbs,
        "programmes": programmes,
        "programme": programme,
        "regions": (),
        "elsewhere": (),
        "summary": "No inspection programme is held here yet.",
        "record": None,
    }
    if programme:
        grades = get_grade_map(request.user, programme, today)
        everyone = [graded.organisation.pk for region in grades.regions for graded in region.bodies]
        context |= {
            "regions": boxes(grades),
            "elsewhere": elsewhere(grades),
            "summary": summary(grades, programme),
            "record": record_summary(standpoint(today=today), everyone),
        }
    return render(request, "dashboards/directory.html", context)


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


# The home page.
