"""A process that loads can be killed at any moment: nothing is half-written, and the next one works."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.databases import own_database
from tests.disruptions.loading.extracts import disruptions, write
from tests.disruptions.loading.killed import MOMENTS, SLICED

COUNT = 400

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The URL of a database, with its tables and organisations, that is the processes' own."""
    with own_database(tmp_path_factory.mktemp("killed"), "killed") as url:
        finished(url, "prepare")
        yield url


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write(tmp_path_factory.mktemp("extract") / "extract.csv", disruptions(COUNT))


def process(url, *arguments):
    command = [sys.executable, "-W", "error", "-m", "tests.disruptions.loading.killed", *map(str, arguments)]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)


def finished(url, *arguments):
    """What a process says that is left to end by itself."""
    with process(url, *arguments) as running:
        said, _ = running.communicate(timeout=300)
        assert running.returncode == 0
    return said


def kill_at(url, path, moment):
    with process(url, "load", path, moment) as running:
        assert running.stdout.readline() == "here\n"
        running.send_signal(signal.SIGKILL)
        assert running.wait(timeout=60) == -signal.SIGKILL


def report(url):
    return json.loads(finished(url, "report"))


def test_killed_at_every_moment_and_loaded_at_last(database, path):
    before = report(database)
    assert set(before["counts"].values()) == {0}
    for moment in MOMENTS:
        kill_at(database, path, moment)
        assert report(database) == before, moment
    for moment in SLICED if connection.vendor == "sqlite" else ():
        kill_at(database, path, moment)
        seen = report(database)
        assert (seen["counts"], seen["parts"]) == (before["counts"], before["parts"]), moment
        assert seen["stored"]["Pending"], moment
    assert finished(database, "load", path) == f"added {COUNT}, changed 0, unchanged 0, refused 0\n"
    after = report(database)
    assert after["parts"] == before["parts"]
    assert (after["counts"]["Disruption"], after["counts"]["Extract"]) == (COUNT, 1)
    assert after["counts"]["Cell"] > 0
    assert after["stored"] == after["counts"] | {"Pending": 0}
    assert finished(database, "load", path) == f"added 0, changed 0, unchanged {COUNT}, refused 0\n"


def test_two_at_once_go_one_after_the_other(database, path, tmp_path):
    """The second waits, and then compares with what the first has left: here nothing, because it was killed."""
    rows = [row | {"summary": "Reviewed."} for row in disruptions(COUNT)]
    newer = write(tmp_path / "newer.csv", rows)
    finished(database, "load", path)
    with process(database, "load", newer, "rows written") as first:
        assert first.stdout.readline() == "here\n"
        with process(database, "load", newer) as second:
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(timeout=5)
            first.send_signal(signal.SIGKILL)
            assert second.communicate(timeout=60) == (f"added 0, changed {COUNT}, unchanged 0, refused 0\n", None)
