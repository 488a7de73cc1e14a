"""The short pages of bodies and regions lead from one to the other, and need no script."""

import pytest
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.makers import make_plan


@pytest.fixture
def tab(sign_in_as) -> Page:
    return sign_in_as(Role.INSPECTOR)


@pytest.fixture
def plain(sign_in_without_scripts_as) -> Page:
    return sign_in_without_scripts_as(Role.INSPECTOR)


def test_an_anchor_of_the_long_page_leads_to_the_page_that_has_it_now(site, tab):
    tab.goto(f"{site}/forces/cheshire/#plans")
    expect(tab).to_have_url(f"{site}/forces/cheshire/plans/#plans")
    expect(tab.get_by_role("heading", name="4P plans")).to_be_visible()


def test_without_a_script_it_leads_to_the_link_to_that_page(site, plain):
    plain.goto(f"{site}/forces/cheshire/#plans")
    link = plain.locator("#plans + .soc-tabs__link")
    expect(link).to_be_in_viewport()
    link.click()
    expect(plain).to_have_url(f"{site}/forces/cheshire/plans/")


@pytest.mark.usefixtures("all_undone")
def test_so_does_an_anchor_of_a_plan(site, tab):
    plan = make_plan()
    tab.goto(f"{site}{plan.get_absolute_url()}#owners")
    expect(tab).to_have_url(f"{site}{plan.get_absolute_url()}around/#owners")
    expect(tab.get_by_role("heading", name="Owners")).to_be_in_viewport()


@pytest.mark.parametrize("width", VIEWPORTS)
def test_the_doors_open_without_a_script(width, site, plain):
    plain.set_viewport_size(VIEWPORTS[width])
    plain.goto(f"{site}/forces/cheshire/")
    if width == "phone":
        plain.get_by_text("Menu and search").click()
    plain.get_by_role("navigation", name="Main").get_by_role("link", name="Inspections").click()
    if width == "phone":
        plain.get_by_text("Menu and search").click()
    pages = plain.get_by_role("navigation", name="Inspections")
    if width == "desktop":
        assert pages.bounding_box()["height"] < 40  # one row
    pages.get_by_text("Following").click()
    pages.get_by_role("link", name="Recommendations").click()
    expect(plain).to_have_url(f"{site}/recommendations/")


def test_pictures_need_no_script(site, plain):
    plain.goto(f"{site}/regions/north-west/")
    picture = plain.get_by_role("img", name="North Wales: ")
    expect(picture.first).to_be_visible()


def test_an_anchor_of_the_methods_opens_its_subject_and_paper_shows_them_all(site, tab):
    tab.set_viewport_size(VIEWPORTS["phone"])
    tab.goto(f"{site}/methods/")
    assert tab.evaluate("document.documentElement.scrollHeight") < 3000
    late, two_days = tab.get_by_text("the chain-ladder method"), tab.get_by_text("Two days side by side")
    expect(late).to_be_hidden()
    tab.goto(f"{site}/methods/#late")
    expect(late).to_be_visible()
    expect(tab.get_by_role("heading", name="Late recording")).to_be_in_viewport()
    tab.goto(f"{site}/methods/#two-days")
    expect(two_days).to_be_in_viewport()
    tab.goto(f"{site}/methods/?")
    tab.emulate_media(media="print")
    for words in (late, two_days):
        assert words.evaluate("each => each.checkVisibility({ contentVisibilityAuto: true })")
