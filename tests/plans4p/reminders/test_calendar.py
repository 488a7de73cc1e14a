"""The calendar of due dates, read by whoever has its address."""

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from plans4p.due.queries import CALENDAR, get_due
from plans4p.reminders.services import keep_calendar, new_calendar_key, revoke_calendar
from soc_tracker.core.access.roles import Role
from tests.makers import make_action, make_aim, make_author
from tests.plans4p.owned import TODAY, change_action, day, make_hands_full, make_own_plan, make_owner

pytestmark = pytest.mark.django_db
UNTIL = day(30)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("plans4p.reminders.pages.localdate", lambda: TODAY)


@pytest.fixture
def owner(db):
    return make_owner()


def address(user):
    return f"/calendar/{new_calendar_key(user, UNTIL).calendar_key}.ics"


def events(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_it_says_what_the_selector_finds(client, owner):
    make_hands_full(owner)
    make_action(make_aim(make_own_plan(owner), due_on=day(300)), due_on=day(200))
    found = events(client, address(owner.user))
    items = get_due(owner.user, TODAY, CALENDAR).items
    assert len(items) == 11
    assert {uid: event.decoded("dtstart") for uid, event in found.items()} == {
        f"{item.what.value}-{item.record.pk}@127.0.0.1": item.on for item in items
    }


def test_an_event_takes_its_whole_day_and_leads_to_the_plan(client, owner):
    plan = make_own_plan(owner)
    action = make_action(make_aim(plan, due_on=day(400)), "Seize; the telephone,\nnow", due_on=day(2))
    (event,) = events(client, address(owner.user)).values()
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert event["summary"] == "Action due: Seize; the telephone, now (4P-00001)"
    assert event["description"] == event["url"]
    assert event["url"] == f"http://testserver/plans/4P-00001/#action-{action.pk}"
    written = action.history.first().history_date.replace(microsecond=0)
    assert event.decoded("last-modified") == event.decoded("dtstamp") == written
    assert event["sequence"] == 0


def test_an_action_that_moves_is_the_same_event_at_a_later_sequence(client, owner):
    action = make_action(make_aim(make_own_plan(owner), due_on=day(400)), due_on=day(2))
    url = address(owner.user)
    (before,) = events(client, url).values()
    change_action(action, make_author(), due_on=day(9))
    (after,) = events(client, url).values()
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after.decoded("dtstart")) == (1, day(9))


def test_made_up_dates_are_marked(client):
    owner = make_owner(kind_of_data="illustrative")
    make_hands_full(owner)
    found = events(client, address(owner.user)).values()
    assert [event["summary"].startswith("Illustrative – ") for event in found] == [True] * 9
    assert {str(event["description"]).split("\n")[0] for event in found} == {
        "Illustrative: made up, to show how the site works."
    }


def test_recorded_dates_are_not_marked(client, owner):
    make_hands_full(owner)
    assert b"llustrative" not in client.get(address(owner.user)).content


def test_no_names_of_people_and_no_subjects(client, owner):
    make_hands_full(owner)
    text = client.get(address(owner.user)).content.decode()
    assert "DS Kaur" not in text
    assert "SUB-0001" not in text
    assert "PS Reid" not in text


def test_a_calendar_without_dates_is_one(client, make_user):
    assert events(client, address(make_user(Role.ANALYST))) == {}


def lines_of(client, url):
    """The content lines as they come, before anything understands them."""
    return client.get(url).content.decode().split("\r\n")


def test_every_event_shows_its_title(client, owner):
    """Google shows an event that is private, or confidential, as busy and nothing else."""
    make_hands_full(owner)
    lines = lines_of(client, address(owner.user))
    assert [line for line in lines if line.startswith("CLASS")] == []
    assert sum(line.startswith("SUMMARY:") for line in lines) == lines.count("BEGIN:VEVENT") == 9


def test_how_often_to_ask_again_is_a_duration(client, owner):
    lines = lines_of(client, address(owner.user))
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert "X-PUBLISHED-TTL:PT12H" in lines


def test_lines_are_as_long_as_the_standard_allows_and_hold_no_control_characters(client, owner):
    aim = make_aim(make_own_plan(owner), due_on=day(400))
    action = make_action(aim, "Seize the telephone", due_on=day(2))
    type(action).objects.filter(pk=action.pk).update(description="Seize\x07 the\x1b\u2028 " + "telephone " * 20)
    content = client.get(address(owner.user)).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    text = content.decode().replace("\r\n", "")
    assert text.isprintable()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["summary"].startswith("Action due: Seize the telephone telephone")


def test_what_has_not_changed_is_not_sent_again(client, owner):
    action = make_action(make_aim(make_own_plan(owner), due_on=day(400)), due_on=day(2))
    url = address(owner.user)
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    change_action(action, make_author(), due_on=day(9))
    changed = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_after_its_last_day_it_leads_nowhere_until_it_is_renewed(client, owner, monkeypatch):
    url = address(owner.user)
    for today, status in ((UNTIL, 200), (UNTIL + timedelta(days=1), 404)):
        monkeypatch.setattr("plans4p.reminders.pages.localdate", lambda today=today: today)
        assert client.get(url).status_code == status
    keep_calendar(owner.user, day(60))
    assert client.get(url).status_code == 200


def test_the_address_of_an_account_that_lost_its_role_leads_nowhere(client, owner):
    url = address(owner.user)
    tag = client.get(url)["ETag"]
    owner.user.groups.clear()
    assert client.get(url).status_code == 404
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 404


def test_what_it_is_and_that_nobody_keeps_it(client, owner):
    response = client.get(address(owner.user))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_same_dates_are_the_same_bytes(client, owner):
    make_hands_full(owner)
    url = address(owner.user)
    assert client.get(url).content == client.get(url).content


def test_its_head_can_be_asked_for(client, owner):
    response = client.head(address(owner.user))
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"].startswith("text/calendar")


def test_nothing_is_written_to_it(client, owner):
    assert client.post(address(owner.user)).status_code == 405


def test_an_address_that_nobody_has_leads_nowhere(client, owner):
    new_calendar_key(owner.user, UNTIL)
    assert client.get(f"/calendar/{uuid4()}.ics").status_code == 404


def test_an_address_that_was_stopped_leads_nowhere(client, owner):
    url = address(owner.user)
    revoke_calendar(owner.user)
    assert client.get(url).status_code == 404


def test_an_address_that_was_renewed_leads_nowhere(client, owner):
    old = address(owner.user)
    new = address(owner.user)
    assert [client.get(url).status_code for url in (old, new)] == [404, 200]


def test_the_address_of_a_closed_account_leads_nowhere(client, owner):
    url = address(owner.user)
    owner.user.is_active = False
    owner.user.save()
    assert client.get(url).status_code == 404


def test_it_is_the_holder_of_the_key_who_counts_not_the_one_who_is_signed_in(owner, inspector, make_user):
    make_hands_full(owner)
    assert events(inspector, address(make_user(Role.ANALYST))) == {}
    assert len(events(inspector, address(owner.user))) == 9


def test_queries_do_not_grow_with_plans(client, owner, django_assert_max_num_queries):
    make_hands_full(owner, "a", "b", "c", "d")
    url = address(owner.user)
    with django_assert_max_num_queries(17):
        assert len(events(client, url)) == 36


def test_the_server_starts_without_the_library():
    code = "import django; django.setup(); import soc_tracker.urls, sys; assert 'icalendar' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
