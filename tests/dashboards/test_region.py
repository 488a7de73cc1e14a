"""The comparison of a region's bodies."""

from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Membership
from inspections.choices import FindingKind, Grade, GradeScale
from inspections.findings.models import Finding, Topic
from soc_tracker.core.lists.columns import cells
from soc_tracker.dashboards.regions import pages as regions_pages
from soc_tracker.dashboards.regions.queries import region_page
from soc_tracker.dashboards.topics.pages import topic_matrix
from tests.dashboards.making import TODAY, make_region
from tests.makers import (
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
)

pytestmark = pytest.mark.django_db


def shown(columns, rows) -> list[list[str]]:
    return [[cell.text for cell in cells(columns, row)] for row in rows]


class TestBodies:
    def test_the_unit_stands_before_forces_and_these_before_others(self, north_west, user):
        make_member(north_west, "Alpha Transport", kind=OrganisationKind.OTHER)
        make_member(north_west, "Zulu Police")
        make_member(north_west, "Cheshire Constabulary")
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        page = region_page(user, "north-west", TODAY)
        assert [body.short_name for body in page.bodies] == ["NWROCU", "Cheshire", "Zulu", "Alpha"]

    def test_membership_is_read_as_at_the_day(self, north_west, user):
        moved = make_organisation()
        baker.make(Membership, organisation=moved, region=north_west, valid_to=date(2020, 3, 31))
        elsewhere = make_region("South West", "south-west")
        baker.make(Membership, organisation=moved, region=elsewhere, valid_from=date(2020, 4, 1), valid_to=None)
        assert region_page(user, "north-west", date(2020, 3, 31)).bodies == (moved,)
        assert region_page(user, "north-west", date(2020, 4, 1)).bodies == ()
        assert region_page(user, "south-west", date(2020, 4, 1)).bodies == (moved,)


