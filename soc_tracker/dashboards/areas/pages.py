"""The map of areas: each with its grade in colour, letters and words."""

from collections.abc import Mapping
from dataclasses import dataclass

from soc_tracker.core.reports.report import listing
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.dashboards.areas.charts import MAP, Shape, Sheet, sheet_of
from soc_tracker.dashboards.areas.queries import Areas, list_boundaries
from soc_tracker.dashboards.gradings.pages import Tile


@dataclass(frozen=True)
class DrawnArea:
    """One area of the map: its shape, where it leads, and in words whose it is, with its grade and date."""

    shape: Shape
    url: str
    words: str
    tag: str
    letters: str


@dataclass(frozen=True)
class AreaMap:
    """The map, with what stands below it; areas in the order in which they are walked through by keyboard."""

    sheet: Sheet
    areas: tuple[DrawnArea, ...]
    as_at: str
    attribution: str


def area_map(areas: Areas, tiles: Mapping[int, Tile], letters: Mapping[str, str]) -> AreaMap:
    """``tiles`` hold the grades, by the body's key, in the order of the map; small areas come last, over the others."""
    sheet = sheet_of(list_boundaries().index(areas.boundaries), MAP)
    order = {key: place for place, key in enumerate(tiles)}
    drawn = []
    for area in areas.areas:
        shape, body = sheet.shapes[area.code], area.bodies[0] if len(area.bodies) == 1 else None
        if body and (tile := tiles.get(body.pk)):
            words = f"{tile.name}: {', '.join(filter(None, (tile.grade_text, tile.when, tile.since)))}"
            each = DrawnArea(shape, tile.url, words, tile.tag, letters.get(tile.grade_text, "") if tile.tag else "")
        elif body:
            each = DrawnArea(shape, body.get_absolute_url(), f"{body.short_name}: in no region now", "", "")
        elif area.holder:
            now = listing([later.short_name for later in area.bodies])
            words = f"{area.holder.short_name}, now {now}: where the line between them runs is not held here"
            each = DrawnArea(shape, area.holder.get_absolute_url(), words, "", "")
        else:
            each = DrawnArea(shape, "", f"{area.name}: no body on record here has this area", "", "")
        drawn.append((shape.is_small, order.get(body.pk, len(order)) if body else len(order), area.name, each))
    drawn.sort(key=lambda row: row[:3])
    boundaries = areas.boundaries
    return AreaMap(
        sheet, tuple(row[-1] for row in drawn), in_words(boundaries.as_at, Precision.MONTH), boundaries.attribution
    )
