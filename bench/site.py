"""The server as a deployment starts it: two workers, four threads each. The floor is served alike, by granian."""

import gzip
import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from bench.databases import ROOT, environment, python

ADDRESS = "127.0.0.1"
PATIENCE = 60
ANALYST = "analyst"
"""The account that reads unless another is named: an analyst of the whole country."""


class NotStartedError(Exception):
    """The server did not answer in time."""


GRANIAN = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--backpressure", "64")


@dataclass(frozen=True)
class Server:
    """One that runs. ``cookies`` sign in, by the name of the account; ``workers`` are processes that answer, ``parent``
    began them.
    """

    port: int
    cookies: Mapping[str, str]
    parent: int
    workers: tuple[int, ...]


@contextmanager
def serving(application: str, url: str, cookies: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run the "site" or the "floor" over a database until the block ends."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = int(probe.getsockname()[1])
    site = [python(), "manage.py", "serve", "--address", ADDRESS]
    floor = [str(Path(python()).with_name("granian")), "bench.floor.wsgi:application", *GRANIAN, "--host", ADDRESS]
    command, env = {"site": site, "floor": floor}[application], environment(url)
    process = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        _await(port, process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        # Those that listen: Python's own helpers among them have no application.
        commands = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        workers = tuple(int(child) for child, command in commands.items() if b"resource_tracker" not in command)
        if cookies is None:
            sign_in = [python(), "-m", "bench.accounts"]
            done = subprocess.run(sign_in, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
            cookies = json.loads(done.stdout.splitlines()[-1])
        yield Server(port, cookies, process.pid, workers)
    finally:
        process.terminate()
        process.wait()


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


# Requests one after the other over kept-alive connections, each address in turn, so that all meet the same noise.


WARM_UP, ROUNDS = 20, 200
# What a browser sends, behind the proxy that ends TLS.
HEADERS = {"Accept-Encoding": "gzip", "Accept": "text/html", "X-Forwarded-Proto": "https"}


class UnexpectedAnswerError(Exception):
    """A page answered with anything but itself."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each request."""

    times: list[float]

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[-1]


class Visitor:
    """A reader who stays connected."""

    def __init__(self, server: Server, account: str = ANALYST) -> None:
        self.connection = HTTPConnection(ADDRESS, server.port, timeout=600)
        self.headers = HEADERS | {"Cookie": server.cookies[account]}

    def read(self, path: str) -> bytes:
        """The page; raises UnexpectedAnswerError where it is none."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise UnexpectedAnswerError(f"{path} answered {answer.status} {answer.getheader('Location', '')}")
        return body

    def text(self, path: str) -> str:
        body = self.read(path)
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def in_turn(
    asked: Mapping[str, tuple[Server, str, str]], *, rounds: int = ROUNDS, warm_up: int = WARM_UP
) -> dict[str, Timing]:
    """Time each path of its server as an account reads it, one request of each a round."""
    visitors = {name: Visitor(server, account) for name, (server, _, account) in asked.items()}
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(warm_up + rounds):
        for name, (_, path, _) in asked.items():
            start = time.perf_counter()
            visitors[name].read(path)
            if turn >= warm_up:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: Timing(each) for name, each in times.items()}
