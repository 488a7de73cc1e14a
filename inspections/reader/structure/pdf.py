"""A PDF becomes blocks: the size and weight of letters, the gaps between lines and the frames tell what is what."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError, table
from inspections.reader.structure.furniture import CONTENTS_NAMES, MOST_EDGE_LINES, Contents, contents_of, running_heads
from inspections.reader.structure.layout import NEAR, Line, lines_of
from inspections.reader.structure.letters import Sheet, sheet_of
from inspections.reader.structure.outline import Nesting, outlined, rejoined
from inspections.reader.structure.wording import (
    CANNOT_END,
    FOOTNOTE,
    NUMBER_ALONE,
    Joiner,
    count_of_heading,
    folded,
    goes_on,
    is_count,
    is_heading,
    is_next_letter,
    is_open,
    marker_of,
    plain,
)

MOST_PAGES = 1_500
FEWEST_WORDS_A_PAGE = 5
"""A file with pictures on its pages and fewer words was scanned."""
TIGHT, WIDE_LEADING = 1.1, 1.35
"""Times the usual distance of lines: within it, they may be of one heading; beyond, they are of two paragraphs."""
SAME_SIZE = 0.6
"""Points: letters that differ by less are of one size."""
WIDEST_ROW = 3.5
"""Times the usual distance of lines: rows of a table stand closer."""
SHORT = 0.25
"""Of the width of a column."""
MOSTLY = 0.6
LONG_TITLE = 200
DOTS = re.compile(r"(?:\s*[.…]){3,}\s*")
NOTE = re.compile(r"\d{1,3} ?\D")
Style = tuple[float, bool]
Progress = Callable[[int, int], None]


def read_pdf(path: Path, name: str, labels: Collection[str], progress: Progress) -> Document:
    """Read a PDF. Raises UnreadableReportError where it is locked, damaged, scanned or too long."""
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReportError(reason_of(str(error), name)) from error
    with file:
        count = len(file)
        if count > MOST_PAGES:
            raise UnreadableReportError(
                f"{name} has {count:,} pages, and reports of up to {MOST_PAGES:,} pages are read. "
                "Save the part that holds the report as a PDF of its own."
            )
        sheets = list(sheets_of(file, progress))
        bookmarks = {folded(mark.get_title()): mark.level + 1 for mark in file.get_toc(max_depth=4)}
        title = plain(file.get_metadata_value("Title"))
    if not sheets:
        raise UnreadableReportError(reason_of("", name))
    words = sum(len(run.text.split()) for sheet in sheets for run in sheet.runs)
    if words < FEWEST_WORDS_A_PAGE * len(sheets):
        raise UnreadableReportError(no_words(name, scanned=any(sheet.has_picture for sheet in sheets)))
    lines = [line for sheet in with_numbered_frames(sheets) for line in sheet]
    blocks = outlined(Setting(lines, labels, bookmarks, title).blocks())
    return Document(name, "PDF", blocks, count, title, tuple(notes_of(sheets, count)))


def sheets_of(file: Any, progress: Progress) -> Iterator[Sheet]:
    """The pages of a file, but for those that are damaged."""
    import pypdfium2

    for number in range(1, len(file) + 1):
        with suppress(pypdfium2.PdfiumError), closing(file[number - 1]) as page:
            yield sheet_of(page, number)
        progress(number, len(file))


def notes_of(sheets: list[Sheet], count: int) -> Iterator[str]:
    """What the reader of a file should know: which of its pages could not be read."""
    if damaged := sorted({*range(1, count + 1)} - {sheet.number for sheet in sheets}):
        yield f"The file is damaged: {pages_in_words(damaged)} could not be read."
    if pictures := [sheet.number for sheet in sheets if not sheet.runs and sheet.has_picture]:
        yield f"No words could be read on {pages_in_words(pictures)}: pictures stand there."


def reason_of(error: str, name: str) -> str:
    if "password" in error.lower():
        return f"{name} is locked by a password. Save it without one, and try again."
    return f"{name} is damaged, so that it cannot be read as a PDF. Download it again, or save it as text."


def no_words(name: str, *, scanned: bool) -> str:
    if scanned:
        return (
            f"{name} is scanned: its pages are pictures, without words that can be read. "
            "Have its text recognised (OCR), or find the report as a web page or a Word document."
        )
    return (
        f"{name} has no words that can be read: its pages are empty, or its letters are drawn. "
        "Find the report as a web page or a Word document, or have its text recognised (OCR)."
    )


def pages_in_words(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:10]))
    return f"page{'s' if len(numbers) > 1 else ''} {first}" + (" and others" if len(numbers) > 10 else "")


def with_numbered_frames(sheets: list[Sheet]) -> Iterator[list[Line]]:
    """The lines of each page, the frames numbered throughout. One that a page cuts in two has one number."""
    first, last_frame = 1, None
    for sheet in sheets:
        lines = lines_of(sheet)
        framed = [line for line in lines if line.frame is not None]
        body = [line for line in lines if sheet.height * 0.06 < line.base < sheet.height * 0.94]
        goes_over = bool(body) and last_frame is not None and body[0].frame is not None and goes_on(body[0].text)
        shift = first - 1 if goes_over else first
        lines = [replace(line, frame=line.frame + shift) if line.frame is not None else line for line in lines]
        first = max((line.frame + 1 for line in lines if line.frame is not None), default=first)
        last_frame = body[-1].frame if body and framed else None
        yield lines


@dataclass
class Unit:
    """Lines that belong together. ``at`` is the number of the first among all lines."""

    lines: list[Line]
    at: int

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of a table; those of one without rules stand below each other."""
        if self.first.rows or len(self.first.cells) < 2 or len(self.lines) < 2:
            return self.first.rows
        rows: list[list[str]] = []
        for line in self.lines:
            places = [place_of(left, self.first) for left, _ in line.cells]
            if places[0] == 0 or len(places) > 1:
                rows.append([""] * len(self.first.cells))
            for place, (_, text) in zip(places, line.cells, strict=True):
                rows[-1][place] = f"{rows[-1][place]}\n{text}".strip()
        return tuple(map(tuple, rows))

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def style(self) -> Style:
        size = Counter(round(line.size * 2) / 2 for line in self.lines).most_common(1)[0][0]
        return size, all(line.bold for line in self.lines)


