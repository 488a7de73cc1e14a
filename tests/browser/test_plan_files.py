"""A file of plans followed in a browser that runs no scripts: the page comes anew by itself once the worker is done."""

import pytest
from playwright.sync_api import Page, expect

from forces.models import Organisation
from plans4p.files.models import PlanFile
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import make_officer
from tests.plans4p.importing import work
from tests.plans4p.plan_files import row, write

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture
def tab(sign_in_without_scripts_as) -> Page:
    role = Role.LEAD_RESPONSIBLE_OFFICER
    make_officer(Organisation.objects.get(slug="cheshire"), "Ada Lowe", user=demo_account(role))
    return sign_in_without_scripts_as(role)


def test_a_file_is_followed_and_given_up_without_javascript(tab, site, tmp_path):
    tab.goto(f"{site}/plans/import/")
    tab.get_by_label("File", exact=True).set_input_files(write(tmp_path / "July.csv", [row(four_p="Persue")]))
    tab.get_by_role("button", name="Upload and check").click()
    expect(tab.locator("main")).to_contain_text("Waiting to be checked")
    work()
    expect(tab.get_by_role("heading", name="Refused rows")).to_be_visible(timeout=30_000)
    expect(tab.locator("main")).to_contain_text("Persue")
    tab.get_by_role("button", name="Give up and delete the file").click()
    expect(tab.locator("main")).to_contain_text("Nothing was written, and the file is deleted.")
    assert PlanFile.objects.get().stage == UploadStage.GIVEN_UP
