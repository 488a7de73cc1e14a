"""The map of grades, with a key of every grade in its word and colour; no data is drawn like none of them."""

import re
from types import SimpleNamespace

import pytest
from django.template import engines

from inspections.vocabularies.models import Grade

pytestmark = pytest.mark.django_db


def test_tile_map():
    tiles = [
        SimpleNamespace(name="NWROCU", url="/rocus/nwrocu/", grade_text="Outstanding", tag="green", kind="rocu"),
        SimpleNamespace(name="Cheshire", url="/forces/cheshire/", grade_text="No data", tag="", kind="force"),
    ]
    region = SimpleNamespace(name="North West", url="/regions/north-west/", slug="north-west", note="", tiles=tiles)
    page = engines["django"].from_string("{% load grades %}{% tile_map regions %}").render({"regions": [region]})
    drawn = " ".join(page.split()).replace(" </", "</")
    assert "soc-tile-map__region--north-west" in drawn
    key = re.findall(r'<strong class="(govuk-tag[^"]+)">([^<]+)</strong>', drawn)
    judgements, others = ([each for each in Grade.rows() if each.is_judgement == is_one] for is_one in (True, False))
    grades = [(f"govuk-tag govuk-tag--{grade.colour}", grade.label) for grade in (*judgements, *others)]
    assert key == [*grades, ("govuk-tag govuk-tag--none", "No data")]
    drawn_tiles = re.findall(r'class="soc-tile ([^"]+)" href="([^"]+)">.*?>([^<>]+)</span></a>', drawn)
    assert drawn_tiles == [
        ("soc-tile--green soc-tile--rocu", "/rocus/nwrocu/", "Outstanding"),
        ("soc-tile--none soc-tile--force", "/forces/cheshire/", "No data"),
    ]
