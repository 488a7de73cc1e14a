"""The pages of a region: its bodies beside one another."""

import re
from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Membership
from inspections.findings.models import Finding, Topic
from soc_tracker.core.lists.columns import cells
from soc_tracker.dashboards.gradings.pages import LATEST, columns_by_programme, grades_of, scales
from soc_tracker.dashboards.gradings.queries import list_gradings
from soc_tracker.dashboards.published.pages import by_weight
from soc_tracker.dashboards.published.queries import get_coverage, list_findings, of_newest_programmes
from soc_tracker.dashboards.regions.pages import PARTS
from soc_tracker.dashboards.regions.queries import get_region_head, list_inspections, list_region_findings
from soc_tracker.dashboards.topics.charts import topic_matrix
from tests.dashboards.making import TODAY, make_figure, make_lead, make_region, read_csv, text_of
from tests.makers import (
    make_extract,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
PAGES = [part for part, _, _ in PARTS]
OLD_ANCHORS = (
    "grades",
    "shared",
    "region-findings",
    "threats",
    "four-ps",
    "record",
    "published-against-recorded",
    "plans",
    "sites",
    "inspections",
)
"""The parts of the one long page that there was, to which addresses were given out."""


def shown(columns, rows) -> list[list[str]]:
    return [[cell.text for cell in cells(columns, row)] for row in rows]


def page(client, part: str = "", slug: str = "north-west", **query):
    return client.get(reverse(f"region_{part}" if part else "region", args=[slug]), query)


def matrix_of(user, slug: str = "north-west"):
    head = get_region_head(user, slug, TODAY)
    return topic_matrix(
        list_findings(user, head.bodies, head.region),
        head.bodies,
        head.region,
        held=lambda: get_coverage(user, head.bodies, head.region),
    )


class TestBodies:
    def test_the_unit_stands_before_forces_and_these_before_others(self, north_west, user):
        make_member(north_west, "Alpha Transport", kind=OrganisationKind.OTHER)
        make_member(north_west, "Zulu Police")
        make_member(north_west, "Cheshire Constabulary")
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        head = get_region_head(user, "north-west", TODAY)
        assert [body.short_name for body in head.bodies] == ["NWROCU", "Cheshire", "Zulu", "Alpha"]

    def test_membership_is_read_as_at_the_day(self, north_west, user):
        moved = make_organisation()
        baker.make(Membership, organisation=moved, region=north_west, valid_to=date(2020, 3, 31))
        elsewhere = make_region("South West", "south-west")
        baker.make(Membership, organisation=moved, region=elsewhere, valid_from=date(2020, 4, 1), valid_to=None)
        assert get_region_head(user, "north-west", date(2020, 3, 31)).bodies == (moved,)
        assert get_region_head(user, "north-west", date(2020, 4, 1)).bodies == ()
        assert get_region_head(user, "south-west", date(2020, 4, 1)).bodies == (moved,)


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
        forces = []
        for name, grade in given.items():
            forces.append(make_member(north_west, name))
            if grade:
                make_grading(inspection, forces[-1], grade)
        rows = shown(LATEST, grades_of(forces, list_gradings(user, forces), lambda: get_coverage(user, forces)))
        assert [row[:2] for row in rows] == [
            ["Alpha Police", "Good"],
            ["Bravo Police", "Ungraded"],
            ["Charlie Police", "Not inspected"],
            ["Delta Police", "Inspected, no grade taken in here"],
        ]

    def test_each_is_the_latest_of_its_body_with_its_programme(self, north_west, user):
        force, other = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(other, older), other, "good")
        make_grading(make_inspection(force, newer), force, "adequate")
        gradings = list_gradings(user, [force, other])
        assert [row[1:3] for row in shown(LATEST, grades_of([force, other], gradings, dict))] == [
            ["Adequate", "PEEL 2022/23"],
            ["Good", "PEEL 2017"],
        ]
        assert "cannot be compared by arithmetic" in scales(gradings)

    def test_programmes_stand_side_by_side_with_their_scales(self, north_west, user):
        force, other = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        inspection = make_inspection(north_west, newer)
        make_grading(inspection, force, "adequate")
        make_grading(inspection, other, "good")
        gradings = list_gradings(user, [force, other])
        columns = columns_by_programme(gradings)
        assert [column.heading for column in columns] == [
            "Body",
            "PEEL 2022/23: five grades (from 2021/22)",
            "PEEL 2017: four grades (to 2018/19)",
        ]
        assert shown(columns, grades_of([force, other], gradings, dict)) == [
            ["Cheshire Constabulary", "Adequate", "Good"],
            ["Cumbria Constabulary", "Good", "No grade held here"],
        ]

    def test_one_scale_needs_no_warning(self, north_west, user):
        force = make_member(north_west)
        make_grading(make_inspection(north_west, make_programme()), force, "good")
        gradings = list_gradings(user, [force])
        assert scales(gradings) == ""
        assert columns_by_programme(gradings) == ()


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
        matrix = matrix_of(user)
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
        matrix = matrix_of(user)
        counts = [count for row in (*matrix.shared, *matrix.others) for _, cell in row.cells for count in cell]
        assert len(counts) > 50
        for count in counts[::7]:
            rows = inspector.get(count.url + "&format=csv").getvalue().decode().splitlines()
            assert len(rows) - 8 == count.number, count.url

    def test_shared_problems_of_the_north_west_show_as_rows(self, reference, user):
        matrix = matrix_of(user)
        shared = {row.name: row.shared for row in matrix.shared}
        assert {
            "4P plans",
            "Recording threats and disruptions",
            "Analytical capacity",
            "Lead responsible officers",
        } <= set(shared)
        assert matrix.columns[0].name == "Region as a whole"
        assert len(matrix.columns) == 8

    def test_each_body_is_told_by_the_newest_programme_that_spoke_of_it(self, north_west, user):
        cheshire, cumbria = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        plans = baker.make(Topic, name="4P plans", slug="4p-plans")
        self.finding(make_inspection(cheshire, older), cheshire, plans, "shortcoming", 1)
        self.finding(make_inspection(cheshire, newer), cheshire, plans, "strength", 2)
        self.finding(make_inspection(cumbria, older), cumbria, plans, "shortcoming", 3)
        matrix = matrix_of(user)
        assert [(column.name, column.programme.name) for column in matrix.columns] == [
            ("Cheshire", "PEEL 2022/23"),
            ("Cumbria", "PEEL 2017"),
        ]
        assert [[count.sign for count in cell] for _, cell in matrix.rows[0].cells] == [["▲"], ["▼"]]
        assert matrix.programmes == "PEEL 2022/23, PEEL 2017"

    def test_bodies_without_data_are_named_not_shown_as_empty(self, north_west, user):
        make_finding(make_inspection(make_member(north_west)))
        make_member(north_west, "Cumbria Constabulary")
        matrix = matrix_of(user)
        assert [column.name for column in matrix.columns] == ["Cheshire"]
        assert matrix.without_data == ("Cumbria (no inspection held here)",)


