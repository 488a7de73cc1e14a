"""What was published of a body: the pages of its inspections and of its figures."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape
from model_bakery import baker

from inspections.programmes.models import Question
from soc_tracker.dashboards.bodies.queries import (
    FINDINGS,
    list_body_findings,
    list_body_gradings,
)
from soc_tracker.dashboards.gradings.pages import by_question
from soc_tracker.dashboards.published.pages import findings_in_order
from tests.dashboards.making import TODAY, page_of_force
from tests.makers import (
    make_finding,
    make_grading,
    make_inspection,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db


class TestInspections:
    def test_gradings_are_told_newest_programme_first_and_by_question(self, user):
        force = make_organisation()
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        inspection = make_inspection(force, older)
        make_grading(inspection, force, "good")
        make_grading(inspection, force, "ungraded", question=baker.make(Question, programme=older, theme="other"))
        make_grading(make_inspection(force, newer), force, "adequate")
        gradings = list_body_gradings(user, force).rows
        on_soc, on_other_questions = by_question(gradings)
        assert [grading.grade_id for grading in on_soc] == ["adequate", "good"]
        assert [grading.grade_id for grading in on_other_questions] == ["ungraded"]

    def test_cheshire_shows_both_grades_and_its_areas_for_improvement(self, reference, inspector):
        html = page_of_force(inspector, "inspections").content.decode()
        for expected in ("Adequate", "Good", "Ungraded", "PEEL 2017", "cannot be compared by arithmetic"):
            assert expected in html
        assert "Appendix 2, paragraph" in page_of_force(inspector, "figures").content.decode()
        newer, older = html.split('id="findings"')[1].split("(PEEL 2017,")
        assert newer.count("Area for improvement<") == 1
        assert older.count("Area for improvement<") == 4

    def test_findings_stand_by_inspection_and_section(self, user):
        force = make_organisation()
        older = make_inspection(force, make_programme("four", "PEEL 2017", 2017))
        newer = make_inspection(force, make_programme())
        make_finding(older, title="Old", slug="old", section="vulnerability")
        make_finding(newer, title="Second", slug="second", section="tackling", order=2)
        make_finding(newer, "observation", "First", slug="first", section="understanding", order=1)
        parts = findings_in_order(list_body_findings(user, force).rows)
        assert [
            (part.inspection.programme.name, section.name, [line.title for line in section.findings])
            for part in parts
            for section in part.sections
        ] == [
            ("PEEL 2022/23", "Understanding SOC and setting priorities", ["First"]),
            ("PEEL 2022/23", "Tackling SOC and safeguarding people and communities", ["Second"]),
            ("PEEL 2017", "Protecting vulnerable people and supporting victims", ["Old"]),
        ]

    def test_the_weightiest_come_first_and_context_stands_apart_uncounted(self, user):
        inspection = make_inspection(make_organisation())
        for number, (kind, tone) in enumerate(
            [
                ("observation", "context"),
                ("observation", "strength"),
                ("area_for_improvement", "shortcoming"),
                ("cause_of_concern", "shortcoming"),
            ]
        ):
            make_finding(inspection, kind, f"Finding {number}", slug=f"finding-{number}", tone=tone, order=number)
        (part,) = findings_in_order(list_body_findings(user, inspection.organisation).rows)
        assert [line.title for line in part.sections[0].findings] == ["Finding 3", "Finding 2", "Finding 1"]
        assert [line.title for line in part.context] == ["Finding 0"]
        assert part.number == 3

    def test_an_observation_says_whether_it_speaks_for_or_against_the_body(self, user):
        force = make_organisation()
        inspection = make_inspection(force)
        make_finding(inspection, "observation", "One", slug="one", tone="strength", order=1)
        make_finding(inspection, "cause_of_concern", "Two", slug="two", order=2)
        (part,) = findings_in_order(list_body_findings(user, force).rows)
        lines = part.sections[0].findings
        assert [(line.word, line.colour, line.sign) for line in lines] == [
            ("Cause of concern", "red", "▼"),
            ("Strength", "", "▲"),
        ]

    def test_the_list_is_cut_and_leads_to_the_rest(self, inspector, user):
        force = make_organisation()
        inspection = make_inspection(force)
        for number in range(FINDINGS + 1):
            make_finding(inspection, slug=f"finding-{number}", title=f"Finding {number}")
        assert list_body_findings(user, force).is_cut
        html = page_of_force(inspector, "inspections").content.decode()
        assert escape(reverse("inspections:finding_list") + "?organisation=cheshire") in html

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"due_on": date(2026, 11, 21), "due_precision": "day"}, "21 November 2026 (overdue)"),
            ({"due_on": date(2026, 11, 22), "due_precision": "day"}, "22 November 2026"),
            ({"due_on": date(2026, 11, 1), "due_precision": "month"}, "November 2026"),
            ({"due_on": date(2025, 1, 1), "due_precision": "year"}, "2025 (overdue)"),
            ({"due_on": date(2024, 11, 1), "due_precision": "day", "status": "complete"}, "1 November 2024"),
            (
                {"due_precision": "year_not_stated", "due_as_published": "1 January, no year stated"},
                "1 January, no year stated",
            ),
            ({}, "no date given"),
        ],
    )
    def test_overdue_is_said_only_where_it_is_certain(self, fields, words):
        force = make_organisation()
        recommendation = make_recommendation(make_finding(make_inspection(force)), force, **fields)
        assert recommendation.requirement.due_in_words(TODAY) == words

    def test_a_body_that_nothing_is_known_of_says_so(self, inspector):
        make_organisation()
        html = page_of_force(inspector, "inspections").content.decode()
        for words in (
            "No inspection held here",
            "No finding about it is held here.",
            "No recommendation to it is held here.",
            "Nothing on monitoring by the inspectorate is held here.",
        ):
            assert words in html


class TestFigures:
    def test_stand_under_their_groups_with_their_sources(self, reference, inspector):
        html = page_of_force(inspector, "figures").content.decode()
        for figure in (">373<", ">312<", ">84 percent<"):
            assert figure in html.replace("\n", "").replace("  ", "")
        assert "Threats and disruptions: " in html

    def test_none_is_said_so(self, inspector):
        make_organisation()
        assert "No published figure about it is held here." in page_of_force(inspector, "figures").content.decode()
