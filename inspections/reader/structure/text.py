"""Plain text becomes blocks. It has no fonts: what is a heading, blank lines, full stops and the contents tell."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from operator import and_
from pathlib import Path

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError, table
from inspections.reader.structure.furniture import (
    CONTENTS_NAMES,
    FURNITURE,
    MOST_EDGE_LINES,
    Contents,
    contents_of,
    joined,
    look_of,
    running_heads,
)
from inspections.reader.structure.outline import Nesting, outlined, rejoined
from inspections.reader.structure.wording import (
    CANNOT_END,
    FOOTNOTE,
    MARKED_UP,
    NUMBER_ALONE,
    Joiner,
    count_of_heading,
    folded,
    goes_on,
    is_count,
    is_heading,
    is_open,
    marker_of,
    plain,
)
from soc_tracker.core.imports.files import decoding_of
from soc_tracker.core.imports.questions import NO_ANSWERS, UnreadableFileError

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\u0085\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MOST_CONTROLS = 0.01
LONG_LINE = 120
"""Characters: lines of a file that was broken at a width are shorter."""
LONG_TITLE = 200
"""Characters of a title that no blank lines set apart."""
RULE = re.compile(r"[-=+: ]+")
CELL = re.compile(r"\s*(?:\t| {3,}|\s\|\s)\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text. ``indent`` counts the spaces before it; ``is_first``: it comes after a blank line or a page."""

    text: str
    raw: str
    page: int | None
    number: int
    indent: int
    is_first: bool


def read_text(path: Path, name: str, labels: Collection[str] = ()) -> Document:
    """Read a text file; a form feed begins a page. Raises UnreadableReportError where it is none, or is empty."""
    text = decoded(path, name)
    has_pages = "\f" in text.rstrip()
    lines = []
    for page, content in enumerate(text.split("\f"), start=1):
        is_first = True
        for number, raw in enumerate(LINE_BREAK.split(content), start=1):
            if words := plain(raw):
                indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
                own, at = MARKED_UP.sub("", raw).strip(), page if has_pages else None
                lines.append(Line(words, own, at, number, indent, is_first))
            is_first = not words
    if not lines:
        raise UnreadableReportError(f"{name} is empty: it has no words to read.")
    blocks = outlined(blocks_of(lines, labels))
    return Document(name, "text", blocks, text.count("\f") + 1 if has_pages else None)


def decoded(path: Path, name: str) -> str:
    """The text of a file. Raises UnreadableReportError where its bytes are no text."""
    try:
        decoding = decoding_of(path, NO_ANSWERS)
        text = path.read_text(encoding=decoding.encoding.codec, errors="replace")
    except UnreadableFileError as error:
        raise UnreadableReportError(
            f"{name} is no text, or it is damaged. Choose a PDF, an HTML page, a Word document or a text file."
        ) from error
    if len(CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise UnreadableReportError(
            f"{name} is no text: it holds signs that no text has. "
            "Choose a PDF, an HTML page, a Word document or a text file."
        )
    return CONTROL.sub("", text.replace("\ufeff", ""))


def blocks_of(lines: list[Line], labels: Collection[str]) -> list[Block]:
    """The blocks, headings and items with their levels."""
    contents = contents_of([(line.text, line.raw, line.indent) for line in lines])
    heads = heads_of(lines)
    names = {label.casefold() for label in labels}
    joiner = Joiner(line.text for line in lines)
    blocks: list[Block] = []
    nesting = Nesting()
    for unit in units(lines, contents.entries | heads, contents):
        first = lines[unit[0]]
        if rows := rows_of([lines[at] for at in unit]) if unit[0] not in contents.entries else ():
            blocks.append(table(rows, page=first.page, line=first.number))
            continue
        marker, text = marker_of(first.text)
        for at in unit[1:]:
            text = joiner.join(text, lines[at].text)
        is_alone = first.is_first and (unit[-1] + 1 == len(lines) or lines[unit[-1] + 1].is_first)
        if unit[0] in heads:
            kind = BlockKind.RUNNING_HEAD
        elif unit[0] in contents.entries or (folded(first.text) in CONTENTS_NAMES and contents.entries):
            kind = BlockKind.CONTENTS
        else:
            kind = kind_of(text, marker, is_alone=is_alone, labels=names, contents=contents)
        if kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.HEADING):
            marker, text = "", f"{marker} {text}".strip()
        if kind == BlockKind.HEADING and not marker:
            marker, text = count_of_heading(text)
        level = nesting.level(first.indent, marker, text) if kind == BlockKind.ITEM else nesting.close()
        blocks.append(Block(kind, text, first.page, first.number, level, marker))
    return with_levels(rejoined(blocks, joiner), contents)


