"""Plan on a page: four columns of aims, the units behind them, and what it can be narrowed to."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from forces.areas.models import LocalPolicingArea
from forces.choices import OrganisationKind
from forces.services import AREAS
from plans4p.aims.services import link_disruption
from plans4p.on_a_page.queries import PLANS
from plans4p.plans.models import Plan
from tests.dashboards.making import make_region, text_of
from tests.makers import (
    make_aim,
    make_author,
    make_disruption,
    make_member,
    make_officer,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)


@pytest.fixture(scope="module")
def stored(rows_of_module: None) -> Plan:
    """Cheshire's plan with two aims under pursue: one of four disruptions is counted, and no order of two."""
    cheshire = make_member(make_region())
    threat = make_threat("OCG-1", cheshire)
    plan = make_plan(cheshire, threat=threat, title="Fenland")
    later = {"due_on": localdate() + timedelta(days=30)}
    aim = make_aim(plan, **later)
    make_aim(plan, counts="orders", target=2, change="Every subject is managed", **later)
    link_disruption(aim, make_disruption("DIS-1", cheshire, threat=threat, activity_date=DAY), by=make_author())
    return plan


@pytest.fixture
def plan(stored: Plan) -> Plan:
    return deepcopy(stored)


def page_of(client, slug: str = "cheshire", **query):
    return client.get(reverse("plans4p:on_a_page", args=[slug]), query)


def titles(page) -> list[str]:
    """Of the plans with an aim under pursue."""
    return [shown.plan.title for shown in page.context["columns"][0].plans]


def test_each_p_says_what_is_aimed_at_and_what_was_counted(plan, inspector):
    page = page_of(inspector)
    assert [column.tally.words for column in page.context["columns"]] == [
        "2 aims. 1 of 4 disruptions counted.",
        *["No aim."] * 3,
    ]
    text = text_of(page)
    for words in ("Under way 1 of 4 disruptions", "Nothing counted yet 0 of 2 ancillary orders", "Every subject is"):
        assert words in text


def test_a_plan_without_an_aim_under_a_p_is_named_there(plan, inspector):
    columns = page_of(inspector).context["columns"]
    assert [column.without for column in columns] == [[], [plan], [plan], [plan]]


def test_a_plan_says_once_how_many_aims_stand_alike(plan, inspector):
    make_aim(plan, due_on=localdate() + timedelta(days=30), counts="other", change="Third")
    (shown,) = page_of(inspector).context["columns"][0].plans
    assert shown.stages == [("Under way", "blue"), ("Nothing counted yet: 2", "grey")]


def test_closed_plans_are_left_out(plan, inspector):
    closed = {"closed_on": DAY, "result": "achieved", "learning": "Ask the partners sooner."}
    make_plan(plan.organisation, "4P-2", "closed", title="Over", **closed)
    assert page_of(inspector).context["plans"].rows == [plan]


def test_the_two_kinds_of_data_are_apart(plan, inspector):
    made_up = make_officer(plan.organisation, "Made Up", kind_of_data="illustrative")
    other = make_plan(plan.organisation, "4P-2", title="Invented", kind_of_data="illustrative", owner=made_up)
    make_aim(other)
    assert titles(page_of(inspector)) == ["Fenland"]
    page = page_of(inspector, data="illustrative")
    assert titles(page) == ["Invented"]
    assert "made up, to show how the site works" in page.content.decode()


def test_it_is_narrowed_by_owner_and_status(plan, inspector):
    other = make_officer(plan.organisation, "Lee Moss")
    make_aim(make_plan(plan.organisation, "4P-2", "active", title="Second", owner=other))
    assert titles(page_of(inspector, owner=other.pk)) == ["Second"]
    assert titles(page_of(inspector, status="draft")) == ["Fenland"]
    assert titles(page_of(inspector, owner=other.pk, status="draft")) == []


@pytest.mark.parametrize("query", [{"owner": "0"}, {"status": "closed"}, {"colour": "green"}])
def test_what_is_not_understood_is_named(plan, inspector, query):
    page = page_of(inspector, **query)
    assert page.status_code == 400
    assert "Fenland" not in page.content.decode()


def test_areas_of_the_threats_are_a_force_s_units(plan, inspector):
    area = AREAS.create({"organisation": plan.organisation, "name": "Halton"}, by=make_author(), reason="Known.")
    make_aim(
        make_plan(plan.organisation, "4P-2", title="Second", threat=make_threat("OCG-2", plan.organisation, area=area))
    )
    page = page_of(inspector)
    assert [(unit.name, unit.plans) for unit in page.context["units"]] == [
        ("Halton", 1),
        ("No local policing area stated", 1),
    ]
    assert titles(page_of(inspector, area=area.pk)) == ["Second"]


def test_without_an_area_the_page_says_so(plan, inspector):
    assert LocalPolicingArea.objects.count() == 0
    assert "No threat of these plans has a local policing area on record." in text_of(page_of(inspector))


def test_forces_of_its_region_are_a_regional_unit_s_units(plan, inspector):
    region = plan.organisation.regions.get()
    make_member(region, "Titan Unit", kind=OrganisationKind.ROCU)
    make_member(region, "Ended Police", valid_to=date(2020, 1, 1))
    page = page_of(inspector, "titan")
    (unit,) = page.context["units"]
    assert (unit.name, unit.plans, unit.tally.counted, unit.tally.target) == ("Cheshire Constabulary", 1, 1, 4)
    assert f"{reverse('plans4p:on_a_page', args=['cheshire'])}?data=recorded" in page.content.decode()


def test_no_body_of_this_name(inspector):
    assert page_of(inspector, "nowhere").status_code == 404


def test_the_list_of_one_body_s_plans_leads_here(plan, inspector):
    url = reverse("plans4p:on_a_page", args=["cheshire"])
    assert f"{url}?data=recorded" in inspector.get("/plans/?organisation=cheshire").content.decode()
    assert url not in inspector.get("/plans/").content.decode()


def test_the_first_plans_are_shown_and_all_are_counted(plan, inspector, django_assert_max_num_queries):
    for number in range(PLANS):
        make_aim(make_plan(plan.organisation, f"4P-9{number:02}", owner=plan.owner))
    with django_assert_max_num_queries(18):
        page = page_of(inspector)
    assert sum(map(len, titles(page))) > 0
    assert len(titles(page)) == PLANS
    assert page.context["columns"][0].tally.words.startswith("42 aims.")
    assert f"The first {PLANS} by reference are shown" in text_of(page)
