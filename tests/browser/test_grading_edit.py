"""An administrator edits a grading in the admin; readers see the new grade, the old one, why and by whom."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inspections.gradings.models import Grading
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_bodies_admin import look_up
from tests.browser.test_every_page import listen, objections, overflow

pytestmark = pytest.mark.usefixtures("undone")
REASON = "The inspectorate corrected its report on 3 May."
LOST_RACE = "error: Failed to load resource: the server responded with a status of 409 (Conflict)"


@pytest.fixture
def grading(site: str) -> Grading:
    """Cheshire's of 2022/23, which the report gives as adequate."""
    return Grading.objects.get(organisation__slug="cheshire", inspection__slug="north-west-soc-2022-23")


@pytest.fixture
def administrator(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ADMINISTRATOR)


def save(tab: Page, grade: str, reason: str) -> None:
    tab.get_by_label("Grade:").select_option(label=grade)
    tab.get_by_label("Reason:").fill(reason)
    tab.get_by_role("button", name="Save", exact=True).click()


def address(site: str, grading: Grading) -> str:
    return f"{site}/admin/inspections/grading/{grading.pk}/change/"


def test_a_new_grade_reaches_the_readers_with_its_story(site, administrator, grading):
    tab = administrator
    said = listen(tab)
    tab.goto(f"{site}/admin/")
    tab.get_by_role("link", name="Gradings", exact=True).click()
    tab.locator("#searchbar").fill("Cheshire")
    tab.get_by_role("button", name="Search").click()
    tab.get_by_role("link", name="PEEL 2022/23", exact=True).click()
    tab.get_by_role("link", name="Cheshire Constabulary").first.click()
    save(tab, "Good", "")
    expect(tab.locator(".errorlist")).to_have_text("This field is required.")
    save(tab, "Good", REASON)
    expect(tab.locator(".messagelist")).to_contain_text("Cheshire Constabulary: Good (PEEL 2022/23)")

    tab.goto(f"{site}/forces/cheshire/")
    told = tab.locator("table", has=tab.get_by_text("Changes of grades in this database")).get_by_role("row").nth(1)
    for words in ("Adequate", "Good", REASON, demo_account(Role.ADMINISTRATOR).get_full_name()):
        expect(told).to_contain_text(words)
    expect(tab.locator("main")).to_contain_text("Good")

    tab.goto(site + grading.get_absolute_url())
    for words in ("Adequate", "Good", REASON, "Demo"):
        expect(tab.locator("main")).to_contain_text(words)
    assert said == []


def test_the_slower_of_two_tabs_is_refused_and_may_decide_again(site, administrator, grading):
    first, second = administrator, administrator.context.new_page()
    said = listen(second)
    for tab in (first, second):
        tab.goto(address(site, grading))
    save(first, "Outstanding", "Appeal upheld.")
    expect(first.locator(".messagelist")).to_be_visible()
    save(second, "Inadequate", "Read again.")

    refusal = second.get_by_role("region", name="nothing has been saved")
    expect(refusal).to_contain_text("Appeal upheld.")
    row = refusal.get_by_role("row", name="Grade")
    assert row.get_by_role("cell").all_inner_texts() == ["Adequate", "Outstanding", "Inadequate"]
    assert Grading.objects.get(pk=grading.pk).grade_id == "outstanding"
    assert said == [LOST_RACE]

    expect(second.get_by_label("Grade:")).to_have_value("inadequate")
    expect(second.get_by_label("Reason:")).to_have_value("Read again.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".messagelist")).to_contain_text("Inadequate")
    second.goto(f"{site}/forces/cheshire/")
    expect(second.locator("main")).to_contain_text("Appeal upheld.")
    expect(second.locator("main")).to_contain_text("Read again.")


@pytest.mark.parametrize("width", VIEWPORTS)
@pytest.mark.parametrize(
    "page", ["", "inspections/grading/", "inspections/grading/{}/change/", "inspections/grading/{}/history/"]
)
def test_the_admin_works_under_the_strict_policy(width, page, site, administrator, grading):
    tab = administrator
    tab.set_viewport_size(VIEWPORTS[width])
    said = listen(tab)
    tab.goto(f"{site}/admin/{page.format(grading.pk)}", wait_until="networkidle")
    assert said == []
    assert overflow(tab) == []


def test_looking_up_works_under_the_strict_policy(site, administrator, grading):
    tab = administrator
    said = listen(tab)
    tab.goto(address(site, grading), wait_until="networkidle")
    tab.locator(".field-organisation .select2-selection").click()
    look_up(tab, "mersey", "Merseyside Police", "Police and Crime Commissioner for Merseyside")
    expect(tab.locator(".field-organisation .select2-selection")).to_contain_text("Merseyside Police")
    assert said == []


@pytest.mark.parametrize("page", ["inspections/grading/{}/history/", "inspections/grading/{}/delete/"])
def test_our_own_pages_of_the_admin_are_accessible(page, site, administrator, grading):
    administrator.goto(f"{site}/admin/{page.format(grading.pk)}", wait_until="networkidle")
    assert objections(administrator) == []


def test_others_are_turned_away(site, sign_in_as, grading):
    tab = sign_in_as(Role.INSPECTOR)
    assert tab.goto(address(site, grading)).status == 403
    expect(tab.locator("input[type=password]")).to_have_count(0)
