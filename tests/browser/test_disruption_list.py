"""Narrowing the list of disruptions in a real browser: in place with JavaScript, by its form without it."""

import re

import pytest
from playwright.sync_api import Page, expect

from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.makers import make_disruption

LIST = "/disruptions/"
pytestmark = pytest.mark.usefixtures("few")


@pytest.fixture
def few(undone: None) -> None:
    """Nine disruptions of three bodies."""
    for number, slug in enumerate(["cheshire", "cumbria", "merseyside"] * 3):
        make_disruption(
            f"DIS-2022-000000{number}",
            Organisation.objects.get(slug=slug),
            four_p="prevent" if number % 2 else "pursue",
            size="major" if number < 2 else "minor",
        )


def open_facet(tab: Page, label: str) -> None:
    tab.locator("#facets summary", has_text=re.compile(f"^{label}$")).click()


def test_a_choice_filters_in_place_counts_anew_and_keeps_the_focus(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    said, loads = listen(tab), []
    tab.goto(site + LIST)
    tab.on("load", lambda page: loads.append(page.url))
    open_facet(tab, "Organisation")
    tab.get_by_label("Cheshire Constabulary (3)").check()
    expect(tab.locator(".soc-chip")).to_have_text(re.compile("Organisation: Cheshire Constabulary"))
    expect(tab.locator(".soc-tabs__link").first).to_have_text(re.compile(r"All\s*3"))
    expect(tab.get_by_role("status")).to_have_text(re.compile("3 in the list"))
    expect(tab.locator("#facet-organisation-cheshire")).to_be_focused()
    expect(tab.get_by_label("Major (1)")).to_be_visible()
    expect(tab.get_by_label("Cumbria Constabulary (3)")).to_be_visible()
    assert "organisation=cheshire" in tab.url
    assert (said, loads) == ([], [])
    tab.locator(".soc-chip").click()
    expect(tab.locator(".soc-tabs__link").first).to_have_text(re.compile(r"All\s*9"))


def test_a_tab_and_a_day_go_together(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.goto(site + LIST)
    tab.get_by_role("link", name=re.compile("^Prevent")).click()
    expect(tab.locator(".soc-count")).to_contain_text("4 in all")
    tab.get_by_label("As at").fill("2022-03-14")
    expect(tab.locator(".soc-nothing")).to_be_visible()
    expect(tab.locator(".soc-chip")).to_have_count(2)


def test_on_a_phone_the_panel_stays_open_while_choosing(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.set_viewport_size(VIEWPORTS["phone"])
    tab.goto(site + LIST)
    expect(tab.get_by_label("Major (2)")).to_be_hidden()
    tab.get_by_text("Filter this list").click()
    tab.get_by_label("Major (2)").check()
    expect(tab.locator(".soc-chip")).to_have_count(1)
    expect(tab.get_by_label("Minor (7)")).to_be_visible()


@pytest.mark.parametrize("width", VIEWPORTS)
def test_with_rows_it_is_accessible_and_fits(width, site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.set_viewport_size(VIEWPORTS[width])
    for address in (
        f"{LIST}?size=minor&columns=summary&columns=region",
        "/disruptions/charts/",
        f"{LIST}DIS-2022-0000001/",
    ):
        tab.goto(site + address, wait_until="networkidle")
        assert (overflow(tab), objections(tab)) == ([], []), address


def test_an_analyst_corrects_a_disruption_and_the_day_before_keeps_its_figure(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.goto(f"{site}{LIST}DIS-2022-0000000/")
    tab.get_by_text("Correct this disruption").click()
    form = tab.locator("form", has=tab.get_by_role("button", name="Correct"))
    form.get_by_label("4P").select_option(label="Protect")
    form.get_by_label("Reason").fill("Read again.")
    form.get_by_role("button", name="Correct").click()
    expect(tab.locator(".govuk-notification-banner")).to_contain_text("The disruption has been corrected.")
    expect(tab.locator("main")).to_contain_text("4P: Pursue → Protect")
    tab.goto(f"{site}{LIST}?four_p=protect")
    expect(tab.locator(".soc-count")).to_contain_text("1 in all")
    tab.goto(f"{site}{LIST}?four_p=protect&as_at=2022-03-15")
    expect(tab.locator(".soc-nothing")).to_be_visible()


def test_a_view_is_saved_opened_from_its_list_renamed_and_removed(site, sign_in_as):
    tab = sign_in_as(Role.ANALYST)
    tab.goto(f"{site}{LIST}?organisation=cheshire&sort=reference")
    tab.get_by_role("link", name="Save this view").click()
    tab.get_by_label("Name").fill("Ours")
    tab.get_by_role("button", name="Save").click()
    expect(tab).to_have_url(f"{site}{LIST}?organisation=cheshire&sort=reference")
    tab.goto(f"{site}{LIST}")
    tab.get_by_role("link", name="Ours", exact=True).click()
    expect(tab).to_have_url(f"{site}{LIST}?organisation=cheshire&sort=reference")
    tab.get_by_role("navigation").get_by_role("link", name="Saved views").click()
    tab.get_by_role("link", name="Rename or remove").click()
    tab.get_by_label("Name").fill("Ours, renamed")
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("link", name="Ours, renamed", exact=True)).to_be_visible()
    tab.get_by_role("link", name="Rename or remove").click()
    tab.get_by_role("button", name="Remove this view").click()
    expect(tab.locator("main")).to_contain_text("“Ours, renamed” has been removed.")


@pytest.fixture
def plain(sign_in_without_scripts_as) -> Page:
    return sign_in_without_scripts_as(Role.ANALYST)


def test_without_javascript_form_tabs_and_charts_work(site, plain):
    plain.goto(site + LIST)
    plain.get_by_label("Minor (7)").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator(".soc-chip")).to_have_text(re.compile("Size: Minor"))
    plain.get_by_role("link", name=re.compile("^Prevent")).click()
    expect(plain.locator(".soc-chip")).to_have_count(2)
    plain.get_by_role("link", name="Charts of these disruptions").click()
    plain.get_by_text("The numbers behind this chart").first.click()
    expect(plain.locator(".soc-chart").first.get_by_role("table")).to_contain_text("Mar 2022")
