"""A sheet as a PDF: tagged for assistive technology (PDF/UA-1), one page whatever its texts are.

All texts reach the template as data, so none of them can be read as Typst markup.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soc_tracker.core.paper.content import Paper
from soc_tracker.core.text.days import in_words

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).with_name("paper.typ")
DRAWN = (
    (0x20, 0x7E),
    (0xA0, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x200B, 0x200B),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x2042, 0x2042),
    (0x2044, 0x2052),
    (0x2054, 0x205E),
    (0x20A0, 0x20BF),
    (0x2190, 0x22FF),
    (0x2500, 0x25FF),
)
"""The letters that the package's own fonts have: first and last of each run. No font of the machine is used."""
UNDRAWN = re.compile("[^" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in DRAWN) + "]")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
KINDS = {"published": "Published", "recorded": "Recorded", "illustrative": "Illustrative: made up"}


def pdf_of(paper: Paper, *, site: str) -> bytes:
    """A fitted sheet. ``site`` is the address that its links begin with, such as "https://soc.example.org"."""
    data = asdict(paper) | {
        "day": in_words(paper.day),
        "kinds": paper.kinds,
        "marking": paper.marking,
        "kinds_in_words": KINDS,
        "parts": [asdict(part) | {"more": part.more} for part in paper.parts],
        "figure_groups": [
            {"heading": heading, "kind": kind, "figures": [asdict(figure) for figure in figures]}
            for heading, kind, figures in paper.figure_groups
        ],
        "documents": [asdict(document) for document in paper.documents],
    }
    return in_type(TEMPLATE, data, site, paper.day)


def in_type(template: Path, data: Any, site: str, day: date) -> bytes:
    """What a Typst template makes of the data that it reads as ``paper``, as a tagged PDF dated by the day."""
    import typst

    pdf: bytes = typst.compile(
        template.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(_drawable(data, site.rstrip("/")))},
        pdf_standards="ua-1",
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> "Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False)


def _drawable(value: Any, site: str) -> Any:
    """The same with a sign for every letter that no font of the package has, and with whole addresses."""
    match value:
        case str():
            return UNDRAWN.sub(UNKNOWN, value)
        case {"url": str(url), **others} if url.startswith("/"):
            return {"url": f"{site}{url}"} | _drawable(others, site)
        case dict():
            return {key: _drawable(part, site) for key, part in value.items()}
        case list() | tuple():
            return [_drawable(part, site) for part in value]
        case _:
            return value
