"""A web page becomes blocks: its elements say what they are. What surrounds the report on the site is furniture."""

import codecs
import re
from collections.abc import Collection
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.reader.structure.blocks import BlockKind, Document, UnreadableReportError
from inspections.reader.structure.flow import COUNTS, Flow
from inspections.reader.structure.wording import folded, is_count, marker_of, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT = {
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "head"),
    *("input", "select", "textarea"),
}
FURNITURE = {"nav", "footer", "button"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
WITHIN_TEXT = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "dfn", "em", "font", "i", "img"),
    *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "strike", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr"),
}
BOXED = re.compile(r"\b(?:box|callout|panel|inset|highlight\w*|well|alert|infobox)\b", re.IGNORECASE)
APART = ("ul", "ol", "table", "dl")
BLOCKS = {"p", "div", "section", "article", *HEADINGS, *APART}
BREAK = "\v"
TWO_BREAKS = re.compile(r"\v\s*\v")
LONGEST_LINK = 150
"""Characters."""
NOTES = re.compile(r"\b(?:footnotes?|endnotes?|doc-(?:foot|end)notes?)\b", re.IGNORECASE)
NOTE_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡a-z])[\])]?")
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def read_html(path: Path, name: str, labels: Collection[str]) -> Document:
    """Read a web page. Raises UnreadableReportError where it has no words."""
    from lxml import etree, html

    content = path.read_bytes()
    try:
        parser = html.HTMLParser(encoding=encoding_of(content), remove_comments=True, remove_pis=True)
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableReportError(f"{name} is empty: it has no words to read.") from error
    page = Page(root, labels)
    page.element(page.body)
    blocks = page.flow.document()
    if not any(block.kind.is_body for block in blocks):
        raise UnreadableReportError(
            f"{name} has no words to read. A page that fills itself in a browser is saved as a PDF, by printing it."
        )
    return Document(name, "web page", blocks, title=plain(root.findtext(".//title") or ""))


