"""What a body is: names, links to other bodies, areas and their profiles."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from model_bakery import baker

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind, SuccessionKind
from forces.models import Alias, Membership, Organisation, Oversight, Succession
from inspections.sources.models import SourceDocument
from soc_tracker.dashboards.about.pages import area_row, key_facts
from soc_tracker.dashboards.about.queries import Relation, links_of, list_other_names, list_sizes
from tests.dashboards.making import TODAY, make_region
from tests.makers import make_member, make_organisation, make_size

pytestmark = pytest.mark.django_db


def facts_of(user, slug: str = "cheshire") -> list[tuple[str, ...]]:
    body = Organisation.objects.get(slug=slug)
    sizes = list_sizes(user, body, params=QueryDict()).rows
    return key_facts(body, links_of(user, body, TODAY), sizes, list_other_names(user, body), TODAY)


def linked(user, body, relation: Relation) -> list[str]:
    return [link.url for link in links_of(user, body, TODAY) if link.relation == relation]


class TestNamesAndLinks:
    def test_other_names_leave_out_the_body_s_own(self, north_west, user):
        force = make_member(north_west)
        baker.make(Alias, organisation=force, name="Cheshire Police", normalised="cheshire police")
        assert list_other_names(user, force) == ["Cheshire Police"]
        assert ("Also known as", "Cheshire Police") in facts_of(user)

    def test_neighbours_are_those_who_share_the_region_today(self, north_west, user, inspector):
        force = make_member(north_west)
        make_member(north_west, "Cumbria Constabulary")
        make_member(north_west, "Ended Police", valid_to=date(2020, 1, 1))
        make_member(make_region("London", "london"), "Metropolitan Police")
        assert linked(user, force, Relation.NEIGHBOUR) == ["/forces/cumbria/"]
        assert linked(user, force, Relation.REGION) == ["/regions/north-west/"]
        page = inspector.get(reverse("force_about", args=["cheshire"])).content.decode()
        assert ">Cumbria Constabulary</a>" in page

    def test_what_it_was_and_became_is_told_with_the_day(self, north_west, user):
        force = make_member(north_west, valid_to=date(2024, 3, 31))
        earlier, later = make_organisation("Earlier Police"), make_organisation("Later Police")
        baker.make(Succession, predecessor=earlier, successor=force, kind=SuccessionKind.RENAMED, on=date(2000, 4, 1))
        baker.make(Succession, predecessor=force, successor=later, kind=SuccessionKind.MERGED, on=date(2024, 4, 1))
        facts = {row[0]: row[1:] for row in facts_of(user)}
        assert facts["Formerly"] == ("Earlier Police, 1 April 2000", "/forces/earlier/")
        assert facts["Merged into"] == ("Later Police, 1 April 2024", "/forces/later/")
        assert facts["Existed"] == ("until 31 March 2024",)

    def test_the_local_policing_body_stands_with_its_time(self, north_west, user):
        force = make_member(north_west)
        policing = {"kind": OrganisationKind.POLICING}
        then, now = make_organisation("Commissioner of Cheshire", **policing), make_organisation("Mayor", **policing)
        baker.make(Oversight, organisation=force, responder=then, valid_to=date(2024, 3, 31))
        baker.make(Oversight, organisation=force, responder=now, valid_from=date(2024, 4, 1))
        facts = {row[0]: row[1:] for row in facts_of(user)}
        assert facts["Local policing body until 31 March 2024"] == ("Commissioner of Cheshire", "/bodies/commissioner/")
        assert facts["Local policing body"] == ("Mayor", "/bodies/mayor/")
        assert ("Answers for", "Cheshire Constabulary", "/forces/cheshire/") in facts_of(user, "mayor")

    @pytest.mark.parametrize("kind", list(SuccessionKind))
    def test_every_kind_of_succession_has_words_in_both_directions(self, kind, user):
        old, new = make_organisation("Old Police"), make_organisation("New Police")
        baker.make(Succession, predecessor=old, successor=new, kind=kind, on=date(2024, 4, 1))
        assert facts_of(user, "old")[0][0] == kind.label
        assert facts_of(user, "new")[0][0] == SuccessionKind(kind).before

    def test_an_earlier_region_is_shown_with_its_time(self, north_west, user):
        force = make_organisation()
        baker.make(Membership, organisation=force, region=north_west, valid_to=date(2020, 3, 31))
        assert facts_of(user) == [("Region until 31 March 2020", "North West", "/regions/north-west/")]

    def test_population_and_officers_stand_with_their_dates(self, user):
        body = make_organisation()
        make_size(body, "population", 1_000_000, date(2001, 4, 29))
        make_size(body, "population", 1_027_709, date(2011, 3, 27))
        make_size(body, "officers", "2009.65", date(2019, 9, 30))
        assert facts_of(user) == [
            ("Population", "1,027,709 as at 27 March 2011"),
            ("Officers (full-time equivalent)", "2,009.65 as at 30 September 2019"),
        ]

    def test_each_size_stands_with_its_source_and_a_reason_against_rates(self, inspector):
        body, table = make_organisation(), baker.make(SourceDocument, title="Census tables", slug="census")
        make_size(body, "population", 7_375, date(2011, 3, 27), source=table, no_rate_because="Few live here.")
        page = inspector.get(reverse("force_about", args=["cheshire"])).content.decode()
        for text in ("7,375", "27 March 2011", "Census tables", "/sources/census/", "table 1", "Few live here."):
            assert text in page
        assert "No rate is worked out, because" in page

    def test_nothing_is_said_of_rates_where_none_is_refused(self, inspector):
        make_size(make_organisation(), "population", 1_027_709, date(2011, 3, 27))
        assert "No rate" not in inspector.get(reverse("force_about", args=["cheshire"])).content.decode()


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
        assert area_row(self.area(refreshed_on=refreshed), TODAY).refreshed == words

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
        assert area_row(area, TODAY).reviewed == words

    def test_an_area_without_a_profile_says_so(self):
        row = area_row(self.area(), TODAY)
        assert row.refreshed == row.reviewed == "no profile recorded"

    def test_only_forces_have_areas(self, inspector):
        make_organisation()
        make_organisation("NWROCU Unit", kind=OrganisationKind.ROCU)
        force = inspector.get(reverse("force_about", args=["cheshire"])).content.decode()
        assert "No local policing areas recorded." in force
        unit = inspector.get(reverse("rocu_about", args=["nwrocu"])).content.decode()
        assert "Local policing areas" not in unit
