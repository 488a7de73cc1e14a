"""Days are bounded wherever they come from: a form, an address, a service."""

from collections.abc import Iterator
from datetime import date, timedelta

import django_filters
import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.lists.filter_fields import DayFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.text.days import FIRST_DAY, LAST_DAY, MOST_MONTHS, DayField, kept, read_day, without_endless_gaps
from tests.makers import make_author, make_disruption, make_order, make_organisation

OURS = ("soc_tracker", "forces", "inspections", "disruptions", "plans4p")
JUST_OUTSIDE = (FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date.min, date.max)


def subclasses(base: type) -> Iterator[type]:
    """The site's own classes below one."""
    for found in base.__subclasses__():
        if found.__module__.split(".")[0] in OURS:
            yield found
        yield from subclasses(found)


@given(st.dates())
def test_a_day_is_kept_exactly_where_it_lies_in_the_years(day):
    inside = FIRST_DAY <= day <= LAST_DAY
    for typed in (day.isoformat(), f"{day.day}/{day.month}/{day.year:04}"):
        if inside:
            assert DayField().clean(typed) == day
        else:
            with pytest.raises(ValidationError, match="in the years 1900 to 2100"):
                DayField().clean(typed)
    assert FIRST_DAY <= kept(day) <= LAST_DAY
    assert (kept(day) == day) is inside


@pytest.mark.parametrize("text", ["1899-12-31", "2101-01-01", "0001-01-01", "20230131", "2023-W05-2", "soon", ""])
def test_only_a_plain_day_in_the_years_is_read_from_an_address(text):
    with pytest.raises(ValueError, match=r"such as|Invalid"):
        read_day(text)


def test_every_form_has_the_one_field_for_days():
    loose = {
        f"{form.__name__}.{name}"
        for form in subclasses(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
    }
    assert loose == set()


@pytest.mark.django_db
def test_every_form_of_the_admin_has_it_too():
    request = RequestFactory().get("/")
    request.user = make_author()
    request.user.is_superuser = True
    loose = set()
    for model, page in admin.site._registry.items():
        classes = [page.get_form(request)]
        classes += [inline.get_formset(request).form for inline in page.get_inline_instances(request)]
        for form in classes:
            for name, field in form.base_fields.items():
                if isinstance(field, forms.DateField) and not isinstance(field, DayField):
                    loose.add(f"{model.__name__}.{name}")
    assert loose == set()


def test_every_filter_by_day_is_the_bounded_one():
    loose = {
        f"{filters.__name__}.{name}"
        for filters in subclasses(StrictFilterSet)
        for name, filter_ in filters.base_filters.items()
        if isinstance(filter_, django_filters.DateFilter) and not isinstance(filter_, DayFilter)
    }
    assert loose == set()


@pytest.mark.django_db
@pytest.mark.parametrize("day", JUST_OUTSIDE)
def test_no_service_stores_a_day_outside(day):
    body = make_organisation()
    writes = {
        "made_on": lambda: make_order(body, made_on=day),
        "activity_date": lambda: make_disruption(organisation=body, activity_date=day),
    }
    for field, write in writes.items():
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.message_dict[field] == ["Give a date in the years 1900 to 2100."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/disruptions/?as_at=0001-01-01", "as_at"),
        ("/api/v1/disruptions/?activity_to=9999-12-31", "activity_to"),
        ("/api/v1/disruptions/?activity_from=2022-02-01&activity_to=2022-01-31", "activity_to"),
        ("/api/v1/disruptions/?added_from=2022-02-01&added_to=2022-01-31", "added_to"),
        ("/api/v1/disruptions/?activity_from=2023-02-01&as_at=2023-01-31", "activity_from"),
        ("/api/v1/disruptions/?added_from=2023-02-01&as_at=2023-01-31", "added_from"),
        ("/api/v1/disruptions/?year=2024&as_at=2023-01-31", "year"),
        ("/api/v1/disruptions/?year=99999", "year"),
        ("/api/v1/disruptions/?year=0", "year"),
        ("/api/v1/measures/?activity_from=2022-02-01&activity_to=2022-01-31", "activity_to"),
        ("/api/v1/measures/?activity_from=2023-02-01&as_at=2023-01-31", "activity_from"),
        ("/api/v1/orders/?made_from=2022-02-01&made_to=2022-01-31", "made_to"),
        ("/api/v1/orders/?expires_from=2022-02-01&expires_to=2022-01-31", "expires_to"),
        ("/api/v1/plans/?review_from=2022-02-01&review_to=2022-01-31", "review_to"),
        ("/api/v1/recommendations/?due_to=10000-01-01", "due_to"),
    ],
)
def test_the_api_names_a_day_or_span_that_cannot_be(inspector, address, parameter):
    answer = inspector.get(address)
    assert answer.status_code == 400
    assert {problem["parameter"] for problem in answer.json()["problems"]} == {parameter}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/disruptions/", "/disruptions/charts/", "/plans/gaps/disruptions/"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("activity_from=2022-02-01&activity_to=2022-01-31", "31 January 2022 is before 1 February 2022"),
        ("activity_from=2023-02-01&as_at=2023-01-31", "1 February 2023 is after 31 January 2023, the day that"),
        ("added_to=9999-12-31", "Added to: give a date in the years 1900 to 2100."),
        ("as_at=0001-01-01", "As at: give a date in the years 1900 to 2100."),
    ],
)
def test_lists_and_charts_name_it_too(inspector, page, query, words):
    assert words in inspector.get(f"{page}?{query}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2022-02-01&to=2022-01-31", "31 January 2022 is before 1 February 2022"),
        ("from=2023-02-01&as_at=2023-01-31", "1 February 2023 is after 31 January 2023, the day that"),
        ("from=2022-02-01&to=2022-12-31&second_as_at=2022-01-31", "31 January 2022 is before the period"),
        ("to=9999-12-31", "Activity to: give a date in the years 1900 to 2100."),
        ("second_as_at=0001-01-01", "give a date in the years 1900 to 2100."),
    ],
)
def test_the_comparison_names_it_too(inspector, query, words):
    make_disruption()
    assert words in inspector.get(f"/compare/?{query}").content.decode()
    assert inspector.get(f"/compare/shares.csv?{query}").status_code == 400


@pytest.mark.django_db
def test_the_first_and_the_last_year_can_be_asked_for(inspector):
    make_disruption()
    for query in ("as_at=1900-01-01", "from=1900-01-01&to=2100-12-31", "as_at=1900-06-01&to=1900-01-01"):
        page = inspector.get(f"/compare/?{query}")
        assert page.status_code == 200
        assert not page.context["filter"].problems
    assert inspector.get("/disruptions/?jump=1900-01-01").status_code == 200
    assert inspector.get("/disruptions/?jump=1899-12-31").status_code == 400


def test_a_series_has_no_endless_gap() -> None:
    slips = [date(202, 7, 1), date(1022, 7, 1)]
    months = without_endless_gaps([*slips, date(2022, 3, 1)], date(2023, 7, 13))
    assert months[:2] == slips
    assert len(months) == 2 + MOST_MONTHS
    assert months[-1] == date(2023, 7, 1)
    assert without_endless_gaps([date(2022, 3, 1)], date(2022, 5, 9)) == [
        *(date(2022, 3, 1), date(2022, 4, 1), date(2022, 5, 1))
    ]
