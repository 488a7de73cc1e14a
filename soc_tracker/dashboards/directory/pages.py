"""The directory: the map of latest grades region by region, and the way to every list of bodies."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from disruptions.standpoint.queries import standpoint
from inspections.programmes.models import Programme
from inspections.vocabularies.models import Grade, GradeScale
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.reports.report import listing
from soc_tracker.dashboards.areas.charts import letters_of
from soc_tracker.dashboards.areas.pages import area_map
from soc_tracker.dashboards.areas.queries import get_areas
from soc_tracker.dashboards.directory.queries import GradeMap, get_grade_map
from soc_tracker.dashboards.gradings.pages import NO_GRADE_COLOUR, Tile, scales, tile
from soc_tracker.dashboards.record.queries import record_summary
from soc_tracker.dashboards.words import bodies_in_words

CELL = "soc-tile-map__region"
AREAS = "areas"
WITHOUT_AREA = 20


class Directory(Page):
    """Every region with the latest grade of each of its bodies, of the chosen programme where one is chosen."""

    marking = UNMARKED.label
    permission = "forces.read_body"
    title = "Bodies"
    template_name = "dashboards/directory.html"

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """Every one that the reader may see, by its slug, the newest first."""
        programmes = Programme.objects.visible_to(self.request.user).order_by("-year", "name", "pk")
        return {programme.slug: programme for programme in programmes}

    @property
    def parameters(self) -> Mapping[str, tuple[str, ...] | None]:  # type: ignore[override]  # they are rows
        return {"programme": ("", *self.programmes), "map": ("", AREAS)}

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
        return (
            context
            | {
                "regions": boxes(grades),
                "elsewhere": [tile(graded.organisation, graded.latest) for graded in grades.elsewhere],
                "summary": summary(grades, programme),
                "scales": scales(latest),
                "record": record_summary(standpoint(sight=sight_of(self.request.user), today=self.today), everyone),
            }
            | (self.areas(grades) if self.request.GET.get("map") == AREAS else {})
        )

    def areas(self, grades: GradeMap) -> dict[str, Any]:
        """The map of areas in place of that of tiles, with the same grades as text beside it."""
        in_order = [(each.region.name, graded) for each in grades.regions for graded in each.bodies]
        in_order += [("", graded) for graded in grades.elsewhere]
        tiles = {graded.organisation.pk: tile(graded.organisation, graded.latest) for _, graded in in_order}
        letters = letters_of(grade.label for grade in Grade.rows())
        areas = get_areas(self.request.user, self.today)
        return {
            "area_map": area_map(areas, tiles, letters),
            "letters": letters,
            "used_scales": {each.scale for each in tiles.values()},
            "rows": [(region, tiles[graded.organisation.pk]) for region, graded in in_order],
            "row_columns": ON_THE_MAP + (SINCE if any(each.since for each in tiles.values()) else ()),
            "without_area": areas.without[:WITHOUT_AREA],
            "more_without_area": len(areas.without[WITHOUT_AREA:]),
        }


ON_THE_MAP = (
    Column("body", "Body", lambda row: row[1].name, lambda row: row[1].url),
    Column("grade", "Grade", lambda row: row[1].grade_text, tag=lambda row: row[1].tag or NO_GRADE_COLOUR),
    Column("published", "Programme, published", lambda row: row[1].when or "–"),
    Column("region", "Region", lambda row: row[0] or "none now"),
)
"""Rows are pairs of a region's name and a tile."""
SINCE = (Column("since", "Since then", lambda row: row[1].since or "–"),)


@dataclass(frozen=True)
class RegionBox:
    """One region on the map with its bodies; ``place`` is the classes that put it in cells, "" for the next free."""

    name: str
    url: str
    slug: str
    note: str
    tiles: tuple[Tile, ...]
    place: str = ""


def cells_of(place: str) -> set[tuple[int, int]]:
    """Row and column, both from 1, of every cell from one to the other that a region's place names."""
    ends = place.split(":") if place else []
    rows, columns = sorted(int(end[1]) for end in ends), sorted("ABC".index(end[0]) + 1 for end in ends)
    return (
        {(row, column) for row in range(rows[0], rows[-1] + 1) for column in range(columns[0], columns[-1] + 1)}
        if ends
        else set()
    )


def boxes(grades: GradeMap) -> tuple[RegionBox, ...]:
    """Where regions claim the same cell, the first has it, and the others come after those that have a place."""
    taken = set[tuple[int, int]]()
    rows = []
    for each in grades.regions:
        place, cells = "", cells_of(each.region.place)
        if cells and not cells & taken:
            taken |= cells
            ends = (("", min(cells)), ("to-", max(cells)))
            place = " ".join(f"{CELL}--{end}row-{row} {CELL}--{end}column-{column}" for end, (row, column) in ends)
        tiles = tuple(tile(graded.organisation, graded.latest) for graded in each.bodies)
        url = each.region.get_absolute_url()
        rows.append(RegionBox(each.region.name, url, each.region.slug, each.region.note, tiles, place))
    return tuple(rows)


def summary(grades: GradeMap, programme: Programme | None) -> str:
    """How many bodies have which grade, in one sentence for each scale; a missing grading is not a grade."""
    everyone = [*grades.elsewhere, *(graded for region in grades.regions for graded in region.bodies)]
    gradings = [graded.latest.grading for graded in everyone if graded.latest.grading]
    if not gradings:
        where = f" from {programme}" if programme else ""
        return f"No grade{where} is held here for any of {bodies_in_words(len(everyone))}."
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
    missing = Counter(graded.latest.held for graded in everyone if not graded.latest.grading)
    for held, number in missing.items():
        them = "it" if number == 1 else "them"
        words += f" {bodies_in_words(number)}: {held.no_grade.lower()}, which says nothing about {them}."
    return words
