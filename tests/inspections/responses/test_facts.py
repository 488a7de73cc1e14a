"""What is on record of responses: the reports of the sources have their clocks, and none has been invented."""

from datetime import date

import pytest

from inspections.responses.models import Response

pytestmark = pytest.mark.usefixtures("reference")
REPORT = "north-west-soc-2022-23"


def test_responses_on_the_north_west_were_due_on_5_january_2024():
    rows = Response.objects.filter(inspection__slug=REPORT).for_list()
    assert {row.organisation.slug: row.due for row in rows} == dict.fromkeys(
        ("cheshire", "cumbria", "greater-manchester", "lancashire", "merseyside", "north-wales"), "5 January 2024"
    )
    assert {str(row.answering) for row in rows if row.organisation.slug == "greater-manchester"} == {
        "Mayor of Greater Manchester"
    }
    assert not any(row.is_published for row in rows)


def test_of_the_report_of_2017_the_clock_runs_from_its_day():
    assert Response.objects.get(inspection__slug="cheshire-peel-2017").due_to == date(2018, 5, 17)


def test_where_no_day_is_known_there_is_no_clock():
    assert set(Response.objects.filter(inspection__slug="west-midlands-soc-2022-23").values_list("due_to")) == {(None,)}
