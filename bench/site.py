"""The server as a deployment starts it: two workers, four threads each. The floor is served alike, by granian."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.databases import environment
from bench.deployment import ROOT, python

ADDRESS = "127.0.0.1"
PATIENCE = 60


class NotStartedError(Exception):
    """The server did not answer in time."""


def site() -> list[str]:
    return [python(), "manage.py", "serve", "--address", ADDRESS, "--port"]


def floor() -> list[str]:
    granian = [str(Path(python()).with_name("granian")), "bench.floor.wsgi:application", "--interface", "wsgi"]
    return [*granian, "--workers", "2", "--blocking-threads", "4", "--backpressure", "64", "--host", ADDRESS, "--port"]


COMMANDS = {"site": site, "floor": floor}


@dataclass(frozen=True)
class Server:
    """One that runs. ``cookie`` signs a reader in; ``workers`` are processes that answer, ``parent`` began them."""

    port: int
    cookie: str
    parent: int
    workers: tuple[int, ...]


@contextmanager
def serving(application: str, url: str, cookie: str = "") -> Iterator[Server]:
    """Run one of COMMANDS over a database until the block ends."""
    port = _free_port()
    process = subprocess.Popen(
        [*COMMANDS[application](), str(port)],
        cwd=ROOT,
        env=environment(url),
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Server(port, cookie or signed_in(url), process.pid, _workers(process.pid))
    finally:
        process.terminate()
        process.wait()


def signed_in(url: str) -> str:
    """The cookie of an analyst who has just signed in."""
    done = subprocess.run(
        [python(), "-m", "bench.reader"],
        cwd=ROOT,
        env=environment(url),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE * 10):
        if process.poll() is not None:
            break
        with suppress(OSError):
            connection = HTTPConnection(ADDRESS, port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise NotStartedError(f"The server on port {port} does not answer.")


def _workers(master: int) -> tuple[int, ...]:
    """The server's child processes that listen: Python's own helpers among them have no application."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return tuple(int(child) for child in children if b"resource_tracker" not in _command(child))


def _command(process: str) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
