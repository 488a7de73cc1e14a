"""Which disruptions are proposed for a plan."""

from datetime import date

import pytest
from django.http import QueryDict

from plans4p.aims.queries import list_proposals, list_waiting
from plans4p.aims.services import dismiss_disruption, link_disruption
from plans4p.plan_page.queries import with_what_pages_count
from tests.makers import make_aim, make_author, make_disruption, make_organisation, make_plan, make_threat

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


@pytest.fixture
def threat():
    return make_threat("OCG-0000001", make_organisation())


@pytest.fixture
def plan(threat):
    return make_plan(threat.organisation, threat=threat)


def disrupted(threat, reference="DIS-1", four_p="pursue", day=DAY):
    return make_disruption(reference, threat.organisation, four_p, activity_date=day, added_date=day, threat=threat)


def proposed(plan) -> list[tuple[str, int]]:
    found, _ = list_proposals(make_author(), plan, list(plan.aims.all()), params=QueryDict())
    return [(proposal.disruption.reference, len(proposal.aims)) for proposal in found]


def test_of_the_same_threat_and_p_within_the_days_of_the_aim(plan, threat):
    make_aim(plan, due_on=date(2023, 6, 30))
    disrupted(threat)
    disrupted(threat, "DIS-2", "prevent")
    disrupted(threat, "DIS-3", day=date(2022, 12, 31))
    disrupted(threat, "DIS-4", day=date(2023, 7, 1))
    disrupted(make_threat("OCG-0000002", threat.organisation), "DIS-5")
    assert proposed(plan) == [("DIS-1", 1)]


def test_each_comes_with_every_aim_that_it_fits(plan, threat):
    make_aim(plan)
    make_aim(plan, change="The courier is gone")
    disrupted(threat)
    assert proposed(plan) == [("DIS-1", 2)]


def test_none_for_an_aim_that_counts_something_else(plan, threat):
    make_aim(plan, counts="assets")
    disrupted(threat)
    assert proposed(plan) == []


def test_what_is_linked_or_dismissed_is_not_proposed_again(plan, threat):
    aim = make_aim(plan)
    link_disruption(aim, disrupted(threat), by=make_author())
    dismiss_disruption(plan, disrupted(threat, "DIS-2"), by=make_author(), reason="Another operation.")
    assert proposed(plan) == []


def test_what_is_withdrawn_is_not_proposed(plan, threat):
    make_aim(plan)
    row = disrupted(threat)
    type(row).objects.filter(pk=row.pk).update(known_to=date(2023, 6, 1))
    assert proposed(plan) == []


def test_what_one_plan_counts_still_waits_for_another_of_the_same_threat(plan, threat):
    other = make_plan(threat.organisation, "4P-2", threat=threat)
    aim = make_aim(plan)
    make_aim(other)
    link_disruption(aim, disrupted(threat), by=make_author())
    disrupted(threat, "DIS-2")
    assert (proposed(plan), proposed(other)) == ([("DIS-2", 1)], [("DIS-2", 1), ("DIS-1", 1)])
    waiting = list_waiting(make_author(), [plan, other])
    assert [(one.plan.reference, one.disruptions) for one in waiting] == [("4P-2", 2), ("4P-00001", 1)]
    numbers = with_what_pages_count(make_author()).values_list("reference", "waiting", "disruptions")
    assert sorted(numbers) == [("4P-00001", 1, 2), ("4P-2", 2, 2)]


def test_a_strategic_plan_has_no_threat_to_propose_from():
    plan = make_plan()
    make_aim(plan)
    assert proposed(plan) == []
