"""A million rows as CSV: how fast, and how much memory the server takes for it."""

import time
from contextlib import closing
from http.client import HTTPConnection

from bench.cases import MEGABYTE, Case
from bench.machine import forget_peaks, loaded_files, peaks, resident
from bench.pages import CHOICE, LIST
from bench.requests import HEADERS, UnexpectedAnswerError, Visitor
from bench.site import ADDRESS, Server, serving
from bench.table import Row

PATH = f"{LIST}?format=csv"
BLOCK = 1 << 16


def measure(case: Case) -> list[Row]:
    with serving("site", case.url) as server:
        workers = _measure_workers(case, server)
        forget_peaks(server.workers)
        before = peaks(server.workers)
        start = time.perf_counter()
        rows = _lines(server)
        seconds = time.perf_counter() - start
        over = max(after - idle for idle, after in zip(before, peaks(server.workers), strict=True))
    return [
        *workers,
        Row("export as CSV", case.words, rows / seconds, "rows/s", least=100_000),
        Row("memory of the export over the idle worker", case.words, over / MEGABYTE, "MB", most=100),
    ]


def _measure_workers(case: Case, server: Server) -> list[Row]:
    """Both workers once each has answered the list a few times."""
    for _ in range(8):
        Visitor(server).read(f"{LIST}?{CHOICE}")
    heavy = [name for name in ("pandas", "plotly", "numpy") for one in server.workers if name in loaded_files(one)]
    if heavy:
        raise UnexpectedAnswerError(f"The workers have loaded {', '.join(heavy)}.")
    return [
        Row(
            "server with both workers",
            case.words,
            resident([server.parent, *server.workers]) / MEGABYTE,
            "MB",
            most=180,
        )
    ]


def _lines(server: Server) -> int:
    """Read the whole file, and count its lines."""
    lines = 0
    with closing(HTTPConnection(ADDRESS, server.port, timeout=3600)) as connection:
        # Not compressed, so that the rows are counted as they come.
        connection.request("GET", PATH, headers=HEADERS | {"Accept-Encoding": "identity", "Cookie": server.cookie})
        answer = connection.getresponse()
        if answer.status != 200:
            raise UnexpectedAnswerError(f"{PATH} answered {answer.status}")
        while block := answer.read(BLOCK):
            lines += block.count(b"\n")
    return lines