def heads_of(lines: list[Line]) -> frozenset[int]:
    """The numbers of the lines that are heads and feet of pages. Blank lines part them from the text on some pages; on
    others the text comes right after them.
    """
    edges, outermost = [], []
    for _, on_page in groupby(range(len(lines)), key=lambda at: lines[at].page):
        page = list(on_page)
        parted = [*(lines[at].is_first for at in page[1:]), True]
        top = list(accumulate(parted[:MOST_EDGE_LINES], and_))
        bottom = list(accumulate([lines[at].is_first for at in page[: -MOST_EDGE_LINES - 1 : -1]], and_))
        edges += [page[: sum(top)], page[: -sum(bottom) - 1 : -1]]
        outermost += [page[0], page[-1]]
    heads = running_heads([(line.text, line.page) for line in lines], edges)
    looks = {look_of(lines[at].text) for at in heads}
    return heads.union(at for at in outermost if lines[at].page and look_of(lines[at].text) in looks)


def units(lines: list[Line], apart: Collection[int], contents: Contents) -> Iterator[list[int]]:
    """The numbers of the lines that belong together: a paragraph, an item, a heading, a table."""
    width = width_of(lines)
    unit: list[int] = []
    for at, line in enumerate(lines):
        is_apart = bool(unit) and (at in apart or unit[-1] in apart)
        together = [lines[each] for each in (*unit, at)]
        if is_apart or (unit and not continues(lines, unit, line, width) and not is_title(together, contents)):
            yield unit
            unit = []
        unit.append(at)
    yield unit


def is_title(lines: list[Line], contents: Contents) -> bool:
    """Whether lines that nothing parts are a heading of the contents together, and the first of them alone is none."""
    if any(line.is_first for line in lines[1:]) or folded(lines[0].text) in contents.levels:
        return False
    return folded(joined([line.text for line in lines])) in contents.levels


def width_of(lines: list[Line]) -> int | None:
    """The width at which the lines of a file were broken; None where a paragraph is one line."""
    broken = sorted(len(line.text) for line, after in pairwise(lines) if not after.is_first)
    too_long = sum(len(line.text) > LONG_LINE for line in lines)
    if len(broken) < 3 or too_long * 20 > len(lines):
        return None
    width = broken[len(broken) * 9 // 10]
    return width if width >= 50 else None


def continues(lines: list[Line], unit: list[int], line: Line, width: int | None) -> bool:
    """Whether a line goes on with the unit before it."""
    first, last = lines[unit[0]], lines[unit[-1]]
    if line.is_first:
        return False
    if len(cells := cells_of(line)) > 1 and len(cells) == len(cells_of(last)):
        return True
    marker, _ = marker_of(line.text)
    is_item = bool(marker_of(first.text)[0])
    is_full = width is not None and len(last.text) + len(line.text.split()[0]) >= width * 0.9
    if marker and not (is_count(marker) and is_full and is_open(last.text) and not is_item):
        return False
    if len(cells_of(last)) > 1 or FURNITURE.fullmatch(line.text):
        return False
    if width is None:
        is_full = len(last.text) > LONG_LINE and is_open(last.text)
    is_within = goes_on(line.text) or bool(CANNOT_END.search(last.text))
    return is_full or is_within or (is_item and line.indent > first.indent and is_open(last.text))


def cells_of(line: Line) -> list[str]:
    return [plain(cell) for cell in CELL.split(line.raw.strip("|").strip())]


def rows_of(lines: list[Line]) -> tuple[tuple[str, ...], ...]:
    """The cells of a table: two lines or more with as many cells each; () for what is no table."""
    rows = tuple(tuple(cells_of(line)) for line in lines)
    is_table = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return tuple(row for row in rows if not RULE.fullmatch("".join(row))) if is_table else ()


def kind_of(text: str, marker: str, *, is_alone: bool, labels: Collection[str], contents: Contents) -> BlockKind:
    """What a unit is that is neither table nor furniture. ``is_alone``: blank lines stand around it."""
    if folded(text) in contents.levels:
        return BlockKind.HEADING
    if text.casefold() in labels or NUMBER_ALONE.fullmatch(text):
        return BlockKind.LABEL
    if FOOTNOTE.match(text):
        return BlockKind.FOOTNOTE
    may_head = is_alone and is_heading(text)
    if marker and not is_count(marker):
        return BlockKind.ITEM
    if marker and not may_head:
        return BlockKind.PARAGRAPH if is_alone or marker.count(".") > 1 else BlockKind.ITEM
    return BlockKind.HEADING if may_head or (is_heading(text) and len(text) <= LONG_TITLE) else BlockKind.PARAGRAPH


def with_levels(blocks: list[Block], contents: Contents) -> list[Block]:
    """The blocks with the level of each heading: by the contents, or by its count, or by what follows it."""
    deepest = max(contents.levels.values(), default=0)
    result: list[Block] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        level = block.level
        if block.kind == BlockKind.HEADING and deepest:
            level = contents.levels.get(folded(block.text), deepest + 1)
        elif block.kind == BlockKind.HEADING and block.marker:
            level = block.marker.strip(".").count(".") + 1
        elif block.kind == BlockKind.HEADING:
            level = 3 if after is not None and after.kind == BlockKind.ITEM else 2
        result.append(replace(block, level=level))
    return result
