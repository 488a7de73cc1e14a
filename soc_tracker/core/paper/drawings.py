"""Small charts as SVG: bars that read in grey and on paper, with every number written out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

from soc_tracker.core.paper.content import Drawing, tidy
from soc_tracker.core.reports.charts import PALETTE

HATCHES = (
    "",
    '<path d="M0 6L6 0" stroke="#fff" stroke-width="1.2"/>',
    '<circle cx="3" cy="3" r="1" fill="#fff"/>',
    '<path d="M0 0L6 6M0 6L6 0" stroke="#fff" stroke-width=".8"/>',
    '<path d="M0 3H6" stroke="#fff" stroke-width="1.2"/>',
    '<path d="M3 0V6" stroke="#fff" stroke-width="1.2"/>',
)
"""What tells the series apart without colour; a seventh begins again with the first."""
WIDTH, ROW, BAR, NAMES, NUMBERS, KEY = 250, 15, 9, 78, 58, 14
LETTERS = 'font-size="8" font-family="Libertinus Serif, Georgia, serif" fill="#0b0c0c"'


@dataclass(frozen=True)
class Strip:
    """One bar: a piece for each series, and what is written after it. ``None`` instead of pieces: there is no number.

    ``of`` is the length of a full bar, where bars of one drawing are measured by different ones.
    """

    name: str
    pieces: tuple[float, ...] | None
    words: str
    of: float | None = None


def strips(*, title: str, sentence: str, kind: str, series: Sequence[str], rows: Sequence[Strip]) -> Drawing:
    """Horizontal bars, one a row; the longest fills the width, or each its own ``of``."""
    longest = max((sum(row.pieces or ()) for row in rows), default=0) or 1
    key = KEY if len(series) > 1 else 0
    height = key + ROW * len(rows) + 2
    drawn = [_key(series) if key else ""]
    for place, row in enumerate(rows):
        top = key + place * ROW
        drawn.append(f'<text x="{NAMES - 4}" y="{top + 9}" text-anchor="end" {LETTERS}>{_text(row.name, 22)}</text>')
        left = float(NAMES)
        scale = (WIDTH - NAMES - NUMBERS) / (row.of or longest)
        if row.of and row.pieces is not None:
            full = f'width="{row.of * scale:.1f}" height="{BAR}"'
            drawn.append(f'<rect x="{left}" y="{top + 2}" {full} fill="#fff" stroke="#6f777b" stroke-width=".6"/>')
        for which, piece in enumerate(row.pieces or ()):
            width = min(piece, row.of or piece) * scale
            if width > 0:
                drawn.append(_piece(which, left, top + 2, width))
            left += width
        drawn.append(f'<text x="{left + 4:.1f}" y="{top + 9}" {LETTERS}>{_text(row.words, 26)}</text>')
    tile = 'width="6" height="6" patternUnits="userSpaceOnUse"'
    patterns = (f'<pattern id="hatch-{which}" {tile}>{lines}</pattern>' for which, lines in enumerate(HATCHES))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-label="{escape(sentence)}"><defs>{"".join(patterns)}</defs>{"".join(drawn)}</svg>'
    )
    return Drawing(title, sentence, kind, svg, height)


def _text(text: str, most: int) -> str:
    return str(escape(tidy(text, most)))


def _piece(which: int, x: float, y: float, width: float) -> str:
    """A piece of a bar in the colour of its series, and its hatching over it."""
    box = f'x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}"'
    colour, hatch = PALETTE[which % len(PALETTE)], f"url(#hatch-{which % len(HATCHES)})"
    return f'<rect {box} fill="{colour}"/><rect {box} fill="{hatch}"/>'


def _key(series: Sequence[str]) -> str:
    """What each colour stands for, in one line over the bars."""
    room, pieces = WIDTH / len(series), []
    for which, name in enumerate(series):
        words = f'<text x="{which * room + BAR + 3:.1f}" y="9" {LETTERS}>{_text(name, 18)}</text>'
        pieces.append(_piece(which, which * room, 1, BAR) + words)
    return "".join(pieces)
