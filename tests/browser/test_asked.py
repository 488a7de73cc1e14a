"""A file with the month first, in which a name is misspelt eight times: asked once of each, and loaded right."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from disruptions.record.models import Disruption
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.browser.test_upload import accept, analyst, upload, work  # noqa: F401  the fixture of an analyst
from tests.disruptions.extracts.uploading import HEADINGS, row

pytestmark = pytest.mark.usefixtures("undone")
DAYS = ("6/13/2022", "3/4/2022", "1/2/2022", "5/25/2022", "5/6/2022", "2/3/2022", "4/5/2022", "1/31/2022")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "July.csv"
    rows = (row(at, activity_date=day, organisation="Chesire Constabulary") for at, day in enumerate(DAYS, 1))
    path.write_text("\n".join([HEADINGS, *rows, ""]))
    return path


@pytest.mark.parametrize("size", VIEWPORTS)
def test_what_only_the_sender_can_say_is_asked_once(analyst: Page, site: str, file: Path, size: str) -> None:  # noqa: F811
    analyst.set_viewport_size(VIEWPORTS[size])
    complaints = listen(analyst)
    upload(analyst, site, file)
    main = analyst.locator("main")
    expect(main).to_contain_text("The column activity_date looks like month/day/year")
    expect(main).to_contain_text("in organisation (8 rows) is the name of nobody on record. Who is it?")
    expect(analyst.get_by_role("button", name=re.compile("^Load"))).to_have_count(0)
    assert overflow(analyst) == []
    assert objections(analyst) == []
    analyst.screenshot(path=f"tests/browser/output/asked-{size}.png", full_page=True)
    analyst.get_by_label("month/day/year: 3/4/2022 is 4 March 2022").check()
    analyst.get_by_label("Cheshire Constabulary", exact=True).check()
    analyst.get_by_role("button", name="Check again with these answers").click()
    work()
    expect(main).to_contain_text("organisation: “Chesire Constabulary” is read as Cheshire Constabulary.")
    accept(analyst, "all")
    days = Disruption.objects.filter(reference__startswith="DIS-2022-").order_by("reference")
    assert list(days.values_list("activity_date", flat=True)) == [
        *(date(2022, 6, 13), date(2022, 3, 4), date(2022, 1, 2), date(2022, 5, 25)),
        *(date(2022, 5, 6), date(2022, 2, 3), date(2022, 4, 5), date(2022, 1, 31)),
    ]
    assert complaints == []


def test_the_page_that_takes_a_file_says_what_it_may_hold(analyst: Page, site: str) -> None:  # noqa: F811
    analyst.goto(f"{site}/extracts/upload/")
    analyst.get_by_text("Columns of disruptions").click()
    expect(analyst.get_by_role("cell", name="date of activity, activity, disruption date")).to_be_visible()
    with analyst.expect_download() as download:
        analyst.get_by_role("link", name="Disruptions, CSV").click()
    assert download.value.path().read_text("utf-8-sig").startswith("disruption_ref,activity_date,recorded_date,")
    analyst.screenshot(path="tests/browser/output/columns-read.png", full_page=True)
