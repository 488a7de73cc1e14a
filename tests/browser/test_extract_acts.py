"""Acts upon whole extracts in the browser: an alarm, an undoing, what is missing withdrawn, mended rows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from disruptions.record.models import Disruption
from soc_tracker.core.access.roles import Role
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.browser.test_upload import accept, work
from tests.disruptions.extracts.uploading import HEADINGS, row

pytestmark = pytest.mark.usefixtures("undone")
ROWS = 12


@pytest.fixture
def analyst(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ANALYST)


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADINGS, *rows, ""]))
    return path


def upload(tab: Page, site: str, file: Path, *, is_complete: bool = False, as_at: str = "2023-01-04") -> None:
    tab.goto(f"{site}/extracts/upload/")
    tab.get_by_label("Disruptions", exact=True).check()
    tab.get_by_label("File", exact=True).set_input_files(file)
    tab.get_by_label("As at").fill(as_at)
    if is_complete:
        tab.get_by_label("All records of its bodies and days").check()
    tab.get_by_role("button", name="Upload and check").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be checked")
    work()


def load(tab: Page, site: str, file: Path, **more: object) -> None:
    upload(tab, site, file, **more)  # type: ignore[arg-type]
    accept(tab, "all")
    tab.get_by_role("link", name="See the extract").click()


def check_page(tab: Page) -> None:
    for width in VIEWPORTS.values():
        tab.set_viewport_size(width)
        assert overflow(tab) == []
        assert objections(tab) == []
    tab.set_viewport_size(VIEWPORTS["desktop"])


def current() -> int:
    return Disruption.objects.current().filter(known_to=None).count()


def test_an_extract_is_undone_from_its_page(site, analyst, tmp_path):
    said = listen(analyst)
    load(analyst, site, write(tmp_path / "first.csv", *(row(number) for number in range(1, ROWS + 1))))
    load(analyst, site, write(tmp_path / "second.csv", row(1, assessment="Major"), row(99)), as_at="2023-02-01")
    assert current() == ROWS + 1
    analyst.get_by_role("link", name="Undo this extract").click()
    expect(analyst.locator("main")).to_contain_text("1 row that was added is removed from the record.")
    check_page(analyst)
    analyst.get_by_role("button", name="Undo the extract").click()
    expect(analyst.locator("main")).to_contain_text("Say why")
    analyst.get_by_label("Reason").fill("It was of another month")
    analyst.get_by_role("button", name="Undo the extract").click()
    expect(analyst.locator("main")).to_contain_text("The extract is undone.")
    expect(analyst.locator("main")).to_contain_text("It was of another month")
    check_page(analyst)
    assert current() == ROWS
    assert Disruption.objects.current().get(reference="DIS-2022-0000001").size == "minor"
    assert [line for line in said if "400" not in line] == []  # the answer to a form without a reason


def test_a_file_that_would_change_most_rows_waits_for_a_yes(site, analyst, tmp_path):
    numbers = range(1, ROWS + 1)
    load(analyst, site, write(tmp_path / "first.csv", *(row(number) for number in numbers)))
    shifted = (row(number, organisation="Merseyside Police") for number in numbers)
    upload(analyst, site, write(tmp_path / "shifted.csv", *shifted), as_at="2023-02-01")
    expect(analyst.locator("main")).to_contain_text("would change most of the 12 rows that it shares with the record")
    expect(analyst.get_by_role("button", name="Load all rows")).to_have_count(0)
    check_page(analyst)
    analyst.get_by_label("Yes, the file is right: change them").check()
    analyst.get_by_role("button", name="Check again with these answers").click()
    work()
    accept(analyst, "all")
    owners = set(Disruption.objects.current().values_list("organisation__name", flat=True))
    assert owners == {"Merseyside Police"}


def test_what_a_complete_file_lacks_is_withdrawn_and_put_back(site, analyst, tmp_path):
    load(analyst, site, write(tmp_path / "first.csv", *(row(number) for number in range(1, ROWS + 1))))
    fewer = (row(number) for number in range(1, ROWS - 2))
    load(analyst, site, write(tmp_path / "fewer.csv", *fewer), is_complete=True, as_at="2023-02-01")
    expect(analyst.locator("main")).to_contain_text("3 records are here for the bodies and days of the file")
    check_page(analyst)
    analyst.get_by_role("link", name="Withdraw all that are missing").click()
    analyst.get_by_label("Reason").fill("Their owner took them out")
    analyst.get_by_role("button", name="Withdraw them all").click()
    expect(analyst.locator("main")).to_contain_text("3 of them were withdrawn from 1 February 2023 on.")
    assert current() == ROWS - 3
    analyst.get_by_role("link", name="Put back all that was withdrawn").click()
    analyst.get_by_label("Reason").fill("By mistake")
    analyst.get_by_role("button", name="Put them all back").click()
    expect(analyst.locator("main")).to_contain_text("on the record again")
    assert current() == ROWS


def test_mended_rows_have_the_day_of_their_file_and_lack_nothing(site, analyst, tmp_path):
    load(analyst, site, write(tmp_path / "first.csv", *(row(number) for number in range(1, ROWS + 1))))
    upload(analyst, site, write(tmp_path / "July.csv", row(1), row(50, four_p="Persue")), is_complete=True)
    with analyst.expect_download() as download:
        analyst.get_by_role("link", name="Download the refused rows").click()
    accept_good(analyst)
    with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as file:
        rows = [line | {"four_p": "Pursue"} for line in csv.DictReader(file)]
    mended = tmp_path / "mended.csv"
    with mended.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    analyst.get_by_role("link", name="upload the mended rows").click()
    expect(analyst.get_by_role("button", name="Upload and check")).to_be_visible()
    check_page(analyst)
    analyst.get_by_label("File", exact=True).set_input_files(mended)
    analyst.get_by_role("button", name="Upload and check").click()
    work()
    expect(analyst.locator("main")).to_contain_text("These are mended rows of July.csv")
    expect(analyst.locator("main")).not_to_contain_text("not in the file")
    accept(analyst, "all")
    analyst.get_by_role("link", name="See the extract").click()
    expect(analyst.locator("main")).to_contain_text("These are refused rows of July.csv, mended")


def accept_good(tab: Page) -> None:
    tab.get_by_role("button", name="Load the good rows").click()
    work()
    expect(tab.get_by_role("heading", name="What was loaded")).to_be_visible()
