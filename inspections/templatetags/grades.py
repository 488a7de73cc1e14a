"""Grades in pages: ``{% load grades %}``."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import template

from inspections.sources.models import inspections_of
from inspections.vocabularies.models import Grade, GradeScale

register = template.Library()


@register.inclusion_tag("components/tile_map.html")
def tile_map(regions: Sequence[Any]) -> dict[str, Any]:
    """Boxes of regions placed roughly as on the map (a list on a phone), with a key of the grades, scale by scale.

    A region has ``name``, ``url``, ``slug``, ``place`` (classes that place its box), ``note`` ("" for none) and
    ``tiles``; a tile has ``name``, ``url``, ``grade_text`` ("Good", or why there is none), ``tag`` (a tag colour, ""
    for none), ``scale`` (of the grade, "" for none) and ``kind`` ("force" or "rocu").
    """
    return {"regions": regions, "key": _key({tile.scale for region in regions for tile in region.tiles}, {})}


@register.inclusion_tag("components/grade_key.html")
def grade_key(scales: Collection[str], letters: Mapping[str, str]) -> dict[str, Any]:
    """A key of the grades of the scales, given by their slugs, each with the letters that stand for it on a map."""
    return {"key": _key(scales, letters)}


@register.inclusion_tag("inspections/standing.html")
def standing(record: Any, kind_of_data: str = "published") -> dict[str, Any]:
    """Which kind of data a record is; or how far the inspection has come of which it is, seen by its team alone."""
    drafts = [inspection for inspection in inspections_of(record) if not inspection.stage.is_published]
    made_up = any(inspection.is_illustrative for inspection in drafts)
    return {"stages": [each.stage for each in drafts[:1]], "kind": kind_of_data, "made_up": made_up}


@register.filter
def day_of(inspection: Any) -> str:
    """When it was published; of a draft, that it is not, and whether it is made up."""
    if not inspection.stage.is_published:
        made_up = "made up for show, " if inspection.is_illustrative else ""
        return f"{made_up}not published: {inspection.stage.label.lower()}"
    return f"published {inspection.published}" if inspection.published_on else "day of publication not stated"


def _key(used: Collection[str], letters: Mapping[str, str]) -> list[tuple[str, list[tuple[str, Grade]]]]:
    """The grades of each scale in use, or of all, under its name where there are several; last what is no grade."""
    scales = [scale for scale in GradeScale.rows() if scale.grades.all()]
    scales = [scale for scale in scales if scale.slug in used] or scales
    key = [(scale.label if len(scales) > 1 else "", list(scale.grades.all())) for scale in scales]
    key.append(("", [grade for grade in Grade.rows() if not grade.is_judgement]))
    return [(name, [(letters.get(grade.label, ""), grade) for grade in grades]) for name, grades in key]
