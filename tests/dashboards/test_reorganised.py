"""Bodies that became others: what the pages show of them, on the boundaries of then and of now."""

import csv
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from forces.choices import OrganisationKind, ReorganisationKind
from forces.models import Organisation, Region
from forces.queries import get_lineage
from forces.services import REGIONS, REORGANISATIONS
from inspections.programmes.models import Programme
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.record.queries import ChosenPeriod, record_side
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.dashboards.making import counts_of, make_figure, make_lead
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 1)
YEAR = ChosenPeriod(date(2022, 1, 1), date(2022, 12, 31))
OF_2022 = {"from": "2022-01-01", "to": "2022-12-31", "as_at": "2023-12-31"}


@pytest.fixture
def cumbria(north_west) -> Organisation:
    return make_member(north_west, "Cumbria Constabulary")


@pytest.fixture
def cheshire(north_west, cumbria) -> Organisation:
    """With a grade, an open recommendation, a figure and records, as Cumbria has records."""
    force = make_member(north_west, "Cheshire Constabulary")
    inspection = make_inspection(north_west)
    make_grading(inspection, force, "good")
    finding = make_finding(inspection, "cause_of_concern", title="Too few analysts", organisation=force, region=None)
    make_recommendation(finding, force)
    make_figure(force, "soc-threats", 78)
    make_lead(force, pursue=3)
    make_lead(cumbria, start=100, pursue=2)
    return force


def reorganise(kind: ReorganisationKind, before: list[Organisation], new: str = "", **more: Any) -> None:
    values = {"kind": kind, "on": DAY, "predecessors": before, "new_bodies": new, "source": "An order"} | more
    REORGANISATIONS.create(values, by=make_author(), reason=REASON)


def merge(*bodies: Organisation) -> None:
    reorganise(ReorganisationKind.MERGER, list(bodies), "Border Police; Border")


