"""What every test may use."""

import gc
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client, TransactionTestCase
from hypothesis import settings
from model_bakery import baker
from simple_history.signals import post_create_historical_record

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.models import AccountChange
from soc_tracker.core.records import words
from soc_tracker.core.trail import services as trail
from soc_tracker.core.trail.models import Entry
from tests import databases, kept_words
from tests.role_accounts import role_account
from tests.stored import load_reference

LOOPBACK = ("127.", "::1", "localhost")
# A busy machine is no failure, and the same examples every time let a run be repeated.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    return refuse_skipping((yield))


def refuse_skipping(report: pytest.TestReport) -> pytest.TestReport:
    """With CI=true, a test that is skipped for want of something fails: there, everything must run."""
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI", "").lower() in ("1", "true"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI=true does not allow: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise RuntimeError(f"A test tried to reach {address}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Before a database is made: on SQLite its tables are copied from those that an earlier run has migrated."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(connection.creation, "create_test_db", databases.create)
        patch.setattr(connection.ops, "execute_sql_flush", databases.empty)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The tables, of which the words are read once for all tests."""
    with django_db_blocker.unblock():
        kept_words.remember()


@pytest.fixture(autouse=True)
def same_values_every_time(request: pytest.FixtureRequest) -> None:
    """What a test leaves to chance is made up from its name, so that a run can be repeated."""
    baker.seed(request.node.nodeid)


@pytest.fixture(autouse=True)
def words_as_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test before had entered in a vocabulary is no more; nobody but the test writes any."""
    monkeypatch.setattr(words, "FRESH_FOR", kept_words.LONG)
    kept_words.begin_anew()


@pytest.fixture(autouse=True)
def every_write_on_the_trail() -> Iterator[None]:
    """Whatever a service has written in a test stands on the trail too; what a test stores as its set-up need not.

    A service's writes have a reason. Rows of one load are counted on one entry.
    """
    written: set[tuple[str, str, str, int]] = set()
    told: Counter[tuple[str, str, str]] = Counter()

    def note_history(instance: Any, history_instance: Any, **signal: Any) -> None:
        if not history_instance.history_change_reason or trail.LOAD.get() is not None:
            return
        kind = {"+": "addition", "~": "change", "-": "removal"}[history_instance.history_type]
        row = (instance._meta.concrete_model._meta.label_lower, str(instance.pk))
        if kind != "change" or (*row, "addition", instance.version) not in written:  # a new row's links, kept once more
            written.add((*row, kind, instance.version))

    def note_account(instance: AccountChange, created: bool, **signal: Any) -> None:
        written.add(("auth.user", str(instance.account_id), "account", instance.version))

    def note_entry(instance: Entry, **signal: Any) -> None:
        model = apps.get_model(instance.subject_kind) if instance.subject_kind else None
        label = model._meta.concrete_model._meta.label_lower if model else ""
        told[label, instance.subject_key, "account" if model is User else instance.kind] += 1

    post_create_historical_record.connect(note_history)
    post_save.connect(note_account, sender=AccountChange)
    post_save.connect(note_entry, sender=Entry)
    yield
    post_create_historical_record.disconnect(note_history)
    post_save.disconnect(note_account, sender=AccountChange)
    post_save.disconnect(note_entry, sender=Entry)
    writes = Counter(write[:3] for write in written)
    assert writes <= told, f"Written by a service, and not on the trail: {sorted(writes - told)}"


@pytest.fixture
def make_user(db: None) -> Callable[[Role], User]:
    """Make (once) the account of a role, as the demonstration does: the administrator may enter the admin."""
    return role_account


@pytest.fixture
def sign_in(make_user: Callable[[Role], User]) -> Callable[[Role], Client]:
    """A test client signed in with a role."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
        for model in (model for model in apps.get_models() if issubclass(model, words.Word)):
            model.words()  # as a server keeps them
        return client

    return signed_in


@pytest.fixture
def inspector(sign_in: Callable[[Role], Client]) -> Client:
    return sign_in(Role.INSPECTOR)


@pytest.fixture
def analyst(sign_in: Callable[[Role], Client]) -> Client:
    return sign_in(Role.ANALYST)


@pytest.fixture
def lead_responsible_officer(sign_in: Callable[[Role], Client]) -> Client:
    return sign_in(Role.LEAD_RESPONSIBLE_OFFICER)


@pytest.fixture
def administrator(sign_in: Callable[[Role], Client]) -> Client:
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def run_command(capsys: pytest.CaptureFixture) -> Callable[..., tuple[int, list[str], str]]:
    """Run a command of manage.py; its exit status, the lines that it wrote, and what it wrote as errors."""

    def run(name: str, *arguments: object) -> tuple[int, list[str], str]:
        try:
            call_command(name, *map(str, arguments))
            status = 0
        except SystemExit as end:
            status = end.code
        out, errors = capsys.readouterr()
        return status, out.splitlines(), errors

    return run


@pytest.fixture(scope="module")
def rows_of_module(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """For a fixture whose rows all tests of a file read: they are made once, and taken back after the last of them.

    What a test writes beside them is taken back after it, as ever. Objects that tests change are theirs alone where
    the fixture that hands them out copies them.
    """
    baker.seed(request.node.nodeid)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def loaded_reference(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The reference data, stored once for all tests that read it: loading takes seconds."""
    with django_db_blocker.unblock():
        load_reference()
        kept_words.remember()


@pytest.fixture
def reference(loaded_reference: None, db: None) -> None:
    """The whole of the reference data and published facts."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the tests that read the reference data last, so that all others start with empty tables.

    In each file, for the same reason, those come last that share rows with the others of the file; never after those
    that empty the tables, which pytest-django puts behind all others.
    With ONLY_WITH_DATABASE, leave out those that touch no database: that they may not, pytest-django sees to.
    """
    items.sort(key=lambda item: "reference" in getattr(item, "fixturenames", ()))
    files = groupby(items, key=lambda item: (item.path, empties_tables(item)))
    items[:] = [item for _, tests in files for item in sorted(tests, key=shares_rows)]
    if os.environ.get("ONLY_WITH_DATABASE"):
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if touches_database(item)]


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays loaded, and come less often: it took an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def shares_rows(item: pytest.Item) -> bool:
    return "rows_of_module" in getattr(item, "fixturenames", ())


def empties_tables(item: pytest.Item) -> bool:
    """Whether a test writes without a transaction that is taken back, so that all tables are emptied after it."""
    mark = item.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(names) or (mark is not None and bool(mark.kwargs.get("transaction")))


def touches_database(item: pytest.Item) -> bool:
    """Whether a test is given the database, by its mark, by a fixture or as a Django test case."""
    names = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "live_server"}
    if item.get_closest_marker("both_databases"):
        return True
    is_case = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, TransactionTestCase)
    return is_case or "django_db" in item.keywords or bool(names & set(getattr(item, "fixturenames", ())))
