"""Inspections of other regions come in from spreadsheets, in a browser; what is on record of others stays."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.reference.fact_files import work
from tests.reference.regions import COAST, ISLES, SCALE, STEPS, workbook_of

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
        *(f"/regions/north-west/{part}" for part in ("", "findings/", "figures/")),
        *(f"/forces/cheshire/{part}" for part in ("", "inspections/", "figures/")),
    )
    before = {address: words_of(tab, site + address) for address in others}
    load("coast.xlsx", COAST)
    load("isles.xlsx", ISLES)
    assert {address: words_of(tab, site + address) for address in others} == before

    region = words_of(tab, f"{site}/regions/coast/")
    for part in (
        *("Coast Alder", "Coast Larch", "Coast Unit", *STEPS),  # the strip
        *("What must change, by when, and how it stands", "Say who leads.", "1 November 2027"),
        *("Practice worth copying", "Officers teach in schools in Coast Birch"),
        *("Key figures", "1,204"),
        *("Problems that bodies share, in Round 2026", "4P plans"),
    ):
        assert part in region, part
    assert "Plans say too little in Coast Alder" in words_of(tab, f"{site}/regions/coast/findings/")
    assert "1,204" in words_of(tab, f"{site}/regions/coast/figures/")
    assert "Say who leads." in words_of(tab, f"{site}/recommendations/?region=coast")
    body = words_of(tab, f"{site}/forces/coast-birch-police/")
    assert re.search(r"Solid.*Round 2026, November 2026", body, re.DOTALL)
    assert "Say who leads." in body
    for part, words in (
        ("inspections/", "Nobody leads the work in Coast Birch"),
        ("figures/", "No published figure about it is held here."),
    ):
        assert words in words_of(tab, f"{site}/forces/coast-birch-police/{part}"), part
    tab.goto(site)
    for title in ("Organised crime in Coast, 2026", "Organised crime in Isles, 2026"):
        expect(tab.locator("main")).to_contain_text(title)
    directory = words_of(tab, f"{site}/directory/")
    assert all(name in directory for name in ("Coast Unit", "Isles Alder", "Cheshire"))


def test_a_question_without_a_grade_stands_beside_the_grade_before_it(tab, site, load):
    load("coast.xlsx", COAST)
    for address, beside in (
        ("/forces/coast-larch-police/", "Ungraded since then, Round 2026, published November 2026"),
        ("/regions/coast/", "Ungraded in Round 2026, November 2026"),
    ):
        words = " ".join(words_of(tab, site + address).split())
        assert re.search(r"Good (on serious and organised crime, )?Round 2022, (published )?November 2022", words)
        assert beside in words, address


def test_of_an_inspection_with_grades_only_no_page_says_that_nothing_was_found(tab, site, load):
    load("isles.xlsx", ISLES)
    for address in ("/regions/isles/", "/regions/isles/findings/", "/forces/isles-alder-police/"):
        words = " ".join(words_of(tab, site + address).split())
        assert "findings have not been taken in here" in words, address
        for claim in ("Nothing that must change", "was published of it", "0 not closed", "none found"):
            assert claim not in words, (address, claim)


def test_grades_of_two_scales_are_in_no_one_ranking(tab, site, load):
    load("coast.xlsx", COAST)
    tab.goto(f"{site}/gradings/?region=coast")
    expect(tab.get_by_role("link", name="Grade", exact=True)).to_have_count(0)  # nothing to sort by it
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV", exact=True).click()
    lines = list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))
    start = lines.index([]) + 1
    rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
    of_steps = {row["Not comparable with"] for row in rows if row["Grade scale"] == SCALE}
    assert of_steps == {"Four grades (to 2018/19); Five grades (from 2021/22)"}
    assert {row["Grade"] for row in rows if row["Grade scale"] == SCALE} == {*STEPS, "Ungraded"}


def test_loaded_again_nothing_is_new_and_an_edit_stays(tab, load):
    load("coast.xlsx", COAST)
    load("coast.xlsx", COAST, press=False)
    expect(tab.locator("main")).to_contain_text("It holds nothing that would add to the record or change it.")
    grading = Grading.objects.get(organisation__short_name="Coast Alder", inspection__title__endswith="2026")
    by = demo_account(Role.ADMINISTRATOR)
    GRADINGS.change(grading, {"grade": "solid"}, by=by, reason="Corrected by letter", expected_version=grading.version)
    load("coast.xlsx", COAST, press=False)
    expect(tab.locator("main")).to_contain_text("Rows of which something stays as it is on record")
    expect(tab.locator("main")).to_contain_text("Corrected by letter")
