"""The pages of a PDF as runs of letters, each with its place and font, and the frames and rules that are drawn."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_LETTERS = 60_000
"""Of a page: what has more is no page of a report."""
MOST_DRAWN = 4_000
"""Paths of a page that are looked at: maps and charts have more."""
SMALLEST, LARGEST = 0.5, 1_000
"""Points: letters of other sizes cannot be read by anybody."""
SMALLEST_DOT, LARGEST_DOT = 1.5, 8.0
"""Points: a square or circle between them may be a bullet."""
THIN = 3.0
"""Points: a rectangle thinner than that is a rule."""
BULLETS = {chr(code): "•" for code in (0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0x2023, 0x25CF, 0x2022, 0xF06E)}
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
DIVIDES = (0x02, 0xFFFE)
"""What the library gives for a hyphen at the end of a line."""
SIGNS = BULLETS | LIGATURES | {"\u00a0": " ", "\ufffe": "-", "\x02": "-", "\u00ad": "-", "\t": " "}
NOTE_SIGNS = frozenset("0123456789*†‡,")
"""Raised, they refer to a footnote."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
COUNTING = "0123456789.()[] "
BOLD = re.compile(rb"bold|black|heavy|semi-?bold|demi", re.IGNORECASE)
HEAVY = 600
WIDE_GAP = 1.5
"""Times the size of the letters: what stands further apart is of two columns, or of two cells."""
SEAM = 0.02
"""Times the size of the letters: what joins so closely is one word, whatever the file says, as in small capitals."""
NEARLY_WHITE = 250


@dataclass(slots=True)
class Run:
    """Letters on one line without a wide gap. Places are points from the left and the top of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool

    @property
    def top(self) -> float:
        return self.base - self.size * 0.8

    @property
    def bottom(self) -> float:
        return self.base + self.size * 0.2


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that is drawn: filled, or with a line around it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, run: Run) -> bool:
        middle = (run.left + run.right) / 2
        return self.left <= middle <= self.right and self.top <= run.base - run.size * 0.3 <= self.bottom


@dataclass(slots=True)
class Sheet:
    """A page of a PDF. ``dots`` are drawn, as bullets are by some programs; ``has_picture``: a picture stands on it."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    dots: list[Frame] = field(default_factory=list)
    has_picture: bool = False


def sheet_of(page: Any, number: int) -> Sheet:
    """A page as pypdfium2 gives it."""
    sheet = Sheet(number, *page.get_size())
    drawn_on(page, sheet)
    walls = [frame for frame in sheet.frames if frame.width <= THIN < frame.height]
    text = page.get_textpage()
    try:
        if text.count_chars() <= MOST_LETTERS:
            sheet.runs = list(runs_of(letters_of(page, text), walls))
    finally:
        text.close()
    return sheet


@dataclass(slots=True)
class Letter:
    """``size`` in points as printed. ``base`` is the line on which it stands, ``quarter`` the direction of the line.

    ``raised``: it is drawn above that line, as a sign is that refers to a footnote.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    quarter: int
    raised: bool = False


def letters_of(page: Any, text: Any) -> list[Letter]:
    """The letters in the order of the file. Those that run in another direction than most are left out."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
    handle = text.raw
    letters: list[Letter] = []
    directions: Counter[int] = Counter()
    nominal, size, bold, quarter = 0.0, 0.0, False, 0
    height: float | None = None
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, at)
        letter = SIGNS.get(chr(code), chr(code))
        if letter.isspace():
            height = None
            letters.append(Letter(" ", 0, 0, 0, size, bold, quarter))
            continue
        if not letter.isprintable():
            continue
        while code in DIVIDES and letters and letters[-1].text == " ":
            letters.pop()
        pdfium.FPDFText_GetLooseCharBox(handle, at, box)
        pdfium.FPDFText_GetCharOrigin(handle, at, x, y)
        before = nominal, height
        nominal, height = pdfium.FPDFText_GetFontSize(handle, at), y.value
        if before != (nominal, height):  # a raised sign may have the size of the text by name, and a matrix of its own
            pdfium.FPDFText_GetMatrix(handle, at, matrix)
            pdfium.FPDFText_GetFontInfo(handle, at, name, len(name), flags)
            size = nominal * math.hypot(matrix.c, matrix.d)
            bold = bool(BOLD.search(name.value)) or pdfium.FPDFText_GetFontWeight(handle, at) >= HEAVY
            quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        if not SMALLEST < size < LARGEST:
            continue
        directions[quarter] += 1
        raised = letter in NOTE_SIGNS and nominal > 0 and is_raised(handle, at, y.value, size)
        begin, end, base = (
            (box.left - left, box.right - left, top - y.value),
            (box.bottom - bottom, box.top - bottom, x.value - left),
            (right - box.right, right - box.left, y.value - bottom),
            (top - box.top, top - box.bottom, right - x.value),
        )[quarter]
        letters.append(Letter(letter, begin, end, base, size, bold, quarter, raised))
    most = directions.most_common(1)
    return [letter for letter in letters if letter.quarter == most[0][0]] if most else []


