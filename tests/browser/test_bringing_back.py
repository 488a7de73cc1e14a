"""An administrator removes a grading, brings it back from the latest changes, and sets a status on those selected."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.makers import make_author

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def administrator(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ADMINISTRATOR)


def test_a_removed_grading_is_brought_back_and_readers_see_it_again(site: str, administrator: Page) -> None:
    grading = Grading.objects.get(organisation__slug="cheshire", inspection__slug="north-west-soc-2022-23")
    tab = administrator
    messages = listen(tab)
    tab.goto(f"{site}/admin/inspections/grading/{grading.pk}/delete/")
    tab.get_by_label("Reason:").fill("Entered twice, I thought.")
    tab.get_by_role("button", name="Delete").click()
    expect(tab.locator(".messagelist")).to_be_visible()
    assert not Grading.objects.filter(pk=grading.pk).exists()

    tab.get_by_role("link", name="Latest changes").click()
    tab.get_by_role("link", name="Bring it back").click()
    expect(tab.locator("main")).to_contain_text("Adequate")
    tab.get_by_role("button", name="Bring it back").click()
    expect(tab.locator(".errorlist")).to_contain_text("This field is required.")
    tab.get_by_label("Reason:").fill("It stands in the report.")
    tab.get_by_role("button", name="Bring it back").click()
    expect(tab.locator(".messagelist")).to_contain_text("Brought back")
    assert Grading.objects.get(pk=grading.pk).grade_id == "adequate"

    tab.goto(site + grading.get_absolute_url())
    for words in ("Adequate", "Entered twice, I thought.", "It stands in the report."):
        expect(tab.locator("main")).to_contain_text(words)
    assert [message for message in messages if "400" not in message] == []


@pytest.mark.parametrize("width", VIEWPORTS)
def test_a_section_is_set_on_the_findings_selected(site: str, administrator: Page, width: str) -> None:
    tab = administrator
    tab.set_viewport_size(VIEWPORTS[width])
    messages = listen(tab)
    tab.goto(f"{site}/admin/inspections/finding/?kind__exact=cause_of_concern")
    boxes = tab.locator("input.action-select")
    key = boxes.first.get_attribute("value")
    boxes.first.check()
    tab.locator("select[name=action]").select_option(label="Set the section of those selected")
    tab.get_by_role("button", name="Go").click()
    tab.get_by_label("Section:").select_option(label="Specialist capabilities")
    tab.get_by_label("Reason:").fill("Read again.")
    assert overflow(tab) == []
    tab.get_by_role("button", name="Set it on all").click()
    expect(tab.locator(".messagelist")).to_contain_text("Set on 1 finding.")
    assert Finding.objects.get(pk=key).section_id == "specialist"
    assert messages == []


@pytest.mark.parametrize("width", VIEWPORTS)
@pytest.mark.parametrize("page", ["grading/{}/versions/1/", "finding/set/section/?of={}"])
def test_both_pages_are_accessible_and_fit(site: str, administrator: Page, page: str, width: str) -> None:
    grading = Grading.objects.order_by("pk").first()
    GRADINGS.change(grading, {"summary": "Read again."}, by=make_author(), reason="Read.", expected_version=1)
    key = grading.pk if page.startswith("grading") else Finding.objects.order_by("pk").first().pk
    administrator.set_viewport_size(VIEWPORTS[width])
    administrator.goto(f"{site}/admin/inspections/{page.format(key)}", wait_until="networkidle")
    assert overflow(administrator) == []
    assert objections(administrator) == []
