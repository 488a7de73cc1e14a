"""The month and the year of a date, as each database works them out."""

from datetime import date

import pytest

from forces.models import Organisation
from soc_tracker.core.text.days import FirstOfMonth, Year
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2021, 12, 31), date(2024, 2, 29), None])
def test_parts_of_a_day(day):
    make_organisation(valid_from=day)
    found = Organisation.objects.values_list(FirstOfMonth("valid_from"), Year("valid_from")).get()
    assert found == ((day.replace(day=1), day.year) if day else (None, None))


def test_they_group_and_filter():
    for number, day in enumerate([date(2021, 12, 1), date(2021, 12, 31), date(2022, 1, 1)]):
        make_organisation(f"{number} Constabulary", valid_from=day)
    rows = Organisation.objects.annotate(year=Year("valid_from"), month=FirstOfMonth("valid_from"))
    assert list(rows.order_by().filter(year=2021).values_list("month", flat=True).distinct()) == [date(2021, 12, 1)]
