"""Where plans and the record do not meet: the lists, and that their numbers are those of what they list."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from disruptions.counts.queries import Scope
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.record_list.queries import MOST_COUNTED_ROWS
from disruptions.standpoint.queries import standpoint
from plans4p.aims.services import dismiss_disruption, link_disruption
from plans4p.gaps.queries import foreseen, has_no_plan, is_idle, unforeseen_counts
from plans4p.plans.models import Plan
from soc_tracker.core.access.models import EVERYTHING
from tests.disruptions.threats.records import csv_rows, references
from tests.makers import (
    make_aim,
    make_author,
    make_disruption,
    make_extract,
    make_organisation,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db
TODAY = date(2023, 5, 10)
MARCH, APRIL = date(2023, 3, 1), date(2023, 4, 1)
THREATS, DISRUPTIONS = "/plans/gaps/threats/", "/plans/gaps/disruptions/"
CLOSED = {"closed_on": APRIL, "result": "achieved", "learning": "Ask the partners sooner."}


@pytest.fixture(scope="module")
def stored(rows_of_module: None) -> Plan:
    """For OCG-1; OCG-2 has none. Two disruptions of OCG-1, the first linked, and one of OCG-2."""
    cheshire = make_organisation()
    make_extract(as_at=TODAY)
    threat, other = make_threat("OCG-1", cheshire), make_threat("OCG-2", cheshire)
    plan = make_plan(cheshire, threat=threat)
    aim = make_aim(plan)
    for reference, of in (("DIS-1", threat), ("DIS-2", threat), ("DIS-3", other)):
        make_disruption(reference, cheshire, activity_date=MARCH, threat=of)
    link_disruption(aim, Disruption.objects.get(reference="DIS-1"), by=make_author())
    return plan


@pytest.fixture
def plan(stored: Plan) -> Plan:
    return deepcopy(stored)


def listed(client, query: str = "") -> list[str]:
    return [row["Reference"] for row in csv_rows(client, query, DISRUPTIONS)]


class TestThreatsWithoutAPlan:
    def test_only_those_on_the_master_list_are_listed(self, plan, inspector):
        make_threat("OCG-3", plan.organisation, state={"tier": 5})
        assert references(inspector, url=THREATS) == ["OCG-2"]

    def test_a_draft_is_a_plan(self, plan):
        assert plan.status == "draft"
        assert not has_no_plan_for("OCG-1")

    def test_a_closed_plan_is_none(self, plan, inspector):
        Plan.objects.get().delete()
        make_plan(plan.organisation, "4P-2", "closed", threat=plan.threat, **CLOSED)
        assert references(inspector, url=THREATS) == ["OCG-1", "OCG-2"]

    def test_a_plan_of_another_body_counts(self, plan, inspector):
        lancashire = make_organisation("Lancashire Constabulary")
        make_plan(lancashire, "4P-2", threat=plan.organisation.threats.get(reference="OCG-2"))
        assert references(inspector, url=THREATS) == []

    @pytest.mark.parametrize(
        ("query", "found"), [("type=ocg", ["OCG-2"]), ("type=vul", []), ("organisation=cheshire", ["OCG-2"])]
    )
    def test_the_list_is_narrowed(self, plan, inspector, query, found):
        assert references(inspector, query, THREATS) == found

    def test_which_list_is_no_choice(self, plan, inspector):
        assert "is not a filter of this list" in inspector.get(f"{THREATS}?list=master").content.decode()

    def test_illustrative_threats_are_apart(self, plan, inspector):
        make_threat("OCG-4", plan.organisation, kind="illustrative")
        assert references(inspector, "data=illustrative", THREATS) == ["OCG-4"]


def has_no_plan_for(reference: str) -> bool:
    threats = Plan.objects.get().organisation.threats.filter(has_no_plan(make_author()))
    return reference in threats.values_list("reference", flat=True)


class TestUnforeseen:
    def test_those_that_no_aim_counts_are_listed(self, plan, inspector):
        assert listed(inspector) == ["DIS-3", "DIS-2"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("plan=open", ["DIS-2"]),
            ("plan=none", ["DIS-3"]),
            ("plan=open&plan=none", ["DIS-3", "DIS-2"]),
            ("threat=OCG-2", ["DIS-3"]),
            ("q=DIS-2", ["DIS-2"]),
            ("activity_to=2022-01-01", []),
            ("four_p=prevent", []),
            ("organisation=cheshire", ["DIS-3", "DIS-2"]),
        ],
    )
    def test_the_list_is_narrowed_and_its_total_is_what_it_lists(self, plan, inspector, query, found):
        assert listed(inspector, query) == found
        assert inspector.get(f"{DISRUPTIONS}?{query}").context["counts"].total == len(found)

    def test_one_that_was_dismissed_was_not_foreseen(self, plan, inspector):
        dismiss_disruption(plan, Disruption.objects.get(reference="DIS-2"), by=make_author(), reason="Another gang.")
        assert "DIS-2" in listed(inspector)

    def test_as_at_an_earlier_day_an_earlier_state_of_a_linked_one_is_foreseen(self, plan, inspector):
        stored = Disruption.objects.get(reference="DIS-1")
        told = {"by": make_author(), "reason": "Reassessed.", "expected_version": stored.version}
        correct_disruption(stored, {"size": "major"}, on=TODAY, **told)
        make_extract(as_at=date(2023, 6, 1))
        assert listed(inspector, "as_at=2023-03-02") == ["DIS-3", "DIS-2"]

    def test_counts_by_facet_leave_out_what_is_linked(self, plan, inspector):
        facets = inspector.get(DISRUPTIONS).context["counts"].facets
        assert facets["four_p"] == {"pursue": 2}
        assert facets["organisation"] == {plan.organisation_id: 2}

    def test_a_facet_whose_rows_are_all_linked_is_not_offered(self, plan):
        aim = make_aim(plan, "prevent")
        row = make_disruption("DIS-4", plan.organisation, "prevent", activity_date=MARCH, threat=plan.threat)
        link_disruption(aim, row, by=make_author())
        assert "prevent" not in unforeseen_counts(make_author(), scope(), most=MOST_COUNTED_ROWS).facets["four_p"]

    def test_where_too_many_would_be_counted_one_by_one_nothing_is_said(self, plan):
        rows = Disruption.objects.filter(threat__reference__startswith="OCG")
        counts = unforeseen_counts(make_author(), replace(scope(), rows=rows), most=1)
        assert (counts.total, counts.facets) == (None, None)


def scope() -> Scope:
    return Scope(standpoint=standpoint(today=TODAY, sight=EVERYTHING))


class TestCounts(TestCase):
    @settings(max_examples=15)
    @given(linked=st.sets(st.integers(0, 5)), day=st.dates(date(2023, 1, 20), date(2023, 3, 5)))
    def test_what_is_counted_is_what_is_listed_whatever_is_linked(self, linked, day):
        make_extract(as_at=date(2023, 3, 1))
        cheshire = make_organisation()
        threat = make_threat("OCG-1", cheshire)
        aim = make_aim(make_plan(cheshire, threat=threat))
        for number in range(6):
            dates = {"activity_date": date(2023, 1, 5 + 4 * number), "added_date": date(2023, 2, 1 + number)}
            row = make_disruption(f"DIS-{number}", cheshire, threat=threat, **dates)
            if number in linked:
                link_disruption(aim, row, by=make_author())
        here = standpoint(day=day, today=TODAY, sight=EVERYTHING)
        on_record = Disruption.objects.of_kind(here.kind).as_at(day)
        rows = on_record.exclude(pk__in=foreseen(make_author(), here))
        counts = unforeseen_counts(make_author(), Scope(standpoint=here), most=MOST_COUNTED_ROWS)
        assert counts.total == rows.count() == sum(counts.facets["four_p"].values())


def test_a_plan_is_idle_once_it_ran_so_long_without_counting_any(plan):
    """It began in January, and counted one on 1 March."""
    running = make_plan(plan.organisation, "4P-2", "active")
    row = make_disruption("DIS-4", plan.organisation, activity_date=MARCH)
    link_disruption(make_aim(running), row, by=make_author())
    days = (date(2023, 3, 31), date(2023, 6, 30), date(2023, 7, 1))
    assert [day for day in days if Plan.objects.filter(is_idle(3, day))] == [date(2023, 7, 1)]


def test_a_draft_is_not_idle_yet(plan):
    assert not Plan.objects.filter(is_idle(3, date(2030, 1, 1)))


@pytest.mark.parametrize("url", [THREATS, DISRUPTIONS])
def test_files_say_what_kind_of_data_they_hold(plan, inspector, url):
    assert b"".join(inspector.get(url, {"format": "xlsx"}))[:2] == b"PK"
    head = inspector.get(url, {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert "recorded" in head.split("\r\n\r\n")[0]


@pytest.mark.parametrize("url", [THREATS, DISRUPTIONS])
def test_what_is_not_understood_shows_nothing(plan, inspector, url):
    page = inspector.get(f"{url}?colour=green")
    assert [problem.parameter for problem in page.context["filter"].problems] == ["colour"]
    assert list(page.context["rows"]) == []


def test_queries_do_not_grow_with_rows(plan, inspector, django_assert_max_num_queries):
    for number in range(30):
        make_disruption(f"DIS-M{number}", plan.organisation, activity_date=MARCH, threat=plan.threat)
        make_threat(f"OCG-M{number}", plan.organisation)
    for url, most in ((THREATS, 14), (DISRUPTIONS, 14)):
        with django_assert_max_num_queries(most):
            assert inspector.get(url).status_code == 200
