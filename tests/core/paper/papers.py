"""A sheet for tests, and what its PDF says."""

from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from soc_tracker.core.paper.content import Figure, Paper, Part, Row, Source, Tag, Verdict, fitted
from soc_tracker.core.paper.drawings import Strip, strips
from soc_tracker.core.paper.pdf import pdf_of

REPORT = Source("A report (The inspectorate, November 2023)", "Opening, paragraph 1", "/sources/a-report/")
OTHER = Source("A page (The inspectorate, 2018)", "Question 3", "/sources/a-page/")
SITE = "https://soc.example.org"


def part(*texts: str, total: int = 0, heading: str = "What must change", first: int = 1) -> Part:
    rows = tuple(
        Row((text, "1 May 2024", "Open"), Tag("Area for improvement", "orange"), "/f/", REPORT) for text in texts
    )
    nothing = "Nothing is held here."
    return Part(heading, "published", ("What", "By when", "How"), rows, total or len(rows), "/all/", nothing, first)


def paper(*parts: Part, **more: Any) -> Paper:
    values: dict[str, Any] = {
        "title": "Fenland Police",
        "subtitle": "Serious and organised crime: summary",
        "day": date(2024, 6, 2),
        "address": f"{SITE}/bodies/fenland/summary/",
        "made_by": "Ada Lowe",
        "verdict": Verdict(Tag("Adequate", "yellow"), "PEEL 2022/23", "It plans well.", "", REPORT),
        "parts": parts,
        "figures": (Figure("118", "SOC threats", "as at 4 January 2023", "published", "/figures/1/", OTHER),),
        "drawing": strips(
            title="By 4P",
            sentence="Of 10 in 2022: pursue 8 (80%).",
            kind="recorded",
            series=("Disruptions",),
            rows=[Strip("Pursue", (8,), "8 (80%)"), Strip("Prevent", None, "no records")],
        ),
    }
    return Paper(**values | more)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(sheet: Paper) -> str:
    """All that the PDF of the fitted sheet says, on one line."""
    (page,) = read(pdf_of(fitted(sheet), site=SITE)).pages
    return " ".join(page.extract_text().split())