def place_of(left: float, first: Line) -> int:
    """The number of the cell of a table's first line below which something stands; -1 for none."""
    near = [at for at, (edge, _) in enumerate(first.cells) if abs(edge - left) < 2 * NEAR]
    return near[0] if near else -1


class Setting:
    """What the lines of a whole file say of each of them: the usual letters, the usual distance, the contents."""

    def __init__(self, lines: list[Line], labels: Collection[str], bookmarks: dict[str, int], title: str) -> None:
        self.lines, self.title = lines, folded(title)
        self.labels = {label.casefold() for label in labels}
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self.size = sizes.most_common(1)[0][0]
        gaps = Counter(
            round((after.base - line.base) / line.size, 1)
            for line, after in pairwise(lines)
            if line.page == after.page and abs(line.size - after.size) < SAME_SIZE
            if 0.8 < (after.base - line.base) / line.size < 2.2
        )
        self.leading = min(gaps.most_common(2), key=lambda gap: gap[0])[0] if gaps else 1.3
        """The usual distance of two lines, as a multiple of the size of their letters."""
        self.contents = contents_of([(line.text, line.raw, round(line.left / NEAR)) for line in lines])
        if any(folded(line.text) in bookmarks for line in lines):
            self.contents = Contents(bookmarks, self.contents.entries)
        self.heads = self._heads()
        self.joiner = Joiner(line.text for line in lines)

    def _heads(self) -> frozenset[int]:
        """The numbers of the lines that are heads and feet of pages, whatever the order in which they are read."""
        order = sorted(range(len(self.lines)), key=lambda at: (self.lines[at].page, self.lines[at].base))
        edges: list[list[int]] = []
        for _, on_page in groupby(order, key=lambda at: self.lines[at].page):
            page = list(on_page)
            edges += [self.edge(page), self.edge(page[::-1])]
        pages = [(line.text, line.page) for line in self.lines]
        heads = {at for at in running_heads(pages, edges, least=2) if not self.stands_out(self.lines[at])}
        heads |= running_heads(pages, edges)
        heads |= {edge[0] for edge in edges if edge and folded(self.lines[edge[0]].text) == self.title}
        return frozenset(at for at in heads if self.lines[at].size < self.size + 2 * SAME_SIZE)

    def stands_out(self, line: Line) -> bool:
        return line.bold or line.size > self.size + SAME_SIZE

    def edge(self, page: list[int]) -> list[int]:
        """Of the lines of a page, from one of its edges inwards, those that stand clear of the text."""
        clear: list[int] = []
        for number, (at, after) in enumerate(pairwise(page[: 2 * MOST_EDGE_LINES + 1]), start=1):
            gap = abs(self.lines[after].base - self.lines[at].base)
            if gap > self.lines[at].size * self.leading * WIDE_LEADING:
                clear = page[:number]
        return clear

    def blocks(self) -> list[Block]:
        units = self.units()
        kinds = [self.kind(unit) for unit in units]
        level = self.levels([unit for unit, kind in zip(units, kinds, strict=True) if kind == BlockKind.HEADING])
        nesting = Nesting()
        blocks = []
        for unit, kind in zip(units, kinds, strict=True):
            first = unit.first
            if kind == BlockKind.TABLE:
                rows = tuple(tuple(reduce(self.joiner.join, cell.split("\n")) for cell in row) for row in unit.rows)
                blocks.append(table(rows, page=first.page, line=first.number, box=first.frame))
                continue
            marker, text = marker_of(plain(reduce(self.joiner.join, (line.text for line in unit.lines))))
            depth = 0 if kind == BlockKind.ITEM else nesting.close()
            if kind == BlockKind.ITEM:
                depth = nesting.level(round((first.left - first.column[0]) / NEAR), marker, text)
            elif kind == BlockKind.HEADING:
                depth = level(unit)
                marker, text = (marker, text) if marker else count_of_heading(text)
            elif kind != BlockKind.PARAGRAPH:
                marker, text = "", DOTS.sub(" ", f"{marker} {text}").strip()
            blocks.append(Block(kind, text, first.page, first.number, depth, marker, first.frame))
        return rejoined(blocks, self.joiner, is_sure_of_headings=True)

    def units(self) -> list[Unit]:
        """The lines put together: paragraphs, also over columns and pages, items, headings and the rest."""
        units: list[Unit] = []
        body: Unit | None = None
        apart = self.heads | self.contents.entries
        for at, line in enumerate(self.lines):
            is_apart = at in apart or bool(line.rows)
            is_new = is_apart or (body is not None and is_next_letter(body.first.text, line.text))
            has_notes_between = bool(units) and units[-1] is not body
            if body and not is_new and (self.continues(body, line) or (has_notes_between and self.flows(body, line))):
                body.lines.append(line)
                continue
            note = units[-1] if has_notes_between and not is_apart else None
            is_small = note and self.is_small(note.first) and self.is_small(line) and not FOOTNOTE.match(line.text)
            if note and is_small and not note.rows and self.continues(note, line):
                note.lines.append(line)
                continue
            units.append(Unit([line], at))
            if not is_apart and not self.is_small(line):
                body = units[-1]
        return units

    def continues(self, unit: Unit, line: Line) -> bool:
        """Whether a line goes on with the unit whose last line is right above it."""
        last = unit.lines[-1]
        gap = (line.base - last.base) / line.size
        if line.page != last.page or line.frame != last.frame or last.rows:
            return False
        if len(unit.first.cells) > 1 and self.is_row(unit, line):
            return True
        if len(unit.lines) > 1 and unit.rows:
            return False
        if not 0 < gap <= self.leading * WIDE_LEADING or line.left > last.right or line.right < last.left:
            return self.flows(unit, line)
        is_cut = goes_on(line.text) or bool(CANNOT_END.search(last.text)) or self.is_title(last, line)
        within = is_open(last.text) and is_cut
        if abs(line.size - last.size) > SAME_SIZE or (line.bold != last.bold and not within):
            return False
        marker, _ = marker_of(line.text)
        is_item = bool(marker_of(unit.first.text)[0])
        has_room = self.has_room(last, line)
        if marker and (is_item or not is_count(marker) or has_room or not is_open(last.text)):
            return False
        if is_item and line.left <= unit.first.left + 1 and not is_open(last.text):
            return False
        is_indented = not is_item and line.left > last.left + 2 * NEAR and not is_open(last.text)
        return within or (not is_indented and not has_room)

    def is_title(self, last: Line, line: Line) -> bool:
        """Whether two lines are of one heading, wherever the first is broken: in its letters, and close together."""
        is_close = (line.base - last.base) / line.size <= self.leading * TIGHT
        is_label = any(text.casefold() in self.labels for text in (last.text, line.text))
        return is_close and not is_label and self.stands_out(last) and self.stands_out(line)

    def is_row(self, unit: Unit, line: Line) -> bool:
        """Whether a line stands below the cells of a table's first line: as the next row, or as part of the last."""
        first, gap = unit.first, (line.base - unit.lines[-1].base) / line.size
        places = [place_of(left, first) for left, _ in line.cells]
        is_aligned = len(set(places)) == len(places) and -1 not in places and line.frame == first.frame
        if len(places) == 1:
            has_row = len(unit.lines) > 1 or is_aligned
            stays_within = line.right < [*[left for left, _ in first.cells], first.column[1]][places[0] + 1] + NEAR
            return has_row and is_aligned and stays_within and 0 < gap <= self.leading * WIDE_LEADING
        return is_aligned and len(first.cells) > 1 and 0 < gap < self.leading * WIDEST_ROW

    def flows(self, unit: Unit, line: Line) -> bool:
        """Whether a line at the top of a column or a page goes on with what ended in the middle of a sentence."""
        last = unit.lines[-1]
        is_elsewhere = line.page != last.page or line.base < last.base
        is_alike = abs(line.size - last.size) <= SAME_SIZE and line.bold == last.bold
        if not is_elsewhere or not is_alike or not is_open(last.text) or marker_of(line.text)[0]:
            return False
        is_text = not line.bold and abs(line.size - self.size) <= SAME_SIZE
        return goes_on(line.text) or (not self.has_room(last, line) and is_text)

    def has_room(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would have found its place on the line before: a paragraph ends there.

        Within a sentence only a line that ends well before the others is the end of something, such as a title.
        """
        left, right = last.column
        if is_open(last.text):
            return last.right + (right - left) * SHORT < right
        word = line.text.split()[0]
        letters = len(word) + sum(map(str.isupper, word)) * 0.6 + 1
        return last.right + (line.right - line.left) / max(1, len(line.text)) * letters * 1.15 < right

    def is_small(self, line: Line) -> bool:
        return line.size < self.size - SAME_SIZE

    def kind(self, unit: Unit) -> BlockKind:
        if unit.rows:
            return BlockKind.TABLE
        if unit.at in self.heads:
            return BlockKind.RUNNING_HEAD
        text = unit.text
        marker, rest = marker_of(text)
        if unit.at in self.contents.entries or (folded(text) in CONTENTS_NAMES and self.contents.entries):
            return BlockKind.CONTENTS
        if text.casefold() in self.labels or NUMBER_ALONE.fullmatch(text):
            return BlockKind.LABEL
        if self.is_small(unit.first) and (FOOTNOTE.match(text) or is_count(marker) or NOTE.match(text)):
            return BlockKind.FOOTNOTE
        if marker and not is_count(marker):
            return BlockKind.ITEM
        if self.is_heading(unit, text, rest):
            return BlockKind.HEADING
        return BlockKind.ITEM if marker and marker.strip(".").count(".") == 0 else BlockKind.PARAGRAPH

    def is_heading(self, unit: Unit, text: str, rest: str) -> bool:
        """Whether the letters of a unit are those of a heading, and its words can be."""
        size, bold = unit.style
        if folded(text) in self.contents.levels and (bold or size > self.size - SAME_SIZE):
            return True
        if size > self.size + 2 * SAME_SIZE and len(rest) <= LONG_TITLE:
            return any(character.isalpha() for character in rest)
        stands_out = bold or size > self.size + SAME_SIZE or (rest.isupper() and len(unit.lines) == 1)
        return stands_out and is_heading(rest)

    def levels(self, headings: list[Unit]) -> Callable[[Unit], int]:
        """Gives the level of a heading: by the contents; else by its letters, the largest first."""
        known: dict[Style, list[int]] = {}
        for unit in headings:
            if (listed := self.contents.levels.get(folded(unit.text))) is not None:
                known.setdefault(unit.style, []).append(listed)
        styles = sorted({unit.style for unit in headings}, reverse=True)
        times = Counter(unit.style for unit in headings)
        if headings and times[headings[0].style] == 1 and headings[0].style == styles[0] and len(styles) > 1:
            styles = styles[1:]  # the title of the report
        deepest = max((level for levels in known.values() for level in levels), default=0)
        others = [style for style in styles if style not in known]
        ranks = {style: level for level, style in enumerate(others, deepest + 1)}
        largest = max(known, default=(0.0, False))

        def level(unit: Unit) -> int:
            exact = self.contents.levels.get(folded(unit.text))
            if levels := known.get(unit.style):
                usual, times = Counter(levels).most_common(1)[0]
                return usual if not exact or times >= len(levels) * MOSTLY else exact
            if exact:
                return exact
            return 1 if unit.style > largest and known else ranks.get(unit.style, 1)

        return level
