"""Small pictures of numbers, drawn on the server as SVG: they need no script, print well and are readable in grey.

A picture is a row of columns, each made of parts from the bottom up. Pictures that stand side by side share one scale:
give each the same ``most``. What is not known is hatched, what is not complete is pale in a broken outline; ``words``
say the same to those who do not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import GRID, INK, PALETTE, PAPER

WIDTH, GAP, HEIGHT, NAME, NUMBER = 16, 3, 48, 13, 12
"""Pixels: of a column, between two, of the highest, and of the lines of text below and above."""
HATCHINGS = ("", "M0,6 L6,0", "M3,0 V6", "M0,3 H6", "M0,0 L6,6", "M0,0 L6,6 M0,6 L6,0")
"""By which the parts of a column are told apart without colour, in the order of the palette."""
PALE = "0.45"


@dataclass(frozen=True)
class Bar:
    """One column of a picture: ``parts`` from the bottom up, None where nothing is known."""

    name: str
    parts: tuple[int, ...] | None
    complete: bool = True

    @property
    def total(self) -> int:
        return sum(self.parts or ())


@dataclass(frozen=True)
class Picture:
    """One small picture: whose it is, where that is told in full, and its drawing, or words where there is none."""

    name: str
    url: str
    drawing: SafeString | None
    none: str = ""


@dataclass(frozen=True, kw_only=True)
class Pictures(Report):
    """A report drawn as small pictures on one scale; ``key`` names their parts, each with its swatch."""

    pictures: tuple[Picture, ...] = ()
    key: tuple[tuple[str, SafeString], ...] = ()


def draw(bars: Sequence[Bar], *, key: str, most: int, words: str) -> SafeString:
    """The columns in their order, with the total above each and the first and last name below.

    ``key`` is a name that no other picture of the page has. A page may hold hundreds of columns, so their text is put
    together plainly: names and words are escaped, and all else is numbers.
    """
    width, height, bottom = len(bars) * (WIDTH + GAP) - GAP, NUMBER + HEIGHT + NAME, NUMBER + HEIGHT
    scale = HEIGHT / max(most, 1)
    shapes = [_patterns(key, most=max((len(bar.parts or ()) for bar in bars), default=0))]
    for place, bar in enumerate(bars):
        left = place * (WIDTH + GAP)
        shapes.append(_blocks(bar, left, bottom, WIDTH, scale, key))
        if bar.parts is not None:
            top = round(bottom - bar.total * scale - 3, 1)
            shapes.append(f'<text x="{left + WIDTH / 2}" y="{top}" text-anchor="middle">{_short(bar.total)}</text>')
    shapes.append(f'<path d="M0,{bottom} H{width}" stroke="{INK}"/>')
    if len(bars) > 1:
        for x, anchor, bar in ((0, "start", bars[0]), (width, "end", bars[-1])):
            shapes.append(f'<text x="{x}" y="{height - 3}" text-anchor="{anchor}">{escape(bar.name)}</text>')
    return mark_safe(
        f'<svg class="soc-picture" role="img" aria-label="{escape(words)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-size="10" fill="{INK}">{"".join(shapes)}</svg>'
    )


def swatch(part: int | None, *, key: str, complete: bool = True) -> SafeString:
    """A sample of a part of a column for the key; of what is not known where ``part`` is None."""
    bar = Bar("", None if part is None else (0,) * part + (1,), complete)
    return mark_safe(
        '<svg class="soc-picture" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">'
        f"{_patterns(key, most=0 if part is None else part + 1)}{_blocks(bar, 0, 16, 16, 16, key)}</svg>"
    )


def _short(number: int) -> str:
    """With no more than four characters, as there is room for: "999", "1.2k", "12k"."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 9_950 else f"{number / 1000:.0f}k"


def _blocks(bar: Bar, left: float, bottom: float, width: float, scale: float, key: str) -> str:
    """The parts of a column from the bottom up; what is not complete is pale, in an outline of dashes."""
    blocks = [(str(place), part * scale) for place, part in enumerate(bar.parts or ()) if part]
    if bar.parts is None:
        blocks = [("none", min(HEIGHT, bottom))]
    line = f'stroke="{PAPER}"'
    if bar.parts is None or not bar.complete:
        line = f'fill-opacity="{PALE}" stroke="{INK}" stroke-dasharray="3 2"'
    boxes = []
    for filling, height in blocks:
        bottom -= height
        box = f'x="{left}" y="{round(bottom, 1)}" width="{width}" height="{round(max(height, 0.5), 1)}"'
        boxes.append(f'<rect {box} fill="url(#{escape(key)}-{filling})" {line}/>')
    return "".join(boxes)


def _patterns(key: str, *, most: int) -> str:
    """One filling for each part, and that of what is not known."""
    fillings = [
        (str(place), PALETTE[place % len(PALETTE)], HATCHINGS[place % len(HATCHINGS)], PAPER) for place in range(most)
    ]
    fillings.append(("none", PAPER, "M0,6 L6,0", GRID))
    patterns = (
        f'<pattern id="{escape(key)}-{name}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" '
        f'height="6" fill="{colour}"/><path d="{lines}" stroke="{stroke}" stroke-width="1.2"/></pattern>'
        for name, colour, lines, stroke in fillings
    )
    return f"<defs>{''.join(patterns)}</defs>"
