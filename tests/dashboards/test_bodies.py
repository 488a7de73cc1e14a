"""The pages of a force, a regional unit or another body: six under one head."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind
from forces.models import Organisation, Succession
from inspections.escalation.models import MonitoringPeriod
from inspections.gradings.services import GRADINGS
from soc_tracker.dashboards.bodies.pages import PARTS
from soc_tracker.dashboards.bodies.queries import (
    get_head,
    list_body_gradings,
)
from soc_tracker.dashboards.gradings.pages import change_rows
from soc_tracker.dashboards.gradings.queries import grade_changes
from tests.dashboards.making import TODAY, make_figure, make_lead, page_of_force, read_csv, text_of
from tests.makers import (
    make_author,
    make_extract,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_plan,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
PAGES = [part for part, _, _ in PARTS]
OLD_ANCHORS = (
    "grades",
    "findings",
    "recommendations",
    "monitoring",
    "figures",
    "record",
    "published-against-recorded",
    "plans",
    "areas",
    "neighbours",
)
"""The parts of the one long page that there was, to which addresses were given out."""


def address(kind: str, part: str, slug: str = "cheshire") -> str:
    return reverse(f"{kind}_{part}" if part else kind, args=[slug])


class TestHead:
    def test_says_what_it_is_how_it_was_graded_last_and_what_is_not_closed(self, north_west, user):
        force = make_member(north_west)
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        inspection = make_inspection(force, newer)
        make_grading(inspection, force, "adequate")
        finding = make_finding(inspection, "cause_of_concern")
        past = {"due_on": TODAY - timedelta(days=1), "due_precision": "day"}
        make_recommendation(finding, force, 1, **past)
        make_recommendation(finding, force, 2, status="complete", **past)
        make_finding(inspection, slug="second")
        make_finding(inspection, slug="third", status="complete")
        make_finding(inspection, "promising_practice", slug="fourth")
        head = get_head(user, "cheshire", TODAY)
        assert (head.body, head.region) == (force, ("North West", "north-west"))
        assert (head.grade.grade.slug, head.grade.programme) == ("adequate", "PEEL 2022/23")
        assert (head.not_closed, head.overdue) == (3, 1)

    def test_an_ungraded_question_does_not_push_an_earlier_grade_out(self, north_west, user, inspector):
        force = make_member(north_west)
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        make_grading(make_inspection(force, newer), force, "ungraded")
        head = get_head(user, "cheshire", TODAY)
        assert (head.grade.grade.slug, head.grade.programme) == ("good", "PEEL 2017")
        assert head.grade.since.grade_id == "ungraded"
        words = text_of(page_of_force(inspector))
        assert "Good on serious and organised crime, PEEL 2017" in words
        assert "Ungraded since then, PEEL 2022/23" in words

    def test_no_grade_is_not_a_grade(self, user, inspector):
        make_organisation()
        assert get_head(user, "cheshire", TODAY).grade is None
        assert "No inspection held here No document held here grades it" in text_of(page_of_force(inspector))

    def test_a_body_of_today_has_not_ended(self, user):
        make_organisation(valid_to=TODAY)
        assert not get_head(user, "cheshire", TODAY).ended
        assert get_head(user, "cheshire", TODAY + timedelta(days=1)).ended

    @pytest.mark.parametrize("part", PAGES)
    def test_stands_on_every_page(self, part, reference, inspector):
        words = text_of(page_of_force(inspector, part))
        assert "Adequate on serious and organised crime, PEEL 2022/23 , published 10 November 2023" in words
        assert "5 not closed" in words

    def test_is_one_query(self, reference, user, django_assert_num_queries):
        get_head(user, "cheshire", TODAY)  # what the user may do is read once
        with django_assert_num_queries(1):
            head = get_head(user, "cheshire", TODAY)
            assert head.grade.url


class TestAddresses:
    @pytest.mark.parametrize("part", PAGES)
    def test_an_ended_body_keeps_its_pages(self, part, north_west, inspector):
        make_member(north_west, valid_to=date(2024, 3, 31))
        response = page_of_force(inspector, part)
        assert response.status_code == 200
        assert "ended on 31 March 2024" in response.content.decode()

    @pytest.mark.parametrize("part", PAGES)
    @pytest.mark.parametrize("kind", list(OrganisationKind))
    def test_each_kind_has_its_address_and_others_lead_there(self, kind, part, inspector):
        make_organisation(kind=kind)
        assert inspector.get(address(kind.page, part)).status_code == 200
        for other in {each.page for each in OrganisationKind} - {kind.page}:
            response = inspector.get(address(other, part))
            assert (response.status_code, response.url) == (302, address(kind.page, part))

    @pytest.mark.parametrize("part", PAGES)
    def test_an_unknown_body_is_not_found(self, part, inspector):
        assert inspector.get(address("force", part, "nowhere")).status_code == 404

    def test_an_unknown_page_is_not_found(self, inspector):
        make_organisation()
        assert inspector.get("/forces/cheshire/weather/").status_code == 404

    @pytest.mark.parametrize("part", PAGES)
    def test_a_parameter_is_named_and_nothing_is_shown(self, part, reference, inspector):
        response = page_of_force(inspector, part, year="2017")
        assert response.status_code == 400
        assert "“year”" in response.content.decode()
        assert "Adequate" not in response.content.decode()

    def test_a_day_of_the_long_page_leads_to_the_record(self, inspector):
        make_organisation()
        response = page_of_force(inspector, as_at="2023-01-04", data="recorded")
        assert (response.status_code, response.url) == (
            302,
            "/forces/cheshire/record/?as_at=2023-01-04&data=recorded",
        )

    def test_every_part_of_the_long_page_is_still_where_its_anchor_leads(self, north_west, inspector):
        make_member(north_west)
        html = page_of_force(inspector).content.decode()
        ids = re.findall(r'id="([^"]+)"', html)
        assert set(OLD_ANCHORS) <= set(ids)
        assert len(ids) == len(set(ids))

    def test_each_page_leads_to_the_others(self, inspector):
        make_organisation()
        for part in PAGES:
            html = page_of_force(inspector, part).content.decode()
            for other in filter(None, PAGES):
                assert f'href="/forces/cheshire/{other}/"' in html
            assert html.count('aria-current="page"') == 1


class TestOverview:
    def test_answers_first_what_must_change_by_when_and_how_it_stands(self, reference, inspector):
        words = text_of(inspector.get(reverse("force", args=["north-wales"])))
        first, second, third = (
            words.index(text) for text in ("What must change, by when", "Practice worth copying", "Key figures")
        )
        assert first < second < third
        assert "1 November 2024 (overdue)" in words
        assert "Published 10 November 2023, nothing later here" in words

    def test_what_earlier_programmes_found_is_counted_and_one_click_away(self, reference, inspector):
        current, older = page_of_force(inspector).content.decode().split('id="earlier"')
        assert current.count("Area for improvement</strong>") == 1
        older = older.split("</details>")[0]
        assert "4 older items, of earlier programmes, of which nothing later is known" in " ".join(older.split())
        assert older.count("Area for improvement</strong>") == 4
        assert "Published 22 March 2018, nothing later here" in older

    def test_of_many_older_items_the_rest_is_in_the_file(self, inspector):
        force = make_organisation()
        old = make_inspection(force, make_programme("four", "PEEL 2017", 2017))
        for number in range(32):
            make_finding(old, "area_for_improvement", organisation=force, region=None, title=f"Old {number}")
        make_finding(make_inspection(force), "promising_practice", tone="strength", organisation=force, region=None)
        words = text_of(page_of_force(inspector))
        assert "32 older items, of earlier programmes" in words
        assert "2 more are in the CSV of what must change." in words

    def test_shows_both_grades_and_warns_of_their_scales(self, reference, inspector):
        words = text_of(page_of_force(inspector))
        for expected in ("Adequate PEEL 2022/23", "Good PEEL 2017", "cannot be compared by arithmetic"):
            assert expected in words

    def test_shows_five_key_figures_with_their_day(self, reference, inspector):
        key = text_of(page_of_force(inspector)).split("Key figures")[1].split("Topics in")[0]
        assert "118, as at 4 January 2023" in key
        assert "373, 1 January 2022 to 31 December 2022, as at 13 July 2023" in key
        assert "84 percent" in key

    def test_a_body_that_nothing_is_known_of_says_so_in_a_line_each(self, inspector):
        make_organisation()
        words = text_of(page_of_force(inspector))
        for line in (
            "What must change: no inspection held here",
            "No inspection of it is held here.",
            "No open item is held here.",
            "No innovative or promising practice is held here.",
            "No grade is held here.",
            "No published figure about it is held here.",
            "Nothing is on record yet",
        ):
            assert line in words
        assert "<svg" not in page_of_force(inspector).content.decode()

    @pytest.mark.parametrize(
        ("taken_in", "head", "open_items"),
        [
            ("everything", "0 not closed", "Nothing that must change is open in the documents held here."),
            ("grades", "inspected, findings not taken in here", "its findings have not been taken in here."),
            ("part", "inspected, findings taken in here in part", "not all findings have been taken in here."),
        ],
    )
    def test_without_a_finding_it_says_whether_none_was_made(self, taken_in, head, open_items, inspector):
        force = make_organisation()
        make_inspection(force, taken_in=taken_in)
        words = text_of(page_of_force(inspector))
        assert head in words
        assert open_items in words
        nothing_was = "was published of it" in words or "Nothing that must change" in words
        assert nothing_was == (taken_in == "everything")

    def test_what_a_newer_inspection_found_is_not_told_from_an_older_one(self, inspector):
        """All of the older is held, and found nothing: of the newer only the grades are."""
        force = make_organisation()
        make_inspection(force, make_programme(name="Older", year=2018), taken_in="everything")
        make_inspection(force, make_programme(name="Newer", year=2024), taken_in="grades")
        assert "What must change: inspected, findings not taken in here" in text_of(page_of_force(inspector))

    def test_a_change_of_grade_is_shown_with_reason_author_and_both_grades(self, user, inspector):
        force = make_organisation()
        grading = make_grading(make_inspection(force), force, "adequate")
        grading = GRADINGS.change(
            grading, {"grade": "good"}, by=make_author(), reason="Corrected by the inspectorate.", expected_version=1
        )
        GRADINGS.change(
            grading, {"summary": "New words."}, by=make_author(), reason="Words only.", expected_version=grading.version
        )
        (row,) = change_rows(grade_changes(user, force), list_body_gradings(user, force).rows)
        change = row.change
        assert (change.before.slug, change.after.slug, change.who, change.reason) == (
            "adequate",
            "good",
            "Priya Shah",
            "Corrected by the inspectorate.",
        )
        assert row.grading == grading
        assert "Corrected by the inspectorate." in text_of(page_of_force(inspector))

    def test_changes_of_another_body_are_not_shown(self, user):
        other = make_organisation("Cumbria Constabulary")
        grading = make_grading(make_inspection(other), other, "adequate")
        GRADINGS.change(grading, {"grade": "good"}, by=make_author(), reason="Why.", expected_version=1)
        assert grade_changes(user, make_organisation()) == ()

    def test_needs_no_script(self, reference, inspector):
        make_extract(as_at=date(2023, 7, 13))
        make_lead(Organisation.objects.get(slug="cheshire"), pursue=2)
        html = page_of_force(inspector).content.decode()
        assert "plotly" not in html
        assert "<svg" in html

    @pytest.mark.parametrize("chart", ["grades", "must-change", "open-items", "topics", "quarters"])
    def test_every_part_is_a_file(self, chart, reference, inspector):
        make_extract(as_at=date(2023, 7, 13))
        make_lead(Organisation.objects.get(slug="cheshire"), pursue=2)
        html = page_of_force(inspector).content.decode()
        assert f'href="/bodies/cheshire/charts/{chart}.csv' in html or chart == "grades"
        head, rows = read_csv(inspector.get(reverse("body_chart_csv", args=["cheshire", chart])))
        assert head["Title"].startswith("Cheshire Constabulary: ")
        assert rows

    def test_there_is_no_other_file(self, inspector):
        make_organisation()
        assert inspector.get(reverse("body_chart_csv", args=["cheshire", "weather"])).status_code == 404
        assert inspector.get(reverse("body_chart_csv", args=["nowhere", "topics"])).status_code == 404
        assert inspector.get(reverse("body_chart_csv", args=["cheshire", "topics"]), {"year": "1"}).status_code == 400


@pytest.mark.parametrize("part", PAGES)
def test_queries_stay_below_the_bound_with_everything_there(part, north_west, inspector, django_assert_max_num_queries):
    force = make_member(north_west)
    later = make_organisation("Later Police")
    baker.make(Succession, predecessor=force, successor=later, on=date(2024, 4, 1))
    inspection = make_inspection(force)
    grading = make_grading(inspection, force, "adequate")
    GRADINGS.change(grading, {"grade": "good"}, by=make_author(), reason="Why.", expected_version=1)
    make_extract(as_at=date(2023, 7, 13))
    make_lead(force, pursue=3)
    for measure in ("lead-disruptions", "lead-disruptions-pursue-share", "soc-threats"):
        make_figure(force, measure, 3)
    make_plan(force)
    for number in range(30):
        make_member(north_west, f"Force{number} Police")
        finding = make_finding(inspection, slug=f"finding-{number}")
        make_recommendation(finding, force)
        make_figure(force, f"measure-{number}", number)
        area = baker.make(LocalPolicingArea, organisation=force, name=f"Area {number}")
        baker.make(LocalProfile, area=area, refreshed_on=TODAY)
        baker.make(MonitoringPeriod, organisation=force, started_on=TODAY - timedelta(days=number))
    page_of_force(inspector, part)
    with django_assert_max_num_queries({"plans": PLANS, "": AND_WHAT_IT_BECAME}.get(part, 12)):
        assert page_of_force(inspector, part).status_code == 200


PLANS, AND_WHAT_IT_BECAME = 20, 14
