"""The map of grades, with a key of every grade in its word and colour; no data is drawn like none of them."""

import re
from types import SimpleNamespace

import pytest
from django.template import engines

from inspections.vocabularies.models import Grade

pytestmark = pytest.mark.django_db


def drawn(*tiles: SimpleNamespace) -> str:
    region = SimpleNamespace(
        name="North West", url="/regions/north-west/", slug="nw", note="", tiles=tiles, place="a b"
    )
    page = engines["django"].from_string("{% load grades %}{% tile_map regions %}").render({"regions": [region]})
    return " ".join(page.split()).replace(" </", "</")


def tile(name: str, grade: str, tag: str = "", scale: str = "", kind: str = "force") -> SimpleNamespace:
    return SimpleNamespace(name=name, url=f"/{name}/", grade_text=grade, tag=tag, scale=scale, kind=kind)


def key(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<strong class="govuk-tag govuk-tag--([^"]+)">([^<]+)</strong>', page)


def tags(*grades: str) -> list[tuple[str, str]]:
    return [(Grade.named(grade).colour, Grade.named(grade).label) for grade in grades]


FIVE = ("outstanding", "good", "adequate", "requires_improvement", "inadequate")
NONE = ("none", "No grade held here: see why")
NO_GRADE = ("ungraded", "not_inspected", "withheld")


def test_tile_map():
    page = drawn(tile("nwrocu", "Outstanding", "green", "five", "rocu"), tile("cheshire", "No inspection held here"))
    assert 'class="soc-tile-map__region a b"' in page
    assert key(page) == [*tags(*FIVE, *NO_GRADE), NONE]
    assert re.findall(r'class="soc-tile ([^"]+)" href="([^"]+)">.*?>([^<>]+)</span></a>', page) == [
        ("soc-tile--green soc-tile--rocu", "/nwrocu/", "Outstanding"),
        ("soc-tile--none soc-tile--force", "/cheshire/", "No inspection held here"),
    ]
    assert "Five grades" not in page


def test_grades_of_two_scales_are_never_in_one_key():
    page = drawn(tile("kent", "Good", "teal", "four"), tile("cheshire", "Good", "teal", "five"))
    four = [grade for grade in FIVE if grade != "adequate"]
    assert key(page) == [*tags(*four, *FIVE, *NO_GRADE), NONE]
    assert page.index("Four grades (to 2018/19)") < page.index("Five grades (from 2021/22)")
