"""An administrator keeps forces in the administration: where one belongs, from when to when, and what it is called."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from forces.models import Force, Organisation, Region
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def administrator(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ADMINISTRATOR)


def save(tab: Page, reason: str) -> None:
    tab.get_by_label("Reason:").fill(reason)
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".messagelist .success")).to_be_visible()


def look_up(tab: Page, words: str, *names: str) -> None:
    """Choose the first of what a search offers; what was offered before it would go from under the pointer."""
    tab.locator(".select2-search__field").fill(words)
    offered = tab.locator(".select2-results__option")
    expect(offered).to_have_text([*names])
    offered.first.click()


def add_name(tab: Page, number: int, name: str) -> None:
    tab.locator("#aliases-group .add-row a").click()
    tab.locator(f"#id_aliases-{number}-name").fill(name)


def test_a_membership_ends_and_a_name_is_added_from_the_forces_own_page(site, administrator):
    tab, said = administrator, listen(administrator)
    cheshire = Force.objects.get(slug="cheshire")
    names = cheshire.aliases.count()
    tab.goto(f"{site}/forces/cheshire/")
    tab.get_by_role("link", name="Edit Cheshire Constabulary in the administration").click()
    tab.locator("#id_memberships-0-valid_to").fill("31/12/2026")
    add_name(tab, names, "Cheshire and Halton Police")
    save(tab, "By order of the Home Secretary.")
    assert cheshire.memberships.get().valid_to == date(2026, 12, 31)
    assert Organisation.objects.named("cheshire and halton police").pk == cheshire.pk
    lines = [cheshire.memberships.get().history.first(), cheshire.aliases.get(name__contains="Halton").history.first()]
    assert {line.history_change_reason for line in lines} == {"By order of the Home Secretary."}
    assert said == []


def test_a_force_is_added_with_its_region_and_its_names_in_one_form(site, administrator):
    tab, said = administrator, listen(administrator)
    tab.goto(f"{site}/forces/cheshire/")
    tab.get_by_role("link", name="Administration", exact=True).click()
    tab.locator(".model-force").get_by_role("link", name="Add").click()
    tab.get_by_label("Name:", exact=True).fill("Wessex Police")
    tab.get_by_label("Short name:").fill("Wessex")
    tab.locator("#memberships-group .add-row a").click()
    tab.locator("#memberships-0 .select2-selection").click()
    look_up(tab, "south west", "South West")
    tab.locator("#id_memberships-0-valid_from").fill("1/4/2026")
    add_name(tab, 0, "Wessex Constabulary")
    add_name(tab, 1, "Wessex Force")
    save(tab, "Made of two forces.")
    wessex = Force.objects.get(slug="wessex")
    assert wessex.memberships.get().region == Region.objects.get(slug="south-west")
    assert set(wessex.aliases.values_list("name", flat=True)) >= {"Wessex Constabulary", "Wessex Force"}
    assert said == []


def test_what_is_wrong_with_a_row_stands_on_the_page(site, administrator):
    tab = administrator
    tab.goto(f"{site}/admin/forces/force/{Force.objects.get(slug='cheshire').pk}/change/")
    tab.locator("#id_memberships-0-valid_to").fill("31/12/2026")
    tab.evaluate("document.querySelector('#id_memberships-0-expected_version').remove()")
    tab.get_by_label("Reason:").fill("By order.")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".row-form-errors")).to_contain_text("This page has lost which version it shows")


@pytest.mark.parametrize("width", VIEWPORTS)
@pytest.mark.parametrize("page", ["", "forces/force/{}/change/", "forces/force/add/", "forces/force/{}/delete/"])
def test_the_pages_fit(width, page, site, administrator):
    tab = administrator
    tab.set_viewport_size(VIEWPORTS[width])
    said = listen(tab)
    cheshire = Force.objects.get(slug="cheshire")
    tab.goto(f"{site}/admin/{page.format(cheshire.pk)}", wait_until="networkidle")
    assert said == []
    assert overflow(tab) == []


def test_the_front_page_and_the_last_question_are_accessible(site, administrator):
    cheshire = Force.objects.get(slug="cheshire")
    for page in ("", f"forces/force/{cheshire.pk}/delete/"):
        administrator.goto(f"{site}/admin/{page}", wait_until="networkidle")
        assert objections(administrator) == []
