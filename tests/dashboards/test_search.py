"""Search: every list of the site is asked by its own words filter, and each hit shows where the words stand."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from disruptions.record.services import correct_disruption
from forces.models import Alias
from forces.services import ALIASES
from inspections.findings.models import Topic
from soc_tracker.core.lists.directory import list_pages
from soc_tracker.core.lists.filter_fields import WordsFilter
from soc_tracker.core.text.normal import fold
from soc_tracker.dashboards.search.pages import LISTS, MOST
from tests.dashboards.making import make_figure, make_region, make_source
from tests.makers import (
    REASON,
    make_author,
    make_disruption,
    make_extract,
    make_finding,
    make_inspection,
    make_member,
    make_officer,
    make_order,
    make_organisation,
    make_partner,
    make_plan,
    make_programme,
    make_recommendation,
    make_site,
    make_threat,
)

pytestmark = pytest.mark.django_db
NOT_SEARCHED = {
    "plans4p:unplanned_list": "threats, which the list of threats has",
    "plans4p:unforeseen_list": "disruptions, which the list of disruptions has",
    "inspections:requirement_list": "findings and recommendations, which their own lists have",
    "inspections:response_list": "reports and the bodies that answer them, which their own lists have",
    "inspections:beside_list": "findings and recommendations, which their own lists have",
    "inspections:rung_list": "bodies, which their own lists have",
}


def searched(client: Client, text: str) -> HttpResponse:
    response = client.get(reverse("search"), {"q": text})
    assert response.status_code == 200
    return response


def found(client: Client, text: str) -> dict[str, str]:
    """The headings of the lists in which something was found, each with how many rows."""
    return {group.heading: group.number for group in searched(client, text).context["groups"]}


def titles(client: Client, text: str) -> list[str]:
    """What the hits are called."""
    groups = searched(client, text).context["groups"]
    return ["".join(piece for piece, _ in hit.title) for group in groups for hit in group.hits]


def test_every_list_with_a_words_filter_is_searched():
    with_words = {
        name
        for name, page in list_pages().items()
        if any(isinstance(each, WordsFilter) for each in page.filterset_class.base_filters.values())
    }
    assert with_words == {each.url_name for each in LISTS} | set(NOT_SEARCHED)


class TestNames:
    @pytest.mark.parametrize("text", ["cheshire", "CHESHIRE", "const chesh", "Cheshire Police", "pônce", "E23000006"])
    def test_a_force_is_found_by_part_of_any_of_its_names_and_by_its_ons_code(self, text, inspector):
        force = make_organisation(ons_code="E23000006")
        for name in ("Cheshire Police", "Ponce"):
            baker.make(Alias, organisation=force, name=name, normalised=name.lower())
        assert found(inspector, text) == {"Police forces": "1"}

    def test_a_welsh_name_finds_its_force_and_what_is_about_it(self, inspector):
        force = make_organisation("North Wales Police")
        ALIASES.create(organisation=force, name="Heddlu Gogledd Cymru", by=make_author(), reason=REASON)
        make_finding(make_inspection(force), title="Plans are weak")
        assert found(inspector, "gogledd cymru") == {"Police forces": "1", "Findings": "1", "Inspections": "1"}
        page = searched(inspector, "gogledd").content.decode()
        assert "Other name: Heddlu <mark>Gogledd</mark> Cymru" in page

    @pytest.mark.parametrize("text", ["Avon & Somerset", "avon and somerset", "Avon&Somerset"])
    def test_an_ampersand_is_the_word_and(self, text, inspector):
        make_organisation("Avon and Somerset Constabulary")
        assert found(inspector, text) == {"Police forces": "1"}

    @pytest.mark.parametrize("text", ["Dyfed-Powys", "dyfed powys", "DYFED–POWYS", "Dyfed‑Powys"])
    def test_hyphens_and_dashes_are_spaces(self, text, inspector):
        make_organisation("Dyfed-Powys Police")
        assert found(inspector, text) == {"Police forces": "1"}

    def test_bodies_of_each_kind_have_their_list(self, inspector):
        make_organisation("Anytown Police")
        make_organisation("Anytown Unit", kind="rocu", short_name="AU", slug="au")
        make_organisation("Anytown Agency", kind="other", short_name="AA", slug="aa")
        one_each = {"Police forces": "1", "Regional organised crime units": "1", "Other bodies": "1"}
        assert found(inspector, "anytown") == one_each

    def test_a_region_is_found_by_its_name(self, inspector):
        make_region()
        assert found(inspector, "north-west") == {"Regions": "1"}


class TestFacts:
    def test_all_words_must_occur_though_not_in_one_field(self, north_west, inspector):
        force = make_member(north_west)
        make_finding(make_inspection(force, make_programme()), title="Plans are weak", summary="Out of date.")
        assert found(inspector, "cheshire plans") == {"Findings": "1"}
        assert found(inspector, "plans date") == {"Findings": "1"}
        assert found(inspector, "plans missing") == {}

    def test_a_finding_is_found_by_its_topic_and_says_so(self, inspector):
        finding = make_finding(make_inspection(make_organisation()), title="Not vetted", summary="Late.")
        finding.topics.add(baker.make(Topic, name="County lines", description=""))
        assert "Topic: <mark>County</mark> <mark>lines</mark>" in searched(inspector, "county lines").content.decode()

    @pytest.mark.parametrize("text", ["13700000", "13,700,000", "£13,700,000", "cheshire 13700000"])
    def test_a_figure_is_found_by_its_number(self, text, inspector):
        make_figure(make_organisation(), "assets", 13_700_000)
        assert found(inspector, text) == {"Published figures": "1"}

    def test_a_number_is_the_whole_value_not_a_part_of_it(self, inspector):
        make_figure(make_organisation(), "arrests", 1312)
        assert found(inspector, "312") == {}

    @pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400", "%", "_", "££", "99999999999999999999"])
    def test_signs_and_absurd_numbers_find_nothing_and_break_nothing(self, text, inspector):
        make_figure(make_organisation(), "arrests", 1312, note="")
        assert found(inspector, text) == {}

    def test_recommendations_and_sources(self, inspector):
        force = make_organisation()
        make_recommendation(make_finding(make_inspection(force)), force)
        make_source("The PEEL report")
        assert found(inspector, "improve cheshire") == {"Recommendations": "1"}
        assert found(inspector, "peel report") == {"Sources": "1"}


class TestRecord:
    def test_everything_around_plans_is_found(self, inspector):
        force = make_organisation()
        make_officer(force, "Amy Fenland")
        make_plan(force, title="Fenland lines")
        make_partner("Fenland Trust", serves=[force])
        make_order(force, managing_unit="Fenland team")
        make_site(force, "Fenland estate")
        make_extract(file_name="fenland.csv")
        numbers = {
            "4P plans",
            "Partners",
            "Network of lead responsible officers",
            "Ancillary orders",
            "Clear, Hold, Build sites",
        }
        assert set(found(inspector, "fenland")) == {*numbers, "Extracts"}

    def test_each_kind_of_data_is_searched_and_told_apart(self, inspector):
        make_threat("OCG-1", name="Fenland")
        make_threat("OCG-2", name="Fenland", kind="illustrative")
        groups = searched(inspector, "fenland").context["groups"]
        assert [(group.kind_of_data, len(group.hits)) for group in groups] == [("recorded", 1), ("illustrative", 1)]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("OCG-1", ["OCG-1"]), ("ocg fenland", ["OCG-1"]), ("vul-2", ["VUL-2"]), ("vul", ["VUL-2"]), ("nothing", [])],
    )
    def test_threats_are_found_by_reference_and_name_also_where_only_disruptions_name_them(
        self, text, expected, inspector
    ):
        make_threat("OCG-1", name="Fenland")
        make_disruption("D", threat=make_threat("VUL-2", state=False))
        assert titles(inspector, text) == expected

    @pytest.mark.parametrize("text", ["DIS-1", "dis 1", "arrested", "cafe", "“café”"])
    def test_a_disruption_is_found_by_words_of_its_reference_and_summary(self, text, inspector):
        make_disruption("DIS-1", summary='Two people arrested at a "Café".')
        assert found(inspector, text) == {"Disruptions": "1"}

    def test_a_corrected_disruption_is_found_once_as_it_is_now(self, user, inspector):
        stored = make_disruption("DIS-1", summary="Before.")
        today = date(2023, 7, 13)
        correct_disruption(stored, {"summary": "Now."}, on=today, by=user, reason="Clearer.", expected_version=1)
        assert found(inspector, "dis-1") == {"Disruptions": "1"}
        assert found(inspector, "before") == {}

    if connection.vendor == "sqlite":  # PostgreSQL uses its index by itself

        def test_disruptions_are_only_looked_for_by_the_index_of_their_words(self, inspector):
            make_disruption("DIS-1", summary="Two people arrested.")
            with CaptureQueriesContext(connection) as queries:
                assert found(inspector, "arrested") == {"Disruptions": "1"}
            selects = [select for query in queries for select in query["sql"].split("UNION ALL")]
            by_words = [select for select in selects if '"disruptions_disruption"."folded" LIKE' in select]
            assert by_words
            assert [select for select in by_words if "MATCH" not in select] == []

    def test_that_short_words_leave_disruptions_out_is_said(self, inspector):
        make_disruption("DIS-1", summary="Of it.")
        page = searched(inspector, "of it").content.decode()
        assert "Disruptions are not among the results" in page
        assert "Disruptions are not among the results" not in searched(inspector, "of dis").content.decode()


class TestList:
    def test_a_few_of_each_kind_with_the_way_to_all(self, north_west, inspector):
        inspection = make_inspection(make_member(north_west))
        for number in range(MOST + 2):
            make_finding(inspection, slug=f"finding-{number}", title=f"Vetting {number}")
        (group,) = searched(inspector, "vetting").context["groups"]
        assert (len(group.hits), group.number, group.url) == (MOST, str(MOST + 2), "/findings/?q=vetting")
        assert f"All {MOST + 2} in the list" in searched(inspector, "vetting").content.decode()

    @pytest.mark.parametrize("text", ["fenland", "FENLÁND trust", "4p", "1"])
    def test_what_is_found_is_what_the_list_shows(self, text, inspector):
        """Whichever list: its first rows under the same words are the hits, and as many as search says."""
        force = make_organisation()
        for number in range(MOST + 1):
            make_threat(f"OCG-{number}", name="Fenland")
            make_partner(f"Fenland Trust {number}", serves=[force])
            make_plan(force, f"4P-{number}", title="Fenland", owner=None)
        groups = searched(inspector, text).context["groups"]
        assert groups
        for group in groups:
            page = inspector.get(group.url)
            assert page.context["page"].total == int(group.number)
            shown = page.content.decode()
            assert all(hit.url in shown for hit in group.hits)


LETTERS = "aàâ-– 'e’"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(LETTERS, min_size=3, max_size=12), st.data())
def test_a_text_is_found_by_any_part_of_it_however_that_is_written(inspector, text, data):
    """On both databases: the list and the search agree with what folding says."""
    with transaction.atomic():
        baker.make("forces.Region", name=f"x{text}", slug="r")
        first = data.draw(st.integers(0, len(text)))
        spelled = f"x{text}"[first : first + 4].upper().replace("-", "–").replace("'", "’")
        listed = inspector.get(reverse("forces:region_list"), {"q": spelled})
        assert len(listed.context["rows"]) == bool(fold(spelled))
        assert found(inspector, spelled).get("Regions", "0") == str(len(listed.context["rows"]))
        assert bool(listed.context["filter"].problems) == (bool(spelled.strip()) and not fold(spelled))
        transaction.set_rollback(True)


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Chesire", "Cheshire"),
            ("chehsire constabulary", "Cheshire Constabulary"),
            ("Cheshire polise", "Cheshire Police"),
            ("difed powis", "Dyfed Powys"),
            ("yuth futures", "Youth Futures"),
            ("vettting", "Vetting"),
        ],
    )
    def test_a_misspelt_name_leads_to_the_right_one(self, typed, meant, inspector):
        force = make_organisation()
        ALIASES.create(organisation=force, name="Cheshire Police", by=make_author(), reason=REASON)
        make_organisation("Dyfed-Powys Police")
        make_partner("Youth Futures Trust", serves=[force])
        make_finding(make_inspection(force)).topics.add(baker.make(Topic, name="Vetting", description=""))
        response = searched(inspector, typed)
        assert meant in response.context["suggestions"]
        assert found(inspector, meant)

    @pytest.mark.parametrize("text", ["Cheshire", "zzzzzzzz", "– –", "abc"])
    def test_nothing_is_suggested_where_something_is_found_or_nothing_is_alike(self, text, inspector):
        make_organisation()
        assert searched(inspector, text).context["suggestions"] == []

    def test_what_finds_nothing_is_not_suggested(self, inspector):
        baker.make(Topic, name="Vetting")
        assert searched(inspector, "vettting").context["suggestions"] == []


class Marks(HTMLParser):
    """What stands between <mark> and </mark>, and every element that is open when text comes."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.texts, self.elements = False, [], set()

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.inside |= tag == "mark"

    def handle_endtag(self, tag):
        self.inside &= tag != "mark"

    def handle_data(self, data):
        if self.inside:
            self.texts.append(data)


