"""Search: every word must occur, in names, findings, figures or inspections."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import escape
from model_bakery import baker

from disruptions.services import correct_disruption
from forces.models import Alias
from soc_tracker.dashboards.presenters.search import groups, summary
from soc_tracker.dashboards.selectors.search import MOST, Results, search
from soc_tracker.dashboards.selectors.search_record import search_record
from tests.dashboards.making import make_figure, make_region
from tests.makers import (
    make_disruption,
    make_finding,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_threat,
)

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 13)


def found(results: Results) -> dict[str, int]:
    kinds = ("regions", "organisations", "findings", "figures", "inspections")
    return {kind: len(rows) for kind in kinds if (rows := getattr(results, kind).rows)}


class TestNames:
    @pytest.mark.parametrize("text", ["cheshire", "CHESHIRE", "const chesh", "Cheshire Police", "ponce"])
    def test_a_force_is_found_by_part_of_any_of_its_names(self, text, user):
        force = make_organisation()
        for name in ("Cheshire Police", "Ponce"):
            baker.make(Alias, organisation=force, name=name, normalised=name.lower())
        assert found(search(user, text)) == {"organisations": 1}

    def test_an_ampersand_is_the_word_and(self, user):
        make_organisation("Avon and Somerset Constabulary")
        assert found(search(user, "Avon & Somerset")) == {"organisations": 1}

    def test_several_aliases_do_not_show_a_force_twice(self, user):
        force = make_organisation()
        for number in range(3):
            baker.make(Alias, organisation=force, name=f"Cheshire {number}", normalised=f"cheshire {number}")
        assert found(search(user, "cheshire")) == {"organisations": 1}

    def test_a_region_is_found_by_its_name(self, user):
        make_region()
        assert found(search(user, "north west")) == {"regions": 1}


class TestFacts:
    def test_all_words_must_occur_though_not_in_one_field(self, north_west, user):
        force = make_member(north_west)
        make_finding(make_inspection(force, make_programme()), title="Plans are weak", summary="Out of date.")
        assert found(search(user, "cheshire plans")) == {"findings": 1}
        assert found(search(user, "plans date")) == {"findings": 1}
        assert found(search(user, "plans missing")) == {}

    @pytest.mark.parametrize("text", ["13700000", "13,700,000", "£13,700,000", "cheshire 13700000"])
    def test_a_figure_is_found_by_its_number(self, text, user):
        make_figure(make_organisation(), "assets", 13_700_000)
        assert found(search(user, text)) == {"figures": 1}

    def test_a_number_is_the_whole_value_not_a_part_of_it(self, user):
        make_figure(make_organisation(), "arrests", 1312)
        assert found(search(user, "312")) == {}

    @pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "%", "_", "££", "99999999999999999999"])
    def test_signs_and_absurd_numbers_find_nothing_and_break_nothing(self, text, user):
        make_figure(make_organisation(), "arrests", 1312, note="")
        assert found(search(user, text)) == {}

    def test_an_inspection_is_found_by_its_programme(self, user):
        make_inspection(make_organisation(), make_programme())
        assert found(search(user, "peel 2022/23")) == {"inspections": 1}

    def test_a_stranger_finds_nothing(self):
        make_organisation()
        assert found(search(AnonymousUser(), "cheshire")) == {}


class TestBounds:
    def test_at_most_twenty_of_a_kind_with_the_way_to_all(self, north_west, user):
        inspection = make_inspection(make_member(north_west))
        for number in range(MOST + 2):
            make_finding(inspection, slug=f"finding-{number}", title=f"Vetting {number}")
        results = search(user, "vetting")
        (group,) = groups(results, "vetting")
        assert (len(group.rows), group.all_url) == (MOST, "/findings/?q=vetting")
        assert summary([group], "vetting").endswith("Of each kind at most 20 are shown here.")

    def test_the_list_holds_all_of_what_was_found(self, reference, inspector, user):
        results = search(user, "cheshire")
        (url,) = [group.all_url for group in groups(results, "cheshire") if group.heading == "Findings"]
        listed = inspector.get(url + "&format=csv").getvalue().decode()
        assert len(listed.splitlines()) - 8 > MOST
        assert all(finding.slug in listed for finding in results.findings.rows)


class TestPage:
    def test_without_words_there_is_just_the_form(self, reference, inspector, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            page = inspector.get(reverse("search")).content.decode()
        assert 'name="q"' in page
        assert "<table" not in page

    def test_finds_across_kinds_within_the_bound_of_queries(self, reference, inspector, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            page = inspector.get(reverse("search"), {"q": "cheshire"}).content.decode()
        for heading in ("Forces, regional units and other bodies", "Findings", "Published figures", "Inspections"):
            assert heading in page

    def test_what_was_typed_stays_in_the_form_and_is_never_markup(self, inspector):
        text = '"><script>alert(1)</script>'
        page = inspector.get(reverse("search"), {"q": text}).content.decode()
        assert escape(text) in page
        assert text not in page
        assert "Nothing holds all the words" in page

    @pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 201, "q=a&q=b", "text=a"])
    def test_what_is_not_understood_is_named(self, query, inspector):
        response = inspector.get(reverse("search") + "?" + query)
        assert response.status_code == 400
        assert "Nothing is shown until this is mended" in response.content.decode()

    @pytest.mark.parametrize("text", ["%", "_", "\\", "'", "  ", "a " * 99])
    def test_odd_text_is_answered(self, text, reference, inspector):
        assert inspector.get(reverse("search"), {"q": text}).status_code == 200


class TestRecord:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("OCG-1", ["OCG-1"]),
            ("ocg- fenland", ["OCG-1"]),
            ("vul-2", ["VUL-2"]),  # only named, and found by its whole reference
            ("vul-", []),
            ("nothing", []),
        ],
    )
    def test_threats_are_found_by_reference_and_name(self, text, expected, user):
        make_threat("OCG-1", name="Fenland")
        make_threat("VUL-2", state=False)
        make_threat("PI-3")
        assert [threat.reference for threat in search_record(user, text, TODAY).threats.rows] == expected

    @pytest.mark.parametrize(("text", "number"), [("DIS-1", 1), ("dis-1", 1), ("DIS", 0), ("arrested", 0)])
    def test_a_disruption_is_found_by_its_whole_reference(self, text, number, user):
        make_disruption("DIS-1", summary="Two people arrested.")
        assert len(search_record(user, text, TODAY).disruptions.rows) == number

    def test_a_corrected_disruption_is_found_once_as_it_is_now(self, user):
        stored = make_disruption("DIS-1", size="minor")
        correct_disruption(stored, {"size": "major"}, on=TODAY, by=user, reason="Reassessed.", expected_version=1)
        assert [row.size for row in search_record(user, "DIS-1", TODAY).disruptions.rows] == ["major"]

    def test_one_kind_of_data_is_searched(self, user):
        make_threat("OCG-1", kind="illustrative")
        make_disruption("DIS-1", kind="illustrative")
        assert search_record(user, "OCG-1", TODAY).standpoint.kind == "illustrative"
        make_disruption("DIS-2", threat=make_threat("OCG-9"))
        assert search_record(user, "OCG-1", TODAY).threats.rows == ()

    def test_strangers_find_nothing(self):
        make_disruption("DIS-1")
        found = search_record(AnonymousUser(), "DIS-1", TODAY)
        assert (found.threats.rows, found.disruptions.rows) == ((), ())

    def test_the_page_shows_them_with_their_kind_of_data(self, inspector):
        make_threat("OCG-77", name="Fenland")
        html = inspector.get(reverse("search"), {"q": "fenland"}).content.decode()
        assert 'href="/threats/OCG-77/"' in html
        assert "Recorded" in html
        assert "/disruptions/?q=fenland" in html

    def test_more_threats_than_are_shown_are_a_link_away(self, inspector):
        for number in range(MOST + 1):
            make_threat(f"OCG-{number}", name="Fenland")
        (group,) = inspector.get(reverse("search"), {"q": "fenland"}).context["groups"]
        assert len(group.rows) == MOST
        assert inspector.get(group.all_url).context["page"].total == MOST + 1
