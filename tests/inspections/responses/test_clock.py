"""The clock of responses: awaited from the report on, due so many days after it, in time or late."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from forces.services import OVERSIGHTS
from inspections.programmes.models import Inspection
from inspections.programmes.services import INSPECTIONS, PROGRAMMES
from inspections.responses.choices import Timeliness
from inspections.responses.models import Response
from inspections.responses.services import RESPONSES
from tests.makers import REASON, make_author, make_grading, make_inspection, make_member, make_organisation

pytestmark = pytest.mark.django_db
PUBLISHED = date(2023, 11, 10)
DUE = date(2024, 1, 5)


@pytest.fixture
def inspection() -> Inspection:
    region = baker.make(Region, name="North West", slug="north-west")
    make_member(region)
    make_member(region, "North West ROCU", kind=OrganisationKind.ROCU, short_name="NWROCU", slug="nwrocu")
    inspection = make_inspection(region, published_on=PUBLISHED)
    programme = inspection.programme
    PROGRAMMES.change(programme, response_days=56, by=make_author(), reason=REASON, expected_version=programme.version)
    return inspection


@pytest.fixture
def response(inspection) -> Response:
    for body in Organisation.objects.order_by("pk"):
        make_grading(inspection, body)
    return Response.objects.for_list().get()


def publish(response: Response, on: date | None, **more) -> Response:
    values = {"is_published": True, "published_on": on, **more}
    return RESPONSES.change(response, values, by=make_author(), reason=REASON, expected_version=response.version)


def test_of_an_inspected_force_one_is_awaited_and_of_its_unit_none(response):
    assert response.organisation.name == "Cheshire Constabulary"
    assert (response.due_from, response.due_to, response.due) == (DUE, DUE, "5 January 2024")


@pytest.mark.parametrize(("today", "timeliness"), [(DUE, Timeliness.AWAITED), (date(2024, 1, 6), Timeliness.NONE_HELD)])
def test_it_is_due_and_not_held_on_the_day_after_the_last(response, today, timeliness):
    assert response.timeliness(today) == timeliness


@pytest.mark.parametrize(
    ("on", "precision", "timeliness"),
    [
        (DUE, "day", Timeliness.IN_TIME),
        (date(2024, 1, 6), "day", Timeliness.LATE),
        (date(2023, 12, 1), "month", Timeliness.IN_TIME),
        (date(2024, 1, 1), "month", Timeliness.UNCERTAIN),
        (date(2024, 2, 1), "month", Timeliness.LATE),
        (None, "day", Timeliness.UNCERTAIN),
    ],
)
def test_a_response_came_in_time_or_not_or_it_cannot_be_told(response, on, precision, timeliness):
    assert publish(response, on, published_precision=precision).timeliness(DUE) == timeliness


def test_a_report_of_which_only_the_month_is_known_has_a_span_of_due_days(inspection, response):
    values = {"published_precision": "month"}
    INSPECTIONS.change(inspection, values, by=make_author(), reason=REASON, expected_version=inspection.version)
    response = Response.objects.get()
    assert response.due == "some day from 27 December 2023 to 25 January 2024"
    assert response.timeliness(date(2024, 1, 20)) == Timeliness.AWAITED
    assert publish(response, date(2024, 1, 20)).timeliness(DUE) == Timeliness.UNCERTAIN


def test_the_number_of_days_is_the_programmes(inspection, response):
    programme = inspection.programme
    for days, due in ((28, date(2023, 12, 8)), (None, None)):
        programme.refresh_from_db()
        version = programme.version
        PROGRAMMES.change(programme, response_days=days, by=make_author(), reason=REASON, expected_version=version)
        assert Response.objects.get().due_to == due
    assert Response.objects.get().timeliness(DUE) == Timeliness.NO_CLOCK


def test_a_response_before_its_report_is_refused(response):
    with pytest.raises(ValidationError, match="The report was published later: 10 November 2023"):
        publish(response, date(2023, 11, 9))


def test_each_row_stands_in_the_list_where_it_stands_by_itself(inspection, response):
    names = ("Kent", "Essex", "Surrey", "Sussex", "Dorset")
    others = [make_organisation(f"{name} Police") for name in names]
    rows = [response, *(baker.make(Response, organisation=each, inspection=inspection) for each in others)]
    for row, on in zip(rows[1:], (DUE, date(2024, 3, 1), None, None, None), strict=True):
        Response.objects.filter(pk=row.pk).update(
            due_from=DUE if on else None, due_to=DUE if on else None, published_on=on, is_published=on is not None,
            in_time=None if on is None else on <= DUE,
        )  # fmt: skip
    for today in (date(2024, 1, 1), date(2024, 2, 1)):
        for word in Timeliness:
            listed = set(Response.objects.standing(word, today))
            assert listed == {row for row in Response.objects.all() if row.timeliness(today) == word}


def test_who_answers_is_who_did_so_on_the_day(response):
    assert response.answering is None
    first, second = (
        make_organisation(name, OrganisationKind.POLICING, short_name=name, slug=name.lower())
        for name in ("Commissioner", "Mayor")
    )
    force = response.organisation
    for responder, start, end in ((first, None, date(2024, 1, 2)), (second, date(2024, 1, 3), None)):
        values = {"responder": responder, "valid_from": start, "valid_to": end}
        OVERSIGHTS.create(values, organisation=force, by=make_author(), reason=REASON)
    assert Response.objects.for_list().get().answering == second
    assert publish(response, date(2023, 12, 1)).answering == first
