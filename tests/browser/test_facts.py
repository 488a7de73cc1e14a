"""Inspections of other regions come in from spreadsheets, in a browser; what is on record of others stays."""

import re

import pytest
from playwright.sync_api import Page, expect

from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.reference.fact_files import work
from tests.reference.regions import COAST, ISLES, workbook_of

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def tab(sign_in_as) -> Page:
    return sign_in_as(Role.INSPECTOR)


@pytest.fixture
def load(tab, site, tmp_path):
    """Send a workbook, follow it to what its check found, and press what there is to load."""

    def loaded(name, sheets, *, press=True) -> None:
        tab.goto(f"{site}/inspections/facts/")
        tab.get_by_label("File", exact=True).set_input_files(workbook_of(tmp_path / name, sheets))
        tab.get_by_role("button", name="Upload and check").click()
        expect(tab.locator("main")).to_contain_text("Waiting to be checked")
        work()
        expect(tab.get_by_role("heading", name="What would happen")).to_be_visible(timeout=30_000)
        if press:
            tab.get_by_role("button", name="Load all rows").click()
            expect(tab.locator("main")).to_contain_text("Waiting")
            work()
            expect(tab.get_by_role("heading", name="What was loaded")).to_be_visible(timeout=30_000)

    return loaded


def words_of(tab, address) -> str:
    tab.goto(address)
    return str(tab.locator("main").text_content())  # with what is folded


def test_two_regions_stand_beside_the_one_that_was_there(tab, site, load):
    others = (
        "/regions/north-west/",
        "/regions/north-west/findings/",
        "/forces/cheshire/",
        "/forces/cheshire/inspections/",
    )
    before = {address: words_of(tab, site + address) for address in others}
    load("coast.xlsx", COAST)
    load("isles.xlsx", ISLES)
    assert {address: words_of(tab, site + address) for address in others} == before

    region = words_of(tab, f"{site}/regions/coast/")
    assert all(name in region for name in ("Coast Alder", "Coast Larch", "Coast Unit"))
    assert "Outstanding" in region
    assert "Plans say too little in Coast Alder" in words_of(tab, f"{site}/regions/coast/findings/")
    assert "1,204" in words_of(tab, f"{site}/regions/coast/figures/")
    body = words_of(tab, f"{site}/forces/coast-birch-police/")
    assert re.search(r"Round 2026.*November 2026|November 2026.*Round 2026", body, re.DOTALL)
    assert "Say who leads." in body
    assert "Say who leads." in words_of(tab, f"{site}/recommendations/?q=leads")
    isles = words_of(tab, f"{site}/regions/isles/")
    assert "Isles Cedar" in isles
    assert "Adequate" in isles
    directory = words_of(tab, f"{site}/directory/")
    assert "Coast Unit" in directory
    assert "Isles Alder" in directory


def test_loaded_again_nothing_is_new_and_an_edit_stays(tab, load):
    load("coast.xlsx", COAST)
    load("coast.xlsx", COAST, press=False)
    expect(tab.locator("main")).to_contain_text("It holds nothing that would add to the record or change it.")
    grading = Grading.objects.get(organisation__short_name="Coast Alder")
    by = demo_account(Role.ADMINISTRATOR)
    GRADINGS.change(grading, {"grade": "good"}, by=by, reason="Corrected by letter", expected_version=grading.version)
    load("coast.xlsx", COAST, press=False)
    expect(tab.locator("main")).to_contain_text("Rows of which something stays as it is on record")
    expect(tab.locator("main")).to_contain_text("Corrected by letter")