def encoding_of(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return encoding
    try:
        content.decode()
    except UnicodeDecodeError:
        declared = CHARSET.search(content[:4096])
        with suppress(LookupError):
            if declared and (named := codecs.lookup(declared[1].decode()).name) != "utf-8":
                return named
        return "cp1252"
    return "utf-8"


class Page:
    """The parts of a page. ``main`` is the element that holds the report, where the page says so."""

    def __init__(self, root: "HtmlElement", labels: Collection[str]) -> None:
        self.flow = Flow(labels)
        self.body = root if (body := root.find("body")) is None else body
        mains = root.xpath("//main | //*[@role='main']") or root.xpath("//article[not(//article[2])]")
        self.main = mains[0] if mains else self.body
        self.around = set(self.main.iterancestors())

    def element(self, element: "HtmlElement") -> None:
        tag, flow = element.tag, self.flow
        if is_silent(element):
            return
        flow.line = element.sourceline or flow.line
        is_outside = (
            element not in self.around and element is not self.main and self.main not in element.iterancestors()
        )
        if tag in FURNITURE or is_outside:
            flow.add(BlockKind.RUNNING_HEAD, inner(element))
        elif tag in HEADINGS:
            flow.heading(inner(element), HEADINGS[tag])
        elif tag == "summary" and not holds(element, HEADINGS):
            flow.paragraph(inner(element), is_bold=True)
        elif tag in ("ul", "ol") and is_list(element):
            self.list(element, 1)
        elif tag in ("table", "dl") and (rows := table_rows(element)):
            for caption in element.iter("caption"):
                flow.paragraph(inner(caption))
            flow.table(rows)
        else:
            self.within(element)

    def within(self, element: "HtmlElement") -> None:
        """What an element holds, in a box of its own where it looks like one; loose text in it is a paragraph."""
        is_box = element.tag == "aside" or bool(BOXED.search(element.get("class") or ""))
        has_begun = is_box and self.flow.open_box()
        loose: list[str] = [element.text or ""]
        for child in element:
            if (child.tag in WITHIN_TEXT and not holds(child, BLOCKS)) or is_silent(child):
                loose.append(inner(child))
            else:
                self.paragraphs(element, "".join(loose))
                loose = []
                self.element(child)
            loose.append(child.tail or "")
        self.paragraphs(element, "".join(loose))
        if has_begun:
            self.flow.box = None

    def paragraphs(self, element: "HtmlElement", text: str) -> None:
        """Two line breaks after each other begin another paragraph. What stands around the report is furniture."""
        for part in filter(str.strip, TWO_BREAKS.split(text)):
            if element in self.around or folded(part).startswith("skip to "):
                self.flow.add(BlockKind.RUNNING_HEAD, part)
            elif is_note(element):
                self.flow.add(BlockKind.FOOTNOTE, part)
            else:
                self.flow.paragraph(part, is_bold=is_bold(element))

    def list(self, element: "HtmlElement", level: int) -> None:
        """The items of a list, each with the lists within it. A list of links is the contents, where all lead into the
        page, or leads to other pages of the site.
        """
        items = [item for item in element if item.tag == "li" and not is_silent(item)]
        if len(items) > 1 and all(is_link(item) for item in items):
            links = list(element.iter("a"))
            is_contents = all((link.get("href") or "").startswith("#") for link in links)
            for link in links:
                self.flow.add(BlockKind.CONTENTS if is_contents else BlockKind.RUNNING_HEAD, inner(link))
            return
        count = COUNTS.get(element.get("type") or "1", COUNTS["1"])
        number = whole(element.get("start"), 1)
        for child in element:
            if child.tag in ("ul", "ol"):
                self.nested(child, level + 1)
            if child not in items:
                continue
            number = whole(child.get("value"), number)
            self.item(child, level, count(number) + "." if element.tag == "ol" else "•")
            number += 1

    def item(self, item: "HtmlElement", level: int, marker: str) -> None:
        self.flow.line = item.sourceline or self.flow.line
        if holds(item, HEADINGS):
            self.within(item)
            return
        own, text = marker_of(plain(inner(item, without=APART)))
        if any(is_note(each) for each in (item, *islice(item.iterancestors(), 2))):
            self.flow.add(BlockKind.FOOTNOTE, f"{marker} {text}")
        else:
            self.flow.add(BlockKind.ITEM, text, level, own if is_count(own) else marker)
        for nested in item.iter(*APART):
            if next(nested.iterancestors("li", *APART)) is item:
                self.nested(nested, level + 1)

    def nested(self, element: "HtmlElement", level: int) -> None:
        """A list, or something else, within a list."""
        if element.tag in ("ul", "ol") and is_list(element):
            self.list(element, level)
        else:
            self.element(element)


def is_silent(element: "HtmlElement") -> bool:
    """Whether an element shows no words to a reader."""
    style = (element.get("style") or "").replace(" ", "")
    is_hidden = element.get("hidden") is not None or element.get("role") == "tooltip" or "display:none" in style
    return not isinstance(element.tag, str) or element.tag in SILENT or is_hidden


def holds(element: "HtmlElement", tags: Collection[str]) -> bool:
    return next(element.iterdescendants(*tags), None) is not None


def inner(element: "HtmlElement", without: Collection[str] = ()) -> str:
    """The text of an element as a reader sees it, without the signs that refer to notes."""
    if is_silent(element) or element.tag in without or is_note_sign(element):
        return ""
    if element.tag == "br":
        return BREAK
    parts = [element.text or ""]
    for child in element:
        text = inner(child, without)
        parts += [text if child.tag in WITHIN_TEXT else f" {text} ", child.tail or ""]
    return "".join(parts)


def is_note_sign(element: "HtmlElement") -> bool:
    return element.tag == "sup" and bool(NOTE_SIGN.fullmatch((element.text_content() or "").strip()))


def is_note(element: "HtmlElement") -> bool:
    """Whether an element is a footnote: it says so, or begins with a raised sign."""
    says_so = NOTES.search(f"{element.get('class')} {element.get('role')} {element.get('id')}")
    return bool(says_so) or (not plain(element.text or "") and len(element) > 0 and is_note_sign(element[0]))


def is_link(item: "HtmlElement") -> bool:
    """Whether all of an item is a link, in a few words."""
    links, text = list(item.iter("a")), plain(inner(item))
    return bool(links) and len(text) <= LONGEST_LINK and text == plain(" ".join(map(inner, links)))


def is_bold(element: "HtmlElement") -> bool:
    """Whether all words of an element are in bold letters."""
    bold = "".join(each.text_content() for each in element.iter("b", "strong"))
    return bool(bold.strip()) and plain(bold) == plain(element.text_content())


def is_list(element: "HtmlElement") -> bool:
    """Whether all of a list stands in its items."""
    loose = [element.text, *(child.tail for child in element)]
    kinds = {child.tag for child in element if not is_silent(child)}
    return kinds <= {"li", "ul", "ol"} and not any(text and text.strip() for text in loose)


def table_rows(element: "HtmlElement") -> list[list[str]]:
    """The rows of a table, or of a list of names and values; none where it only lays out the page."""
    if element.get("role") == "presentation" or holds(element, {"table", *HEADINGS}):
        return []
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # columns that a cell of a row above fills, with how many rows of it are left
    for row in element.iter("tr", "dt", "dd"):
        if row.tag != "dd" or not rows:
            rows.append([])
        for cell in row.iterchildren("td", "th") if row.tag == "tr" else [row]:
            fill(rows[-1], below)
            first, width = len(rows[-1]), whole(cell.get("colspan"), 1)
            below |= dict.fromkeys(range(first, first + width), whole(cell.get("rowspan"), 1) - 1)
            rows[-1] += [inner(cell), *[""] * (width - 1)]
        fill(rows[-1], below)
    cells = " ".join(cell for row in rows for cell in row)
    captions = " ".join(map(inner, element.iter("caption")))
    is_whole = sorted(f"{captions} {cells}".split()) == sorted(inner(element).split())
    return rows if is_whole and max(map(len, rows), default=0) > 1 else []


def fill(row: list[str], below: dict[int, int]) -> None:
    """Empty cells where a cell of a row above goes on."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append("")


def whole(text: str | None, otherwise: int) -> int:
    """A count in an attribute, as far as it makes sense."""
    return min(int(text), 999) if text and text.isdecimal() and text.isascii() else otherwise
