"""Entries are added, and that is all that can be done to the trail."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from soc_tracker.core.trail.censoring import CENSORED
from soc_tracker.core.trail.models import AppendOnlyError, Entry, Kind, Seal
from soc_tracker.core.trail.services import one_load, record_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("sam", first_name="Sam", last_name="Example")


def test_an_entry_says_who_did_what_to_what_and_outlives_both(person):
    subject = User.objects.create_user("other")
    key = subject.pk
    record_event(Kind.ACCOUNT, by=person, subject=subject, before={"in use": True}, after={"in use": False}, why="Left")
    subject.delete()
    person.delete()
    entry = Entry.objects.get()
    assert (entry.who, entry.subject_kind, entry.subject_key, entry.subject) == (
        "Sam Example",
        "auth.user",
        str(key),
        "other",
    )
    assert (entry.before, entry.after, entry.why) == ({"in use": True}, {"in use": False}, "Left")


def test_of_a_request_it_keeps_who_where_from_and_a_fingerprint_of_the_session(person, client):
    client.force_login(person)
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.user, request.session = person, client.session
    HistoricalRecords.context.request = request
    try:
        entry = record_event(Kind.EXPORT, subject="disruptions", rows=12)
    finally:
        del HistoricalRecords.context.request
    assert (entry.who_key, entry.address, entry.details) == (str(person.pk), "192.0.2.7", {"rows": 12})
    assert len(entry.session) == 16
    assert client.session.session_key not in str(vars(entry))


def test_what_is_rolled_back_leaves_no_entry(person):
    with transaction.atomic():
        record_event(Kind.CHANGE, by=person, subject=person)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_rows_of_one_load_leave_one_entry_with_their_numbers(person):
    with one_load("facts.xlsx", by=person, why="A file", digest="abc"), one_load("inner"):
        record_event(Kind.ADDITION, subject=person)
        record_event(Kind.ADDITION, subject=person)
        record_event(Kind.CHANGE, subject=person)
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject, entry.details["digest"]) == ("load", "facts.xlsx", "abc")
    assert entry.details["rows"] == {"addition of user": 2, "change of user": 1}


def test_a_load_that_writes_nothing_leaves_none():
    with one_load("facts.xlsx"):
        pass
    assert not Entry.objects.exists()


@pytest.mark.parametrize("model", [Entry, Seal])
@pytest.mark.parametrize("verb", ["update", "delete", "bulk_update"])
def test_the_model_refuses(model, verb):
    with pytest.raises(AppendOnlyError):
        getattr(model.objects.all(), verb)()
    with pytest.raises(AppendOnlyError):
        getattr(model._base_manager, verb)() if verb != "delete" else model._base_manager.all().delete()


def test_a_stored_entry_is_neither_saved_again_nor_deleted(person):
    entry = record_event(Kind.SIGN_IN, by=person)
    for act in (entry.save, entry.delete):
        with pytest.raises(AppendOnlyError):
            act()


def test_the_database_refuses(person):
    record_event(Kind.SIGN_IN, by=person, why="first")
    attempts = [
        "UPDATE trail_entry SET why = 'other'",
        "DELETE FROM trail_entry",
        "DELETE FROM trail_seal WHERE id > 0",
    ]
    if connection.vendor == "postgresql":
        attempts.append("TRUNCATE trail_entry")
    Seal.objects.create(number=1, first=1, last=1, count=1, members=[], root="", previous="", digest="")
    for sql in attempts:
        with (
            pytest.raises(DatabaseError, match="only ever added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert Entry.objects.get().why == "first"


@pytest.mark.django_db(transaction=True)
def test_what_a_test_has_committed_is_gone_after_it(person):
    """Emptying the tables between tests puts the triggers back."""
    record_event(Kind.SIGN_IN, by=person)
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    record_event(Kind.SIGN_OUT)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_entry")


def test_secrets_are_taken_out_wherever_they_stand(person):
    planted = "hunter2-correct-horse"
    entry = record_event(
        Kind.ACCOUNT,
        by=person,
        subject=f"https://sam:{planted}@example.org/",
        before={"password": planted},
        after={"api_key": planted, "nested": [{"client_secret": planted}]},
        why=f"Authorization: Bearer {planted}",
        address_opened=f"/accounts/password/reset/key/{planted}/?token={planted}",
    )
    assert planted not in str(vars(Entry.objects.get(pk=entry.pk)))
    assert entry.before == {"password": CENSORED}
