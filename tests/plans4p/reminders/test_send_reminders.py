"""``manage.py send_reminders``."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from plans4p.choices import Every
from plans4p.reminders.models import Reminders
from soc_tracker.core.access.roles import Role
from tests.makers import make_action, make_aim, make_author
from tests.plans4p.owned import TODAY, change_action, day, make_hands_full, make_own_plan, make_owner, make_reminders

pytestmark = pytest.mark.django_db


class OneAddressFails(EmailBackend):
    """A server that hangs up on mail to the inspector."""

    def send_messages(self, messages):
        if messages[0].to == ["inspector@example.org"]:
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def set_today(monkeypatch):
    def setting(day):
        monkeypatch.setattr("plans4p.management.commands.send_reminders.localdate", lambda: day)

    setting(TODAY)
    return setting


@pytest.fixture
def send(capsys):
    def sending(*arguments):
        call_command("send_reminders", *arguments)
        return capsys.readouterr().out.splitlines()

    return sending


def make_reminded(role=Role.LEAD_RESPONSIBLE_OFFICER, every=Every.DAY, address=True, **more):
    """An officer on whose plans everything is due, who wants an e-mail."""
    owner = make_owner(role, **more)
    make_hands_full(owner)
    owner.user.email = f"{role}@example.org" if address else ""
    owner.user.save()
    return make_reminders(owner.user, every)


def test_the_email_says_what_is_due(send):
    make_reminded()
    assert send() == ["lead-responsible-officer: sent", "sent 1"]
    (message,) = mail.outbox
    assert message.to == ["lead-responsible-officer@example.org"]
    assert message.from_email == "soc-tracker@127.0.0.1"
    assert message.subject == "4P plans: what is due on 10 May 2023"
    action = "- 6 May 2023: Seize the telephone of the line (4P-late-"
    assert f"ACTIONS OVERDUE\n\n{action}" in message.body
    assert "  DS Kaur\n  http://127.0.0.1:8000/plans/4P-late-" in message.body
    assert "You asked for this e-mail: every day." in message.body
    assert "http://127.0.0.1:8000/plans/mine/" in message.body
    assert "http://127.0.0.1:8000/reminders/" in message.body
    assert "llustrative" not in message.body


def test_text_and_html_say_the_same(send):
    make_reminded()
    send()
    (message,) = mail.outbox
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert html.count("<li>") == message.body.count("\n- ")
    assert '<a href="http://127.0.0.1:8000/plans/4P-late-' in html


def test_text_is_text_and_html_is_escaped(send):
    owner = make_reminded().user.lead_officer
    make_action(make_aim(make_own_plan(owner), due_on=day(300)), "Visit A & <B>", due_on=day(1))
    send()
    (message,) = mail.outbox
    assert "Visit A & <B>" in message.body
    assert "Visit A &amp; &lt;B&gt;" in message.alternatives[0][0]


def test_it_says_what_others_changed(send):
    owner = make_reminded().user.lead_officer
    action = make_action(make_aim(make_own_plan(owner), due_on=day(300)), due_on=day(200))
    change_action(action, make_author(), owner="DC Lee")
    send()
    text = mail.outbox[0].body
    assert "Action: Seize the telephone of the line (4P-00001)\n  changed by Priya Shah: Agreed at the meeting." in text


def test_it_says_that_others_changed_more(send):
    owner = make_reminded().user.lead_officer
    aim = make_aim(make_own_plan(owner), due_on=day(300))
    for _ in range(20):
        make_action(aim, due_on=day(200))
    send()
    text = mail.outbox[0].body
    assert text.count("added by Priya Shah") == 20
    assert text.count("There are more than these on the site.") == 1


def test_made_up_plans_are_marked(send):
    make_reminded(kind_of_data="illustrative")
    send()
    (message,) = mail.outbox
    assert message.subject.startswith("Illustrative – ")
    assert "all of it is made up" in message.body
    assert "all of it is made up" in message.alternatives[0][0]


def test_twice_on_a_day_it_is_sent_once(send):
    make_reminded()
    send()
    assert send() == ["It is nobody’s turn."]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("every", "days"), [(Every.DAY, 1), (Every.WEEK, 7), (Every.MONTH, 28)])
def test_it_comes_as_often_as_chosen(every, days, send, set_today):
    make_reminded(every=every)
    send()
    set_today(TODAY + timedelta(days=days - 1))
    send()
    assert len(mail.outbox) == 1
    set_today(TODAY + timedelta(days=days))
    send()
    assert len(mail.outbox) == 2


def test_who_wants_none_gets_none(send):
    make_reminded(every=Every.NEVER)
    assert send() == ["It is nobody’s turn."]
    assert mail.outbox == []


def test_nothing_is_sent_when_there_is_nothing_to_say(send, make_user):
    user = make_user(Role.ANALYST)
    user.email = "analyst@example.org"
    user.save()
    make_reminders(user)
    assert send() == ["analyst: nothing to say", "nothing to say 1"]
    assert mail.outbox == []
    assert Reminders.objects.get().last_sent_on is None


def test_a_closed_account_gets_none(send):
    user = make_reminded().user
    user.is_active = False
    user.save()
    assert send() == ["It is nobody’s turn."]


def test_accounts_without_an_address_are_named_even_when_asked_to_be_quiet(send):
    make_reminded(address=False)
    assert send("-v", "0") == ["lead-responsible-officer: no address"]
    assert Reminders.objects.get().last_sent_on is None


def test_a_dry_run_sends_nothing_and_marks_nothing(send):
    make_reminded()
    assert send("--dry-run") == ["lead-responsible-officer: would be sent", "would be sent 1"]
    assert mail.outbox == []
    assert Reminders.objects.get().last_sent_on is None


def test_a_failure_is_told_and_stops_nobody_else(settings, send):
    settings.EMAIL_BACKEND = f"{__name__}.OneAddressFails"
    failing = make_reminded(Role.INSPECTOR)
    other = make_reminded()
    with pytest.raises(CommandError, match="inspector: Connection unexpectedly closed"):
        send()
    assert [message.to for message in mail.outbox] == [["lead-responsible-officer@example.org"]]
    assert Reminders.objects.get(pk=other.pk).last_sent_on == TODAY
    assert Reminders.objects.get(pk=failing.pk).last_sent_on is None


def test_what_failed_is_sent_by_the_next_run(settings, send):
    make_reminded(Role.INSPECTOR)
    settings.EMAIL_BACKEND = f"{__name__}.OneAddressFails"
    with pytest.raises(CommandError):
        send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    assert [message.to for message in mail.outbox] == [["inspector@example.org"]]


def test_an_address_that_cannot_be_one_is_a_failure_like_others(send):
    user = make_reminded().user
    user.email = "a@example.org\nBcc: b@example.org"
    user.save()
    with pytest.raises(CommandError, match="lead-responsible-officer: "):
        send()
    assert mail.outbox == []
