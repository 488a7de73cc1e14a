"""Maps of areas: whose each area is on a day, how it is drawn, and what is said where there is none."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forces.choices import OrganisationKind, ReorganisationKind
from forces.models import Organisation
from forces.queries import get_lineage
from forces.services import OVERSIGHTS, REORGANISATIONS
from soc_tracker.dashboards.areas.charts import LOCATOR, MAP, letters_of, middle_of, sheet_of
from soc_tracker.dashboards.areas.queries import get_areas, get_boundaries, list_boundaries, whereabouts
from tests.dashboards.making import TODAY, make_region, text_of
from tests.makers import REASON, make_author, make_grading, make_inspection, make_member, make_programme

pytestmark = pytest.mark.django_db
CHESHIRE, CUMBRIA, KENT = "E23000006", "E23000002", "E23000032"
DAY = date(2024, 4, 1)


@pytest.fixture
def cheshire(north_west) -> Organisation:
    return make_member(north_west, ons_code=CHESHIRE)


@pytest.fixture
def cumbria(north_west) -> Organisation:
    return make_member(north_west, "Cumbria Constabulary", ons_code=CUMBRIA)


def become(kind: ReorganisationKind, new: str, *before: Organisation) -> None:
    values = {"kind": kind, "on": DAY, "predecessors": list(before), "new_bodies": new, "source": "An order"}
    REORGANISATIONS.create(values, by=make_author(), reason=REASON)


def owners(user, day: date = TODAY) -> dict[str, list[str]]:
    """The bodies that have each area, of those that somebody has."""
    return {area.code: [body.short_name for body in area.bodies] for area in get_areas(user, day).areas if area.bodies}


class TestWhose:
    def test_an_area_is_of_the_body_with_its_code(self, cheshire, cumbria, user):
        assert owners(user) == {CUMBRIA: ["Cumbria"], CHESHIRE: ["Cheshire"]}

    def test_the_areas_of_merged_bodies_are_of_the_one_that_they_became(self, cheshire, cumbria, user):
        become(ReorganisationKind.MERGER, "Border Police; Border", cheshire, cumbria)
        assert owners(user) == {CUMBRIA: ["Border"], CHESHIRE: ["Border"]}
        assert owners(user, date(2024, 3, 31)) == {CUMBRIA: ["Cumbria"], CHESHIRE: ["Cheshire"]}
        border = Organisation.objects.get(slug="border")
        assert whereabouts([border], get_lineage(), TODAY).whole == {CHESHIRE, CUMBRIA}

    def test_an_area_that_was_divided_is_of_several_together_and_of_each_in_part(self, cheshire, user):
        become(ReorganisationKind.SPLIT, "Dee Police; Dee\nWeaver Police; Weaver", cheshire)
        assert owners(user) == {CHESHIRE: ["Dee", "Weaver"]}
        dee, weaver = Organisation.objects.filter(slug__in=("dee", "weaver")).order_by("slug")
        lineage = get_lineage()
        assert whereabouts([dee], lineage, TODAY).partly == {CHESHIRE}
        assert whereabouts([dee], lineage, TODAY).whole == set()
        assert whereabouts([dee, weaver], lineage, TODAY).whole == {CHESHIRE}

    def test_a_renamed_body_keeps_its_area_and_its_code(self, cheshire, user):
        become(ReorganisationKind.RENAMING, "Mersey Dee Police; Mersey Dee", cheshire)
        assert owners(user) == {CHESHIRE: ["Mersey Dee"]}

    def test_a_code_given_to_another_body_later_does_not_bring_it_the_area_of_then(self, north_west, user):
        make_member(north_west, ons_code=CHESHIRE, valid_to=date(2024, 3, 31))
        make_member(north_west, "New Police", ons_code=CHESHIRE, valid_from=DAY)
        assert owners(user) == {CHESHIRE: ["Cheshire"]}

    def test_bodies_without_an_area_are_named_units_are_not(self, cheshire, north_west, user):
        make_member(north_west, "Railway Police", kind=OrganisationKind.OTHER)
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        make_member(north_west, "Old Police", valid_to=date(2020, 1, 1))
        assert [body.short_name for body in get_areas(user, TODAY).without] == ["Railway"]

    def test_every_force_of_the_reference_data_has_an_area_and_every_area_a_force(self, reference, user):
        areas = get_areas(user, TODAY)
        assert [body.kind for body in areas.without] == [OrganisationKind.FORCE]  # of the railways
        assert [area.name for area in areas.areas if len(area.bodies) != 1] == []

    def test_boundaries_say_their_day_and_whose_they_are(self):
        for each in list_boundaries():
            assert "Open Government Licence" in each.licence
            assert each.attribution
            assert get_boundaries(each.as_at) == each
        assert get_boundaries(date(1900, 1, 1)) == list_boundaries()[-1]


class TestDrawing:
    def test_areas_lie_within_the_sheet_and_every_one_has_a_shape(self):
        for height in (MAP, LOCATOR):
            sheet = sheet_of(0, height)
            within, city = sheet.shapes["E23000001"], sheet.shapes["E23000034"]
            assert abs(within.x - city.x) + abs(within.y - city.y) < height / 40
            assert sheet.shapes.keys() == list_boundaries()[0].outlines.keys()
            for shape in sheet.shapes.values():
                assert 0 <= shape.x <= sheet.width
                assert 0 <= shape.y <= sheet.height
                assert re.fullmatch(r"(M\d+ \d+l[-0-9 ]+z)+", shape.path) or shape.is_small

    def test_north_is_up_and_east_is_right(self):
        shapes = sheet_of(0, MAP).shapes
        assert shapes[CUMBRIA].y < shapes[CHESHIRE].y < shapes[KENT].y
        assert shapes[CUMBRIA].x < shapes[KENT].x

    def test_the_maps_are_light(self):
        assert sum(len(shape.path) for shape in sheet_of(0, MAP).shapes.values()) < 40_000
        assert sum(len(shape.path) for shape in sheet_of(0, LOCATOR).shapes.values()) < 20_000

    def test_the_middle_is_the_centre_of_gravity(self):
        assert middle_of([(0, 0), (6, 0), (6, 4), (0, 4), (0, 0)]) == (3, 2)
        assert middle_of([(5, 7), (5, 7)]) == (5, 7)

    def test_letters_are_initials(self):
        labels = ("Good", "Requires improvement", "Inadequate", "Good")
        assert letters_of(labels) == {"Good": "G", "Requires improvement": "RI", "Inadequate": "I"}
        assert letters_of(("Good", "Great")) == {"Good": "Goo", "Great": "Gre"}

    @given(st.lists(st.text("abcdefgh ", min_size=1).filter(str.strip), max_size=8, unique_by=str.strip))
    def test_letters_tell_all_words_apart(self, labels):
        letters = letters_of(labels)
        assert len(set(letters.values())) == len(letters)


def links(html: str) -> dict[str, str]:
    """Where each area of the map leads, by what it says."""
    return {
        unescape(words): url
        for url, words in re.findall(r'<a href="([^"]+)"\s+class="soc-area [^"]+">\s*<title>([^<]+)<', html)
    }


class TestMap:
    def page(self, client, **query) -> str:
        response = client.get(reverse("directory"), {"map": "areas"} | query)
        assert response.status_code == 200
        return response.content.decode()

    def test_each_area_leads_to_its_body_and_says_its_grade_and_date(self, cheshire, cumbria, inspector):
        inspection = make_inspection(cheshire, make_programme(), published_on=date(2023, 11, 1))
        make_grading(inspection, cheshire, "adequate")
        page = self.page(inspector)
        assert links(page) == {
            "Cheshire: Adequate, PEEL 2022/23, 1 November 2023": "/forces/cheshire/",
            "Cumbria: No inspection held here": "/forces/cumbria/",
        }
        assert "soc-area--yellow" in page
        assert "soc-tile-map" not in page
        assert "no body on record here has this area" in page

    def test_the_same_stands_beside_it_as_text_with_what_has_no_area(self, cheshire, north_west, inspector):
        make_programme()
        make_member(north_west, "NWROCU Unit", kind=OrganisationKind.ROCU)
        make_member(north_west, "Railway Police", kind=OrganisationKind.OTHER)
        words = text_of(inspector.get(reverse("directory"), {"map": "areas"}))
        assert "NWROCU More No inspection held here – North West" in words
        assert "Without an area on this map: Railway ." in words
        assert get_boundaries(TODAY).attribution in words

    def test_tiles_stay_the_default_and_the_switch_keeps_the_programme(self, cheshire, inspector):
        programme = make_programme()
        page = inspector.get(reverse("directory"), {"programme": programme.slug}).content.decode()
        assert "soc-tile-map" in page
        assert f'href="/directory/?map=areas&amp;programme={programme.slug}"' in page
        assert f'href="/directory/?programme={programme.slug}"' in self.page(inspector, programme=programme.slug)

    def test_a_divided_area_says_so_and_leads_to_what_it_was(self, cheshire, inspector):
        make_programme()
        become(ReorganisationKind.SPLIT, "Dee Police; Dee\nWeaver Police; Weaver", cheshire)
        assert links(self.page(inspector)) == {
            "Cheshire, now Dee and Weaver: where the line between them runs is not held here": "/forces/cheshire/"
        }

    def test_an_unknown_map_is_refused(self, inspector):
        make_programme()
        response = inspector.get(reverse("directory"), {"map": "globe"})
        assert response.status_code == 400
        assert "“globe”" in response.content.decode()

    def test_the_front_page_leads_to_it(self, inspector):
        response = inspector.get(reverse("home"), {"map": "areas"})
        assert response.url == f"{reverse('directory')}?map=areas"

    def test_nothing_is_styled_within_the_page(self, reference, inspector):
        assert not re.findall(r"<[^>]+ style=|<style", self.page(inspector))


class TestLocator:
    def words(self, client, name: str, slug: str) -> str:
        return text_of(client.get(reverse(name, args=[slug])))

    def test_of_a_force_shows_its_area(self, cheshire, inspector):
        page = inspector.get(reverse("force", args=["cheshire"])).content.decode()
        assert 'aria-label="Where Cheshire Constabulary is"' in page
        assert (
            f'class="soc-locator__here" fill-rule="evenodd" d="{sheet_of(0, LOCATOR).shapes[CHESHIRE].path}"'
            in " ".join(page.split())
        )

    @pytest.mark.parametrize("kind", [OrganisationKind.ROCU, OrganisationKind.OTHER])
    def test_of_what_works_for_a_region_shows_the_areas_of_its_forces(
        self, kind, cheshire, cumbria, north_west, inspector
    ):
        unit = make_member(north_west, "Joint Unit", kind=kind)
        page = inspector.get(unit.get_absolute_url()).content.decode()
        shapes = sheet_of(0, LOCATOR).shapes
        assert f'd="{shapes[CUMBRIA].path}{shapes[CHESHIRE].path}"' in page

    def test_of_who_answers_for_others_shows_theirs(self, cheshire, inspector):
        body = make_member(make_region("South", "south"), "Mayor Office", kind=OrganisationKind.POLICING)
        OVERSIGHTS.create(organisation=cheshire, responder=body, by=make_author(), reason=REASON)
        assert (
            f'd="{sheet_of(0, LOCATOR).shapes[CHESHIRE].path}"'
            in inspector.get(body.get_absolute_url()).content.decode()
        )

    def test_of_a_region_shows_its_bodies(self, cheshire, cumbria, inspector):
        become(ReorganisationKind.MERGER, "Border Police; Border", cheshire, cumbria)
        page = inspector.get(reverse("region", args=["north-west"])).content.decode()
        shapes = sheet_of(0, LOCATOR).shapes
        assert 'aria-label="Where North West is"' in page
        assert f'd="{shapes[CUMBRIA].path}{shapes[CHESHIRE].path}"' in page

    def test_of_part_of_an_area_says_so(self, cheshire, inspector):
        become(ReorganisationKind.SPLIT, "Dee Police; Dee\nWeaver Police; Weaver", cheshire)
        assert "Of the hatched area only a part is its own" in self.words(inspector, "force", "dee")
        assert "hatched" not in self.words(inspector, "force", "cheshire")

    def test_without_an_area_it_says_so(self, inspector, north_west):
        make_member(north_west, "Railway Police", kind=OrganisationKind.OTHER)
        assert "No area of the map of police force areas is its own." in self.words(inspector, "other", "railway")

    def test_a_small_area_is_marked_by_a_dot(self, reference, inspector):
        page = inspector.get(reverse("force", args=["city-of-london"])).content.decode()
        assert page.count("soc-locator__dot") == 1
