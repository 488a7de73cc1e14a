"""Whatever is done to a sealed trail past its services is found, and said where."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from time import sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soc_tracker.core.trail import services
from soc_tracker.core.trail.guard import lifted
from soc_tracker.core.trail.models import Entry, Kind, Seal
from soc_tracker.core.trail.seals import Line, digest_of_seal, files_in
from soc_tracker.core.trail.services import late_entries, record_event, seal_entries
from soc_tracker.core.trail.verifying import verify

pytestmark = pytest.mark.django_db
NUMBER = 12


@pytest.fixture
def digests(settings, tmp_path):
    settings.TRAIL_DIGESTS = str(tmp_path / "digests")
    return tmp_path / "digests"


@pytest.fixture
def sealed(digests, monkeypatch):
    """The keys of entries under several seals."""
    monkeypatch.setattr(services, "SEALED_TOGETHER", 5)
    entries = [record_event(Kind.EXPORT, subject=f"list {number}", rows=number) for number in range(NUMBER)]
    seal_entries()
    return [entry.pk for entry in entries]


def tamper(sql, *values):
    with transaction.atomic(), lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def found():
    return [str(fault) for fault in verify()]


def test_a_whole_trail_has_no_fault(sealed, digests):
    assert (found(), Seal.objects.count()) == ([], 3)
    record_event(Kind.SIGN_IN)
    assert found() == []
    seal_entries()
    assert (found(), Seal.objects.count()) == ([], 4)
    assert [len(path.read_text().splitlines()) for path in files_in(digests)] == [4]


COLUMNS = [field for field in Entry._meta.concrete_fields if not field.primary_key]
OTHER = {"DateTimeField": now() - timedelta(days=3), "JSONField": '{"rows": 99}'}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, NUMBER - 1), column=st.sampled_from(COLUMNS))
def test_any_field_of_any_entry_that_is_altered_is_found(sealed, which, column):
    with transaction.atomic():
        value = OTHER.get(column.get_internal_type(), "other")
        tamper(f"UPDATE trail_entry SET {column.column} = %s WHERE id = %s", value, sealed[which])
        assert any(fault.startswith(f"Entry {sealed[which]},") and "altered" in fault for fault in found())
        transaction.set_rollback(True)
    assert found() == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.sets(st.integers(0, NUMBER - 1), min_size=1))
def test_any_entries_that_are_removed_are_found(sealed, which):
    with transaction.atomic():
        for each in which:
            tamper("DELETE FROM trail_entry WHERE id = %s", sealed[each])
        named = [fault for fault in found() if "removed" in fault]
        assert [fault.split(",")[0] for fault in named] == [f"Entry {sealed[each]}" for each in sorted(which)]
        transaction.set_rollback(True)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.lists(st.integers(0, NUMBER - 1), min_size=2, max_size=2, unique=True))
def test_two_entries_that_change_places_are_found(sealed, pair):
    first, second = (sealed[each] for each in pair)
    with transaction.atomic():
        for before, after in ((first, -1), (second, first), (-1, second)):
            tamper("UPDATE trail_entry SET id = %s WHERE id = %s", after, before)
        assert {fault.split(",")[0] for fault in found()} >= {f"Entry {first}", f"Entry {second}"}
        transaction.set_rollback(True)


def test_an_entry_put_among_the_others_is_found(sealed):
    tamper("UPDATE trail_entry SET id = 1000000 WHERE id = %s", sealed[3])
    past = now() - timedelta(days=30)
    Entry.objects.create(id=sealed[3], kind=Kind.SIGN_IN, at=past)
    assert any(fault.startswith(f"Entry {sealed[3]},") for fault in found())


def test_an_entry_that_bears_an_earlier_day_is_found(sealed):
    entry = Entry.objects.create(kind=Kind.SIGN_IN, at=now() - timedelta(days=30))
    seal_entries()
    assert [fault for fault in found() if fault.startswith(f"Entry {entry.pk},") and "inserted" in fault]


def test_an_altered_and_a_missing_seal_are_found(sealed):
    tamper("UPDATE trail_seal SET count = 4 WHERE number = 2")
    assert any(fault.startswith("Seal 2 (") and "altered" in fault for fault in found())
    tamper("DELETE FROM trail_seal WHERE number = 2")
    assert any("seals 2 to 2 before it are missing" in fault for fault in found())


def make_anew():
    """What somebody does who owns the database and knows how seals are made."""
    with transaction.atomic(), lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_seal WHERE number > 1")
    last = Seal.objects.get()
    last.members, last.pk = [[entry, digest] for entry, digest in last.members], None
    first_digests = list(services.digests_of(Entry.objects.order_by("pk")[: last.count]))
    last.members = [[key, digest[: services.BEGINNING]] for key, digest in first_digests]
    last.root = services.root_of(first_digests)
    last.digest = digest_of_seal(last)
    tamper("DELETE FROM trail_seal")
    last._state.adding = True
    last.save()
    seal_entries()


def test_seals_that_were_made_anew_are_found_by_the_files(sealed, digests, settings):
    tamper("UPDATE trail_entry SET who = 'nobody' WHERE id = %s", sealed[1])
    make_anew()
    settings.TRAIL_DIGESTS = ""
    assert found() == []
    settings.TRAIL_DIGESTS = str(digests)
    assert [fault for fault in found() if "seal 1, up to entry" in fault and "made anew" in fault]


def test_entries_cut_off_with_their_seals_are_found_by_the_files(sealed):
    tamper("DELETE FROM trail_entry WHERE id > %s", sealed[9])
    tamper("DELETE FROM trail_seal WHERE number = 3")
    assert [fault for fault in found() if f"lacks seal 3, and may lack entries up to {sealed[-1]}" in fault]


def test_a_trail_that_was_replaced_whole_is_found_by_the_files(sealed):
    tamper("DELETE FROM trail_entry")
    tamper("DELETE FROM trail_seal")
    record_event(Kind.SIGN_IN)
    seal_entries()
    assert [fault for fault in found() if "the database was replaced" in fault]


def test_digests_signed_with_another_key_are_found(digests, settings):
    settings.TRAIL_KEY = "first key"
    record_event(Kind.SIGN_IN)
    seal_entries()
    assert found() == []
    (path,) = files_in(digests)
    assert Line.read(path.read_text().strip()).signature
    settings.TRAIL_KEY = "another key"
    assert [fault for fault in found() if "not signed with the key" in fault]


def test_a_line_nobody_wrote_and_a_line_taken_out_are_found(sealed, digests):
    (path,) = files_in(digests)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "scribble", lines[2]]))
    assert [fault.partition(": ")[2] for fault in found()] == [
        "this is no line that the site has written",
        "no file of digests knows it",
    ]


def test_an_entry_that_is_stored_after_a_later_one_was_sealed_is_sealed_too(digests):
    """PostgreSQL gives a key out before the row is stored."""
    first = record_event(Kind.SIGN_IN)
    Entry.objects.create(pk=first.pk + 2, kind=Kind.SIGN_OUT)
    seal_entries()
    Entry.objects.create(pk=first.pk + 1, kind=Kind.EXPORT)
    assert late_entries(Seal.objects.get()) == [first.pk + 1]
    assert found() == []
    assert seal_entries() == 1
    assert found() == []
    assert seal_entries() == 0


def test_the_command_says_where_and_fails(sealed, run_command):
    assert run_command("verify_trail")[:2] == (0, [f"The trail is whole: {NUMBER} entries under 3 seals."])
    tamper("UPDATE trail_entry SET who = 'nobody' WHERE id = %s", sealed[1])
    status, lines, errors = run_command("verify_trail")
    assert (status, lines[0].partition(",")[0]) == (1, f"Entry {sealed[1]}")
    assert "not whole" in errors


def test_shortening_leaves_the_rest_whole_and_tells_of_itself(sealed, run_command, tmp_path):
    archive = tmp_path / "old.jsonl"
    days = services.LATEST.days
    with archive.open("w") as file:
        services.shorten(Seal.objects.get(number=3).at, reason="Kept for long enough", archive=file)
    seal_entries()
    assert Entry.objects.count() == NUMBER - 10 + 1
    told = Entry.objects.get(kind=Kind.KEEPING)
    assert (told.details["entries"], told.details["up_to_seal"], told.why) == (10, 2, "Kept for long enough")
    assert len(archive.read_text().splitlines()) == 10
    assert found() == []
    with pytest.raises(CommandError, match="from 1 on"):
        call_command("shorten_trail", reason="x", days=0)
    tamper("DELETE FROM trail_entry WHERE id = %s", sealed[-1])
    assert [fault for fault in found() if f"Entry {sealed[-1]}" in fault]
    with pytest.raises(CommandError, match="not whole"):
        call_command("shorten_trail", reason="x", days=days)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_give_no_false_alarm(digests):
    """Writers whose transactions end out of order, some taking back what they wrote, while two seal all the time."""
    # A SQLite database in memory lets nobody wait; elsewhere all go at once.
    turn = threading.Lock() if connection.vendor == "sqlite" else nullcontext()

    def write():
        for each in range(12):
            with turn, transaction.atomic():
                record_event(Kind.SIGN_IN, subject=f"{threading.get_ident()} {each}")
                sleep(0.001 * (each % 3))
                transaction.set_rollback(each % 4 == 3)
        connection.close()

    def seal():
        for _ in range(6):
            with turn:
                seal_entries()
        connection.close()

    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(act) for act in (write, seal, write, write, seal, write)]:
            future.result()
    seal_entries()
    assert (found(), Entry.objects.count()) == ([], 36)
    assert sum(Seal.objects.values_list("count", flat=True)) == 36
