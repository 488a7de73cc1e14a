"""Who may do what is told from the code, on a page and in a document."""

from django.urls import reverse

from soc_tracker.core.access.permissions import ACTS, OPEN, OWN_ACCOUNT
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.management.commands.write_permissions import FILE, SECTION, text_of_section
from soc_tracker.dashboards.methods.queries import BY_ADDRESS, list_acts, list_addresses


def holders(permission: str) -> set[Role]:
    return next(set(act.roles) for act in list_acts() if act.permission == permission)


def test_the_document_says_what_the_code_does():
    section = SECTION.search(FILE.read_text("utf-8"))
    assert section is not None
    assert section.group() == text_of_section(), "Run manage.py write_permissions."


def test_roles_hold_what_their_rules_say(db):
    keeping = {Role.ANALYST, Role.ADMINISTRATOR}
    assert holders("disruptions.load_extract") == keeping
    assert holders("inspections.follow_requirement") == {Role.INSPECTOR, Role.ADMINISTRATOR}
    assert holders("soc_tracker.administer") == {Role.ADMINISTRATOR}
    assert Role.INSPECTOR not in holders("plans4p.write_plan")


def test_every_permission_that_an_address_names_is_told_in_words():
    named = {needed for row in list_addresses() for needed in (row.read, row.write)}
    assert named - ACTS.keys() <= {OPEN, OWN_ACCOUNT, BY_ADDRESS}


def test_the_page_has_every_act_and_every_address(inspector):
    page = inspector.get(reverse("who_may_do_what")).content.decode()
    assert "Sign a 4P plan: a second officer of its body" in page
    assert "/plans/parts/&lt;slug:kind&gt;/new/" in page