def is_raised(text: Any, at: int, base: float, size: float) -> bool:
    """Whether the ink of a letter stands well above its line: some fonts have raised figures of their own."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
    return bottom.value - base > size * 0.2


def runs_of(letters: list[Letter], walls: list[Frame]) -> Iterator[Run]:
    """The runs of letters on one line, cut at wide gaps and at upright rules.

    Raised signs that refer to a footnote are left out, and kept as raised figures where a footnote begins with them.
    """
    run: Run | None = None
    space = False
    for letter in letters:
        if letter.text.isspace():
            space = True
            continue
        if run and follows(letter, run, walls):
            if letter.raised or is_small_and_high(letter, run):
                continue
            if letter.bold != run.bold:  # what counts a line says nothing of its letters
                run.bold = letter.bold and not run.text.strip(COUNTING)
            is_apart = space and abs(letter.left - run.right) > letter.size * SEAM
            run.text += f" {letter.text}" if is_apart else letter.text
            run.right = max(run.right, letter.right)
            run.size = max(run.size, letter.size)
        else:
            if run:
                yield run
            text = letter.text.translate(RAISED) if letter.raised else letter.text
            run = Run(text, letter.left, letter.right, letter.base, letter.size, letter.bold)
        space = False
    if run:
        yield run


def follows(letter: Letter, run: Run, walls: list[Frame]) -> bool:
    """Whether a letter stands on the line of a run, close behind it. Those of a ligature have one place."""
    size = max(letter.size, run.size)
    gap = letter.left - run.right
    is_on_line = abs(letter.base - run.base) < size * 0.3 or is_small_and_high(letter, run)
    if not is_on_line or not -size * 1.3 < gap < size * WIDE_GAP:
        return False
    return gap < size * 0.4 or not any(
        run.right <= wall.left + 1 and wall.right - 1 <= letter.left and wall.top <= run.base <= wall.bottom + size
        for wall in walls
    )


def is_small_and_high(letter: Letter, run: Run) -> bool:
    rises = run.size * 0.15 < run.base - letter.base < run.size * 0.7
    return letter.text in NOTE_SIGNS and rises and letter.size < run.size * 0.85


def drawn_on(page: Any, sheet: Sheet) -> None:
    """Note the frames that are drawn on a page, and whether it holds a picture."""
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_cropbox()
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            sheet.has_picture = True
        if drawn.type != pdfium.FPDF_PAGEOBJ_PATH or number > MOST_DRAWN:
            continue
        begin, low, end, high = drawn.get_bounds()
        frame = Frame(begin - left, top - high, end - left, top - low)
        if is_white(drawn):
            continue
        if max(frame.width, frame.height) > LARGEST_DOT:
            sheet.frames.append(frame)
        elif min(frame.width, frame.height) > SMALLEST_DOT and abs(frame.width - frame.height) < 1:
            sheet.dots.append(frame)


def is_white(drawn: Any) -> bool:
    """Whether a path is filled with white and has no line, so that nobody sees it."""
    import pypdfium2.raw as pdfium

    fill, has_line = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, has_line)
    if has_line.value:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
    return not fill.value or not alpha.value or min(red.value, green.value, blue.value) > NEARLY_WHITE
