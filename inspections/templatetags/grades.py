"""Grades in pages: ``{% load grades %}``."""

from collections.abc import Sequence
from typing import Any

from django import template

from inspections.vocabularies.models import Grade, GradeScale

register = template.Library()


@register.inclusion_tag("components/tile_map.html")
def tile_map(regions: Sequence[Any]) -> dict[str, Any]:
    """Boxes of regions placed roughly as on the map (a list on a phone), with a key of the grades, scale by scale.

    A region has ``name``, ``url``, ``slug``, ``place`` (classes that place its box), ``note`` ("" for none) and
    ``tiles``; a tile has ``name``, ``url``, ``grade_text`` ("Good", or why there is none), ``tag`` (a tag colour, ""
    for none), ``scale`` (of the grade, "" for none) and ``kind`` ("force" or "rocu").
    """
    used = {tile.scale for region in regions for tile in region.tiles}
    scales = [scale for scale in GradeScale.rows() if scale.grades.all()]
    scales = [scale for scale in scales if scale.slug in used] or scales
    others = [grade for grade in Grade.rows() if not grade.is_judgement]
    return {"regions": regions, "scales": scales, "others": others}
