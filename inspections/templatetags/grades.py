"""Grades in pages: ``{% load grades %}``."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from inspections.choices import JUDGEMENTS, NO_DATA, NO_JUDGEMENTS, Grade
from soc_tracker.core.lists.columns import tag_html

register = template.Library()


@register.simple_tag
def grade_tag(grade: str | None) -> SafeString:
    """A grade in its word and colour; None or "" is "No data"."""
    return tag_html(Grade(grade).label, Grade(grade).tag) if grade else tag_html(NO_DATA, "none")


@register.inclusion_tag("components/tile_map.html")
def tile_map(regions: Iterable[Any]) -> dict[str, Any]:
    """Boxes of regions placed roughly as on the map (a list on a phone), with a key.

    A region has ``name``, ``url``, ``slug`` (places its box), ``note`` ("" for
    none) and ``tiles``; a tile has ``name``, ``url``, ``grade_text``
    ("Good", "No data", …), ``tag`` (a tag colour, "" for no data) and ``kind`` ("force" or "rocu").
    """
    return {"regions": regions, "grades": [*JUDGEMENTS, *NO_JUDGEMENTS], "no_data": NO_DATA}
