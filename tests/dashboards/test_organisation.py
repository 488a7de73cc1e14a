"""The page of a force, a regional unit or another body."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape
from model_bakery import baker

from forces.choices import OrganisationKind, SuccessionKind
from forces.models import Alias, LocalPolicingArea, LocalProfile, Membership, Succession
from inspections.choices import FindingKind, GradeScale
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Question
from inspections.recommendations.models import MonitoringPeriod, due_in_words
from soc_tracker.dashboards.bodies import pages as bodies_pages
from soc_tracker.dashboards.bodies.pages import refresh_in_words, review_in_words
from soc_tracker.dashboards.bodies.queries import FINDINGS, Relation, organisation_page
from tests.dashboards.making import TODAY, make_figure, make_region
from tests.makers import (
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db


class TestNamesAndLinks:
    def test_other_names_leave_out_the_body_s_own(self, north_west, user):
        force = make_member(north_west)
        baker.make(Alias, organisation=force, name="Cheshire Police", normalised="cheshire police")
        assert organisation_page(user, "cheshire", TODAY).aliases == ("Cheshire Police",)

    def test_neighbours_are_those_who_share_the_region_today(self, north_west, user):
        make_member(north_west)
        make_member(north_west, "Cumbria Constabulary")
        make_member(north_west, "Ended Police", valid_to=date(2020, 1, 1))
        make_member(make_region("London", "london"), "Metropolitan Police")
        page = organisation_page(user, "cheshire", TODAY)
        assert [link.name for link in page.linked(Relation.NEIGHBOUR)] == ["Cumbria Constabulary"]
        assert [link.url for link in page.linked(Relation.REGION)] == ["/regions/north-west/"]

    def test_what_it_was_and_became_is_told_with_the_day(self, north_west, user):
        force = make_member(north_west, valid_to=date(2024, 3, 31))
        earlier, later = make_organisation("Earlier Police"), make_organisation("Later Police")
        baker.make(Succession, predecessor=earlier, successor=force, kind=SuccessionKind.RENAMED, on=date(2000, 4, 1))
        baker.make(Succession, predecessor=force, successor=later, kind=SuccessionKind.MERGED, on=date(2024, 4, 1))
        page = organisation_page(user, "cheshire", TODAY)
        facts = {row[0]: row[1:] for row in bodies_pages.key_facts(page)}
        assert facts["Formerly"] == ("Earlier Police, 1 April 2000", "/forces/earlier/")
        assert facts["Merged into"] == ("Later Police, 1 April 2024", "/forces/later/")
        assert facts["Existed"] == ("until 31 March 2024",)
        assert bodies_pages.ended(page).startswith("Cheshire Constabulary ended on 31 March 2024.")

    @pytest.mark.parametrize("kind", list(SuccessionKind))
    def test_every_kind_of_succession_has_words_in_both_directions(self, kind, user):
        old, new = make_organisation("Old Police"), make_organisation("New Police")
        baker.make(Succession, predecessor=old, successor=new, kind=kind, on=date(2024, 4, 1))
        assert bodies_pages.key_facts(organisation_page(user, "old", TODAY))[0][0] == kind.label
        assert bodies_pages.key_facts(organisation_page(user, "new", TODAY))[0][0] == bodies_pages.WAS[kind]

    def test_an_earlier_region_is_shown_with_its_time(self, north_west, user):
        force = make_organisation()
        baker.make(Membership, organisation=force, region=north_west, valid_to=date(2020, 3, 31))
        facts = bodies_pages.key_facts(organisation_page(user, "cheshire", TODAY))
        assert facts == [("Region until 31 March 2020", "North West", "/regions/north-west/")]

    def test_population_and_officers_stand_with_their_dates(self, user):
        make_organisation(
            population=1027709, population_as_at=date(2011, 3, 27), officers="2009.65", officers_as_at=date(2019, 9, 30)
        )
        facts = dict(bodies_pages.key_facts(organisation_page(user, "cheshire", TODAY)))
        assert facts["Population"] == "1,027,709 as at 27 March 2011"
        assert facts["Officers (full-time equivalent)"] == "2,009.65 as at 30 September 2019"

    def test_a_body_of_today_has_not_ended(self, user):
        make_organisation(valid_to=TODAY)
        assert bodies_pages.ended(organisation_page(user, "cheshire", TODAY)) == ""
        assert bodies_pages.ended(organisation_page(user, "cheshire", TODAY + timedelta(days=1))) != ""


class TestGrades:
    def test_gradings_are_told_newest_programme_first_and_by_question(self, user):
        force = make_organisation()
        older, newer = make_programme(GradeScale.FOUR, "PEEL 2017", 2017), make_programme()
        inspection = make_inspection(force, older)
        make_grading(inspection, force, "good")
        make_grading(inspection, force, "ungraded", question=baker.make(Question, programme=older, theme="other"))
        make_grading(make_inspection(force, newer), force, "adequate")
        gradings = organisation_page(user, "cheshire", TODAY).gradings.rows
        assert [grading.grade for grading in bodies_pages.gradings_on_soc(gradings)] == ["adequate", "good"]
        assert [grading.grade for grading in bodies_pages.on_other_questions(gradings)] == ["ungraded"]

    def test_a_change_of_grade_is_shown_with_reason_author_and_both_grades(self, user):
        force = make_organisation()
        grading = make_grading(make_inspection(force), force, "adequate")
        grading = GRADINGS.change(
            grading, {"grade": "good"}, by=make_author(), reason="Corrected by the inspectorate.", expected_version=1
        )
        GRADINGS.change(
            grading, {"summary": "New words."}, by=make_author(), reason="Words only.", expected_version=grading.version
        )
        ((row),) = bodies_pages.changes(organisation_page(user, "cheshire", TODAY))
        change = row.change
        assert (change.before, change.after, change.who, change.reason) == (
            "adequate",
            "good",
            "Priya Shah",
            "Corrected by the inspectorate.",
        )
        assert row.grading == grading

    def test_changes_of_another_body_are_not_shown(self, user):
        other = make_organisation("Cumbria Constabulary")
        grading = make_grading(make_inspection(other), other, "adequate")
        GRADINGS.change(grading, {"grade": "good"}, by=make_author(), reason="Why.", expected_version=1)
        make_organisation()
        assert organisation_page(user, "cheshire", TODAY).changes == ()


class TestFindings:
    def test_stand_by_inspection_and_section(self, user):
        force = make_organisation()
        older = make_inspection(force, make_programme(GradeScale.FOUR, "PEEL 2017", 2017))
        newer = make_inspection(force, make_programme())
        make_finding(older, title="Old", slug="old", section="vulnerability")
        make_finding(newer, title="Second", slug="second", section="tackling", order=2)
        make_finding(newer, FindingKind.OBSERVATION, "First", slug="first", section="understanding", order=1)
        parts = bodies_pages.findings_in_order(organisation_page(user, "cheshire", TODAY).findings.rows)
        assert [
            (part.inspection.programme.name, section.name, [line.title for line in section.findings])
            for part in parts
            for section in part.sections
        ] == [
            ("PEEL 2022/23", "Understanding SOC and setting priorities", ["First"]),
            ("PEEL 2022/23", "Tackling SOC and safeguarding people and communities", ["Second"]),
            ("PEEL 2017", "Protecting vulnerable people and supporting victims", ["Old"]),
        ]

    def test_an_observation_says_whether_it_speaks_for_or_against_the_body(self, user):
        force = make_organisation()
        inspection = make_inspection(force)
        make_finding(inspection, FindingKind.OBSERVATION, "One", slug="one", tone="strength", order=1)
        make_finding(inspection, FindingKind.CAUSE_OF_CONCERN, "Two", slug="two", order=2)
        (part,) = bodies_pages.findings_in_order(organisation_page(user, "cheshire", TODAY).findings.rows)
        lines = part.sections[0].findings
        assert [(line.word, line.colour, line.sign) for line in lines] == [
            ("Strength", "", "▲"),
            ("Cause of concern", "red", "▼"),
        ]

    def test_the_list_is_cut_and_leads_to_the_rest(self, inspector, user):
        force = make_organisation()
        inspection = make_inspection(force)
        for number in range(FINDINGS + 1):
            make_finding(inspection, slug=f"finding-{number}", title=f"Finding {number}")
        assert organisation_page(user, "cheshire", TODAY).findings.more
        page = inspector.get(reverse("force", args=["cheshire"])).content.decode()
        assert escape(reverse("inspections:finding_list") + "?organisation=cheshire") in page


class TestRecommendations:
    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"due_on": date(2026, 11, 21), "due_precision": "day"}, "21 November 2026 (overdue)"),
            ({"due_on": date(2026, 11, 22), "due_precision": "day"}, "22 November 2026"),
            ({"due_on": date(2026, 11, 1), "due_precision": "month"}, "November 2026"),
            ({"due_on": date(2025, 1, 1), "due_precision": "year"}, "2025 (overdue)"),
            ({"due_on": date(2024, 11, 1), "due_precision": "day", "status": "closed"}, "1 November 2024"),
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
        assert due_in_words(recommendation, TODAY) == words


class TestProfiles:
    def area(self, **profile) -> LocalPolicingArea:
        area = baker.make(LocalPolicingArea, name="Warrington")
        if profile:
            baker.make(LocalProfile, area=area, partners="Health\nEducation", **profile)
        return LocalPolicingArea.objects.select_related("profile").get()

    @pytest.mark.parametrize(
        ("refreshed", "words"),
        [
            (date(2025, 11, 22), "22 November 2025"),
            (date(2025, 11, 21), "21 November 2025 (next overdue since 21 November 2026)"),
            (date(2024, 2, 29), "29 February 2024 (next overdue since 28 February 2025)"),
        ],
    )
    def test_a_refresh_is_due_after_a_year(self, refreshed, words):
        assert refresh_in_words(self.area(refreshed_on=refreshed), TODAY) == words

    @pytest.mark.parametrize(
        ("reviewed", "words"),
        [
            (date(2023, 11, 22), "22 November 2023"),
            (date(2023, 11, 21), "21 November 2023 (next overdue since 21 November 2026)"),
            (None, "no full review recorded"),
        ],
    )
    def test_a_full_review_is_due_after_three_years(self, reviewed, words):
        area = self.area(refreshed_on=date(2026, 1, 1), fully_reviewed_on=reviewed)
        assert review_in_words(area, TODAY) == words

    def test_an_area_without_a_profile_says_so(self):
        area = self.area()
        assert refresh_in_words(area, TODAY) == review_in_words(area, TODAY) == "no profile recorded"


class TestPage:
    def test_cheshire_shows_both_grades_its_figures_and_its_areas_for_improvement(self, reference, inspector):
        page = inspector.get(reverse("force", args=["cheshire"])).content.decode()
        for expected in ("Adequate", "Good", "Ungraded", "PEEL 2017", "cannot be compared by arithmetic"):
            assert expected in page
        for figure in (">373<", ">312<", ">84 percent<"):
            assert figure in page.replace("\n", "").replace("  ", "")
        assert "Appendix 2, paragraph" in page
        newer, older = page.split('id="findings"')[1].split('id="recommendations"')[0].split("(PEEL 2017,")
        assert newer.count("Area for improvement<") == 1
        assert older.count("Area for improvement<") == 4

    def test_a_body_that_nothing_is_known_of_says_so(self, inspector):
        make_organisation()
        page = inspector.get(reverse("force", args=["cheshire"])).content.decode()
        for words in (
            "No data",
            "No finding about it is held here.",
            "No recommendation to it is held here.",
            "No data on monitoring by the inspectorate.",
            "No figure about it was published",
            "No local policing areas recorded.",
        ):
            assert words in page

    def test_only_forces_have_areas(self, inspector):
        make_organisation("NWROCU Unit", kind=OrganisationKind.ROCU)
        page = inspector.get(reverse("rocu", args=["nwrocu"])).content.decode()
        assert "Local policing areas" not in page

    def test_an_ended_body_keeps_its_page(self, north_west, inspector):
        make_member(north_west, valid_to=date(2024, 3, 31))
        response = inspector.get(reverse("force", args=["cheshire"]))
        assert response.status_code == 200
        assert "ended on 31 March 2024" in response.content.decode()

    @pytest.mark.parametrize("kind", list(OrganisationKind))
    def test_each_kind_has_its_address_and_others_lead_there(self, kind, inspector):
        make_organisation(kind=kind)
        assert inspector.get(reverse(kind.value, args=["cheshire"])).status_code == 200
        for other in set(OrganisationKind) - {kind}:
            response = inspector.get(reverse(other.value, args=["cheshire"]))
            assert (response.status_code, response.url) == (302, reverse(kind.value, args=["cheshire"]))

    def test_an_unknown_body_is_not_found(self, inspector):
        assert inspector.get(reverse("force", args=["nowhere"])).status_code == 404

    def test_a_parameter_is_named_and_nothing_is_shown(self, reference, inspector):
        response = inspector.get(reverse("force", args=["cheshire"]), {"year": "2017"})
        assert response.status_code == 400
        assert "“year”" in response.content.decode()
        assert "Adequate" not in response.content.decode()

    def test_queries_stay_below_the_bound_with_everything_there(
        self, north_west, inspector, django_assert_max_num_queries
    ):
        force = make_member(north_west)
        later = make_organisation("Later Police")
        baker.make(Succession, predecessor=force, successor=later, on=date(2024, 4, 1))
        inspection = make_inspection(force)
        grading = make_grading(inspection, force, "adequate")
        GRADINGS.change(grading, {"grade": "good"}, by=make_author(), reason="Why.", expected_version=1)
        for number in range(30):
            make_member(north_west, f"Force{number} Police")
            finding = make_finding(inspection, slug=f"finding-{number}")
            make_recommendation(finding, force)
            make_figure(force, f"measure-{number}", number)
            area = baker.make(LocalPolicingArea, organisation=force, name=f"Area {number}")
            baker.make(LocalProfile, area=area, refreshed_on=TODAY)
            baker.make(MonitoringPeriod, organisation=force, started_on=TODAY - timedelta(days=number))
        with django_assert_max_num_queries(14):
            assert inspector.get(reverse("force", args=["cheshire"])).status_code == 200
