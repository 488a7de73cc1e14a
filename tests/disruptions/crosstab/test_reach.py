"""What a cross-table says of days that the record does not reach: not loaded, which is not none."""

from datetime import date

import pytest

from tests.disruptions.crosstab.test_pages import lines_of, report_of
from tests.makers import make_disruption, make_extract, make_organisation

pytestmark = pytest.mark.django_db


def test_what_the_record_does_not_reach_is_not_loaded(analyst):
    body = make_organisation()
    make_extract(as_at=date(2023, 2, 10))
    make_disruption("DIS-1", body, activity_date=date(2022, 11, 3))
    make_disruption("DIS-2", body, activity_date=date(2023, 2, 1))
    span = "activity_from=2022-09-01&activity_to=2023-04-30"
    lines = lines_of(report_of(analyst, f"{span}&down=activity_month&across=four_p"))
    assert lines["Sep 2022"][-1] == lines["Oct 2022"][-1] == "not loaded"
    assert lines["Nov 2022"][-1] == "1"
    assert lines["Dec 2022"][-1] == lines["Jan 2023"][-1] == "0"
    assert lines["Feb 2023 to 10 February 2023"][-1] == "1"
    assert lines["Mar 2023"] == lines["Apr 2023"] == ["not loaded"] * 5
    assert lines["All"][-1] == "2"
    quarters = lines_of(report_of(analyst, f"{span}&down=four_p&across=activity_quarter"))
    assert quarters["Pursue"] == ["not loaded", "1", "1", "not loaded", "2"]
