"""The page on which somebody chooses how they are reminded."""

import re
from datetime import timedelta

import pytest

from plans4p.choices import Every
from plans4p.reminders.models import Reminders
from plans4p.reminders.services import choose, mark_sent, new_calendar_key, revoke_calendar
from soc_tracker.core.access.roles import Role
from tests.forms import press
from tests.pages import READERS
from tests.plans4p.owned import TODAY, make_hands_full, make_owner, make_reminders
from tests.queries.counting import queries_of

pytestmark = pytest.mark.django_db
PAGE, NEW, STOP = "/reminders/", "/reminders/calendar/new/", "/reminders/calendar/stop/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("plans4p.reminders.pages.localdate", lambda: TODAY)


@pytest.fixture
def officer(lead_responsible_officer):
    """The client of an officer on whose plans everything is due."""
    make_hands_full(make_owner())
    return lead_responsible_officer


def page(client):
    return client.get(PAGE).content.decode()


@pytest.mark.parametrize("role", READERS)
def test_everybody_chooses_for_themselves(role, sign_in, make_user):
    client = sign_in(role)
    response = client.post(PAGE, {"every": Every.WEEK.value})
    assert (response.status_code, response.url) == (302, PAGE)
    stored = Reminders.objects.get()
    assert (stored.user, stored.every, stored.calendar_key) == (make_user(role), Every.WEEK, None)
    text = page(client)
    assert "Saved." in text
    (control,) = re.findall(r'<input[^>]* id="id_every_2"[^>]*>', text)
    assert 'value="7"' in control
    assert " checked" in control


def test_a_choice_leaves_a_trace(analyst, make_user):
    analyst.post(PAGE, {"every": "1"})
    analyst.post(PAGE, {"every": "0"})
    assert "No e-mail will come." in page(analyst)
    rows = Reminders.objects.get().history.all()
    user = make_user(Role.ANALYST)
    said = [(row.history_user, row.history_change_reason) for row in rows]
    assert said == [(user, "E-mail: never."), (user, "E-mail: every day.")]


@pytest.mark.parametrize("values", [{}, {"every": "3"}, {"every": "often"}])
def test_another_choice_is_refused(analyst, values):
    response = analyst.post(PAGE, values)
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    assert not Reminders.objects.exists()


def test_the_preview_says_what_is_due(officer):
    text = page(officer)
    assert "Subject: 4P plans: what is due on 10 May 2023" in text
    assert "Actions overdue" in text
    assert 'href="/plans/4P-late-' in text
    assert "6 May 2023:" in text
    assert "0 of 4 disruptions" in text
    assert "nothing is planned for it yet" in text
    assert "None has come yet." in text


def test_queries_do_not_grow_with_plans(officer):
    few = len(queries_of(officer, PAGE))
    make_hands_full(make_owner(), "second", "third", "fourth")
    assert len(queries_of(officer, PAGE)) == few


def test_the_preview_of_one_who_has_nothing_due(analyst, officer):
    text = page(analyst)
    assert "Nothing is due, overdue or changed" in text
    assert "Actions overdue" not in text


def test_made_up_plans_are_marked(inspector):
    make_hands_full(make_owner(Role.INSPECTOR, kind_of_data="illustrative"))
    text = page(inspector)
    assert "These records are made up" in text
    assert "Subject: Illustrative – 4P plans" in text


def test_an_account_without_an_address_is_told(analyst, make_user):
    assert "has no e-mail address" in page(analyst)
    user = make_user(Role.ANALYST)
    user.email = "analyst@example.org"
    user.save()
    assert "has no e-mail address" not in page(analyst)


def pressed(client, button, **chosen):
    return press(client, client.get(PAGE), button, **chosen)


