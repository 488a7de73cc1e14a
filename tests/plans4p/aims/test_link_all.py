"""All proposed disruptions are linked at once, but for those that are unticked; each can be taken off again."""

from datetime import date

import pytest

from plans4p.aims.models import Contribution
from plans4p.plans.models import Plan
from tests.forms import form_of
from tests.makers import make_aim, make_disruption, make_organisation, make_plan, make_threat
from tests.plans4p.owned import make_owner

pytestmark = pytest.mark.django_db
BUTTON = "Link all 3 at once"


@pytest.fixture
def plan() -> Plan:
    """Of the signed-in officer, with three disruptions that wait."""
    owner = make_owner()
    threat = make_threat("OCG-0000001", owner.organisation or make_organisation(), name="Fenland")
    plan = make_plan(owner.organisation, threat=threat, owner=owner)
    make_aim(plan)
    for number in range(3):
        make_disruption(f"DIS-{number}", owner.organisation, activity_date=date(2023, 3, 1 + number), threat=threat)
    return plan


def form(client, plan):
    return form_of(client.get(f"{plan.get_absolute_url()}links/"), BUTTON)


def linked() -> set[str]:
    return set(Contribution.objects.values_list("disruption__reference", flat=True))


def test_all_are_linked_by_one_button(plan, lead_responsible_officer):
    answer = form(lead_responsible_officer, plan).press(lead_responsible_officer, BUTTON)
    assert answer.status_code == 302
    assert linked() == {"DIS-0", "DIS-1", "DIS-2"}
    page = lead_responsible_officer.get(plan.get_absolute_url()).content.decode()
    assert "3 disruptions count towards the plan’s aims." in page
    assert page.count(">Take off<") == 3


def test_those_unticked_are_left_out(plan, lead_responsible_officer):
    sent = form(lead_responsible_officer, plan)
    sent.fill(pick=sent.entries["pick"][:1]).press(lead_responsible_officer, BUTTON)
    assert linked() == {"DIS-2"}  # the latest stands first


def test_none_ticked_is_said(plan, lead_responsible_officer):
    form(lead_responsible_officer, plan).fill(pick=[]).press(lead_responsible_officer, BUTTON)
    assert linked() == set()


def test_towards_each_aim_that_is_ticked(plan, lead_responsible_officer):
    other = make_aim(plan, change="The flat is closed")
    sent = form(lead_responsible_officer, plan)
    picks = [c.value for c in sent.controls if c.name == "pick"]
    assert (len(picks), len(sent.entries["pick"])) == (6, 3)
    sent.fill(pick=picks).press(lead_responsible_officer, BUTTON)
    assert other.contributions.count() == 3


def test_all_or_none(plan, lead_responsible_officer):
    """Somebody else has linked one of them meanwhile."""
    sent = form(lead_responsible_officer, plan)
    other = form(lead_responsible_officer, plan)
    other.fill(pick=other.entries["pick"][:1]).press(lead_responsible_officer, BUTTON)
    sent.press(lead_responsible_officer, BUTTON)
    assert linked() == {"DIS-2"}
