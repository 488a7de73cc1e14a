"""Tags that draw grades."""

import re
from types import SimpleNamespace

import pytest
from django.template import engines

from inspections.choices import Grade
from inspections.templatetags.grades import grade_tag


@pytest.mark.parametrize("grade", Grade)
def test_every_grade_stands_in_its_word(grade):
    assert f">{grade.label}</strong>" in grade_tag(grade.value)


def test_no_data_is_not_drawn_like_any_grade():
    drawn = {grade_tag(grade).split(">")[0] for grade in Grade}
    assert grade_tag(None) == grade_tag("") == '<strong class="govuk-tag govuk-tag--none">No data</strong>'
    assert grade_tag(None).split(">")[0] not in drawn


def test_an_unknown_grade_is_an_error():
    with pytest.raises(ValueError, match="splendid"):
        grade_tag("splendid")


def test_tile_map():
    tiles = [
        SimpleNamespace(name="NWROCU", url="/rocus/nwrocu/", grade_text="Outstanding", tag="green", kind="rocu"),
        SimpleNamespace(name="Cheshire", url="/forces/cheshire/", grade_text="No data", tag="", kind="force"),
    ]
    region = SimpleNamespace(name="North West", url="/regions/north-west/", slug="north-west", note="", tiles=tiles)
    page = engines["django"].from_string("{% load grades %}{% tile_map regions %}").render({"regions": [region]})
    drawn = " ".join(page.split()).replace(" </", "</")
    assert "soc-tile-map__region--north-west" in drawn
    drawn_tiles = re.findall(r'class="soc-tile ([^"]+)" href="([^"]+)">.*?>([^<>]+)</span></a>', drawn)
    assert drawn_tiles == [
        ("soc-tile--green soc-tile--rocu", "/rocus/nwrocu/", "Outstanding"),
        ("soc-tile--none soc-tile--force", "/forces/cheshire/", "No data"),
    ]
