"""The home page: a grade in word and colour for every body, what is new, what is due."""

from datetime import date

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from inspections.choices import Grade, GradeScale
from inspections.programmes.models import Question
from soc_tracker.dashboards.home.pages import boxes, elsewhere, summary
from soc_tracker.dashboards.home.queries import DUE, NEWS, due, grade_map, latest_inspections
from tests.dashboards.making import TODAY, make_lead, make_region, text_of
from tests.makers import (
    make_extract,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
    make_threat,
)

pytestmark = pytest.mark.django_db


class TestMap:
    def test_every_body_has_a_tile_and_the_unit_stands_first(self, north_west, user):
        force = make_member(north_west)
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        programme = make_programme()
        make_grading(make_inspection(force, programme), force, "adequate")
        (box,) = boxes(grade_map(user, programme, TODAY))
        assert [(tile.name, tile.grade_text, tile.tag, tile.kind) for tile in box.tiles] == [
            ("NWROCU", "No data", "", "rocu"),
            ("Cheshire", "Adequate", "yellow", "force"),
        ]

    @pytest.mark.parametrize("grade", list(Grade))
    def test_each_grade_is_told_by_its_own_word(self, grade, north_west, user):
        force = make_member(north_west)
        programme = make_programme()
        make_grading(make_inspection(force, programme), force, grade)
        assert boxes(grade_map(user, programme, TODAY))[0].tiles[0].grade_text == grade.label

    def test_grades_of_another_programme_or_question_are_not_shown(self, north_west, user):
        force = make_member(north_west)
        older, newer = make_programme(GradeScale.FOUR, "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        inspection = make_inspection(force, newer)
        make_grading(inspection, force, "good", question=baker.make(Question, programme=newer, theme="other"))
        assert boxes(grade_map(user, newer, TODAY))[0].tiles[0].grade_text == "No data"

    def test_the_newest_of_two_gradings_of_one_programme_counts(self, north_west, user):
        force = make_member(north_west)
        programme = make_programme()
        question = baker.make(Question, programme=programme, theme="soc")
        for grade, day, slug in (("good", date(2023, 1, 1), "first"), ("inadequate", date(2023, 6, 1), "second")):
            inspection = (
                make_inspection(north_west, programme) if slug == "first" else make_inspection(force, programme)
            )
            type(inspection).objects.filter(pk=inspection.pk).update(published_on=day)
            make_grading(inspection, force, grade, question=question)
        assert boxes(grade_map(user, programme, TODAY))[0].tiles[0].grade_text == "Inadequate"

    def test_a_body_that_has_ended_leaves_its_region_but_not_the_page(self, north_west, user):
        force = make_member(north_west, valid_to=date(2024, 3, 31))
        programme = make_programme()
        make_grading(make_inspection(force, programme), force, "good")
        grades = grade_map(user, programme, TODAY)
        assert boxes(grades)[0].tiles == ()
        assert [(tile.name, tile.grade_text) for tile in elsewhere(grades)] == [("Cheshire", "Good")]

    def test_the_summary_counts_grades_and_keeps_no_data_apart(self, north_west, user):
        programme = make_programme()
        for name, grade in (("Cheshire Force", "good"), ("Cumbria Force", "ungraded"), ("Kent Force", None)):
            force = make_member(north_west, name)
            if grade:
                make_grading(make_inspection(force, programme), force, grade)
        assert summary(grade_map(user, programme, TODAY), programme) == (
            "In PEEL 2022/23, 1 of 3 bodies has a grade: 1 good and 1 ungraded. "
            "For 1 body there is no data, which says nothing about it."
        )

    def test_a_programme_without_gradings_says_that_there_is_no_data(self, north_west, user):
        make_member(north_west)
        programme = make_programme()
        assert summary(grade_map(user, programme, TODAY), programme).startswith("There is no data from PEEL 2022/23")


class TestDue:
    def recommendation(self, number: int = 1, **more):
        force = make_organisation(f"Force{number} Police")
        return make_recommendation(make_finding(make_inspection(force), slug=f"finding-{number}"), force, **more)

    def test_each_stands_where_its_date_puts_it(self, user):
        programme = make_programme()
        force = make_organisation()
        finding = make_finding(make_inspection(force, programme))
        past = make_recommendation(finding, force, 1, due_on=date(2024, 11, 1), due_precision="day")
        this_year = make_recommendation(finding, force, 2, due_on=date(2026, 1, 1), due_precision="year")
        yearless = make_recommendation(
            finding, force, 3, due_precision="year_not_stated", due_as_published="1 January, no year stated"
        )
        without = make_recommendation(finding, force, 4)
        make_recommendation(finding, force, 5, due_on=date(2024, 11, 1), due_precision="day", status="closed")
        found = due(user, TODAY)
        assert found.overdue.rows == (past,)
        assert found.coming.rows == (this_year,)
        assert found.undated.rows == (yearless, without)

    def test_lists_are_cut_and_say_so(self, user):
        force = make_organisation()
        finding = make_finding(make_inspection(force))
        for number in range(DUE + 1):
            make_recommendation(finding, force, number + 1, due_on=date(2024, 11, 1), due_precision="day")
        found = due(user, TODAY).overdue
        assert (len(found.rows), found.more) == (DUE, True)


def test_the_latest_inspections_come_newest_first_without_undated_ones(user):
    programme = make_programme()
    for number in range(NEWS + 2):
        inspection = make_inspection(make_organisation(f"Force{number} Police"), programme)
        day = date(2023, 1, number + 1) if number else None
        type(inspection).objects.filter(pk=inspection.pk).update(published_on=day)
    found = latest_inspections(user)
    assert [inspection.published_on.day for inspection in found] == [7, 6, 5, 4, 3]


class TestPage:
    def test_shows_the_newest_programme_unless_another_is_chosen(self, reference, inspector):
        page = inspector.get(reverse("home")).content.decode()
        assert "Grades in PEEL 2022/23" in page
        assert page.count("Outstanding</span>") == 2
        older = inspector.get(reverse("home"), {"programme": "peel-2017"}).content.decode()
        assert "Grades in PEEL 2017" in older
        assert '<option value="peel-2017" selected>' in older

    def test_an_unknown_programme_is_named_and_nothing_is_shown(self, reference, inspector):
        response = inspector.get(reverse("home"), {"programme": "peel-1999"})
        page = response.content.decode()
        assert response.status_code == 400
        assert "“peel-1999”" in page
        assert "peel-2022-23" in page
        assert "soc-tile" not in page

    def test_an_unknown_parameter_is_named(self, inspector):
        response = inspector.get(reverse("home"), {"colour": "green"})
        assert response.status_code == 400
        assert "“colour”" in response.content.decode()

    def test_an_empty_database_has_a_page_that_says_so(self, inspector):
        page = inspector.get(reverse("home")).content.decode()
        assert "No inspection programme is held here yet." in page
        assert "No inspection is held here yet." in page

    def test_says_that_a_year_is_not_stated(self, reference, inspector):
        page = inspector.get(reverse("home")).content.decode()
        assert "Year or date not stated: whether these are overdue cannot be told" in page
        assert "1 January, no year stated" in page

    def test_every_region_is_there_even_without_bodies(self, inspector):
        make_region("London", "london")
        make_programme()
        assert reverse("region", args=["london"]) in inspector.get(reverse("home")).content.decode()

    def test_strangers_are_asked_to_sign_in(self, client):
        assert client.get(reverse("home")).status_code == 302

    def test_nothing_is_written_through_it(self, inspector):
        assert inspector.post(reverse("home")).status_code == 405


class TestRecord:
    def test_is_told_in_one_line_with_its_day_and_kind(self, north_west, inspector):
        make_programme()
        force = make_member(north_west)
        make_extract(as_at=date(2023, 7, 13), kind="illustrative")
        make_threat("OCG-1", force, kind="illustrative")
        make_lead(force, pursue=2, kind="illustrative")
        make_lead(make_member(north_west, "Cumbria Constabulary"), prevent=1, kind="illustrative")
        make_member(north_west, "Lancashire Constabulary")
        words = text_of(inspector.get(reverse("home")))
        assert "Kind of data: Illustrative As at 13 July 2023" in words
        assert "1 threat on the master lists of these bodies. 3 lead disruptions by 2 of them." in words
        assert "These records are made up" in words

    def test_a_period_without_any_is_said_so(self, north_west, inspector):
        make_programme()
        make_lead(make_member(north_west), pursue=1, added_date=date(2024, 1, 5))
        assert "No lead disruptions on record in that period." in text_of(inspector.get(reverse("home")))

    def test_is_not_there_while_nothing_is_on_record(self, north_west, inspector):
        make_programme()
        make_member(north_west)
        assert "On record" not in text_of(inspector.get(reverse("home")))
