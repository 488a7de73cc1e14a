"""Labels of marks in one place make room for one another, at any width; test_every_page.py looks at all charts."""

from datetime import date

import pytest

from disruptions.choices import DataKind
from disruptions.counts.models import LEVELS, REPORTED, Cell
from forces.choices import OrganisationKind
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import HIDDEN_MARKS, OVERLAPS
from tests.makers import make_extract

LABELS = """
() => [...document.querySelectorAll(".scatterlayer .textpoint")]
  .filter((label) => getComputedStyle(label).visibility !== "hidden").map((label) => label.textContent)
"""
DRAWN_ANEW = """
() => [...document.querySelectorAll("[data-figure]")].every(
  (plot) => plot.querySelector(".main-svg").clientWidth === plot.clientWidth)
"""
"""Whether every chart is as wide as its place, which it is a moment after the window has another width."""


@pytest.fixture
def alike(undone):
    """All forces, three of them beyond the limits of a funnel and in nearly the same place."""
    make_extract(as_at=date(2023, 7, 13))
    forces = Organisation.objects.valid_on(date(2023, 7, 13)).filter(kind=OrganisationKind.FORCE)
    for place, body in enumerate(forces.order_by("name")):
        pursue, n = (264 + place, 300 + place) if place < 3 else (180, 300)
        for four_p, number in (("pursue", pursue), ("prevent", n - pursue)):
            Cell.objects.create(
                level=next(level.number for level in LEVELS if level.dimensions == REPORTED),
                kind_of_data=DataKind.RECORDED,
                activity=date(2022, 1, 1),
                organisation=body,
                four_p=four_p,
                size="major",
                involvement="lead",
                n=number,
            )


@pytest.mark.parametrize("width", VIEWPORTS)
def test_labels_of_marks_in_one_place_do_not_hide_one_another(width, alike, site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS[width])
    tab.goto(f"{site}/compare/?kind=force", wait_until="networkidle")
    assert tab.locator(".scatterlayer .textpoint").count() == 3
    assert tab.evaluate(LABELS)
    assert tab.evaluate(OVERLAPS) == []
    tab.set_viewport_size(VIEWPORTS["phone" if width == "desktop" else "desktop"])
    tab.wait_for_function(DRAWN_ANEW)
    assert tab.evaluate(LABELS)
    assert tab.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("width", VIEWPORTS)
def test_a_label_does_not_hide_the_mark_that_it_belongs_to(width, alike, site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS[width])
    tab.goto(
        f"{site}/compare/?organisation=cheshire&organisation=lancashire&organisation=merseyside",
        wait_until="networkidle",
    )
    assert len(tab.evaluate(LABELS)) == 3
    assert tab.evaluate(HIDDEN_MARKS) == []
