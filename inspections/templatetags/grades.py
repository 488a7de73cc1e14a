"""Grades in pages: ``{% load grades %}``."""

from collections.abc import Iterable
from typing import Any

from django import template

from inspections.choices import NO_DATA
from inspections.vocabularies.models import Grade

register = template.Library()


@register.inclusion_tag("components/tile_map.html")
def tile_map(regions: Iterable[Any]) -> dict[str, Any]:
    """Boxes of regions placed roughly as on the map (a list on a phone), with a key.

    A region has ``name``, ``url``, ``slug`` (places its box), ``note`` ("" for
    none) and ``tiles``; a tile has ``name``, ``url``, ``grade_text``
    ("Good", "No data", …), ``tag`` (a tag colour, "" for no data) and ``kind`` ("force" or "rocu").
    """
    grades = sorted(Grade.rows(), key=lambda grade: not grade.is_judgement)
    return {"regions": regions, "grades": grades, "no_data": NO_DATA}
