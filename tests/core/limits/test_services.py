"""An attempt is taken once, whoever else takes one at the same moment, and comes back with time."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection

from soc_tracker.core.limits import services
from soc_tracker.core.limits.models import Spending
from soc_tracker.core.limits.services import Rate, clear_spent, give_back, spend


@pytest.fixture
def clock(monkeypatch):
    """The seconds since 1970, which a test moves on."""

    class Clock:
        now = 1_700_000_000.0

        def time(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(services, "time", clock)
    return clock


@pytest.mark.django_db
def test_after_a_burst_one_attempt_comes_back_at_a_time(clock):
    limits = [("sign in jo", Rate(3, 60))]
    assert [spend(limits) for _ in range(3)] == [0, 0, 0]
    assert spend(limits) == 60
    clock.now += 59
    assert spend(limits) == 1
    clock.now += 1
    assert spend(limits) == 0
    assert spend(limits) == 60
    clock.now += 10_000
    assert [spend(limits) for _ in range(4)] == [0, 0, 0, 60]


@pytest.mark.django_db
def test_what_is_refused_under_one_key_counts_under_none(clock):
    narrow, wide = ("jo from here", Rate(1, 60)), ("here", Rate(10, 5))
    assert spend([wide, narrow]) == 0
    assert [spend([wide, narrow]) for _ in range(20)] == [60] * 20
    assert [spend([wide]) for _ in range(10)] == [0] * 9 + [5]


@pytest.mark.django_db
def test_an_attempt_that_was_none_is_given_back(clock):
    limits = [("sign in jo", Rate(2, 60))]
    for _ in range(50):
        assert spend(limits) == 0
        give_back(limits)


@pytest.mark.django_db
def test_what_means_nothing_any_more_is_deleted_and_nothing_else(clock):
    spend([("old", Rate(5, 60))])
    clock.now += 50
    spend([("new", Rate(5, 60))])
    clock.now += 20
    clear_spent()
    assert [row.key for row in Spending.objects.all()] == [services.digest("new")]


@pytest.mark.django_db
def test_no_name_or_address_is_kept():
    spend([("sign in jo 192.0.2.7", Rate(5, 60))])
    assert Spending.objects.get().key == sha256(b"sign in jo 192.0.2.7").hexdigest()


ONE_OF_TWO = """
import sys, django
django.setup()
from soc_tracker.core.limits.services import Rate, spend
print(sum(spend([("sign in jo", Rate(5, 3600))]) == 0 for _ in range(40)))
"""
TABLES = """
import django
django.setup()
from django.db import connection
from soc_tracker.core.limits.models import Spending
with connection.schema_editor() as editor:
    editor.create_model(Spending)
"""


def test_two_processes_over_one_file_take_no_more_than_there_are(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "soc_tracker.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    subprocess.run([sys.executable, "-c", TABLES], env=environment, check=True)
    command = [sys.executable, "-c", ONE_OF_TWO]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(process.communicate()[0]) for process in both) == 5


# On SQLite, threads cannot wait for each other on a database in memory.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_of_many_at_once_no_more_are_taken_than_there_are():
        def attempt(_: int) -> float:
            try:
                return spend([("sign in jo", Rate(5, 3600))])
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as pool:
            waits = list(pool.map(attempt, range(60)))
        assert waits.count(0) == 5
