"""Maps of areas as SVG, drawn on the server: no tiles, no script, no styles of their own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, prod, radians

from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.dashboards.areas.queries import Whereabouts, list_boundaries

MAP, LOCATOR = 1000, 180
"""How high the maps are, in their own units: a unit is a pixel or less."""
MIDDLE = -2.0
"""The meridian that is drawn upright, in degrees: that of the national grid."""
SMALL, ROOM = 12, 24
"""An area smaller than the one, in units, is marked by a dot; one smaller than the other has no room for letters."""


@dataclass(frozen=True)
class Shape:
    """One area as drawn: the ``d`` of its path, and the middle of its largest part."""

    path: str
    x: int
    y: int
    is_small: bool
    has_room: bool


@dataclass(frozen=True)
class Sheet:
    """All areas as drawn, by ONS code, and the size of the drawing."""

    width: int
    height: int
    shapes: Mapping[str, Shape]


@cache
def sheet_of(place: int, height: int) -> Sheet:
    """The boundaries at a place of their list, ``height`` units high.

    The projection is sinusoidal about the middle meridian: areas keep their size, and lengths are true along parallels.
    """
    boundaries = list_boundaries()[place]
    flat: dict[str, list[list[tuple[float, float]]]] = {
        code: [[((x - MIDDLE) * cos(radians(y)), -y) for x, y in outline] for outline in outlines]
        for code, outlines in boundaries.outlines.items()
    }
    points = [point for outlines in flat.values() for outline in outlines for point in outline]
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
    scale = height / (bottom - top)
    shapes = {
        code: shape_of([[((x - left) * scale, (y - top) * scale) for x, y in outline] for outline in outlines])
        for code, outlines in flat.items()
    }
    return Sheet(round((right - left) * scale), height, shapes)


def shape_of(outlines: Iterable[Sequence[tuple[float, float]]]) -> Shape:
    """In whole units, each point said by its distance from the one before; what is smaller than a unit is left out."""
    rounded = [[(round(x), round(y)) for x, y in outline] for outline in outlines]
    parts = []
    for points in rounded:
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (a, b) != (x, y)]
        if len(steps) > 2:
            (x, y), line = points[0], " ".join(f"{right} {down}" for right, down in steps)
            parts.append(f"M{x} {y}l{line}z".replace(" -", "-"))
    largest = max(rounded, key=lambda points: prod(extent_of(points)))
    width, height = extent_of(largest)
    x, y = middle_of(largest)
    return Shape("".join(parts), x, y, max(width, height) < SMALL, min(width, height) >= ROOM)


def extent_of(points: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How wide and how high."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) - min(xs), max(ys) - min(ys)


def middle_of(points: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of a closed outline; of one without extent, its first point."""
    twice, x, y = 0, 0.0, 0.0
    for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True):
        cross = a * d - c * b
        twice, x, y = twice + cross, x + (a + c) * cross, y + (b + d) * cross
    return (round(x / (3 * twice)), round(y / (3 * twice))) if twice else points[0]


def letters_of(labels: Iterable[str]) -> dict[str, str]:
    """A short mark for each word: its initials, or its first letters where others have the same initials."""
    every = list(dict.fromkeys(labels))
    initials = {label: "".join(word[0] for word in label.split()).upper() for label in every}
    times = Counter(initials.values())
    return {label: mark if times[mark] == 1 else label[:3].capitalize() for label, mark in initials.items()}


@dataclass(frozen=True)
class Locator:
    """A small map with some areas picked out; ``dots`` mark those that are too small to be seen."""

    sheet: Sheet
    rest: str
    here: str
    partly: str
    dots: tuple[tuple[int, int], ...]
    words: str
    note: str
    as_at: str
    attribution: str

    @property
    def is_drawn(self) -> bool:
        return bool(self.here or self.partly or self.dots)


def locator(where: Whereabouts, whose: str) -> Locator:
    """``whose`` names, in a sentence, the bodies whose areas are picked out."""
    sheet = sheet_of(list_boundaries().index(where.boundaries), LOCATOR)
    picked = where.whole | where.partly
    paths = {
        name: "".join(shape.path for code, shape in sheet.shapes.items() if holds(code))
        for name, holds in (
            ("rest", lambda code: code not in picked),
            ("here", where.whole.__contains__),
            ("partly", where.partly.__contains__),
        )
    }
    note = "Of the hatched area only a part is its own, and where that ends is not held here." if where.partly else ""
    dots = tuple((shape.x, shape.y) for code, shape in sheet.shapes.items() if code in picked and shape.is_small)
    boundaries = where.boundaries
    return Locator(
        sheet,
        **paths,
        dots=dots,
        words=f"Where {whose} is",
        note=note,
        as_at=in_words(boundaries.as_at, Precision.MONTH),
        attribution=boundaries.attribution,
    )
