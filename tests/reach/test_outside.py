"""What is outside a reader's reach says so; of a whole region they are told one sum, where it tells of no one body."""

from datetime import date

import pytest
from django.test import Client

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from soc_tracker.core.access.models import OUTSIDE_REACH as OUTSIDE
from soc_tracker.core.access.roles import Role
from tests.makers import make_disruption, make_extract, make_member, make_threat
from tests.reach.planted import account, client_of

pytestmark = pytest.mark.django_db
FORCES = ("Cheshire Constabulary", "Cumbria Constabulary", "Lancashire Constabulary")


@pytest.fixture
def region() -> Region:
    return Region.objects.create(name="North West", slug="north-west")


@pytest.fixture
def forces(region) -> list[Organisation]:
    """The record is known until 2023, so that its usual period is 2022."""
    make_extract()
    return [make_member(region, name) for name in FORCES]


@pytest.fixture
def reader(forces) -> Client:
    return client_of(account(Role.ANALYST, organisation=forces[0]))


def work(body: Organisation, number: int) -> None:
    """A threat, and so many lead disruptions of 2022 which the body has on record."""
    threat = make_threat(f"OCG-{body.pk:07}", body)
    for place in range(number):
        make_disruption(f"DIS-{body.pk}-{place}", body, threat=threat, activity_date=date(2022, 5, 5))


def text(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_one_sum_of_a_region_is_told_to_whoever_works_in_it(reader, forces):
    for body, number in zip(forces, (1, 2, 4), strict=True):
        work(body, number)
    page = text(reader, "/regions/north-west/record/")
    assert "<strong>7</strong> lead disruptions" in page
    assert "Outside your reach, and in no figure below: Cumbria and Lancashire." in page
    assert page.count(OUTSIDE) > 5


def test_it_is_left_out_where_it_would_tell_of_one_body(reader, forces):
    work(forces[0], 1)
    work(forces[1], 2)
    page = text(reader, "/regions/north-west/record/")
    assert "<strong>3</strong>" not in page
    assert "in one sum" not in page


def test_it_is_the_same_whatever_day_is_asked_for(reader, forces):
    for body in forces:
        work(body, 2)
    asked = "/regions/north-west/record/?from=2022-01-01&to=2022-03-31"
    assert "<strong>6</strong> lead disruptions" in text(reader, asked)


def test_nobody_else_is_told_it(forces, region):
    for body in forces:
        work(body, 2)
    kent = make_member(Region.objects.create(name="South East", slug="south-east"), "Kent Police")
    stranger = client_of(account(Role.ANALYST, organisation=kent))
    assert "in one sum" not in text(stranger, "/regions/north-west/record/")
    national = client_of(account(Role.INSPECTOR, "national", is_national=True))
    page = text(national, "/regions/north-west/record/")
    assert OUTSIDE not in page
    assert "in one sum" not in page


def test_a_comparison_counts_the_bodies_in_reach_and_names_the_others(reader, forces):
    for body in forces:
        work(body, 3)
    page = text(reader, "/compare/?region=north-west")
    assert "Outside your reach: Cumbria and Lancashire." in page
    assert "1 body with 3 lead disruptions" in page


def test_the_record_of_an_unseen_body_says_that_it_is_outside(reader, forces):
    work(forces[1], 3)
    page = text(reader, "/forces/cumbria/record/")
    assert "Outside your reach, and in no figure below: Cumbria." in page
    assert "No records of it" not in page


def test_pages_and_files_say_whose_rows_they_hold(reader, forces):
    work(forces[0], 1)
    said = "Only rows of bodies in your reach: Cheshire Constabulary"
    assert said in text(reader, "/disruptions/")
    answer = reader.get("/disruptions/?format=csv")
    assert said in b"".join(answer.streaming_content).decode()


def test_a_unit_sees_its_whole_region(forces, region):
    unit = make_member(region, "North West ROCU", kind=OrganisationKind.ROCU, slug="nwrocu")
    work(forces[2], 3)
    page = text(client_of(account(Role.ANALYST, organisation=unit)), "/regions/north-west/record/")
    assert OUTSIDE not in page