def test_a_calendar_is_opened_replaced_and_stopped(analyst):
    assert "Your calendar has no address." in page(analyst)
    assert pressed(analyst, "New address").url == PAGE
    first = Reminders.objects.get().calendar_key
    assert f'value="http://testserver/calendar/{first}.ics"' in page(analyst)
    pressed(analyst, "New address")
    second = Reminders.objects.get().calendar_key
    assert second not in (None, first)
    pressed(analyst, "Stop this address")
    stored = Reminders.objects.get()
    assert (stored.calendar_key, stored.calendar_until) == (None, None)
    assert "Your calendar has no address." in page(analyst)


def test_a_calendar_works_for_as_long_as_was_chosen_or_a_year(analyst):
    pressed(analyst, "New address")
    assert Reminders.objects.get().calendar_until == TODAY + timedelta(days=365)
    assert "It works up to 9 May 2024" in page(analyst)
    pressed(analyst, "New address", lasting="30")
    assert Reminders.objects.get().calendar_until == TODAY + timedelta(days=30)


def test_a_calendar_that_has_ended_says_so_and_is_kept_for_longer(analyst, monkeypatch):
    pressed(analyst, "New address", lasting="30")
    key = Reminders.objects.get().calendar_key
    later = TODAY + timedelta(days=31)
    monkeypatch.setattr("plans4p.reminders.pages.localdate", lambda: later)
    assert "It worked up to 9 June 2023, and leads nowhere now." in page(analyst)
    pressed(analyst, "Keep this address", lasting="90")
    stored = Reminders.objects.get()
    assert (stored.calendar_key, stored.calendar_until) == (key, later + timedelta(days=90))
    assert "leads nowhere now" not in page(analyst)


def test_an_address_that_is_gone_is_not_kept(analyst):
    pressed(analyst, "New address")
    opened = analyst.get(PAGE)
    pressed(analyst, "Stop this address")
    press(analyst, opened, "Keep this address")
    assert "Your calendar has no address that could be kept." in page(analyst)
    assert Reminders.objects.get().calendar_key is None


@pytest.mark.parametrize("lasting", ["", "31", "for ever"])
def test_another_span_is_refused(analyst, lasting):
    answer = analyst.post(NEW, {"lasting": lasting})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not Reminders.objects.exists()


def test_a_calendar_alone_brings_no_email(analyst):
    pressed(analyst, "New address")
    assert Reminders.objects.get().every == Every.NEVER


@pytest.mark.parametrize("address", [NEW, STOP])
def test_the_steps_are_posts(analyst, address):
    assert analyst.get(address).status_code == 405


@pytest.mark.parametrize("address", [PAGE, NEW, STOP])
def test_nobody_reaches_them_without_an_account(client, address):
    assert client.post(address).url.startswith("/accounts/login/")


def test_others_keep_their_choice(analyst, inspector, make_user):
    own = make_reminders(make_user(Role.INSPECTOR))
    pressed(analyst, "New address")
    pressed(analyst, "Stop this address")
    analyst.post(PAGE, {"every": "28"})
    own.refresh_from_db()
    assert (own.every, own.version) == (Every.DAY, 1)


def test_the_footer_leads_there(analyst):
    assert '<a href="/reminders/">Reminders</a>' in page(analyst)


def test_each_choice_leaves_the_others_alone(make_user):
    user = make_user(Role.ANALYST)
    choose(user, Every.MONTH)
    key = new_calendar_key(user, TODAY).calendar_key
    sent = mark_sent(user.reminders, TODAY)
    assert (sent.every, sent.calendar_key, sent.last_sent_on) == (Every.MONTH, key, TODAY)
    stopped = revoke_calendar(user)
    assert (stopped.every, stopped.calendar_key, stopped.last_sent_on) == (Every.MONTH, None, TODAY)


def test_a_reminder_is_marked_although_its_user_chose_anew_meanwhile(make_user):
    user = make_user(Role.ANALYST)
    read_before = make_reminders(user)
    choose(user, Every.WEEK)
    marked = mark_sent(read_before, TODAY)
    assert (marked.every, marked.last_sent_on) == (Every.WEEK, TODAY)
    assert marked.history.first().history_change_reason == "Sent as chosen, on 10 May 2023."