def text_of(client, name: str, slug: str, **query) -> str:
    response = client.get(reverse(name, args=[slug]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


PARTS = ("force", "force_inspections", "force_figures", "force_record", "force_plans", "force_about")


@pytest.mark.parametrize("name", PARTS)
def test_old_and_new_pages_lead_to_one_another(name, cheshire, cumbria, inspector):
    merge(cheshire, cumbria)
    old, new = text_of(inspector, name, "cheshire"), text_of(inspector, name, "border")
    assert 'Merged into <a class="govuk-link" href="/forces/border/">Border Police</a>, 1 April 2024.' in old
    assert "Cheshire Constabulary ended on 31 March 2024" in old
    assert ">Cheshire Constabulary</a> and <a" in new


def test_what_is_to_come_is_said(cheshire, cumbria, inspector):
    reorganise(ReorganisationKind.RENAMING, [cheshire], "Dee Police; Dee", on=date(2099, 4, 1))
    assert "To be: Renamed to" in text_of(inspector, "force", "cheshire")
    assert "Formerly" not in text_of(inspector, "force", "dee")


def test_what_was_published_before_stands_with_the_successor_as_theirs(cheshire, cumbria, inspector):
    merge(cheshire, cumbria)
    overview = text_of(inspector, "force", "border")
    assert "Not graded itself" in overview
    assert "Cheshire (to 31 March 2024)" in overview
    assert "78, 1 January 2022 to 31 December 2022, as at 13 July 2023" in overview
    inspections = text_of(inspector, "force_inspections", "border")
    assert "Cheshire (to 31 March 2024): " in inspections
    assert "Too few analysts" in inspections
    assert "Cheshire Constabulary" in text_of(inspector, "force_figures", "border")


@pytest.mark.parametrize("name", ["region", "region_findings", "region_figures"])
def test_a_region_keeps_what_was_published_of_those_that_were_in_it(name, cheshire, cumbria, inspector):
    merge(cheshire, cumbria)
    assert "(to 31 March 2024)" in text_of(inspector, name, "north-west")


def test_the_sheets_say_what_was_there_before(cheshire, cumbria, inspector):
    merge(cheshire, cumbria)
    sheet = text_of(inspector, "body_summary", "border")
    assert "each has its own sheet" in sheet
    assert "Cheshire Constabulary (to 31 March 2024)" in text_of(inspector, "region_summary", "north-west")


def test_what_is_open_of_those_that_were_in_a_region_has_a_list_of_its_own(cheshire, cumbria, inspector):
    inspection = make_inspection(cumbria, Programme.objects.get())
    make_finding(inspection, "area_for_improvement", title="Weak plans", organisation=cumbria)
    reorganise(ReorganisationKind.RENAMING, [cheshire], "Dee Police; Dee")
    counts = counts_of(inspector.get(reverse("region", args=["north-west"])).content.decode())
    assert [number for _, number in counts] == [1, 2]
    for url, number in counts:
        assert inspector.get(url).context["page"].total == number


def test_a_body_that_moved_stays_with_both_regions(cheshire, inspector):
    east = REGIONS.create(name="East", slug="east", by=make_author(), reason=REASON)
    reorganise(ReorganisationKind.MOVE, [cheshire], region=east)
    assert "Cheshire (to 31 March 2024)" in text_of(inspector, "region", "north-west")
    assert "Cheshire" in text_of(inspector, "region", "east")
    assert "Cheshire (to" not in text_of(inspector, "region", "east")
    north_west, east_of_then = (
        text_of(inspector, "region_record", name, boundaries="then", **OF_2022) for name in ("north-west", "east")
    )
    assert "organisation=cheshire" in north_west
    assert "organisation=cheshire" not in east_of_then
    assert "organisation=cheshire" in text_of(inspector, "region_record", "east", boundaries="now", **OF_2022)


class TestBoundaries:
    @pytest.mark.parametrize(("name", "slug"), [("force_record", "border"), ("region_record", "north-west")])
    def test_of_now_counts_with_the_successor_what_of_then_counts_apart(self, name, slug, cheshire, cumbria, inspector):
        merge(cheshire, cumbria)
        then = text_of(inspector, name, slug, boundaries="then", **OF_2022)
        now = text_of(inspector, name, slug, boundaries="now", **OF_2022)
        assert ">Cheshire" in then
        assert "counted with it" in now
        query = "&organisation=border&organisation=cheshire&organisation=cumbria"
        assert query in now.replace("&amp;", "&")

    def test_the_file_is_on_the_boundaries_of_the_page(self, cheshire, cumbria, inspector):
        merge(cheshire, cumbria)
        url = reverse("region_record_csv", args=["north-west", "threats-and-disruptions"])
        now = inspector.get(url, {"boundaries": "now", **OF_2022})
        assert now.status_code == 200, url

    def test_a_comparison_is_on_either(self, cheshire, cumbria, inspector):
        merge(cheshire, cumbria)
        query = {"organisation": ["cheshire", "cumbria"], **OF_2022}
        then = inspector.get(reverse("compare"), query).content.decode()
        now = inspector.get(reverse("compare"), {**query, "boundaries": "now"}).content.decode()
        assert "boundaries=now" not in then
        counted = "organisation=border&organisation=cheshire&organisation=cumbria"
        assert counted in now.replace("&amp;", "&")
        assert ">5</a>" in now

    def test_what_was_split_stays_by_itself(self, cheshire, inspector):
        reorganise(ReorganisationKind.SPLIT, [cheshire], "East Cheshire Police; East Cheshire\nWest Cheshire Police")
        for boundaries in ("then", "now"):
            page = text_of(inspector, "force_record", "east-cheshire", boundaries=boundaries, **OF_2022)
            assert "Cheshire (to 31 March 2024)" in page

    def test_a_region_has_the_same_sum_on_both_whatever_became_several(self, cheshire, cumbria, inspector):
        merge(cheshire, cumbria)
        border = Organisation.objects.get(slug="border")
        parts = "East Border Police; East Border\nWest Border Police; West Border"
        reorganise(ReorganisationKind.SPLIT, [border], parts, on=date(2025, 4, 1))
        rows = {boundaries: region_rows(inspector, boundaries) for boundaries in ("then", "now")}
        assert rows["then"]["These bodies together"] == rows["now"]["These bodies together"] == 5
        assert rows["now"]["Border (to 31 March 2025)"] == 5
        page = text_of(inspector, "region_record", "north-west", boundaries="now", **OF_2022)
        assert "Border (to 31 March 2025) became several" in page

    def test_of_what_became_several_in_two_regions_no_sum_of_now_speaks(self, cheshire, inspector):
        reorganise(ReorganisationKind.SPLIT, [cheshire], "East Cheshire Police; East Cheshire\nWest Cheshire Police")
        east = REGIONS.create(name="East", slug="east", by=make_author(), reason=REASON)
        moved = Organisation.objects.get(slug="east-cheshire")
        reorganise(ReorganisationKind.MOVE, [moved], region=east, on=date(2025, 4, 1))
        assert "Cheshire (to 31 March 2024)" not in region_rows(inspector, "now")
        page = text_of(inspector, "region_record", "north-west", boundaries="now", **OF_2022)
        assert "Cheshire (to 31 March 2024) became several, not all of them here" in page

    def test_a_comparison_of_all_parts_has_what_was_before_them(self, cheshire, inspector):
        reorganise(ReorganisationKind.SPLIT, [cheshire], "East Cheshire Police; East Cheshire\nWest Cheshire Police")
        for chosen, is_there in ((["east-cheshire"], False), (["east-cheshire", "west-cheshire-police"], True)):
            query = {"organisation": chosen, "boundaries": "now", **OF_2022}
            page = inspector.get(reverse("compare"), query).content.decode()
            assert ("Cheshire (to 31 March 2024)" in page) is is_there


def region_rows(client: Client, boundaries: str) -> dict[str, int]:
    """The lead disruptions of each row of the region's record that has any, and of all together."""
    url = reverse("region_record_csv", args=["north-west", "threats-and-disruptions"])
    answer = client.get(url, {"boundaries": boundaries, **OF_2022})
    lines = list(csv.reader(answer.getvalue().decode("utf-8-sig").splitlines()))
    heading = next(place for place, line in enumerate(lines) if "Lead disruptions" in line)
    column = lines[heading].index("Lead disruptions")
    return {line[0]: int(line[column]) for line in lines[heading + 1 :] if line and line[column].isdigit()}


class TestAnyBoundaries(TestCase):
    """Whatever bodies became, no sum of what was recorded before turns on the boundaries; undoing leaves no trace."""

    @settings(max_examples=15)
    @given(data=st.data())
    def test_sums_are_the_same_on_both(self, data):
        region = Region.objects.create(name="North", slug="north")
        for number in range(4):
            make_lead(make_member(region, f"Body{number} Police"), start=100 * number, pursue=number + 1)
        user = demo_account(Role.INSPECTOR)
        before, acts = sums_of(user), []
        for number in range(data.draw(st.integers(1, 3))):
            day = date(2024 + number, 4, 1)
            there = list(Organisation.objects.valid_on(day).filter(kind=OrganisationKind.FORCE))
            kind = data.draw(st.sampled_from(["merger", "split", "renaming", "absorption"]))
            of_kind = ReorganisationKind(kind)
            most = min(of_kind.most_before, 2, len(there))
            if not most:
                continue
            chosen = data.draw(st.lists(st.sampled_from(there), min_size=1, max_size=most, unique=True))
            new = "\n".join(f"New{number}{part} Police" for part in range(of_kind.fewest_after))
            values = {"kind": kind, "on": day, "predecessors": chosen, "new_bodies": new, "source": "An order"}
            acts.append(REORGANISATIONS.create(values, by=make_author(), reason=REASON))
        then, now = sums_of(user), sums_of(user, date(2030, 1, 1))
        assert sum(then.values()) == sum(now.values()) == sum(before.values())
        for act in reversed(acts):
            REORGANISATIONS.remove(act, by=make_author(), reason=REASON, expected_version=act.version)
        assert sums_of(user, date(2030, 1, 1)) == before


def sums_of(user: Any, boundaries_of: date | None = None) -> dict[str, int]:
    """The lead disruptions of each body that has any, on the boundaries of then, or of a day."""
    standpoint = Standpoint(DataKind.RECORDED, date(2026, 1, 1), date(2026, 1, 1) - timedelta(days=1), sight=EVERYTHING)
    side = record_side(standpoint, YEAR, Organisation.objects.all())
    if boundaries_of:
        side = side.counted_as(get_lineage(user).going_on_in(boundaries_of))
    names = {body.pk: body.slug for body in side.bodies}
    return {names[key]: counts.n for key, counts in side.counts.lead.items() if counts.n}
