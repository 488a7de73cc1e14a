"""The filter of disruptions: as rows, and as the same choice for whoever counts."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import RequestFactory

from disruptions.counts.queries import total
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from forces.services import MEMBERSHIPS
from tests.disruptions.record_list.records import kept_for_a_while
from tests.makers import REASON, make_author, make_disruption

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 20)


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), kept_for_a_while() as record:
        yield record


@pytest.fixture
def record(stored, db):
    return stored


def asked(query: str) -> DisruptionFilter:
    request = RequestFactory().get("/")
    request.user = User(username="somebody", is_superuser=True)
    return DisruptionFilter(QueryDict(query), Disruption.objects.all(), request=request, today=TODAY)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "region=north&organisation=cheshire",
        "region=south&organisation=cheshire",
        "year=2021&year=2023&size=major&size=minor",
        "crime_type=none&crime_type=county-lines",
        "extract=none&involvement=support",
        "q=line&activity_from=2022-01-01",
        "added_to=2022-06-15&four_p=pursue",
        "threat=VUL-0000003&as_at=2023-04-15",
        "as_at=2021-12-31&region=north",
    ],
)
def test_rows_and_scope_are_one_choice(record, query):
    chosen = asked(query)
    assert not chosen.problems
    assert chosen.qs.count() == total(chosen.scope)


def test_a_region_is_its_bodies_on_the_day_of_the_list(record):
    cumbria = record.bodies["cumbria"]
    membership = cumbria.memberships.get()
    MEMBERSHIPS.change(
        membership, valid_to=date(2022, 12, 31), by=make_author(), reason=REASON, expected_version=membership.version
    )
    MEMBERSHIPS.create(
        organisation=cumbria,
        region=record.regions["south"],
        valid_from=date(2023, 1, 1),
        by=make_author(),
        reason=REASON,
    )
    before, after = asked("region=south&as_at=2022-12-31"), asked("region=south&as_at=2023-01-01")
    assert {row.organisation.slug for row in before.qs} == {"dorset"}
    assert {row.organisation.slug for row in after.qs} == {"dorset", "cumbria"}
    assert cumbria.pk in after.scope.values["organisation"]
    assert cumbria.pk not in before.scope.values["organisation"]


def test_a_body_outside_the_region_leaves_nothing(record):
    chosen = asked("region=south&organisation=cheshire")
    assert chosen.scope.values["organisation"] == frozenset()
    assert list(chosen.qs) == []


def test_years_are_spans_of_days_without_the_years_between(record):
    rows = asked("year=2021&year=2023").qs
    assert {row.activity_date.year for row in rows} == {2021, 2023}
    sql = str(asked("year=2021&year=2022").qs.query)
    assert "BETWEEN 2021-01-01 AND 2022-12-31" in sql
    assert "NOT" not in sql.replace("NOT EXISTS", "").replace("NOT (EXISTS", "")  # of rows that are being written


def test_both_ends_of_a_range_belong_to_it(record):
    make_disruption("DIS-FIRST", record.bodies["dorset"], activity_date=date(2020, 1, 1))
    make_disruption("DIS-LAST", record.bodies["dorset"], activity_date=date(2020, 12, 31))
    query = "activity_from=2020-01-01&activity_to=2020-12-31"
    assert {row.reference for row in asked(query).qs} == {"DIS-FIRST", "DIS-LAST"}
    added = asked("added_from=2020-12-31&added_to=2020-12-31")
    assert [row.reference for row in added.qs] == ["DIS-LAST"]
    assert added.scope.rows is not None
    assert asked(query).scope.rows is None


def test_a_single_body_is_an_equation_and_several_are_a_list(record):
    key = record.bodies["cheshire"].pk
    assert f'"organisation_id" = {key}' in str(asked("organisation=cheshire").qs.query)
    assert '"organisation_id" IN (' in str(asked("organisation=cheshire&organisation=dorset").qs.query)
    assert "JOIN" not in str(asked("organisation=cheshire&crime_type=drugs-supply").qs.query)


def test_chips_and_summary_use_names(record):
    chosen = asked("organisation=cheshire&year=2022&extract=none&threat=PI-0000002&as_at=2023-01-04&data=recorded")
    assert chosen.summary == (
        "As at: 4 January 2023; Kind of data: Recorded; Organisation: Cheshire Constabulary; "
        "Year of activity: 2022; Extract: None: entered by hand; Threat: PI-0000002"
    )


def test_names_that_are_allowed_are_told_where_a_value_is_none(record):
    (problem,) = asked("region=east").problems
    assert problem.allowed == ("north", "south")
    (problem,) = asked("crime_type=piracy").problems
    assert set(problem.allowed) == {"drugs-supply", "county-lines", "none"}


def test_only_the_filters_given_read_their_choices(record, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked("size=major&q=x").problems == []
    with django_assert_num_queries(1):
        assert asked("organisation=cheshire").problems == []
