"""Words that an administrator enters, in a browser: on pages, in files and in the API, without code or migration."""

import pytest
from playwright.sync_api import Page, expect

from soc_tracker.core.access.roles import Role
from tests.reference.fact_files import work
from tests.reference.regions import SOURCE, workbook_of

pytestmark = pytest.mark.usefixtures("undone")
NEW = {
    "grade": ({"Label": "Steady", "Order": "5"}, {"Label": "Slipping", "Order": "6"}),
    "gradescale": ({"Label": "Two steps", "Grades": ["Steady", "Slipping"]},),
    "findingkind": ({"Label": "Urgent matter", "Plural": "urgent matters", "Must be followed up": True},),
    "monitoringstage": ({"Label": "Letter to the chief", "Days to the next rung": "28"},),
    "unit": ({"Label": "vehicles", "Kind": ["An amount of something"], "One": "{} vehicle", "Several": "{} vehicles"},),
}
FACTS = {
    "sources": [
        ["Title", "Publisher", "Kind", "Licence"],
        [SOURCE[0], "Inspectors", "Inspection report", "Open Government Licence v3.0"],
    ],
    "programmes": [["Name", "Scale", "Year"], ["Review 2027", "Two steps", "2027"]],
    "questions": [["Programme", "Question", "Theme"], ["Review 2027", "Tackling it", "soc"]],
    "inspections": [
        ["Title", "Programme", "Force", "Published", "Taken in", "Source", "Page"],
        ["Kent, 2027", "Review 2027", "Kent", "May 2026", "Everything", *SOURCE],
    ],
    "gradings": [
        ["Inspection", "Force", "Question", "Grade", "Source", "Page"],
        ["Kent, 2027", "Kent", "Tackling it", "Slipping", *SOURCE],
    ],
    "findings": [
        ["Inspection", "About", "Kind", "Tone", "Section", "Title", "Summary", "Source", "Page"],
        ["Kent, 2027", "Kent", "Urgent matter", "Shortcoming", "resources", "Too few cars", "They are few.", *SOURCE],
    ],
    "measures": [["Name", "Group"], ["Cars in use", "Resources"]],
    "figures": [
        ["About", "Measure", "Value", "Unit", "As at", "Whose figure", "Source", "Page"],
        ["Kent", "Cars in use", "12", "vehicles", "1 May 2026", "The inspectorate", *SOURCE],
    ],
    "monitoring": [
        ["Force", "Stage", "Started on", "Reason", "Source", "Page"],
        ["Kent", "Letter to the chief", "2 May 2026", "Too few cars.", *SOURCE],
    ],
}


@pytest.fixture
def tab(sign_in_as) -> Page:
    return sign_in_as(Role.ADMINISTRATOR)


def enter(tab: Page, site: str, model: str, values: dict[str, str | list[str] | bool]) -> None:
    tab.goto(f"{site}/admin/inspections/{model}/add/")
    for label, value in values.items():
        field = tab.get_by_label(label).first
        match value:
            case list():
                field.select_option(label=value)
            case bool():
                field.check()
            case _:
                field.fill(value)
    tab.get_by_label("Reason").fill("As published.")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".messagelist .success")).to_be_visible()


def load(tab: Page, site: str, path) -> None:
    tab.goto(f"{site}/inspections/facts/")
    tab.get_by_label("File", exact=True).set_input_files(workbook_of(path, FACTS))
    tab.get_by_role("button", name="Upload and check").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be checked")
    work()
    tab.get_by_role("button", name="Load all rows").click(timeout=30_000)
    expect(tab.locator("main")).to_contain_text("Waiting")
    work()
    expect(tab.get_by_role("heading", name="What was loaded")).to_be_visible(timeout=30_000)


def test_words_entered_in_the_admin_are_on_pages_in_files_and_in_the_api(tab, site, tmp_path):
    for model, words in NEW.items():
        for values in words:
            enter(tab, site, model, values)
    load(tab, site, tmp_path / "kent.xlsx")
    for address, words in (
        ("/forces/kent/", ("Slipping", "Review 2027, May 2026", "Too few cars", "Urgent matter", "12 vehicles")),
        ("/forces/kent/inspections/", ("Letter to the chief", "Urgent matter")),
        ("/gradings/?scale=two-steps", ("Slipping", "Two steps")),
        ("/directory/", ("Slipping",)),
        ("/methods/", ("Two steps: steady, slipping.",)),
    ):
        tab.goto(site + address)
        for word in words:
            assert word in tab.locator("main").text_content(), (address, word)
    for address, words in (
        ("/findings/?kind=urgent-matter&format=csv", ("Urgent matter", "Too few cars")),
        ("/gradings/?scale=two-steps&format=csv", ("Slipping", "Two steps", "Not comparable with")),
        ("/figures/?q=cars&format=csv", ("vehicles", "12")),
        ("/api/v1/findings/?kind=urgent-matter", ("Too few cars",)),
        ("/api/v1/gradings/?scale=two-steps", ("slipping", "not_comparable_with")),
        ("/api/v1/figures/?organisation=kent&unit=vehicles", ("vehicles",)),
    ):
        answer = tab.request.get(site + address)
        assert answer.ok, (address, answer.status)
        for word in words:
            assert word in answer.text(), (address, word)
