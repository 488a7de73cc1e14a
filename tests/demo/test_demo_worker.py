"""The worker of the demo runs tasks, and ends with the process that started it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker

from soc_tracker.demo.management.commands import run_demo_worker
from soc_tracker.demo.management.commands.serve_demo import worker

DEMO = ("load_demo_plans", "load_demo_inspection")
ROOT = Path(__file__).resolve().parent.parent.parent
# A stand-in for the server: it starts a worker, says its number and waits.
PARENT = """
import os, subprocess, sys, time
command = [sys.executable, "manage.py", "run_demo_worker", "--no-reload", "--verbosity=0", f"--parent={os.getpid()}"]
print(subprocess.Popen(command).pid, flush=True)
time.sleep(120)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """A database of its own for the worker, with the tables that it needs."""
    folder = tmp_path_factory.mktemp("worker")
    more = {"DATABASE_URL": f"sqlite:///{folder / 'worker.sqlite3'}", "DEBUG": "1", "DEMO_MODE": "1"}
    values = {**os.environ, **more, "CACHE_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "soc_tracker.settings"}
    for app in ("auth", "django_tasks_database"):
        subprocess.run([sys.executable, "manage.py", "migrate", app, "--verbosity=0"], cwd=ROOT, env=values, check=True)
    return values


@pytest.fixture
def unwatched(monkeypatch):
    """Without the look at the parent, which would end the tests with it."""
    monkeypatch.setattr(run_demo_worker, "end_with", lambda parent: None)


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def ends_within(seconds: float, process: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and lives(process):
        time.sleep(0.1)
    return not lives(process)


def test_a_worker_ends_when_its_parent_is_killed(environment):
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        started = int(parent.stdout.readline())
        time.sleep(2)
        assert lives(started)
        parent.send_signal(signal.SIGKILL)
    try:
        assert ends_within(30, started)
    finally:
        if lives(started):
            os.kill(started, signal.SIGKILL)


def test_a_worker_ends_with_the_server(environment, monkeypatch):
    started = []
    start = subprocess.Popen

    def noted(*args, **kwargs):
        started.append(start(*args, **kwargs, env=environment))
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", noted)
    with worker():
        (process,) = started
        assert process.poll() is None
    assert process.poll() is not None


def test_a_busy_database_does_not_end_the_worker(unwatched, monkeypatch):
    attempts = []

    def handle(self, **options):
        attempts.append(options)
        if len(attempts) < 3:
            raise OperationalError("database is locked")

    monkeypatch.setattr(db_worker.Command, "handle", handle)
    run_demo_worker.Command().handle(parent=os.getppid())
    assert len(attempts) == 3


@pytest.fixture
def commands(unwatched, monkeypatch) -> list[str]:
    """The commands that the worker runs, and where its tasks begin, without either."""
    run: list[str] = []
    monkeypatch.setattr(run_demo_worker, "call_command", lambda name, **options: run.append(name))
    monkeypatch.setattr(db_worker.Command, "handle", lambda self, **options: run.append("tasks"))
    return run


@pytest.mark.parametrize(("wanted", "expected"), [(True, [*DEMO, "tasks"]), (False, ["tasks"])])
def test_the_demo_plans_come_before_the_first_task_where_they_are_wanted(wanted, expected, commands):
    run_demo_worker.Command().handle(parent=os.getppid(), demo_plans=wanted)
    assert commands == expected


def test_tasks_are_run_where_the_demo_plans_cannot_be_loaded(commands, monkeypatch, capsys):
    def refuse(name, **options):
        raise CommandError("Load the demo records first.")

    monkeypatch.setattr(run_demo_worker, "call_command", refuse)
    run_demo_worker.Command().handle(parent=os.getppid(), demo_plans=True)
    assert commands == ["tasks"]
    assert "Load the demo records first." in capsys.readouterr().err


def test_demo_plans_that_a_busy_database_cut_short_are_taken_up_again(commands, monkeypatch):
    def load(name, **options):
        commands.append(name)
        if len(commands) == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(run_demo_worker, "call_command", load)
    run_demo_worker.Command().handle(parent=os.getppid(), demo_plans=True)
    assert commands == ["load_demo_plans", *DEMO, "tasks"]


def test_another_fault_of_the_database_does(unwatched, monkeypatch):
    def handle(self, **options):
        raise OperationalError("no such table")

    monkeypatch.setattr(db_worker.Command, "handle", handle)
    with pytest.raises(OperationalError, match="no such table"):
        run_demo_worker.Command().handle(parent=os.getppid())
