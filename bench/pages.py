"""The pages against the floor: all databases' servers run side by side and answer in turn."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from html import unescape
from http.client import HTTPConnection

from bench.accounts import BODY
from bench.databases import MEGABYTE, NAMES, Case, in_words
from bench.machine import forget_peaks, loaded_files, peaks, resident
from bench.site import ADDRESS, ANALYST, HEADERS, Server, Timing, UnexpectedAnswerError, Visitor, in_turn, serving
from bench.table import Row

CHOICE = f"organisation={BODY}&year=2022"
LIST, FLOOR = "/disruptions/", "/floor/"
# Every force, the year 2022, as at a day within a month: the day on which published figures were taken.
PERIOD, MID_MONTH = ("2022-01-01", "2022-12-31"), "2023-07-13"
COMPARISON = f"/compare/?kind=force&from={PERIOD[0]}&to={PERIOD[1]}&as_at={MID_MONTH}"
PATHS = {"filtered": f"{LIST}?{CHOICE}", "unfiltered": LIST, "comparison": COMPARISON}
# Pages that people begin with: address, and how many times as long as the filtered list they may take.
OTHERS = {
    "region, overview": ("/regions/north-west/", 2),
    "region, record": ("/regions/north-west/record/", 2),
    "force, overview": (f"/forces/{BODY}/", 2),
    "force, record": (f"/forces/{BODY}/record/", 2),
    "ROCU, overview": ("/rocus/nwrocu/", 2),
    "home": ("/", 1.5),
    "threats": ("/threats/", 1.5),
    "search": ("/search/?q=manchester", 1.5),
}
# What those with a reach read, which may take little longer than without one.
REACHED = {
    "filtered list": f"{LIST}?{CHOICE}",
    "unfiltered list": LIST,
    "force, overview": f"/forces/{BODY}/",
    "force, record": f"/forces/{BODY}/record/",
}
WITHOUT, WITH_REACH = "administrator", ("inspector", "analyst of one body")
FLOORS = {"floor, filtered": f"{FLOOR}?{CHOICE}", "floor, unfiltered": FLOOR}
DEEP = 1000
"""The page of a list that is compared with its first one."""
PAGE = 50
OLDER = re.compile(r'href="([^"]*[?&;]older=[^"]*)"')

Timings = Mapping[tuple[Case | str, ...], Timing]


def measure(cases: Sequence[Case]) -> list[Row]:
    with ExitStack() as servers:
        asked = {}
        for case in cases:
            site = servers.enter_context(serving("site", case.url))
            floor = servers.enter_context(serving("floor", case.url, site.cookies))
            paths = PATHS | {name: path for name, (path, _) in OTHERS.items()}
            asked |= {(case, name): (site, path, ANALYST) for name, path in paths.items()}
            asked |= {(case, name): (floor, path, ANALYST) for name, path in FLOORS.items()}
            asked |= {
                (case, name, account): (site, path, account)
                for name, path in REACHED.items()
                for account in (WITHOUT, *WITH_REACH)
            }
            if case.rows > DEEP * PAGE:
                asked[case, "deep"] = (site, deep_page(site), ANALYST)
        timings = in_turn(asked)
    rows = [row for case in cases for row in [*_rows_of(case, timings), *_reach_of(case, timings)]]
    return rows + _growth(cases, timings)


def _reach_of(case: Case, timings: "Timings") -> Iterator[Row]:
    """The pages of those who have a reach, against the same page of an administrator, for whom none is worked out."""
    for name in REACHED:
        for account in WITH_REACH:
            measured, floor = (timings[case, name, who].median for who in (account, WITHOUT))
            yield Row(f"{name}, {account}", case.words, measured, "ms", floor, WITHOUT, most=1.15)


def deep_page(site: Server) -> str:
    """The address of page 1,000 of the unfiltered list, reached as a reader would: older, and older again."""
    visitor, path = Visitor(site), LIST
    for _ in range(DEEP - 1):
        found = OLDER.search(visitor.text(path))
        if found is None:
            raise LookupError(f"{path} leads to no older page.")
        path = LIST + unescape(found[1]) if found[1].startswith("?") else unescape(found[1])
    return path


def _rows_of(case: Case, timings: Timings) -> list[Row]:
    found = {name: timing for (of, name, *who), timing in timings.items() if of == case and not who}
    filtered, unfiltered, comparison = found["filtered"], found["unfiltered"], found["comparison"]
    floor = found["floor, filtered"].median
    in_ms = {"database": case.words, "unit": "ms"}
    rows = [
        Row("filtered list", measured=filtered.median, floor=floor, most=1.3, **in_ms),
        Row(
            *("filtered list, p95",), measured=filtered.p95, floor=filtered.median, floor_name="median", most=2, **in_ms
        ),
        Row("unfiltered list", measured=unfiltered.median, floor=found["floor, unfiltered"].median, most=2, **in_ms),
        Row("comparison as at a mid-month day", measured=comparison.median, floor=floor, most=3, **in_ms),
    ]
    against = {"floor": filtered.median, "floor_name": "filtered list"} | in_ms
    rows += [Row(name, measured=found[name].median, most=most, **against) for name, (_, most) in OTHERS.items()]
    if "deep" in found:
        deep = found["deep"].median
        rows.append(Row("page 1,000", measured=deep, floor=unfiltered.median, floor_name="page 1", most=1.2, **in_ms))
    return rows


def _growth(cases: Sequence[Case], timings: Timings) -> list[Row]:
    """The largest database of each kind against the smallest."""
    rows = []
    for vendor, name in NAMES.items():
        sizes = sorted((case for case in cases if case.vendor == vendor), key=lambda case: case.rows)
        if len(sizes) > 1:
            small, large = (timings[case, "filtered"].median for case in (sizes[0], sizes[-1]))
            what = f"filtered list at {in_words(sizes[-1].rows)}"
            against = f"at {in_words(sizes[0].rows)}"
            rows.append(Row(what, name, large, "ms", small, against, most=1.3))
    return rows


# A million rows as CSV: how fast, and how much memory the server takes for it.


PATH = f"{LIST}?format=csv"
BLOCK = 1 << 16


def measure_export(case: Case) -> list[Row]:
    with serving("site", case.url) as server:
        workers = _measure_workers(case, server)
        forget_peaks(server.workers)
        before = peaks(server.workers)
        start = time.perf_counter()
        rows = 0
        with closing(HTTPConnection(ADDRESS, server.port, timeout=3600)) as connection:
            # Not compressed, so that the rows are counted as they come.
            connection.request(
                "GET", PATH, headers=HEADERS | {"Accept-Encoding": "identity", "Cookie": server.cookies[ANALYST]}
            )
            answer = connection.getresponse()
            if answer.status != 200:
                raise UnexpectedAnswerError(f"{PATH} answered {answer.status}")
            while block := answer.read(BLOCK):
                rows += block.count(b"\n")
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
