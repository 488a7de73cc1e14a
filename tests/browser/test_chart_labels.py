"""Nothing that is written in a chart lies over something else that is, at any width: measured in the browser."""

from datetime import date

import pytest

from disruptions.choices import DataKind
from disruptions.counts.models import LEVELS, REPORTED, Cell
from forces.choices import OrganisationKind
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.makers import make_extract
from tests.pages import PAGES

pytestmark = pytest.mark.usefixtures("all_undone")  # finding a page may make the row it shows
CHARTS = [page for page in PAGES if page.chart]
OVERLAPS = """
() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
  const texts = [...plot.querySelectorAll("svg text")].filter(
    (text) => text.textContent.trim() && getComputedStyle(text).visibility !== "hidden");
  const boxes = texts.map((text) => text.getBoundingClientRect()).map((box) => ({
    left: box.left + 1, right: box.right - 1, top: box.top + 2, bottom: box.bottom - 2 }));
  const pairs = [];
  for (let one = 0; one < texts.length; one++) for (let other = 0; other < one; other++) {
    const [a, b] = [boxes[one], boxes[other]];
    if (a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top)
      pairs.push(`${texts[other].textContent} / ${texts[one].textContent}`);
  }
  return pairs;
})
"""
LABELS = """
() => [...document.querySelectorAll(".scatterlayer .textpoint")]
  .filter((label) => getComputedStyle(label).visibility !== "hidden").map((label) => label.textContent)
"""


@pytest.mark.parametrize("width", VIEWPORTS)
@pytest.mark.parametrize("page", CHARTS, ids=str)
def test_no_text_of_a_chart_lies_over_another(page, width, site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS[width])
    tab.goto(site + page.url, wait_until="networkidle")
    assert tab.evaluate(OVERLAPS) == []


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
    tab.wait_for_timeout(1000)
    assert tab.evaluate(LABELS)
    assert tab.evaluate(OVERLAPS) == []
