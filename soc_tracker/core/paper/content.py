"""What stands on one sheet of A4, bounded so that it always fits: what is left out is counted, with the way to it."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from soc_tracker.core.access.markings import marking_of_kind

LINES = 72
"""That a sheet holds, as ``_height`` reckons them: a tenth more than there are."""
MOST_LETTERS, BESIDE = 230, 60
"""Of a row's first text, and of those beside it; longer ones end in an ellipsis."""
TITLE, ACROSS, BESIDE_GRADE, HALF, SMALL = 36, 108, 86, 56, 140
"""Letters on a line: of the title; of body text across the sheet, beside the grade, on half of it; of small print."""
WIDTHS = {1: (108,), 2: (78, 28), 3: (64, 18, 26)}
"""Letters on a line of each column of a part, by their number."""
LONG_WORD = 28
TOGETHER = re.compile(
    r"(?<=\d) (?=(?:million|billion|percent|per cent|tonnes|years?|of \d|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)|(?<=\bof) (?=\d)"
)


@dataclass(frozen=True)
class Tag:
    """A word in a coloured field; ``colour`` is one of GOV.UK Frontend's tag colours."""

    words: str
    colour: str


@dataclass(frozen=True)
class Source:
    """A place in a document, whose own page is at ``url``; ``number`` is that of its footnote on a fitted sheet."""

    document: str
    place: str
    url: str
    number: int = 0


@dataclass(frozen=True)
class Row:
    """One line of a part: ``cells`` fill its columns. One that is ``under`` another belongs to the row before it."""

    cells: tuple[str, ...]
    tag: Tag | None = None
    url: str = ""
    source: Source | None = None
    under: bool = False


@dataclass(frozen=True)
class Part:
    """Rows under a heading. ``total`` counts those that there are in all, of which ``url`` shows every one.

    ``nothing`` is said where there is no row: which kind of nothing it is. So many rows as ``first`` says get their
    room before any part gets its turn.
    """

    heading: str
    kind: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    url: str
    nothing: str
    first: int = 1

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, str]]]]:
        """Each row with its cells, each of them with the heading of its column."""
        return [(row, list(zip(self.headings, row.cells, strict=True))) for row in self.rows]

    @property
    def more(self) -> int:
        """How many rows had no room."""
        return max(0, self.total - len(self.rows))