def test_findings_of_the_region_itself_begin_with_what_must_improve(north_west, user):
    inspection = make_inspection(north_west)
    for number, (kind, tone) in enumerate(
        [
            ("observation", "context"),
            ("observation", "strength"),
            ("area_for_improvement", "shortcoming"),
        ]
    ):
        make_finding(inspection, kind, slug=f"finding-{number}", tone=tone, order=number)
    findings = list_region_findings(user, north_west, inspection.programme.slug)
    assert [finding.order for finding in by_weight(findings)] == [2, 1, 0]


def test_findings_under_an_older_programme_are_not_mixed_in(north_west, user):
    make_finding(make_inspection(north_west, make_programme("four", "PEEL 2017", 2017)), slug="old")
    make_finding(make_inspection(north_west, make_programme()), slug="new")
    findings = list_findings(user, [], north_west)
    assert [finding.slug for finding in of_newest_programmes(findings)] == ["new"]


def test_what_is_held_in_part_under_a_newer_programme_does_not_push_out_what_is_held_whole(north_west, user):
    older = make_programme("four", "PEEL 2017", 2017)
    make_finding(make_inspection(north_west, older, taken_in="everything"), slug="old")
    make_finding(make_inspection(north_west, make_programme()), slug="new")
    findings = list_findings(user, [], north_west)
    assert [finding.slug for finding in of_newest_programmes(findings)] == ["old"]


def test_a_force_that_changed_region_brings_what_was_found_of_it(north_west, user):
    force = make_member(north_west)
    make_finding(make_inspection(north_west), organisation=force, region=None)
    Membership.objects.update(valid_to=date(2024, 3, 31))
    baker.make(Membership, organisation=force, region=make_region("London", "london"), valid_from=date(2024, 4, 1))
    head = get_region_head(user, "london", TODAY)
    inspections = list_inspections(user, head.region, head.bodies)
    assert [str(inspection.region) for inspection in inspections] == ["North West"]
    assert len(list_findings(user, head.bodies, head.region)) == 1


