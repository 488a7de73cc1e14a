"""The directory: a grade in word and colour for every body, and what is on record of all of them."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Membership, Region
from forces.services import REGIONS
from inspections.gradings.models import Grading
from inspections.programmes.models import Question
from inspections.vocabularies.models import Grade
from soc_tracker.dashboards.directory.pages import boxes, summary
from soc_tracker.dashboards.directory.queries import get_grade_map
from tests.dashboards.making import TODAY, make_lead, make_region, text_of
from tests.makers import (
    make_author,
    make_extract,
    make_grading,
    make_inspection,
    make_member,
    make_programme,
    make_threat,
)

pytestmark = pytest.mark.django_db


class TestMap:
    def test_every_body_has_a_tile_and_the_unit_stands_first(self, north_west, user):
        force = make_member(north_west)
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        programme = make_programme()
        make_grading(make_inspection(force, programme), force, "adequate")
        (box,) = boxes(get_grade_map(user, programme, TODAY))
        assert [(tile.name, tile.grade_text, tile.tag, tile.kind) for tile in box.tiles] == [
            ("NWROCU", "No inspection held here", "", "rocu"),
            ("Cheshire", "Adequate", "yellow", "force"),
        ]

    def test_each_grade_is_told_by_its_own_word(self, north_west, user):
        force = make_member(north_west)
        programme = make_programme()
        grading = make_grading(make_inspection(force, programme), force)
        for grade in Grade.rows():
            Grading.objects.filter(pk=grading.pk).update(grade=grade)
            assert boxes(get_grade_map(user, programme, TODAY))[0].tiles[0].grade_text == grade.label

    def test_grades_of_another_programme_or_question_are_not_shown(self, north_west, user):
        force = make_member(north_west)
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        inspection = make_inspection(force, newer)
        make_grading(inspection, force, "good", question=baker.make(Question, programme=newer, theme="other"))
        assert boxes(get_grade_map(user, newer, TODAY))[0].tiles[0].grade_text == "Inspected, no grade taken in here"

    def test_without_a_choice_of_programme_each_body_has_its_latest_grade_with_its_date(self, north_west, user):
        cheshire, cumbria = make_member(north_west), make_member(north_west, "Cumbria Constabulary")
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(cheshire, older), cheshire, "good")
        make_grading(make_inspection(cumbria, newer), cumbria, "adequate")
        grades = get_grade_map(user, None, TODAY)
        assert [(tile.name, tile.grade_text, tile.when.split(",")[0]) for tile in boxes(grades)[0].tiles] == [
            ("Cheshire", "Good", "PEEL 2017"),
            ("Cumbria", "Adequate", "PEEL 2022/23"),
        ]
        assert summary(grades, None) == (
            "Whatever the programme, 2 of 2 bodies have a grade. "
            "Four grades (to 2018/19): 1 good. Five grades (from 2021/22): 1 adequate."
        )

    def test_an_ungraded_question_stands_beside_the_earlier_grade(self, north_west, user):
        force = make_member(north_west)
        older, newer = make_programme("four", "PEEL 2017", 2017), make_programme()
        make_grading(make_inspection(force, older), force, "good")
        make_grading(make_inspection(force, newer), force, "ungraded")
        (tile,) = boxes(get_grade_map(user, None, TODAY))[0].tiles
        assert (tile.grade_text, tile.tag) == ("Good", "teal")
        assert tile.since.startswith("Ungraded in PEEL 2022/23, ")

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
        assert boxes(get_grade_map(user, programme, TODAY))[0].tiles[0].grade_text == "Inadequate"

    def test_a_body_that_has_ended_leaves_its_region_but_not_the_page(self, north_west, user):
        force = make_member(north_west, valid_to=date(2024, 3, 31))
        programme = make_programme()
        make_grading(make_inspection(force, programme), force, "good")
        grades = get_grade_map(user, programme, TODAY)
        assert boxes(grades)[0].tiles == ()
        assert [(each.organisation.short_name, each.latest.label) for each in grades.elsewhere] == [
            ("Cheshire", "Good")
        ]

    def test_the_summary_counts_grades_and_keeps_no_data_apart(self, north_west, user):
        programme = make_programme()
        for name, grade in (("Cheshire Force", "good"), ("Cumbria Force", "ungraded"), ("Kent Force", None)):
            force = make_member(north_west, name)
            if grade:
                make_grading(make_inspection(force, programme), force, grade)
        assert summary(get_grade_map(user, programme, TODAY), programme) == (
            "In PEEL 2022/23, 1 of 3 bodies has a grade: 1 good and 1 ungraded. "
            "1 body: no inspection held here, which says nothing about it."
        )

    def test_a_programme_without_gradings_says_that_none_is_held(self, north_west, user):
        make_member(north_west)
        programme = make_programme()
        assert summary(get_grade_map(user, programme, TODAY), programme).startswith(
            "No grade from PEEL 2022/23 is held here"
        )

    @pytest.mark.parametrize(
        ("taken_in", "words"),
        [
            (None, "No inspection held here"),
            ("nothing", "Inspected, no grade taken in here"),
            ("part", "Inspected, no grade taken in here"),
            ("everything", "Inspected, no grade given"),
        ],
    )
    @pytest.mark.parametrize("of_region", [True, False])
    def test_without_a_grade_it_says_which(self, taken_in, words, of_region, north_west, user):
        force, programme = make_member(north_west), make_programme()
        if taken_in:
            inspection = make_inspection(north_west if of_region else force, programme)
            type(inspection).objects.update(taken_in=taken_in)
        for choice in (None, programme):
            assert boxes(get_grade_map(user, choice, TODAY))[0].tiles[0].grade_text == words
        other = make_programme("four", "PEEL 2017", 2017)
        assert boxes(get_grade_map(user, other, TODAY))[0].tiles[0].grade_text == "No inspection held here"

    def test_an_inspection_of_a_region_is_none_of_a_body_that_came_to_it_later(self, north_west, user):
        force = make_member(north_west)
        type(inspection := make_inspection(north_west, make_programme())).objects.update(published_on=date(2023, 1, 1))
        assert inspection.pk
        Membership.objects.filter(organisation=force).update(valid_from=date(2024, 4, 1))
        assert boxes(get_grade_map(user, None, TODAY))[0].tiles[0].grade_text == "No inspection held here"


class TestPlaces:
    def places(self, user, *given: str) -> list[str]:
        for number, place in enumerate(given):
            baker.make(Region, name=f"Region {number}", slug=f"region-{number}", place=place)
        return [box.place.replace("soc-tile-map__region--", "") for box in boxes(get_grade_map(user, None, TODAY))]

    def test_are_cells_from_one_to_another(self, user):
        assert self.places(user, "B5:C6", "C6:B7", "A1") == [
            "row-5 column-2 to-row-6 to-column-3",
            "",
            "row-1 column-1 to-row-1 to-column-1",
        ]

    def test_may_be_given_from_any_corner(self, user):
        assert self.places(user, "C6:B5") == ["row-5 column-2 to-row-6 to-column-3"]

    def test_a_region_without_one_is_there_too(self, user):
        assert self.places(user, "", "A2") == ["", "row-2 column-1 to-row-2 to-column-1"]

    @pytest.mark.parametrize("place", ["D1", "A0", "A1:", "A1:B2:C3", "a1", "north"])
    def test_others_are_refused(self, place):
        region = make_region()
        with pytest.raises(ValidationError, match="cell"):
            REGIONS.change(region, place=place, expected_version=1, by=make_author(), reason="A test")

    def test_no_style_knows_a_region(self, reference):
        styles = " ".join(path.read_text() for path in (settings.BASE_DIR / "static" / "src").glob("*.scss"))
        assert not [region.slug for region in Region.objects.all() if region.slug in styles]


class TestPage:
    def test_shows_the_latest_grades_unless_a_programme_is_chosen(self, reference, inspector):
        page = inspector.get(reverse("directory")).content.decode()
        assert "Latest grades on serious and organised crime" in page
        newest = inspector.get(reverse("directory"), {"programme": "peel-2022-23"}).content.decode()
        assert "Grades in PEEL 2022/23" in newest
        assert newest.count("Outstanding</span>") == 2
        older = inspector.get(reverse("directory"), {"programme": "peel-2017"}).content.decode()
        assert "Grades in PEEL 2017" in older
        assert '<option value="peel-2017" selected>' in older

    def test_an_unknown_programme_is_named_and_nothing_is_shown(self, reference, inspector):
        response = inspector.get(reverse("directory"), {"programme": "peel-1999"})
        page = response.content.decode()
        assert response.status_code == 400
        assert "“peel-1999”" in page
        assert "peel-2022-23" in page
        assert "soc-tile" not in page

    def test_an_unknown_parameter_is_named(self, inspector):
        response = inspector.get(reverse("directory"), {"colour": "green"})
        assert response.status_code == 400
        assert "“colour”" in response.content.decode()

    def test_an_empty_database_has_a_page_that_says_so(self, inspector):
        assert "No inspection programme is held here yet." in inspector.get(reverse("directory")).content.decode()

    def test_every_region_is_there_even_without_bodies(self, inspector):
        make_region("London", "london")
        make_programme()
        assert reverse("region", args=["london"]) in inspector.get(reverse("directory")).content.decode()

    def test_leads_to_every_list_of_bodies(self, inspector):
        page = inspector.get(reverse("directory")).content.decode()
        for kind in ("region", "force", "rocu", "other"):
            assert f'href="{reverse(f"forces:{kind}_list")}"' in page

    def test_strangers_are_asked_to_sign_in(self, client):
        assert client.get(reverse("directory")).status_code == 302

    def test_nothing_is_written_through_it(self, inspector):
        assert inspector.post(reverse("directory")).status_code == 405


class TestRecord:
    def test_is_told_in_one_line_with_its_day_and_kind(self, north_west, inspector):
        make_programme()
        force = make_member(north_west)
        make_extract(as_at=date(2023, 7, 13), kind="illustrative")
        make_threat("OCG-1", force, kind="illustrative")
        make_lead(force, pursue=2, kind="illustrative")
        make_lead(make_member(north_west, "Cumbria Constabulary"), prevent=1, kind="illustrative")
        make_member(north_west, "Lancashire Constabulary")
        words = text_of(inspector.get(reverse("directory")))
        assert "Kind of data: Illustrative As at 13 July 2023" in words
        assert "1 threat on the master lists of these bodies. 3 lead disruptions by 2 of them." in words
        assert "These records are made up" in words

    def test_a_period_without_any_is_said_so(self, north_west, inspector):
        make_programme()
        make_lead(make_member(north_west), pursue=1, added_date=date(2024, 1, 5))
        assert "No lead disruptions on record in that period." in text_of(inspector.get(reverse("directory")))

    def test_is_not_there_while_nothing_is_on_record(self, north_west, inspector):
        make_programme()
        make_member(north_west)
        assert "On record" not in text_of(inspector.get(reverse("directory")))
