"""`manage.py serve`: the site as a deployment serves it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def served(tmp_path):
    """The process that serves an empty site on a free port, and the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        yield process, port
        process.terminate()


def answer(port: int) -> int:
    """The status of /healthz, once something listens there."""
    for _ in range(600):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", "/healthz")
                return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("Nothing answers.")


def test_two_workers_answer_and_share_what_they_loaded(served):
    process, port = served
    assert answer(port) == 200
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(workers) == 2
    for worker in workers:
        memory = dict(
            line.split(":") for line in Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:] if ":" in line
        )
        shared = int(memory["Pss"].split()[0]) / int(memory["Rss"].split()[0])
        assert shared < 0.7, "Of what a worker holds, less than a third is its parent's too."