class TestGrades:
    def test_stand_side_by_side_in_words(self, north_west, user):
        programme = make_programme()
        inspection = make_inspection(north_west, programme)
        given = {
            "Alpha Police": "good",
            "Bravo Police": "ungraded",
            "Charlie Police": "not_inspected",
            "Delta Police": None,
        }
        for name, grade in given.items():
            force = make_member(north_west, name)
            if grade:
                make_grading(inspection, force, grade)
        page = region_page(user, "north-west", TODAY)
        rows = shown(regions_pages.columns_of_newest(page), regions_pages.grades(page))
        assert [row[:2] for row in rows] == [
            ["Alpha Police", Grade.GOOD.label],
            ["Bravo Police", Grade.UNGRADED.label],
            ["Charlie Police", Grade.NOT_INSPECTED.label],
            ["Delta Police", "No data"],
        ]

    def test_older_programmes_stand_apart_with_their_scale(self, north_west, user):
        force, other = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        older, newer = make_programme(GradeScale.FOUR, "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        inspection = make_inspection(north_west, newer)
        make_grading(inspection, force, "adequate")
        make_grading(inspection, other, "good")
        page = region_page(user, "north-west", TODAY)
        columns = regions_pages.columns_of_earlier(page)
        assert [column.heading for column in columns] == ["Body", "PEEL 2017: four grades (to 2018/19)"]
        assert shown(columns, regions_pages.grades(page)) == [
            ["Cheshire Constabulary", "Good"],
            ["Cumbria Constabulary", "No data"],
        ]
        assert "cannot be compared by arithmetic" in regions_pages.scales(page.gradings)

    def test_one_scale_needs_no_warning(self, north_west, user):
        force = make_member(north_west)
        make_grading(make_inspection(north_west, make_programme()), force, "good")
        assert regions_pages.scales(region_page(user, "north-west", TODAY).gradings) == ""


class TestTopics:
    def finding(self, inspection, organisation, topic, tone, number, region=None):
        finding = make_finding(
            inspection,
            slug=f"finding-{number}",
            tone=tone,
            organisation=organisation,
            region=region,
            kind="observation",
        )
        finding.topics.add(topic)
        return finding

    def test_a_shared_problem_is_a_row_before_the_others(self, north_west, user):
        cheshire, cumbria = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        inspection = make_inspection(north_west)
        plans = baker.make(Topic, name="4P plans", slug="4p-plans", order=2)
        prisons = baker.make(Topic, name="Prisons", slug="prisons", order=1)
        for number, (body, topic, tone) in enumerate(
            [
                (cheshire, plans, "shortcoming"),
                (cheshire, plans, "shortcoming"),
                (cumbria, plans, "shortcoming"),
                (cumbria, plans, "strength"),
                (cheshire, prisons, "strength"),
                (cheshire, prisons, "context"),
            ]
        ):
            self.finding(inspection, body, topic, tone, number)
        matrix = topic_matrix(region_page(user, "north-west", TODAY))
        (shared,), (other,) = matrix.shared, matrix.others
        assert (shared.name, shared.shared, matrix.bodies) == ("4P plans", 2, 2)
        counts = [
            (column.name, [(count.sign, count.number, count.words) for count in cell]) for column, cell in shared.cells
        ]
        assert counts == [
            ("Cheshire", [("▼", 2, "2 shortcomings")]),
            ("Cumbria", [("▼", 1, "1 shortcoming"), ("▲", 1, "1 strength")]),
        ]
        assert (other.name, other.shared, len(other.cells[1][1])) == ("Prisons", 0, 0)

    def test_every_number_of_the_north_west_opens_exactly_as_many_findings(self, reference, inspector, user):
        matrix = topic_matrix(region_page(user, "north-west", TODAY))
        counts = [count for row in (*matrix.shared, *matrix.others) for _, cell in row.cells for count in cell]
        assert len(counts) > 50
        for count in counts[::7]:
            rows = inspector.get(count.url + "&format=csv").getvalue().decode().splitlines()
            assert len(rows) - 8 == count.number, count.url

    def test_shared_problems_of_the_north_west_show_as_rows(self, reference, user):
        matrix = topic_matrix(region_page(user, "north-west", TODAY))
        shared = {row.name: row.shared for row in matrix.shared}
        assert {
            "4P plans",
            "Recording threats and disruptions",
            "Analytical capacity",
            "Lead responsible officers",
        } <= set(shared)
        assert matrix.columns[0].name == "Region as a whole"
        assert len(matrix.columns) == 8

    def test_bodies_without_data_are_named_not_shown_as_empty(self, north_west, user):
        make_finding(make_inspection(make_member(north_west)))
        make_member(north_west, "Cumbria Constabulary")
        matrix = topic_matrix(region_page(user, "north-west", TODAY))
        assert [column.name for column in matrix.columns] == ["Cheshire"]
        assert matrix.without_data == ("Cumbria",)


def test_findings_of_the_region_itself_begin_with_what_must_improve(north_west, user):
    inspection = make_inspection(north_west)
    for number, (kind, tone) in enumerate(
        [
            (FindingKind.OBSERVATION, "context"),
            (FindingKind.OBSERVATION, "strength"),
            (FindingKind.AREA_FOR_IMPROVEMENT, "shortcoming"),
        ]
    ):
        make_finding(inspection, kind, slug=f"finding-{number}", tone=tone, order=number)
    found = regions_pages.region_findings(region_page(user, "north-west", TODAY))
    assert [finding.order for finding in found] == [2, 1, 0]


def test_findings_under_an_older_programme_are_not_mixed_in(north_west, user):
    make_finding(make_inspection(north_west, make_programme(GradeScale.FOUR, "PEEL 2017", 2017)), slug="old")
    make_finding(make_inspection(north_west, make_programme()), slug="new")
    page = region_page(user, "north-west", TODAY)
    assert [finding.slug for finding in page.region_findings] == ["new"]
    assert page.kinds.total() == 1


def test_a_force_that_changed_region_brings_what_was_found_of_it(north_west, user):
    force = make_member(north_west)
    make_finding(make_inspection(north_west), organisation=force, region=None)
    Membership.objects.update(valid_to=date(2024, 3, 31))
    baker.make(Membership, organisation=force, region=make_region("London", "london"), valid_from=date(2024, 4, 1))
    page = region_page(user, "london", TODAY)
    assert [str(inspection.region) for inspection in page.inspections] == ["North West"]
    assert page.kinds.total() == 1


class TestPage:
    def test_the_north_west_shows_seven_grades(self, reference, inspector):
        response = inspector.get(reverse("region", args=["north-west"]))
        page = response.content.decode()
        newest = page.split('id="grades"')[1].split("Grades in other programmes")[0]
        words = ["Outstanding", "Adequate", "Requires improvement", "Good", "Good", "Outstanding", "Inadequate"]
        found = [part.split(">")[1].split("<")[0] for part in newest.split('class="govuk-tag')[1:]]
        assert found == words
        assert "The region itself is never graded" in page

    def test_shows_shares_with_what_was_not_published(self, reference, inspector):
        page = inspector.get(reverse("region", args=["north-west"])).content.decode()
        assert "84 percent, 312 of 373; 95% interval 79.6 to 87.1 percent" in page
        assert "70 percent of 490; count not published, so no interval" in page
        assert "30 percent; count and total not published, so no interval" in page
        assert "Not published for NWROCU, Merseyside, North Wales." in page

    def test_a_region_that_nothing_is_known_of_says_so(self, north_west, inspector):
        page = inspector.get(reverse("region", args=["north-west"])).content.decode()
        assert "No body belongs to this region today." in page
        assert "No finding on a topic is held here" in page
        assert "No figure on threats or disruptions was published" in page

    def test_a_parameter_is_named_and_nothing_is_shown(self, reference, inspector):
        response = inspector.get(reverse("region", args=["north-west"]), {"programme": "peel-2017"})
        assert response.status_code == 400
        assert "“programme”" in response.content.decode()
        assert "Cheshire" not in response.content.decode()

    def test_an_unknown_region_is_not_found(self, inspector):
        assert inspector.get(reverse("region", args=["nowhere"])).status_code == 404

    def test_queries_do_not_grow_with_rows(self, north_west, inspector, django_assert_max_num_queries):
        inspection = make_inspection(north_west)
        topic = baker.make(Topic)
        for number in range(30):
            force = make_member(north_west, f"Force{number} Police")
            make_grading(inspection, force, "good", question=inspection.programme.questions.first())
            finding = make_finding(inspection, slug=f"finding-{number}", organisation=force, region=None)
            finding.topics.add(topic)
        assert Finding.objects.count() == 30
        with django_assert_max_num_queries(16):
            assert inspector.get(reverse("region", args=["north-west"])).status_code == 200
