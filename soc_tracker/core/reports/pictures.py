"""Small pictures of numbers, drawn on the server as SVG: they need no script, print well and are readable in grey.

A picture is a row of columns, each made of parts from the bottom up. Pictures that stand side by side share one scale:
give each the same ``most``. What is not known is hatched, what is not complete is pale in a broken outline; ``words``
say the same to those who do not see it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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

    ``key`` is a name that no other picture of the page has.
    """
    width, height = len(bars) * (WIDTH + GAP) - GAP, NUMBER + HEIGHT + NAME
    scale = HEIGHT / max(most, 1)
    columns = (_column(bar, place * (WIDTH + GAP), scale, key) for place, bar in enumerate(bars))
    return format_html(
        '<svg class="soc-picture" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}" '
        'font-size="10" fill="{}"><defs>{}</defs>{}<path d="M0,{} H{}" stroke="{}"/>{}</svg>',
        words,
        width,
        height,
        width,
        height,
        INK,
        _patterns(key, most=max((len(bar.parts or ()) for bar in bars), default=0)),
        format_html_join("", "{}", ((column,) for column in columns)),
        NUMBER + HEIGHT,
        width,
        INK,
        _names(bars, width, height),
    )


def swatch(part: int | None, *, key: str, complete: bool = True) -> SafeString:
    """A sample of a part of a column for the key; of what is not known where ``part`` is None."""
    bar = Bar("", None if part is None else (0,) * part + (1,), complete)
    return format_html(
        '<svg class="soc-picture" aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">'
        "<defs>{}</defs>{}</svg>",
        _patterns(key, most=0 if part is None else part + 1),
        _blocks(bar, 0, 16, 16, 16, key),
    )


def _column(bar: Bar, left: int, scale: float, key: str) -> SafeString:
    """The blocks, and the number above them; the number is left out where nothing is known."""
    bottom = NUMBER + HEIGHT
    top = bottom - bar.total * scale
    number = format_html(
        '<text x="{}" y="{}" text-anchor="middle">{}</text>', left + WIDTH / 2, round(top - 3, 1), _short(bar.total)
    )
    return format_html("{}{}", _blocks(bar, left, bottom, WIDTH, scale, key), "" if bar.parts is None else number)


def _short(number: int) -> str:
    """With no more than four characters, as there is room for: "999", "1.2k", "12k"."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 9_950 else f"{number / 1000:.0f}k"


def _blocks(bar: Bar, left: float, bottom: float, width: float, scale: float, key: str) -> SafeString:
    if bar.parts is None:
        height = min(HEIGHT, bottom)
        return _block(left, bottom - height, width, height, f"url(#{key}-none)", complete=False)
    blocks: list[SafeString] = []
    for place, part in enumerate(bar.parts):
        height = part * scale
        bottom -= height
        if part:
            blocks.append(_block(left, bottom, width, height, f"url(#{key}-{place})", complete=bar.complete))
    return format_html_join("", "{}", ((block,) for block in blocks))


def _block(left: float, top: float, width: float, height: float, fill: str, *, complete: bool) -> SafeString:
    """A block; one that is not complete is pale, in an outline of dashes."""
    box = format_html('x="{}" y="{}" width="{}" height="{}"', left, round(top, 1), width, round(max(height, 0.5), 1))
    if complete:
        return format_html('<rect {} fill="{}" stroke="{}"/>', box, fill, PAPER)
    return format_html(
        '<rect {} fill="{}" fill-opacity="{}" stroke="{}" stroke-dasharray="3 2"/>', box, fill, PALE, INK
    )


def _patterns(key: str, *, most: int) -> SafeString:
    """One filling for each part, and that of what is not known."""
    parts = (
        (key, place, PALETTE[place % len(PALETTE)], HATCHINGS[place % len(HATCHINGS)], PAPER) for place in range(most)
    )
    every = (*parts, (key, "none", PAPER, "M0,6 L6,0", GRID))
    return format_html_join(
        "",
        '<pattern id="{}-{}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="{}"/><path d="{}" stroke="{}" stroke-width="1.2"/></pattern>',
        every,
    )


def _names(bars: Sequence[Bar], width: int, height: int) -> SafeString:
    ends = [("0", "start", bars[0].name), (str(width), "end", bars[-1].name)] if len(bars) > 1 else []
    rows: Iterable[tuple[str, int, str, str]] = ((x, height - 3, anchor, name) for x, anchor, name in ends)
    return format_html_join("", '<text x="{}" y="{}" text-anchor="{}">{}</text>', rows)
