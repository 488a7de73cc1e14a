"""The plans of a threat on the pages of threats, which know nothing of how plans are kept."""

from datetime import date

import pytest

from plans4p.plans.models import Plan
from tests.disruptions.threats.records import csv_rows, make_record, score
from tests.makers import make_organisation, make_plan, make_threat

pytestmark = pytest.mark.django_db
PRIORITIES = "/threats/priorities/"
CLOSED = {"closed_on": date(2023, 4, 1), "result": "achieved", "learning": "Ask the partners sooner."}


@pytest.fixture
def plan() -> Plan:
    make_record()
    threat = make_threat("OCG-9", make_organisation("Lancashire Constabulary"), name="Moorland")
    score(threat, 100)
    return make_plan(threat.organisation, "4P-1", threat=threat, title="Moorland by the four Ps")


def column(client) -> str:
    return csv_rows(client, "organisation=lancashire", PRIORITIES)[0]["4P plan"]


def test_the_list_of_priorities_names_and_links_the_open_plan(plan, inspector):
    assert column(inspector) == "4P-1"
    page = inspector.get(PRIORITIES).content.decode()
    assert 'href="/plans/4P-1/"' in page
    assert page.count("No plan on record") == 1


def test_a_closed_plan_is_no_plan_there(plan, inspector):
    Plan.objects.get().delete()
    make_plan(plan.organisation, "4P-2", "closed", threat=plan.threat, **CLOSED)
    assert column(inspector) == "No plan on record"


def test_several_plans_lead_to_where_all_are_listed(plan, inspector):
    make_plan(make_organisation("Cumbria Constabulary"), "4P-2", threat=plan.threat)
    assert column(inspector) == "4P-1, 4P-2"
    assert 'href="/threats/OCG-9/#plans"' in inspector.get(PRIORITIES).content.decode()


def test_the_page_of_a_threat_lists_its_plans_open_ones_first(plan, inspector):
    make_plan(plan.organisation, "4P-0", "closed", threat=plan.threat, **CLOSED)
    page = inspector.get(plan.threat.get_absolute_url())
    assert [row.reference for row in page.context["plans"].rows] == ["4P-1", "4P-0"]
    assert "Moorland by the four Ps" in page.content.decode()
    assert page.context["plans"].total == 2


def test_a_threat_without_a_plan_says_so(plan, inspector):
    page = inspector.get("/threats/OCG-1/").content.decode()
    assert "No plan on record" in page
    assert 'id="plans"' not in page


def test_queries_do_not_grow_with_threats(plan, inspector, django_assert_max_num_queries):
    for number in range(25):
        threat = make_threat(f"OCG-P{number}", plan.organisation)
        score(threat, 50 + number)
        make_plan(plan.organisation, f"4P-P{number}", threat=threat)
    with django_assert_max_num_queries(17):
        assert inspector.get(PRIORITIES).status_code == 200
