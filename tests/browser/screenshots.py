"""`make screenshots`: pictures of the main pages at both widths, to look at, and the one that README.md shows."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from inspections.gradings.models import Grading
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS

OUTPUT = Path(__file__).with_name("output") / "screenshots"
README_PICTURE = settings.BASE_DIR / "docs" / "screenshot.png"
MOST_BYTES = 300_000


def grading_in_admin() -> str:
    grading = Grading.objects.get(
        inspection__slug="north-west-soc-2022-23", organisation__slug="cheshire", question__slug="peel-2022-23-soc"
    )
    return reverse("admin:inspections_grading_change", args=[grading.pk])


PICTURES = {
    "home": lambda: reverse("home"),
    "directory": lambda: reverse("directory"),
    "region": lambda: reverse("region", args=["north-west"]),
    "force": lambda: reverse("force", args=["cheshire"]),
    "finding": lambda: reverse("inspections:finding", args=["nw-2022-cheshire-4p-plans"]),
    "findings": lambda: reverse("inspections:finding_list"),
    "grading-admin": grading_in_admin,
}


@pytest.mark.parametrize("width", VIEWPORTS)
@pytest.mark.parametrize("name", PICTURES)
def test_take(name, width, site, sign_in_as):
    tab = sign_in_as(Role.ADMINISTRATOR)
    tab.set_viewport_size(VIEWPORTS[width])
    tab.goto(site + PICTURES[name](), wait_until="networkidle")
    file = OUTPUT / f"{name}-{width}.png"
    tab.screenshot(path=file, full_page=True)
    assert file.stat().st_size > 0


def test_take_the_one_for_the_readme(site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS["desktop"])
    tab.goto(site + PICTURES["region"](), wait_until="networkidle")
    tab.screenshot(path=README_PICTURE)
    assert README_PICTURE.stat().st_size < MOST_BYTES