class TestPage:
    def test_each_hit_shows_where_the_words_stand(self, inspector):
        inspection = make_inspection(make_organisation())
        make_finding(
            inspection, title="Vétting is slow", summary="The force’s officers wait " + "long " * 40 + "indeed."
        )
        marks = Marks()
        marks.feed(searched(inspector, "vetting force's indeed").content.decode())
        assert marks.texts == ["Vétting", "force’s", "indeed"]

    def test_texts_are_never_markup(self, inspector):
        make_finding(make_inspection(make_organisation()), title="<blink>plan</blink> & <mark>", summary="<img>plan")
        page = searched(inspector, "plan").content.decode()
        marks = Marks()
        marks.feed(page)
        assert not {"blink", "img"} & marks.elements
        assert "&lt;blink&gt;<mark>plan</mark>&lt;/blink&gt; &amp; &lt;mark&gt;" in page

    def test_without_words_there_is_just_the_form(self, reference, inspector, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            page = inspector.get(reverse("search")).content.decode()
        assert 'name="q"' in page
        assert "soc-hit" not in page

    def test_finds_across_kinds_within_the_bound_of_queries(self, reference, inspector, django_assert_max_num_queries):
        with django_assert_max_num_queries(27):
            headings = found(inspector, "cheshire")
        assert {"Police forces", "Findings", "Published figures", "Inspections"} <= set(headings)

    def test_what_was_typed_stays_in_the_form_and_is_never_markup(self, inspector):
        text = '"><script>alert(1)</script>'
        page = searched(inspector, text).content.decode()
        assert escape(text) in page
        assert text not in page
        assert "Nothing holds all the words" in page

    @pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 201, "q=a&q=b", "text=a"])
    def test_what_is_not_understood_is_named(self, query, inspector):
        response = inspector.get(reverse("search") + "?" + query)
        assert response.status_code == 400
        assert "Nothing is shown until this is mended" in response.content.decode()

    @pytest.mark.parametrize("text", ["%", "_", "\\", "'", "  ", "a " * 99, "–", "\u00ad"])
    def test_odd_text_is_answered(self, text, reference, inspector):
        assert inspector.get(reverse("search"), {"q": text}).status_code == 200

    def test_dashes_alone_ask_for_nothing(self, inspector):
        make_organisation()
        assert "holds no word or number to look for" in searched(inspector, "–").content.decode()
