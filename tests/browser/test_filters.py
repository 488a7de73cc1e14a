"""Filtering a list in a real browser: in place with JavaScript, by a form without it; and a chart that is drawn."""

import re

import pytest
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS

LIST = "/findings/"


def test_a_choice_filters_in_place_and_keeps_the_focus(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.goto(site + LIST)
    loads = []
    tab.on("load", lambda page: loads.append(page.url))
    tab.get_by_label("Cause of concern", exact=True).check()
    expect(tab.locator(".soc-chip")).to_have_text(re.compile("Kind: Cause of concern"))
    expect(tab.get_by_label("Cause of concern", exact=True)).to_be_focused()
    expect(tab.get_by_role("status")).to_have_text(re.compile(r"\d+ in the list"))
    assert "kind=cause_of_concern" in tab.url
    assert loads == []


def test_back_and_a_removed_chip_undo_a_choice(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.goto(site + LIST)
    tab.get_by_label("Cause of concern", exact=True).check()
    expect(tab.locator(".soc-chip")).to_have_count(1)
    tab.get_by_label("Innovative practice").check()
    expect(tab.locator(".soc-chip")).to_have_count(2)
    tab.go_back()
    expect(tab.locator(".soc-chip")).to_have_count(1)
    tab.locator(".soc-chip").click()
    expect(tab.locator(".soc-chip")).to_have_count(0)
    expect(tab.get_by_label("Cause of concern", exact=True)).not_to_be_checked()


def test_on_a_phone_the_panel_stays_open_while_choosing(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.set_viewport_size(VIEWPORTS["phone"])
    tab.goto(site + LIST)
    expect(tab.get_by_label("Cause of concern", exact=True)).to_be_hidden()
    tab.get_by_text("Filter this list").click()
    tab.get_by_label("Cause of concern", exact=True).check()
    expect(tab.locator(".soc-chip")).to_have_count(1)
    expect(tab.get_by_label("Innovative practice")).to_be_visible()


@pytest.fixture
def plain(sign_in_without_scripts_as) -> Page:
    return sign_in_without_scripts_as(Role.ANALYST)


def test_without_javascript_the_form_filters(site, plain):
    plain.goto(site + LIST)
    plain.get_by_label("Cause of concern", exact=True).check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator(".soc-chip")).to_have_text(re.compile("Kind: Cause of concern"))


def test_without_javascript_a_chart_is_its_table(site, plain):
    plain.goto(f"{site}/regions/north-west/figures/")
    expect(plain.locator(".soc-chart__plot").first).to_be_hidden()
    plain.get_by_text("The numbers behind this chart").first.click()
    expect(plain.locator(".soc-chart").first.get_by_role("table")).to_be_visible()


def test_every_chart_is_drawn(site, sign_in_as):
    tab = sign_in_as(Role.INSPECTOR)
    tab.goto(f"{site}/regions/north-west/figures/")
    charts = tab.locator(".soc-chart__plot")
    expect(charts.first).to_be_visible()
    for chart in charts.all():
        expect(chart.locator("svg.main-svg").first).to_be_visible()
        assert chart.locator(".main-svg .ytick").count() > 1


def test_going_back_shows_the_list_as_it_was_filtered(site, sign_in_as):
    """Nothing of a page is kept by the browser: it asks the site again."""
    tab = sign_in_as(Role.ANALYST)
    tab.goto(site + LIST)
    tab.get_by_label("Cause of concern", exact=True).check()
    expect(tab.locator(".soc-chip")).to_have_count(1)
    filtered, row = tab.url, tab.locator("tbody a, td a").first
    heading = row.inner_text()
    row.click()
    expect(tab).not_to_have_url(filtered)
    tab.go_back()
    expect(tab).to_have_url(filtered)
    expect(tab.locator(".soc-chip")).to_have_count(1)
    expect(tab.get_by_label("Cause of concern", exact=True)).to_be_checked()
    expect(tab.get_by_role("link", name=heading).first).to_be_visible()
    tab.go_back()
    expect(tab.locator(".soc-chip")).to_have_count(0)
    kept = tab.evaluate("Object.values({...localStorage, ...sessionStorage})")
    assert [value for value in kept if "<" in value] == [], "No page is kept beside the address."
