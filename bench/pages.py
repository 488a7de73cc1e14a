"""The pages against the floor: all databases' servers run side by side and answer in turn."""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from html import unescape

from bench.cases import NAMES, Case, in_words
from bench.requests import Timing, Visitor, in_turn
from bench.site import Server, serving
from bench.table import Row

CHOICE = "organisation=greater-manchester&year=2022"
LIST, FLOOR = "/disruptions/", "/floor/"
# Every force, the year 2022, as at a day within a month: the day on which published figures were taken.
PERIOD, MID_MONTH = ("2022-01-01", "2022-12-31"), "2023-07-13"
COMPARISON = f"/compare/?kind=force&from={PERIOD[0]}&to={PERIOD[1]}&as_at={MID_MONTH}"
PATHS = {"filtered": f"{LIST}?{CHOICE}", "unfiltered": LIST, "comparison": COMPARISON}
# Pages that people begin with: address, and how many times as long as the filtered list they may take.
OTHERS = {
    "region, overview": ("/regions/north-west/", 2),
    "region, record": ("/regions/north-west/record/", 2),
    "force, overview": ("/forces/greater-manchester/", 2),
    "force, record": ("/forces/greater-manchester/record/", 2),
    "ROCU, overview": ("/rocus/nwrocu/", 2),
    "home": ("/", 1.5),
    "threats": ("/threats/", 1.5),
    "search": ("/search/?q=manchester", 1.5),
}
FLOORS = {"floor, filtered": f"{FLOOR}?{CHOICE}", "floor, unfiltered": FLOOR}
DEEP = 1000
"""The page of a list that is compared with its first one."""
PAGE = 50
OLDER = re.compile(r'href="([^"]*[?&;]older=[^"]*)"')

Timings = Mapping[tuple[Case, str], Timing]


def measure(cases: Sequence[Case]) -> list[Row]:
    with ExitStack() as servers:
        asked = {}
        for case in cases:
            site = servers.enter_context(serving("site", case.url))
            floor = servers.enter_context(serving("floor", case.url, site.cookie))
            paths = PATHS | {name: path for name, (path, _) in OTHERS.items()}
            asked |= {(case, name): (site, path) for name, path in paths.items()}
            asked |= {(case, name): (floor, path) for name, path in FLOORS.items()}
            if case.rows > DEEP * PAGE:
                asked[case, "deep"] = (site, deep_page(site))
        timings = in_turn(asked)
    return [row for case in cases for row in _rows_of(case, timings)] + _growth(cases, timings)


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
    found = {name: timing for (of, name), timing in timings.items() if of == case}
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
