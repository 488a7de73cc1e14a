"""The map of areas by keyboard, without a script and on a phone; and where a body is, on its page."""

import pytest
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS


@pytest.fixture
def plain(sign_in_without_scripts_as) -> Page:
    return sign_in_without_scripts_as(Role.INSPECTOR)


@pytest.fixture
def tab(sign_in_as, site) -> Page:
    tab = sign_in_as(Role.INSPECTOR)
    tab.goto(f"{site}/directory/?map=areas")
    return tab


def areas(tab: Page):
    return tab.get_by_role("group", name="Map of police force areas").get_by_role("link")


def test_it_is_switched_on_without_a_script_and_off_again(site, plain):
    plain.goto(f"{site}/directory/")
    plain.get_by_role("link", name="Map of areas").click()
    expect(plain.get_by_role("link", name="Map of areas")).to_have_attribute("aria-current", "true")
    expect(areas(plain).first).to_be_attached()
    plain.get_by_label("Inspection programme").select_option("peel-2017")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(f"{site}/directory/?programme=peel-2017&map=areas")
    plain.get_by_role("link", name="Map of tiles").click()
    expect(plain).to_have_url(f"{site}/directory/?programme=peel-2017")


def test_every_area_is_reached_by_the_keyboard_and_says_its_grade(tab):
    names = [area.evaluate("area => area.querySelector('title').textContent") for area in areas(tab).all()]
    assert "Cheshire: Adequate, PEEL 2022/23, 10 November 2023" in names
    assert all(": " in name for name in names)
    tab.get_by_role("link", name="Map of areas").focus()
    for name in names:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.querySelector('title').textContent") == name
    areas(tab).filter(has_text="Cheshire: ").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Cheshire Constabulary")


def test_an_area_in_focus_is_seen(tab):
    area = areas(tab).filter(has_text="Cumbria: ")
    before = area.locator("path").evaluate("path => getComputedStyle(path).strokeWidth")
    tab.get_by_role("link", name="Map of areas").focus()
    tab.keyboard.press("Tab")
    area.focus()
    assert area.locator("path").evaluate("path => getComputedStyle(path).strokeWidth") != before


@pytest.mark.parametrize("width", VIEWPORTS)
def test_an_area_opens_its_body_even_the_smallest(width, site, tab):
    tab.set_viewport_size(VIEWPORTS[width])
    for words, page in (("Kent: ", "Kent Police"), ("City of London: ", "City of London Police")):
        tab.goto(f"{site}/directory/?map=areas")
        areas(tab).filter(has_text=words).locator("path, circle").last.click()
        expect(tab.get_by_role("heading", level=1)).to_have_text(page)


@pytest.mark.parametrize("page", ["forces/cheshire", "rocus/nwrocu", "regions/north-west"])
def test_a_page_shows_where_its_body_is(page, site, plain):
    plain.goto(f"{site}/{page}/")
    expect(plain.get_by_role("img", name="Where ")).to_be_visible()
    expect(plain.get_by_text("Contains OS data")).to_be_visible()
