"""A cause of concern that was told before the report carries the day of the letter."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from inspections.work.queries import list_gaps
from tests.makers import make_finding, make_inspection, make_organisation

pytestmark = pytest.mark.django_db
TOLD = {"is_accelerated": True, "letter_on": date(2023, 6, 15), "letter_precision": "month"}


@pytest.fixture
def inspection():
    return make_inspection(make_organisation("Kent Police"), published_on=date(2023, 11, 10))


def test_it_says_when_as_precisely_as_is_known(inspector, inspection):
    finding = make_finding(inspection, "cause_of_concern", "Nobody leads", **TOLD)
    assert finding.letter == "June 2023"
    page = inspector.get(finding.get_absolute_url()).content.decode()
    assert "By letter to the chief officer: June 2023" in page
    [row] = inspector.get("/api/v1/findings/").json()["results"]
    assert (row["is_accelerated"], row["letter_on"], row["letter_precision"]) == (True, "2023-06-01", "month")


def test_only_a_cause_of_concern_is_told_before_and_before_the_report(inspection):
    with pytest.raises(ValidationError, match="Only a cause of concern is told before the report"):
        make_finding(inspection, "area_for_improvement", **TOLD)
    with pytest.raises(ValidationError, match="The report was published before: 10 November 2023"):
        make_finding(inspection, "cause_of_concern", **TOLD | {"letter_on": date(2023, 12, 1)})
    with pytest.raises(ValidationError, match="Only what was told before the report has a letter"):
        make_finding(inspection, "cause_of_concern", **TOLD | {"is_accelerated": False})


def test_without_the_day_of_its_letter_a_report_is_not_complete(inspection):
    make_finding(inspection, "cause_of_concern", "Nobody leads", is_accelerated=True)
    gaps = list_gaps(inspection)
    assert "“Nobody leads” was told before the report: the day of the letter is missing." in gaps
    assert "The cause of concern “Nobody leads” has no recommendation." in gaps
