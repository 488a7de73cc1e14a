"""Bodies at a glance: what the pictures draw, and what they say of it."""

from datetime import date

import pytest

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.dashboards.glance.charts import open_items_chart, quarters_chart
from soc_tracker.dashboards.glance.queries import QUARTERS, Standing, list_quarters
from soc_tracker.dashboards.published.queries import Held, list_findings, list_open_items, list_recommendations
from tests.dashboards.making import TODAY, make_lead
from tests.makers import (
    make_extract,
    make_finding,
    make_inspection,
    make_member,
    make_move,
    make_programme,
    make_recommendation,
    make_step,
)

pytestmark = pytest.mark.django_db
JULY = date(2023, 7, 13)


def at(day: date = JULY, latest: date | None = JULY) -> Standpoint:
    return Standpoint(DataKind.RECORDED, day, latest, sight=EVERYTHING)


class TestQuarters:
    @pytest.fixture
    def bodies(self, north_west):
        make_extract(as_at=JULY)
        cheshire, cumbria = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        make_lead(cheshire, pursue=3, prevent=1, activity_date=date(2022, 5, 1))
        make_lead(cheshire, start=10, pursue=2, activity_date=date(2023, 7, 2), added_date=JULY)
        return cheshire, cumbria

    def test_end_with_the_day_and_stand_body_by_body(self, bodies):
        quarters = list_quarters(at(), bodies)
        assert len(quarters) == 2 * QUARTERS
        assert [quarter.name for quarter in quarters[:QUARTERS]] == [
            *("Q4 2021", "Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022", "Q1 2023", "Q2 2023", "Q3 2023")
        ]

    def test_before_the_first_record_nothing_is_loaded_which_is_not_nought(self, bodies):
        cheshire = list_quarters(at(), bodies)[:QUARTERS]
        assert [quarter.numbers and quarter.n for quarter in cheshire] == [None, None, 4, 0, 0, 0, 0, 2]
        assert [quarter.standing for quarter in cheshire[:2]] == [Standing.NOT_LOADED] * 2

    def test_a_quarter_that_is_not_over_is_not_complete(self, bodies):
        assert list_quarters(at(), bodies)[QUARTERS - 1].standing == Standing.INCOMPLETE

    def test_after_the_last_day_known_nothing_is_loaded(self, bodies):
        last = list_quarters(at(date(2023, 12, 31)), bodies)[QUARTERS - 1]
        assert (last.name, last.numbers, last.standing) == ("Q4 2023", None, Standing.NOT_LOADED)

    def test_an_earlier_day_has_its_own_numbers(self, bodies):
        quarters = {quarter.name: quarter for quarter in list_quarters(at(date(2023, 7, 12)), bodies)[:QUARTERS]}
        assert quarters["Q3 2023"].n == 0

    def test_a_picture_says_the_same_as_the_table(self, bodies):
        report = quarters_chart(list_quarters(at(), bodies), at(), {bodies[0].pk: "/here/"})
        cheshire, cumbria = report.pictures
        assert (cheshire.name, cheshire.url) == ("Cheshire", "/here/")
        assert "Cheshire: 4 in Q2 2022, 0 in Q3 2022" in cheshire.drawing
        assert "Q4 2021 not loaded, Q1 2022 not loaded" in cheshire.drawing
        assert (cumbria.drawing, cumbria.none) == (None, "No records in these quarters.")
        by_row = {(row.body.short_name, row.name): row for row in report.rows}
        values = [column.value(by_row["Cheshire", "Q2 2022"]) for column in report.columns]
        assert values == ["Cheshire", "Q2 2022", 3, 1, 0, 0, 4, 0, "not complete"]
        assert [column.value(by_row["Cheshire", "Q1 2022"]) for column in report.columns][2:] == ["not loaded"] * 7
        assert report.sentence.startswith("6 lead disruptions by 2 bodies from Q4 2021 to Q3 2023, on one scale.")

    def test_where_nothing_is_on_record_nothing_is_read(self, north_west, django_assert_num_queries):
        body = make_member(north_west)
        with django_assert_num_queries(0):
            assert list_quarters(at(latest=None), [body]) == []

    def test_takes_two_queries_whatever_the_number_of_bodies(self, bodies, django_assert_num_queries):
        with django_assert_num_queries(2):
            list_quarters(at(), bodies)


