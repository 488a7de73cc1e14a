"""Requests one after the other over kept-alive connections, each address in turn, so that all meet the same noise."""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median, quantiles

from bench.site import ADDRESS, Server

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

    def __init__(self, server: Server) -> None:
        self.connection = HTTPConnection(ADDRESS, server.port, timeout=600)
        self.headers = HEADERS | {"Cookie": server.cookie}

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
    asked: Mapping[str, tuple[Server, str]], *, rounds: int = ROUNDS, warm_up: int = WARM_UP
) -> dict[str, Timing]:
    """Time each path of its server, one request of each a round."""
    visitors = {name: Visitor(server) for name, (server, _) in asked.items()}
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(warm_up + rounds):
        for name, (_, path) in asked.items():
            start = time.perf_counter()
            visitors[name].read(path)
            if turn >= warm_up:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: Timing(each) for name, each in times.items()}
