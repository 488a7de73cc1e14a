"""What is kept no longer is deleted by a command, which first only says what it would delete."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.utils.timezone import now

from soc_tracker.core.accounts.models import AccountChange, Session
from soc_tracker.core.accounts.services import add_account, change_account, version_of
from soc_tracker.core.posting.models import KeptForm, SentForm
from soc_tracker.core.trail.models import Entry
from tests.makers import make_author, make_disruption

pytestmark = pytest.mark.django_db
OLD = timedelta(days=800)
NAMES = ("kestrel", "Kay", "Estrel", "kay@police.example")


@pytest.fixture
def closed():
    """An account that wrote something and was closed long ago."""
    author = make_author()
    values = dict(zip(("username", "first_name", "last_name", "email"), NAMES, strict=True))
    account = add_account(values, by=author, reason="New here.")
    make_disruption(summary="Two people arrested.")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    change_account(account, {"is_active": False}, by=author, reason="Has left.", expected_version=version_of(account))
    age(account, OLD)
    return account


def age(account, by):
    User.objects.filter(pk=account.pk).update(date_joined=now() - by)
    account.changes.update(at=now() - by)


def texts_of(account):
    account.refresh_from_db()
    lines = [str(change.differences) for change in AccountChange.objects.filter(account=account)]
    return " ".join([str(vars(account)), *lines])


def test_first_it_only_says_what(closed, run_command):
    status, lines, _ = run_command("retain", "--dry-run")
    assert status == 0
    assert lines[0] == "These would be deleted. Nothing was."
    assert "Names and addresses of accounts closed for 730 days: 1" in lines
    assert all(name in texts_of(closed) for name in NAMES)
    assert not Entry.objects.filter(kind="keeping").exists()


def test_who_left_long_ago_is_forgotten_and_what_they_wrote_is_not(closed, run_command):
    _, lines, _ = run_command("retain")
    assert lines[0] == "These were deleted."
    kept = texts_of(closed)
    assert not [name for name in NAMES if name in kept]
    assert (closed.get_username(), closed.get_full_name()) == (f"former-{closed.pk}", f"Former account {closed.pk}")
    assert not closed.has_usable_password()
    assert not EmailAddress.objects.filter(user=closed).exists()
    assert not Authenticator.objects.filter(user=closed).exists()
    assert [change.reason for change in closed.changes.order_by("version")][:2] == ["New here.", "Has left."]
    assert Entry.objects.filter(kind="keeping", subject="retention").count() == 1
    _, again, _ = run_command("retain")
    assert "Names and addresses of accounts closed for 730 days: 0" in again


@pytest.mark.parametrize("left", [timedelta(days=10), timedelta(days=729)])
def test_who_left_lately_is_kept(closed, run_command, left):
    age(closed, left)
    run_command("retain")
    assert all(name in texts_of(closed) for name in NAMES)


def test_who_has_not_left_is_kept(run_command):
    author = make_author()
    age(author, OLD)
    run_command("retain")
    author.refresh_from_db()
    assert author.username == "priya"


def test_old_forms_and_sessions_go_and_new_ones_stay(inspector, run_command):
    user = User.objects.get(username="inspector")
    fields = {"browser": "", "page": "/", "action": "/", "fields": [], "why": ""}
    for key, when in (("old", now() - timedelta(days=40)), ("new", now())):
        SentForm.objects.create(key=key, user=user, digest="", sent_at=when)
        KeptForm.objects.create(key=key, user=user, kept_at=when, **fields)
    own = Session.objects.get()
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(minutes=1))
    _, lines, _ = run_command("retain")
    for line in ("Notes that a form was sent: 1", "Forms that came too late: 1", "Sessions that are over: 1"):
        assert line in lines
    assert [form.key for form in (*SentForm.objects.all(), *KeptForm.objects.all())] == ["new", "new"]
    assert list(Session.objects.all()) == [own]