class TestOpenItems:
    def items(self, user, bodies, region=None):
        findings = list_findings(user, bodies, region)
        return list_open_items(findings, list_recommendations(user, bodies), bodies, TODAY)

    def test_what_is_overdue_comes_first_then_by_date_then_by_weight(self, north_west, user):
        force = make_member(north_west)
        inspection = make_inspection(force)
        make_finding(inspection, "area_for_improvement", "Area", slug="area")
        concern = make_finding(inspection, "cause_of_concern", "Concern", slug="concern")
        make_finding(inspection, "cause_of_concern", "Bare", slug="bare")
        for number, day in enumerate((date(2027, 1, 1), date(2024, 1, 1))):
            make_recommendation(concern, force, number + 1, due_on=day, due_precision="day")
        make_recommendation(concern, force, 3, status="complete")
        items = self.items(user, [force])
        assert [(item.due, item.kind.slug) for item in items] == [
            ("1 January 2024 (overdue)", "cause_of_concern"),
            ("1 January 2027", "cause_of_concern"),
            ("no date given", "cause_of_concern"),
            ("no date given", "cause_of_concern"),
            ("no date given", "area_for_improvement"),
        ]
        assert [item.overdue for item in items] == [True, False, False, False, False]

    def test_a_status_has_its_day(self, north_west, user):
        force = make_member(north_west)
        inspection = make_inspection(force)
        make_step(make_finding(inspection, slug="known", title="A").requirement, "being_progressed", date(2024, 6, 2))
        make_finding(inspection, slug="unknown", title="B")
        first, second = (item.standing for item in self.items(user, [force]))
        assert first == "Being progressed since 2 June 2024"
        assert second == "Published on a date not stated, nothing later here"
        type(inspection).objects.filter(pk=inspection.pk).update(published_on=date(2023, 11, 1))
        assert self.items(user, [force])[1].standing == "Published 1 November 2023, nothing later here"

    def test_an_area_for_improvement_that_was_given_a_date_is_overdue_after_it(self, north_west, user):
        force = make_member(north_west)
        make_move(make_finding(make_inspection(force)).requirement, date(2024, 6, 1))
        [item] = self.items(user, [force])
        assert (item.due, item.overdue) == ("1 June 2024 (overdue)", True)

    def test_a_cause_of_concern_is_never_an_earlier_matter(self, north_west, user):
        force = make_member(north_west)
        older = make_inspection(force, make_programme("four", "PEEL 2017", 2017))
        newer = make_inspection(force, make_programme())
        make_finding(older, "cause_of_concern", "Concern", slug="concern")
        make_finding(older, title="Old", slug="old")
        make_finding(newer, title="New", slug="new")
        assert {item.text: item.earlier for item in self.items(user, [force])} == {
            "Concern": False,
            "Old": True,
            "New": False,
        }

    def test_the_picture_counts_full_years_since_publication(self, north_west, user):
        force = make_member(north_west)
        inspection = make_inspection(force)
        make_finding(inspection)
        type(inspection).objects.filter(pk=inspection.pk).update(published_on=date(2024, 11, 22))
        report = open_items_chart(self.items(user, [force]), [force], {force.pk: "/here/"}, TODAY, {})
        (row,) = report.rows
        assert (row.name, row.age, row.items, row.overdue) == ("Cheshire", "2 years", 1, 0)
        assert "Cheshire: 1 2 years since publication; 0 overdue" in report.pictures[0].drawing
        assert report.sentence.startswith("1 item not closed")

    def test_a_body_with_nothing_open_says_so(self, north_west, user):
        force = make_member(north_west)
        report = open_items_chart([], [force], {}, TODAY, {})
        assert (report.pictures[0].drawing, report.pictures[0].none) == (None, "Nothing open.")
        assert report.sentence == "Nothing that must change is open here."

    def test_a_body_whose_findings_are_not_held_does_not_say_that_nothing_is_open(self, north_west):
        force = make_member(north_west)
        report = open_items_chart([], [force], {}, TODAY, {force: Held.NOT_TAKEN_IN})
        assert report.pictures[0].none == "Inspected, findings not taken in here."
        assert report.sentence == "No open item is held here."