@dataclass(frozen=True)
class Figure:
    """A number in words, what it counts, and of which period or day."""

    value: str
    label: str
    detail: str
    kind: str
    url: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG; ``sentence`` says all that it shows. ``height`` is in points, at a width of half a sheet."""

    title: str
    sentence: str
    kind: str
    svg: str
    height: float


@dataclass(frozen=True)
class Verdict:
    """The judgement at the head: ``about`` says by what and when, ``why`` what it rests on, ``beside`` what to mind."""

    tag: Tag
    about: str
    why: str
    beside: str = ""
    source: Source | None = None


Fact = TypeVar("Fact", Row, Figure, Verdict)


@dataclass(frozen=True)
class Document:
    """A document of which the sheet tells, with the numbers and places of its footnotes."""

    title: str
    url: str
    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Paper:
    """All of one sheet. ``address`` is the web page that says the same; ``day`` the day of which it speaks."""

    title: str
    subtitle: str
    day: date
    address: str
    made_by: str
    verdict: Verdict | None
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...] = ()
    drawing: Drawing | None = None
    own_marking: str = ""

    @property
    def marking(self) -> str:
        """Its own, else that of the kinds of data on it."""
        return self.own_marking or next(filter(None, map(marking_of_kind, self.kinds)), "")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of data on it, each once."""
        parts = [part.kind for part in self.parts if part.rows]
        figures = [figure.kind for figure in self.figures]
        drawings = [self.drawing.kind] if self.drawing else []
        published = ["published"] if self.verdict and self.verdict.source else []
        return tuple(dict.fromkeys([*published, *parts, *figures, *drawings]))

    @property
    def figure_groups(self) -> tuple[tuple[str, str, tuple[Figure, ...]], ...]:
        """Heading, kind of data and figures: those of different kinds never stand in one list."""
        kinds = dict.fromkeys(figure.kind for figure in self.figures)
        return tuple(
            (
                "Published figures" if kind == "published" else "From the record",
                kind,
                tuple(figure for figure in self.figures if figure.kind == kind),
            )
            for kind in kinds
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every place that it cites, in the order in which they are read."""
        facts: Iterable[Row | Figure | Verdict | None] = (
            self.verdict,
            *(row for part in self.parts for row in part.rows),
            *self.figures,
        )
        return tuple(dict.fromkeys(fact.source for fact in facts if fact and fact.source))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The footnotes by document, so that each is named once."""
        by_document: dict[tuple[str, str], list[str]] = {}
        for source in self.sources:
            by_document.setdefault((source.document, source.url), []).append(source.place)
        documents, number = [], 0
        for (title, url), places in by_document.items():
            documents.append(Document(title, url, tuple(enumerate(places, number + 1))))
            number += len(places)
        return tuple(documents)


def fitted(paper: Paper) -> Paper:
    """The sheet with as many rows of each part as there is room for: by turns, a row of each, the first part first.

    Texts are cut to a length, and numbers kept together with their units.
    """
    whole = _in_short(paper)
    numbers = [0 for _ in whole.parts]
    turns = [place for place, part in enumerate(whole.parts) for _ in part.rows[: part.first]]
    most = max((len(part.rows) for part in whole.parts), default=0)
    turns += [
        place for turn in range(most) for place, part in enumerate(whole.parts) if part.first <= turn < len(part.rows)
    ]
    full: set[int] = set()
    for place in turns:
        if place not in full:
            numbers[place] += 1
            if _height(_first_rows(whole, numbers)) > LINES:
                numbers[place] -= 1
                full.add(place)
    sheet = _first_rows(whole, numbers)
    # Footnotes, document by document.
    places = [(document, place) for document in sheet.documents for _, place in document.places]
    notes = {(document.title, document.url, place): number for number, (document, place) in enumerate(places, 1)}
    numbered = {
        source: replace(source, number=notes[source.document, source.url, source.place]) for source in sheet.sources
    }
    return _with_sources(sheet, numbered)


def _first_rows(paper: Paper, numbers: list[int]) -> Paper:
    parts = zip(paper.parts, numbers, strict=True)
    return replace(paper, parts=tuple(replace(part, rows=part.rows[:number]) for part, number in parts))


def _height(paper: Paper) -> float:
    """In lines of body text, rather too many than too few."""
    head = 2 + 1.9 * _lines(paper.title, TITLE) + (1.9 if "illustrative" in paper.kinds else 0)
    if verdict := paper.verdict:
        head += 1.5 + sum(_lines(text, BESIDE_GRADE) for text in (verdict.about, verdict.why, verdict.beside))
    parts = sum(
        2.3
        + (0.9 if part.rows and len(part.headings) > 1 else 0)
        + (sum(map(_row_height, part.rows)) or _lines(part.nothing, ACROSS))
        + (1 if part.more else 0)
        for part in paper.parts
    )
    figures = (
        2.1 * len(paper.figure_groups)
        - 2.1
        + sum(0.45 + 0.9 * _lines(f"{each.value}  {each.label} {each.detail}", HALF) for each in paper.figures)
    )
    drawing = paper.drawing.height / 12.2 + 0.9 * _lines(paper.drawing.sentence, HALF) if paper.drawing else 0
    beside = max(figures, drawing, 0)
    small = sum(
        0.28 + 0.8 * _lines(f"{each.title}: {''.join(f'{number} {place}; ' for number, place in each.places)}", SMALL)
        for each in paper.documents
    )
    return head + parts + (beside + 2.4 if beside else 0) + (small + 2.2 if small else 0) + 1.4


def _row_height(row: Row) -> float:
    """A text that is no longer than its column takes one line."""
    first = f"{row.tag.words}   {row.cells[0]}" if row.tag else row.cells[0]
    widths = WIDTHS[len(row.cells)]
    return 0.5 + max(_lines(text, width) for text, width in zip((first, *row.cells[1:]), widths, strict=True))


def _lines(text: str, width: int) -> int:
    return math.ceil(len(text) / width)


def _in_short(paper: Paper) -> Paper:
    """The sheet with each of its texts fit for it."""
    verdict = paper.verdict and replace(
        paper.verdict,
        about=tidy(paper.verdict.about),
        why=tidy(paper.verdict.why, 2 * MOST_LETTERS),
        beside=tidy(paper.verdict.beside),
    )
    parts = tuple(
        replace(
            part,
            nothing=tidy(part.nothing),
            rows=tuple(
                replace(row, cells=(tidy(row.cells[0]), *(tidy(cell, BESIDE) for cell in row.cells[1:])))
                for row in part.rows
            ),
        )
        for part in paper.parts
    )
    figures = tuple(
        replace(figure, value=tidy(figure.value, 40), label=tidy(figure.label, 60), detail=tidy(figure.detail, 110))
        for figure in paper.figures
    )
    short = replace(
        paper,
        title=tidy(paper.title, 110),
        subtitle=tidy(paper.subtitle, 110),
        made_by=tidy(paper.made_by, 60),
        verdict=verdict,
        parts=parts,
        figures=figures,
    )
    return _with_sources(
        short,
        {
            source: replace(source, document=tidy(source.document, 130), place=tidy(source.place, 120))
            for source in short.sources
        },
    )


def _with_sources(paper: Paper, sources: dict[Source, Source]) -> Paper:
    """The sheet with other words for each of its sources."""

    def cited(fact: Fact) -> Fact:
        return replace(fact, source=sources[fact.source]) if fact.source else fact

    return replace(
        paper,
        verdict=cited(paper.verdict) if paper.verdict else None,
        parts=tuple(replace(part, rows=tuple(map(cited, part.rows))) for part in paper.parts),
        figures=tuple(map(cited, paper.figures)),
    )


def tidy(text: str, most: int = MOST_LETTERS) -> str:
    """On one line, no longer than ``most`` letters; a number stays with its unit, and a very long word may be broken.

    Text that needs no care is returned as it is.
    """
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    if len(flat) > most:
        at_word = flat[:most].rpartition(" ")[0]
        flat = f"{(at_word if len(at_word) > most // 2 else flat[: most - 1]).rstrip(' ,;:.')}…"
    words = flat.split(" ")
    for place, word in enumerate(words):
        is_number = any(map(str.isdigit, word)) and not any(map(str.isalpha, word))
        if len(word) > LONG_WORD and not is_number:  # a line may end between its letters, never between its digits
            words[place] = "\N{ZERO WIDTH SPACE}".join(re.findall(r"\d[\d.,]*|\D{1,12}", word))
    return TOGETHER.sub("\N{NO-BREAK SPACE}", " ".join(words))