class TestOverview:
    def test_the_north_west_shows_seven_grades_with_programme_and_day(self, reference, inspector):
        html = page(inspector).content.decode()
        strip = html.split('id="grades"')[1].split("</ul>")[0]
        words = ["Outstanding", "Adequate", "Requires improvement", "Good", "Good", "Outstanding", "Inadequate"]
        assert re.findall(r'soc-tile__grade">([^<]+)<', strip) == words
        assert strip.count("PEEL 2022/23, 10 November 2023") == 7
        assert "The region itself is never graded" in html

    def test_what_must_change_begins_with_what_is_overdue(self, reference, inspector):
        rows = read_csv(inspector.get(reverse("region_chart_csv", args=["north-west", "must-change"])))[1]
        overdue = ["(overdue)" in row["By when"] for row in rows]
        assert overdue == sorted(overdue, reverse=True)
        assert overdue.count(True) == 4
        words = text_of(page(inspector))
        assert words.index("What must change") < words.index("Practice worth copying") < words.index("Key figures")
        assert "4 of them overdue" in words

    def test_each_body_has_a_picture_that_leads_to_it(self, reference, inspector, user):
        head = get_region_head(user, "north-west", TODAY)
        make_extract(as_at=date(2023, 7, 13))
        for body in head.bodies:
            make_lead(body, pursue=2, prevent=1)
        html = page(inspector).content.decode()
        pictures = html.split('id="quarters"')[1].split("<details")[0]
        for body in head.bodies:
            assert f'href="{body.get_absolute_url()}record/"' in pictures
            assert f'aria-label="{body.short_name}: 0 in Q' in pictures or body.short_name in pictures
        assert pictures.count("<svg") == len(head.bodies) + 6  # and the key
        assert "21 lead disruptions by 7 bodies" in text_of(page(inspector))

    def test_what_is_said_of_earlier_programmes_is_counted(self, reference, inspector):
        assert "of earlier programmes, of which nothing later is known" in text_of(page(inspector))

    def test_a_region_that_nothing_is_known_of_says_so_in_a_line_each(self, north_west, inspector):
        html = page(inspector).content.decode()
        for line in (
            "No body belongs to this region today.",
            "Nothing that must change is open in the documents held here.",
            "No finding on a topic is held here",
            "No innovative or promising practice was published of it.",
            "No published figure about the region as a whole is held here.",
            "Nothing is on record yet",
        ):
            assert line in html
        assert "<svg" not in html

    @pytest.mark.parametrize("chart", ["grades", "must-change", "open-items", "topics", "quarters"])
    def test_every_part_is_a_file(self, chart, reference, inspector, user):
        make_extract(as_at=date(2023, 7, 13))
        make_lead(get_region_head(user, "north-west", TODAY).bodies[1], pursue=2)
        assert f'href="/regions/north-west/charts/{chart}.csv' in page(inspector).content.decode()
        _, rows = read_csv(inspector.get(reverse("region_chart_csv", args=["north-west", chart])))
        assert len(rows) >= 7


class TestOtherPages:
    def test_figures_show_shares_with_what_was_not_published(self, reference, inspector):
        html = page(inspector, "figures").content.decode()
        assert "84 percent, 312 of 373; 95% interval 79.6 to 87.1 percent" in html
        assert "70 percent of 490; count not published, so no interval" in html
        assert "30 percent; count and total not published, so no interval" in html
        assert "Not published for NWROCU, Merseyside, North Wales." in html

    def test_findings_show_all_topics_and_what_must_change(self, reference, inspector, user):
        words = text_of(page(inspector, "findings"))
        for row in matrix_of(user).rows:
            assert row.name in words
        assert "Findings by kind in PEEL 2022/23" in words

    def test_a_region_that_nothing_is_known_of_says_so(self, north_west, inspector):
        assert "No finding about the region as a whole is held here." in text_of(page(inspector, "findings"))
        assert "No figure on threats or disruptions was published" in text_of(page(inspector, "figures"))


class TestAddresses:
    @pytest.mark.parametrize("part", PAGES)
    def test_a_parameter_is_named_and_nothing_is_shown(self, part, reference, inspector):
        response = page(inspector, part, programme="peel-2017")
        assert response.status_code == 400
        assert "“programme”" in response.content.decode()
        assert "Cheshire" not in response.content.decode()

    @pytest.mark.parametrize("part", PAGES)
    def test_an_unknown_region_is_not_found(self, part, inspector):
        assert page(inspector, part, "nowhere").status_code == 404

    def test_an_unknown_page_is_not_found(self, north_west, inspector):
        assert inspector.get("/regions/north-west/weather/").status_code == 404

    def test_a_day_of_the_long_page_leads_to_the_record(self, north_west, inspector):
        response = page(inspector, as_at="2023-01-04")
        assert (response.status_code, response.url) == (302, "/regions/north-west/record/?as_at=2023-01-04")

    def test_every_part_of_the_long_page_is_still_where_its_anchor_leads(self, reference, inspector):
        ids = re.findall(r'id="([^"]+)"', page(inspector).content.decode())
        assert set(OLD_ANCHORS) <= set(ids)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("part", PAGES)
def test_queries_do_not_grow_with_rows(part, north_west, inspector, django_assert_max_num_queries):
    inspection = make_inspection(north_west)
    make_finding(inspection)
    topic = baker.make(Topic)
    make_extract(as_at=date(2023, 7, 13))
    for number in range(30):
        force = make_member(north_west, f"Force{number} Police")
        make_grading(inspection, force, "good", question=inspection.programme.questions.first())
        finding = make_finding(inspection, slug=f"finding-{number}", organisation=force, region=None)
        finding.topics.add(topic)
        make_recommendation(finding, force)
        make_figure(force, "lead-disruptions", 1)
        make_lead(force, pursue=1)
    assert Finding.objects.count() == 31
    page(inspector, part)
    with django_assert_max_num_queries(PLANS if part == "plans" else 14):
        assert page(inspector, part).status_code == 200


PLANS = 24
