"""Which record a page tells of when its reader says little."""

from datetime import date

import pytest

from disruptions.choices import DataKind
from disruptions.record.services import correct_disruption, withdraw_disruption
from disruptions.standpoint.queries import Standpoint, standpoint
from soc_tracker.core.access.models import EVERYTHING
from tests.makers import make_author, make_disruption, make_extract

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2024, 5, 5), date(2022, 3, 15)


def say(version: int) -> dict:
    return {"by": make_author(), "reason": "Looked again.", "expected_version": version}


def test_of_nothing_the_record_is_empty_today():
    stand = standpoint(today=TODAY, sight=EVERYTHING)
    assert stand == Standpoint(DataKind.RECORDED, TODAY, None, sight=EVERYTHING)
    assert stand.is_latest


def test_the_day_is_that_of_the_last_addition():
    make_disruption(activity_date=date(2022, 1, 1), added_date=DAY)
    assert standpoint(today=TODAY, sight=EVERYTHING) == Standpoint(DataKind.RECORDED, DAY, DAY, sight=EVERYTHING)


def test_or_of_the_last_correction_or_withdrawal():
    row = make_disruption(activity_date=DAY)
    correct_disruption(row, {"size": "major"}, on=date(2022, 6, 1), **say(1))
    assert standpoint(today=TODAY, sight=EVERYTHING).day == date(2022, 6, 1)
    withdraw_disruption(row, on=date(2022, 8, 1), **say(2))
    assert standpoint(today=TODAY, sight=EVERYTHING).day == date(2022, 8, 1)


def test_or_of_the_last_extract():
    make_disruption(activity_date=DAY)
    make_extract(as_at=date(2023, 1, 4))
    make_extract(as_at=date(2022, 12, 1))
    assert standpoint(today=TODAY, sight=EVERYTHING).latest == date(2023, 1, 4)


def test_threats_have_a_last_day_of_their_own_which_moves_no_period_of_disruptions():
    make_disruption(activity_date=DAY)
    make_extract("threats", as_at=date(2024, 1, 4))
    stand = standpoint(today=TODAY, sight=EVERYTHING)
    assert (stand.day, stand.latest, stand.threats) == (DAY, DAY, date(2024, 1, 4))
    assert standpoint(today=TODAY, contents="threats", sight=EVERYTHING).day == date(2024, 1, 4)


def test_threats_are_looked_at_no_later_than_they_are_known():
    make_extract("threats", as_at=date(2022, 1, 4))
    make_disruption(activity_date=DAY)
    stand = standpoint(today=TODAY, sight=EVERYTHING)
    assert (stand.day, stand.of_threats.day) == (DAY, date(2022, 1, 4))
    assert stand.not_loaded == "Threats are known until 4 January 2022, and shown as at that day."


def test_what_comes_after_the_last_day_is_not_loaded():
    make_disruption(activity_date=DAY)
    assert standpoint(today=TODAY, sight=EVERYTHING).not_loaded == ""
    reach = "The record is known until 15 March 2022: what came later is not loaded."
    assert standpoint(day=date(2023, 1, 1), today=TODAY, sight=EVERYTHING).not_loaded == reach


def test_kinds_of_data_know_nothing_of_each_other():
    make_disruption("DIS-1", activity_date=DAY)
    make_disruption("DIS-2", kind=DataKind.ILLUSTRATIVE, activity_date=date(2023, 1, 1))
    assert standpoint(today=TODAY, sight=EVERYTHING) == Standpoint(DataKind.RECORDED, DAY, DAY, sight=EVERYTHING)
    assert standpoint(kind="illustrative", today=TODAY, sight=EVERYTHING).latest == date(2023, 1, 1)


def test_illustrative_data_is_shown_unasked_only_where_there_is_no_other():
    make_extract(kind=DataKind.ILLUSTRATIVE)
    assert standpoint(today=TODAY, sight=EVERYTHING).kind == DataKind.ILLUSTRATIVE
    assert standpoint(kind="recorded", today=TODAY, sight=EVERYTHING) == Standpoint(
        DataKind.RECORDED, TODAY, None, sight=EVERYTHING
    )
    make_extract("threats", kind=DataKind.RECORDED, sha256="a" * 64)
    assert standpoint(today=TODAY, sight=EVERYTHING).kind == DataKind.RECORDED


def test_an_asked_day_is_the_latest_from_the_last_change_on():
    make_disruption(activity_date=DAY)
    asked = {
        day: standpoint(day=day, today=TODAY, sight=EVERYTHING) for day in (date(2022, 3, 14), DAY, date(2023, 1, 4))
    }
    assert [stand.is_latest for stand in asked.values()] == [False, True, True]
    assert [stand.day for stand in asked.values()] == list(asked)
    assert asked[date(2023, 1, 4)].words == "4 January 2023"


def test_it_costs_one_query(django_assert_num_queries):
    make_disruption()
    with django_assert_num_queries(1):
        standpoint(today=TODAY, sight=EVERYTHING)
