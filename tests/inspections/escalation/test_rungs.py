"""The ladder: a body stands on one rung at a time, and none is passed over in silence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from inspections.escalation.models import MonitoringPeriod
from inspections.escalation.services import move_to
from soc_tracker.core.access.models import Reach
from tests.makers import make_author, make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def move(body, stage, on=TODAY, standing=None, skipped="", **more):
    values = {"reason": "Nothing was done.", "today": TODAY, "by": make_author(), **more}
    return move_to(body, stage=stage, on=on, standing=standing, skipped=skipped, **values)


def test_a_body_goes_up_rung_by_rung_and_leaves_the_one_before():
    body = make_organisation()
    reminder = move(body, "reminder", date(2026, 1, 1))
    letter = move(body, "letter", date(2026, 2, 1), reminder)
    assert (letter.kind_of_data, MonitoringPeriod.objects.get(pk=reminder.pk).ended) == ("recorded", "1 February 2026")
    down = move(body, "scan", date(2026, 3, 1), letter)
    assert [row.stage_id for row in MonitoringPeriod.objects.filter(ended_on=None)] == ["scan"]
    assert down.skipped == ""


def test_a_rung_is_passed_over_only_with_words():
    body = make_organisation()
    with pytest.raises(ValidationError, match="It passes over “Reminder” and “Letter”"):
        move(body, "published-letter")
    assert not MonitoringPeriod.objects.exists()
    assert move(body, "published-letter", skipped="Lives were at risk.").skipped == "Lives were at risk."


def test_a_body_does_not_move_twice_at_once_nor_into_the_future():
    body = make_organisation()
    with pytest.raises(ValidationError, match="Choose a day up to today"):
        move(body, "reminder", date(2026, 6, 2))
    reminder = move(body, "reminder", date(2026, 1, 1))
    with pytest.raises(ValidationError, match="Somebody else has moved Cheshire Constabulary in the meantime"):
        move(body, "letter")
    with pytest.raises(ValidationError, match="It stands on “Reminder” already"):
        move(body, "reminder", standing=reminder)
    with pytest.raises(ValidationError, match="It has stood on “Reminder” since 1 January 2026"):
        move(body, "letter", date(2025, 12, 31), reminder)


def test_a_letter_that_is_not_published_is_seen_by_who_reaches_the_body():
    body, other = make_organisation(), make_organisation("Kent Police")
    reader = make_author("lee")
    letter = move(body, "reminder")
    move(other, "published-letter", skipped="Not known.")
    for reach, seen in ((body, {body, other}), (other, {other})):
        Reach.objects.filter(account=reader).delete()
        Reach.objects.create(account=reader, organisation=reach, valid_from=date(1990, 1, 1), reason="For a test.")
        vars(reader).pop("_sight_cache", None)
        assert {row.organisation for row in MonitoringPeriod.objects.visible_to(reader)} == seen
    assert letter.organisation == body
