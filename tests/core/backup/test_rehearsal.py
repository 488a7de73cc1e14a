"""A backup made while others write is restored: nothing is half there, and a quiet one gives back the very same."""

import json
from contextlib import ExitStack

import pytest

from tests.databases import own_database
from tests.processes import deployment, output, python

pytestmark = pytest.mark.both_databases
RECORD = ("-m", "tests.core.backup.record")
WRITERS = ("A", "B")
KEY = "for-tests-only-abcdefghijklmnopqrstuvwxyz-0123456789-KEY"


@pytest.fixture
def sites(tmp_path):
    """The environments of a site at work and of an empty one, which share the key of backups."""
    with ExitStack() as stack:
        first, second = (
            deployment(stack.enter_context(own_database(tmp_path, name)), tmp_path / name, BACKUP_KEY=KEY)
            for name in ("kept", "restored")
        )
        output(first, *RECORD, "prepare")
        yield first, second


def report(site):
    return json.loads(output(site, *RECORD, "report"))


def test_what_was_backed_up_while_others_wrote_is_restored_whole(sites, tmp_path):
    first, second = sites
    stop, folder = tmp_path / "stop", tmp_path / "backup"
    writers = [python(first, *RECORD, "write", name, stop) for name in WRITERS]
    try:
        before = [[int(writer.stdout.readline()) for _ in range(5)][-1] for writer in writers]
        said = output(first, "manage.py", "backup", folder)
    finally:
        stop.touch()
        written = [int(writer.communicate(timeout=60)[0].split()[-1]) for writer in writers]
    assert "Backed up" in said
    assert all(last > first_ones for first_ones, last in zip(before, written, strict=True))

    said = output(second, "manage.py", "restore", folder)
    assert "1 uploads" in said
    assert "not in the backup" not in said
    kept = report(second)
    assert kept["figures"], "The counts are those of the rows."
    for name, first_ones, last in zip(WRITERS, before, written, strict=True):
        own = [each for each in kept["references"] if each.startswith(f"DIS-{name}-")]
        assert own == [f"DIS-{name}-{number:05}" for number in range(1, len(own) + 1)], "What came first is there."
        assert first_ones <= len(own) <= last
    assert 0 <= len(kept["references"]) - kept["words"] <= len(WRITERS), "At most one write of each was under way."

    quiet = tmp_path / "quiet"
    output(first, "manage.py", "backup", quiet)
    assert "There is a site here already" in output(second, "manage.py", "restore", quiet, status=1)
    output(second, "manage.py", "restore", quiet, "--replace")
    assert report(second) == report(first)
    # Numbers given out are not given out again.
    (tmp_path / "stop").unlink()
    with python(second, *RECORD, "write", "C", stop) as writer:
        assert writer.stdout.readline() == "1\n"
        stop.touch()
