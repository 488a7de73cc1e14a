"""The bodies' own records beside the inspectorate's, with what differs."""

from datetime import date

import pytest
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.services import OVERSIGHTS
from inspections.positions.models import Position
from inspections.positions.services import take_position
from inspections.requirements.models import Requirement
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.forms import form_of
from tests.makers import REASON, make_author, make_finding, make_inspection, make_organisation

pytestmark = pytest.mark.django_db
LIST = reverse("inspections:beside_list")


@pytest.fixture
def requirement() -> Requirement:
    kent = make_organisation("Kent Police")
    make_finding(make_inspection(kent, published_on=date(2023, 11, 10)), "area_for_improvement", "Weak plans")
    return Requirement.objects.get()


def reach(role: Role, body) -> None:
    account = demo_account(role)
    account.reaches.all().delete()
    Reach.objects.create(account=account, organisation=body, valid_from=date(1990, 1, 1), reason="For a test.")


def say(requirement, on: date, status: str = "complete", **more) -> Position:
    values = {"on": on, "status": status, "note": "Done.", **more}
    return take_position(requirement, values, by=make_author(), today=date(2026, 1, 1))


def test_the_latest_that_a_body_says_stands_beside_the_status_here(inspector, requirement):
    say(requirement, date(2025, 1, 1), "being_progressed")
    say(requirement, date(2025, 6, 1), "complete", implementation="implemented")
    [row] = inspector.get(LIST).context["page"].rows
    assert (row.status_id, row.own_status, row.differs) == ("not_stated", "complete", True)
    page = inspector.get(LIST, {"differs": "yes"}).content.decode()
    for words in ("Weak plans", "No later information", "Complete", "Implemented", "1 June 2025", "Recorded"):
        assert words in page


def test_what_is_the_same_does_not_differ(inspector, requirement):
    Requirement.objects.update(status="complete", implementation="implemented")
    say(requirement, date(2025, 6, 1), "complete", implementation="implemented")
    assert not inspector.get(LIST, {"differs": "yes"}).context["page"].rows
    say(requirement, date(2025, 7, 1), "complete", implementation="partly")
    assert len(inspector.get(LIST, {"differs": "yes"}).context["page"].rows) == 1


def test_what_a_body_says_is_seen_by_who_reaches_it(analyst, requirement):
    say(requirement, date(2025, 6, 1))
    reach(Role.ANALYST, make_organisation("Essex Police"))
    assert not analyst.get(LIST).context["page"].rows
    assert analyst.get(reverse("inspections:position_new", args=[requirement.pk])).status_code == 403


def test_an_officer_says_where_their_body_sees_it(lead_responsible_officer, requirement):
    reach(Role.LEAD_RESPONSIBLE_OFFICER, requirement.organisation)
    url = reverse("inspections:position_new", args=[requirement.pk])
    page = lead_responsible_officer.get(url)
    early = form_of(page, "Add to the record").press(
        lead_responsible_officer, "Add to the record", on="2100-01-01", status="being_progressed", note="We train."
    )
    assert early.status_code == 400
    assert "Choose a day up to today" in early.content.decode()
    saved = form_of(early, "Add to the record").press(lead_responsible_officer, "Add to the record", on="2025-06-01")
    assert saved.status_code == 302
    assert Position.objects.get().note == "We train."
    assert "We train." in lead_responsible_officer.get(url).content.decode()
    assert Requirement.objects.get().status_id == "not_stated"


def test_what_must_change_and_the_own_record_of_a_body_lead_to_each_other(lead_responsible_officer, requirement):
    reach(Role.LEAD_RESPONSIBLE_OFFICER, requirement.organisation)
    url, record = requirement.get_absolute_url(), reverse("inspections:position_new", args=[requirement.pk])
    assert f'href="{record}"' in lead_responsible_officer.get(url).content.decode()
    form = form_of(lead_responsible_officer.get(record), "Add to the record")
    saved = form.press(
        lead_responsible_officer, "Add to the record", on="2025-06-01", status="being_progressed", note="We train."
    )
    assert saved.url == url
    page = lead_responsible_officer.get(url).content.decode()
    listed = f"{LIST}?organisation={requirement.organisation.slug}"
    assert "We train." in page
    assert f'href="{listed}"' in page
    assert f'href="{url}"' in lead_responsible_officer.get(listed).content.decode()
    reach(Role.LEAD_RESPONSIBLE_OFFICER, make_organisation("Essex Police"))
    assert "own record" not in lead_responsible_officer.get(url).content.decode()


def test_a_local_policing_body_speaks_for_its_force(lead_responsible_officer, requirement):
    commissioner = make_organisation("Commissioner", OrganisationKind.POLICING)
    OVERSIGHTS.create(organisation=requirement.organisation, responder=commissioner, by=make_author(), reason=REASON)
    reach(Role.LEAD_RESPONSIBLE_OFFICER, commissioner)
    url = reverse("inspections:position_new", args=[requirement.pk])
    assert lead_responsible_officer.get(url).status_code == 200
