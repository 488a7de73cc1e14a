"""A Word document becomes blocks: its styles say what its paragraphs are, its lists are counted as Word counts them."""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from inspections.reader.structure.blocks import BlockKind, Document, UnreadableReportError
from inspections.reader.structure.flow import COUNTS, Flow
from inspections.reader.structure.wording import plain

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LARGEST_PART = 64 << 20
"""Bytes unpacked: the text of a report of 1,000 pages has a tenth of it."""
LEFT_OUT = {FALLBACK, *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "txbxContent"))}
PAGE_END = f"{W}lastRenderedPageBreak"
SIGNS = {f"{W}tab": "\t", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", PAGE_END: "\f"}
NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml")
HEADS = re.compile(r"word/(?:header|footer)\d*\.xml")
TITLE = "{http://purl.org/dc/elements/1.1/}title"
FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
NAMED_LEVEL = re.compile(r"heading (\d)", re.IGNORECASE)


DAMAGED = (BadZipFile, NotImplementedError, RuntimeError, EOFError, SyntaxError, OSError, ValueError, zlib.error)
"""What reading a damaged archive raises."""


def read_word(path: Path, name: str, labels: Collection[str]) -> Document:
    """Read a .docx file. Raises UnreadableReportError where it is none, is damaged or has no words."""
    try:
        with ZipFile(path) as parts:
            story = Story(parts, labels)
            core = part_of(parts, "docProps/core.xml")
    except DAMAGED as error:
        raise UnreadableReportError(
            f"{name} is damaged, so that it cannot be read as a Word document. "
            "Open it in Word, save it again, and try again."
        ) from error
    blocks = story.flow.document()
    if not any(block.kind.is_body for block in blocks):
        raise UnreadableReportError(f"{name} is empty: it has no words to read.")
    title = "" if core is None else core.findtext(TITLE) or ""
    return Document(name, "Word document", blocks, story.pages, plain(title))


def part_of(parts: ZipFile, name: str) -> "Element | None":
    """A part of the file; None where it has none of that name. Raises BadZipFile where it unpacks to too much."""
    from lxml import etree

    if name not in parts.namelist():
        return None
    with parts.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise BadZipFile(name)
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


@dataclass(frozen=True)
class Style:
    """How a paragraph looks: the level of its heading; the list that it is in and how deep there, from 0."""

    name: str = ""
    heading: int | None = None
    numbering: str | None = None
    depth: int = 0
    bold: bool = False
    framed: bool = False


class Styles:
    """The styles of a document. What a paragraph says of itself goes before its style, and that before its base."""

    def __init__(self, part: "Element | None") -> None:
        styles = [] if part is None else list(part.iter(f"{W}style"))
        self.elements = {style.get(f"{W}styleId", ""): style for style in styles}
        self.usual = next((style.get(f"{W}styleId") for style in styles if style.get(f"{W}default") == "1"), None)
        self.known: dict[str, Style] = {}

    def of(self, paragraph: "Element") -> Style:
        own = paragraph.find(f"{W}pPr")
        name = (value(own.find(f"{W}pStyle")) if own is not None else None) or self.usual or ""
        style = looks(self.named(name), own)
        runs = [run for run in paragraph.iter(f"{W}r") if text_of(run).strip()]
        bold = bool(runs) and all(is_on(run.find(f"{W}rPr/{W}b"), otherwise=style.bold) for run in runs)
        return replace(style, bold=bold)

    def named(self, name: str, above: frozenset[str] = frozenset()) -> Style:
        """A style with what it takes from the one that it is based on."""
        if name not in self.elements or name in above:
            return Style()
        if name not in self.known:
            element = self.elements[name]
            base = self.named(value(element.find(f"{W}basedOn")) or "", above | {name})
            words = (value(element.find(f"{W}name")) or "").casefold()
            style = replace(base, name=words, bold=is_on(element.find(f"{W}rPr/{W}b"), otherwise=base.bold))
            if level := NAMED_LEVEL.fullmatch(words):
                style = replace(style, heading=int(level[1]))
            elif words == "title":
                style = replace(style, heading=1)
            self.known[name] = looks(style, element.find(f"{W}pPr"))
        return self.known[name]


def looks(style: Style, own: "Element | None") -> Style:
    """A style with what the properties of a paragraph change in it."""
    if own is None:
        return style
    level, number = value(own.find(f"{W}outlineLvl")), own.find(f"{W}numPr")
    if level is not None:
        style = replace(style, heading=whole(level) + 1 if whole(level) < 9 else None)
    if number is not None:
        numbering = value(number.find(f"{W}numId")) or style.numbering
        depth = whole(value(number.find(f"{W}ilvl")), style.depth)
        style = replace(style, numbering=None if numbering == "0" else numbering, depth=depth)
    shade = own.find(f"{W}shd")
    is_shaded = shade is not None and (shade.get(f"{W}fill") or "auto").casefold() not in ("auto", "ffffff")
    borders = own.find(f"{W}pBdr")
    return replace(style, framed=style.framed or is_shaded or (borders is not None and len(borders) > 2))


def is_on(element: "Element | None", *, otherwise: bool) -> bool:
    return otherwise if element is None else value(element) not in ("0", "false", "off")


class Lists:
    """The lists of a document, as Word counts their items."""

    def __init__(self, part: "Element | None") -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.numbers: dict[str, str] = {}
        self.counters: dict[str, Counter[int]] = defaultdict(Counter)
        for each in () if part is None else part.iter(f"{W}abstractNum"):
            levels = {}
            for level in each.iter(f"{W}lvl"):
                look, words = value(level.find(f"{W}numFmt")) or "bullet", value(level.find(f"{W}lvlText")) or ""
                levels[whole(level.get(f"{W}ilvl"))] = look, words, whole(value(level.find(f"{W}start")), 1)
            self.levels[each.get(f"{W}abstractNumId", "")] = levels
        for each in () if part is None else part.iter(f"{W}num"):
            self.numbers[each.get(f"{W}numId", "")] = value(each.find(f"{W}abstractNumId")) or ""

    def marker(self, numbering: str, depth: int) -> str:
        """The marker of the next item at a depth of a list."""
        kind = self.numbers.get(numbering, "")
        levels, counters = self.levels.get(kind, {}), self.counters[numbering]
        look, words, start = levels.get(depth, ("bullet", "", 1))
        if look in ("bullet", "none"):
            return "•"
        counters[depth] = counters[depth] + 1 if counters[depth] else start
        for deeper in [each for each in counters if each > depth]:
            del counters[deeper]

        def count(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            look, _, start = levels.get(level, ("decimal", "", 1))
            return COUNTS[FORMATS.get(look, "1")](counters[level] or start)

        return re.sub(r"%(\d)", count, words).strip() or "•"


class Story:
    """The text of a document and what stands outside it. A line is a paragraph, on its page if Word notes those."""

    def __init__(self, parts: ZipFile, labels: Collection[str]) -> None:
        self.flow = Flow(labels)
        self.styles = Styles(part_of(parts, "word/styles.xml"))
        self.lists = Lists(part_of(parts, "word/numbering.xml"))
        text = part_of(parts, "word/document.xml")
        if text is None or not len(text):
            raise BadZipFile("no text")
        self.flow.line = 0
        self.flow.page = 1 if next(text.iter(PAGE_END), None) is not None else None
        self.walk(text[0])
        self.pages = self.flow.page
        # What stands outside the text: notes, each with its number, and the heads and feet of pages.
        self.flow.page = None
        for name, kind in ((NOTES, BlockKind.FOOTNOTE), (HEADS, BlockKind.RUNNING_HEAD)):
            for outside in sorted(filter(name.fullmatch, parts.namelist())):
                part = part_of(parts, outside)
                for each in () if part is None else part:
                    number = each.get(f"{W}id")
                    if (words := text_of(each).strip()) and whole(number, 1) > 0:
                        self.flow.line += 1
                        self.flow.add(kind, f"[{number}] {words}" if number else words)

    def walk(self, element: "Element") -> None:
        """Add what an element holds. Paragraphs with a border or a background, one after the other, are a box."""
        framed = False
        for child in element:
            frames = child.tag == f"{W}p" and self.styles.of(child).framed
            if framed and not frames:
                self.flow.box = None
            framed = frames and (framed or self.flow.open_box())
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag not in LEFT_OUT:
                self.walk(child)
        if framed:
            self.flow.box = None

    def boxed(self, elements: Iterable["Element"]) -> None:
        has_begun = self.flow.open_box()
        for element in elements:
            self.walk(element)
        if has_begun:
            self.flow.box = None

    def table(self, element: "Element") -> None:
        """A table; one of a single column is a box."""
        rows = [list(row.iterchildren(f"{W}tc")) for row in element.iterchildren(f"{W}tr")]
        if max(map(len, rows), default=0) < 2:
            self.boxed(cell for row in rows for cell in row)
            return
        self.flow.line += 1
        texts: list[list[str]] = []
        for row in rows:
            texts.append([])
            for cell in row:
                span = whole(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                texts[-1] += [" ".join(map(text_of, cell.iter(f"{W}p"))), *[""] * (span - 1)]
        self.flow.table(texts)
        self.turn("".join(map(text_of, element.iter(f"{W}p"))))

    def paragraph(self, element: "Element") -> None:
        style, text = self.styles.of(element), text_of(element)
        before = len(text) - len(text.lstrip())
        self.turn(text[:before])
        self.flow.line += 1
        if style.name.startswith("toc"):
            self.flow.add(BlockKind.CONTENTS, text)
        elif text.strip():
            marker = self.lists.marker(style.numbering, style.depth) if style.numbering else ""
            if style.heading is not None:
                self.flow.heading(text, style.heading, marker)
            elif marker:
                self.flow.add(BlockKind.ITEM, text, style.depth + 1, marker)
            else:
                self.flow.paragraph(text, is_bold=style.bold)
        self.turn(text[before:])
        for drawn in element.iter(f"{W}txbxContent"):
            if not any(above.tag == FALLBACK for above in drawn.iterancestors()):
                self.boxed([drawn])

    def turn(self, text: str) -> None:
        """Count the pages that end within a text."""
        if self.flow.page and "\f" in text:
            self.flow.page += text.count("\f")
            self.flow.line = 0


def text_of(element: "Element") -> str:
    """The text of an element; a form feed stands where a page ends. Deleted text and text boxes are left out."""
    if element.tag in LEFT_OUT:
        return ""
    if element.tag == f"{W}t":
        return element.text or ""
    own = SIGNS.get(element.tag, "")
    return own + "".join(map(text_of, element))


def value(element: "Element | None") -> str | None:
    return None if element is None else element.get(f"{W}val")


def whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise
