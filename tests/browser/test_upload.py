"""An analyst uploads a file with faults, sees each of them, mends the refused rows, and has them loaded."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from disruptions import tasks
from disruptions.extracts.models import Upload
from disruptions.record.models import Disruption
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.disruptions.extracts.uploading import HEADINGS, row

pytestmark = pytest.mark.usefixtures("undone")
ROWS = 40
# By number of the disruption: the column with the fault, what it says there, and what it should say.
FAULTS = {
    4: ("activity_date", "15/13/2022", "2022-06-01"),
    9: ("organisation", "Borsetshire Police", "Cheshire Constabulary"),
    16: ("four_p", "Persue", "Pursue"),
    17: ("recorded_date", "2018-12-01", "2022-06-20"),
    25: ("assessment", "Sizeable", "Minor"),
    36: ("threat_ref", "", "OCG-0000001"),
}
TASKS = {UploadStage.WAITING: tasks.check_upload, UploadStage.ACCEPTED: tasks.load_upload}
BUTTONS = {"all": "Load all rows", "good": "Load the good rows"}


@pytest.fixture
def analyst(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ANALYST)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    faults = {number: {column: wrong} for number, (column, wrong, _) in FAULTS.items()}
    path = tmp_path / "July.csv"
    path.write_text(
        "\n".join([HEADINGS, *(row(number, **faults.get(number, {})) for number in range(1, ROWS + 1)), ""])
    )
    return path


def work() -> None:
    """Do what waits for the worker. The queue itself belongs to the server's thread."""
    for waiting in Upload.objects.filter(stage__in=TASKS):
        TASKS[waiting.stage].call(str(waiting.token), waiting.version, waiting.uploaded_by_id)


def upload(tab: Page, site: str, file: Path) -> None:
    tab.goto(f"{site}/extracts/")
    tab.get_by_role("link", name="Load an extract").click()
    tab.get_by_label("Disruptions", exact=True).check()
    tab.get_by_label("File", exact=True).set_input_files(file)
    tab.get_by_label("As at").fill("2023-07-13")
    tab.get_by_role("button", name="Upload and check").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be checked")
    work()


def accept(tab: Page, what: str) -> None:
    """Have rows loaded. The page notices by itself that they are."""
    tab.get_by_role("button", name=BUTTONS[what]).click()
    expect(tab.locator("main")).to_contain_text("Waiting to be loaded")
    work()
    expect(tab.get_by_role("heading", name="What was loaded")).to_be_visible()


def shown_faults(tab: Page) -> set[tuple[str, ...]]:
    """Row, column and value of each line of the table of refused rows, once the page that came by itself is whole."""
    tab.wait_for_load_state()
    lines = tab.locator("table", has=tab.get_by_text("What was expected")).locator("tbody tr")
    return {tuple(line.get_by_role("cell").all_inner_texts()[:3]) for line in lines.all()}


def mend(refused: Path, mended: Path) -> None:
    """Write the refused rows again with what they should say, and leave the column of errors as it is."""
    with refused.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(FAULTS)
    for line in rows:
        column, wrong, right = FAULTS[int(line["disruption_ref"][-7:])]
        assert column in line["error"]
        assert line[column] == wrong
        line[column] = right
    with mended.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_every_fault_is_shown_and_none_invented_and_the_mended_rows_load(site, analyst, faulty, tmp_path):
    tab = analyst
    said = listen(tab)
    upload(tab, site, faulty)
    expect(tab.get_by_role("heading", name="Refused rows")).to_be_visible()
    # The first disruption is in row 2, below the headings.
    assert shown_faults(tab) == {
        (str(number + 1), column, wrong or "nothing") for number, (column, wrong, _) in FAULTS.items()
    }
    expect(tab.get_by_role("button", name=BUTTONS["all"])).to_have_count(0)

    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download the refused rows").click()
    assert download.value.suggested_filename == "July-refused.csv"
    mend(Path(download.value.path()), tmp_path / "mended.csv")
    accept(tab, "good")
    assert Disruption.objects.current().count() == ROWS - len(FAULTS)

    upload(tab, site, tmp_path / "mended.csv")
    expect(tab.get_by_role("button", name=BUTTONS["all"])).to_be_visible()
    assert shown_faults(tab) == set()
    accept(tab, "all")
    assert Disruption.objects.current().count() == ROWS
    tab.get_by_role("link", name="See the extract").click()
    expect(tab.locator("main")).to_contain_text("mended.csv")
    assert said == []


def test_the_same_file_a_second_time_changes_nothing(site, analyst, faulty):
    upload(analyst, site, faulty)
    accept(analyst, "good")
    upload(analyst, site, faulty)
    expect(analyst.locator("main")).to_contain_text("The same file was loaded on")
    expect(analyst.locator("main")).to_contain_text("It holds nothing that would add to the record or change it.")
    expect(analyst.get_by_role("button", name="Load")).to_have_count(0)


@pytest.mark.parametrize("width", VIEWPORTS)
def test_the_pages_are_accessible_at_each_stage(width, site, analyst, faulty):
    tab = analyst
    tab.set_viewport_size(VIEWPORTS[width])
    said = listen(tab)
    tab.goto(f"{site}/extracts/upload/", wait_until="networkidle")
    assert (objections(tab), overflow(tab)) == ([], [])
    tab.get_by_label("Disruptions", exact=True).check()
    tab.get_by_label("File", exact=True).set_input_files(faulty)
    tab.get_by_label("As at").fill("2023-07-13")
    tab.get_by_role("button", name="Upload and check").click()
    expect(tab.get_by_role("progressbar")).to_be_visible()
    assert (objections(tab), overflow(tab)) == ([], [])
    work()
    expect(tab.get_by_role("heading", name="Refused rows")).to_be_visible()
    assert (objections(tab), overflow(tab)) == ([], [])
    accept(tab, "good")
    assert (objections(tab), overflow(tab)) == ([], [])
    assert said == []


def test_without_javascript_a_link_looks_again(site, sign_in_without_scripts_as, faulty):
    tab = sign_in_without_scripts_as(Role.ANALYST)
    tab.goto(f"{site}/extracts/upload/")
    tab.get_by_label("Disruptions", exact=True).check()
    tab.get_by_label("File", exact=True).set_input_files(faulty)
    tab.get_by_label("As at").fill("2023-07-13")
    tab.get_by_role("button", name="Upload and check").click()
    again = tab.get_by_role("link", name="look again").get_attribute("href")
    work()
    tab = tab.context.new_page()  # in the first, the page itself may have looked again by now
    tab.goto(site + again)
    expect(tab.get_by_role("button", name=BUTTONS["good"])).to_be_visible()
    tab.get_by_role("button", name="Give up and delete the file").click()
    expect(tab.locator("main")).to_contain_text("Nothing was written, and the file is deleted.")
