"""The month and the year of a date, as each database works them out."""

from datetime import date

import pytest
from django.db.models.expressions import RawSQL

from forces.models import Organisation
from soc_tracker.core.text.days import first_of_year_sql, month_sql, year_sql
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2021, 12, 31), date(2024, 2, 29), None])
def test_parts_of_a_day(day):
    make_organisation(valid_from=day)
    parts = [RawSQL(part("valid_from"), ()) for part in (month_sql, first_of_year_sql, year_sql)]  # noqa: S611
    month, first_of_year, year = Organisation.objects.values_list(*parts).get()
    expected = (day.replace(day=1), day.replace(month=1, day=1), day.year) if day else (None, None, None)
    days = [date.fromisoformat(each) if isinstance(each, str) else each for each in (month, first_of_year)]
    assert (*days, year) == expected
