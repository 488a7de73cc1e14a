"""The parts of a workbook that is an archive of XML, read element by element; and what a sheet is found to hold."""

from collections import defaultdict
from collections.abc import Callable
from xml.parsers import expat
from zipfile import ZipFile

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
"""Of any sheet: the last cell is XFD1048576."""
MOST_CELLS = 32 << 20
"""That the rectangle around all cells may hold: so many are kept, blank or not."""
MOST_ERRORS, MOST_MERGED = 100_000, 20_000
BYTES_AT_A_TIME = 1 << 20
LONGEST_TEXT = 40
"""Characters of a text's number, of an error's name, and of what is shown of a faulty place."""

Attributes = dict[str, str]
Run = list[int]
"""The first and the last of numbers that follow one another."""


class UnfitError(Exception):
    """The workbook, or one of its sheets, is not read: the word that says why, and what was found."""


def add_to(runs: list[Run], first: int, last: int) -> None:
    """Put numbers at the end, which are not below those that are there."""
    if runs and runs[-1][1] >= first - 1:
        runs[-1][1] = max(runs[-1][1], last)
    else:
        runs.append([first, last])


class Survey:
    """What a sheet shows, seen before any cell of it is kept. Rows and columns count from 0.

    ``errors`` are the cells that show one, such as #N/A, by row: the library gives those as blank, and what went wrong
    is not the same as nothing. ``hidden_rows`` have cells. ``percents`` are runs of rows by column. ``merged`` are top,
    bottom, left and right of cells that are one over several rows.
    """

    def __init__(self) -> None:
        self.top, self.bottom, self.left, self.right = MOST_ROWS, -1, MOST_COLUMNS, -1
        self.cells = 0
        self.errors: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.hidden_rows: list[Run] = []
        self.hidden_columns: list[Run] = []
        self.percents: dict[int, list[Run]] = defaultdict(list)
        self.merged: list[tuple[int, int, int, int]] = []

    def add_error(self, row: int, column: int, name: str) -> None:
        self.errors[row].append((column, name or "#ERROR"))
        if len(self.errors) > MOST_ERRORS:
            raise MemoryError

    def add_merged(self, top: int, bottom: int, left: int, right: int) -> None:
        if bottom > top:
            self.merged.append((top, bottom, left, right))
            if len(self.merged) > MOST_MERGED:
                raise MemoryError

    def check_size(self) -> None:
        """Each place between the outermost cells is kept. Raises UnfitError."""
        height, width = self.bottom - self.top + 1, self.right - self.left + 1
        if self.cells and height * width > MOST_CELLS:
            raise UnfitError("spread", f"{height:,} rows and {width:,} columns")


def parse(parts: ZipFile, part: str, start: Callable[[str, Attributes], None], *more: Callable[[str], None]) -> None:
    """Read a part element by element. ``more`` take the texts and the ends of elements."""
    parser = parser_of(start)
    if more:
        parser.CharacterDataHandler, parser.EndElementHandler = more
    with parts.open(part) as file:
        while piece := file.read(BYTES_AT_A_TIME):
            parser.Parse(piece)
        parser.Parse(b"", True)


def parser_of(start: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_declarations
    return parser


def refuse_declarations(*_: object) -> None:
    """No spreadsheet program writes them; they can make a short text endless."""
    raise UnfitError("declarations", "")


def elements(parts: ZipFile, part: str, *kinds: str) -> list[tuple[str, Attributes]]:
    """All elements of these kinds with their attributes."""
    rows: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        if local(name) in kinds:
            rows.append((local(name), attributes))

    parse(parts, part, start)
    return rows


def local(name: str) -> str:
    return name.rpartition(":")[2]
