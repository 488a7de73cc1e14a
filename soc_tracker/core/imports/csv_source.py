"""CSV in any delimiter and encoding, streamed.

The quick way through a piece whose rows are all whole: it is cut into cells at once, with no loop over rows.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from soc_tracker.core.imports.cells import Cell, Chunk, chunk_of, is_blank, may_hold_guards
from soc_tracker.core.imports.encodings import GARBLED, LineDecoder
from soc_tracker.core.imports.files import Clock, Decoding, decoding_of
from soc_tracker.core.imports.heads import Head
from soc_tracker.core.imports.questions import Answers, Question, UnreadableFileError

if TYPE_CHECKING:
    from _csv import Reader

MOST_QUOTED = 4
"""Quotation marks a row, on average, beyond which the csv module is quicker."""
_NUL = "\0"
"""Parts cells that are changed together: a text that has it is not read here."""
_DELIMITER, _QUOTE = "\x1e", "\x1f"
"""Stand for a delimiter and a quotation mark inside a quoted cell until the cells are cut."""


def plain_columns(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """The columns of some whole lines. None: a row is blank, short, long, quoted oddly or over several lines, so that
    only the csv module will do. What this returns is what the csv module would return.
    """
    if _NUL in text or not text.endswith("\n"):
        return None
    bare = _unquoted(text, delimiter) if '"' in text else text
    if bare is None:
        return None
    cells = bare.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    cells.pop()
    step = width + 1
    rows, rest = divmod(len(cells), step)
    if rest or cells[width::step].count("\n") != rows or text.count("\n") != rows:
        return None
    columns = [cells[place::step] for place in range(width)]
    for place, column in enumerate(columns) if bare is not text else ():
        together = _NUL.join(column)
        if _DELIMITER in together or _QUOTE in together:
            columns[place] = together.replace(_DELIMITER, delimiter).replace(_QUOTE, '"').split(_NUL)
    return columns


def _unquoted(text: str, delimiter: str) -> str | None:
    """The text without its quotation marks, stand-ins inside. None: they are too many, or not placed as they should.

    Every match begins where a cell begins and ends where it ends. So while all marks belong to a match, no match can
    begin inside a quoted cell; when a mark is left over, nothing is certain.
    """
    if _DELIMITER in text or _QUOTE in text or text.count('"') > MOST_QUOTED * text.count("\n"):
        return None
    edge = re.escape(delimiter) + "\n"
    # It looks back from behind the first mark: that way the search leaps from mark to mark.
    cell = re.compile(f'"(?<![^{edge}]")([^"\n]*(?:""[^"\n]*)*)"(?![^{edge}])')
    parts = cell.split(text)  # in turn what is outside and what is inside
    if inside := parts[1::2]:
        together = _NUL.join(inside).replace(delimiter, _DELIMITER).replace('""', _QUOTE)
        parts[1::2] = together.split(_NUL)
    bare = "".join(parts)
    return None if '"' in bare else bare


# The text of a file by whole lines, in bounded memory.


AT_A_TIME = 1 << 17
"""Bytes of a piece: so few that its cells stay in the processor's cache; eight times as many are half as quick."""
AHEAD = 1 << 16
"""Characters in which the headings are looked for."""
LONGEST_ROW = 1 << 20
"""Characters in one row, line breaks inside its cells included."""


class BrokenRowError(Exception):
    """The row being read cannot be read, and neither can what follows."""


class TextLines:
    """``odd_lines`` are the numbers of those that were decoded otherwise. Every kind of line break comes as a line
    feed. Lines far beyond LONGEST_ROW raise BrokenRowError, and
    what takes too long UnreadableFileError.
    """

    def __init__(self, file: BinaryIO, decoding: Decoding, clock: Clock) -> None:
        self._file, self._clock = file, clock
        codec = codecs.getincrementaldecoder(decoding.encoding.codec)
        decoder = LineDecoder(decoding.odd) if decoding.odd else codec()
        self.odd_lines = decoder.odd_lines if isinstance(decoder, LineDecoder) else deque[int]()
        self._decoder = io.IncrementalNewlineDecoder(decoder, translate=True)
        self._text, self._at = "", 0

    def line(self) -> str:
        """The next line with its line feed; "" at the end."""
        while (end := self._text.find("\n", self._at)) < 0 and self._read_on():
            pass
        return self._take(end)

    def piece(self) -> str:
        """The next whole lines, some hundred rows; "" at the end. Only the very last line may lack its line feed."""
        while (end := self._text.rfind("\n", self._at)) < 0 and self._read_on():
            pass
        return self._take(end)

    def ahead(self) -> str:
        """The first rows of the text that comes next, which still will come."""
        while len(self._text) - self._at < AHEAD and self._read_on():
            pass
        return self._text[self._at :]

    def _take(self, end: int) -> str:
        start, self._at = self._at, end + 1 if end >= 0 else len(self._text)
        return self._text[start : self._at]

    def _read_on(self) -> bool:
        """Read more text behind what is left. False: there is no more."""
        self._clock.check()
        data = self._file.read(AT_A_TIME)
        left = self._text[self._at :]
        if len(left) > LONGEST_ROW:
            raise BrokenRowError(f"it is longer than {LONGEST_ROW:,} characters")
        self._text, self._at = left + self._decoder.decode(data, final=not data), 0
        return bool(data)


# The file: any delimiter and encoding.


DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", "^": "carets", "~": "tildes"}
SEPARATOR = re.compile('"?sep=(.)"?', re.IGNORECASE)
"""A line that some programs write before the headings, for Excel, which does not show it."""
NOTHING = ' \t,;|^~"\n\xa0'
"""A line of nothing else is blank."""
ROWS_AT_A_TIME = 1_000
"""Of rows that need care, so that short rows under many headings take little memory."""
FIRST_ROWS, FIRST_LETTERS = 200, 400
MOST_NAMED = 20
"""Rows that are named in a sentence."""
REASONS = {
    "unexpected end of data": "a quotation mark opens a cell that is never closed, so the file may be cut off",
    "field larger": "a cell is too long: a quotation mark that opens it may never be closed",
    "expected after": "a quotation mark stands inside a quoted cell, where it must be doubled",
}


class Headings(Protocol):
    """Knows a row of headings; and how much any row looks like one."""

    def are_headings(self, row: Sequence[Cell]) -> bool: ...

    def score(self, row: Sequence[Cell]) -> int: ...


def delimiter_of(text: str, names: Headings) -> str:
    """The one under which some row looks most like headings; else the one that cuts the first row into most cells."""

    lines = text.splitlines(keepends=True)
    text = "".join(dropwhile(lambda line: not line.strip(NOTHING), lines))

    best, fit = ",", (-1, 0)
    for delimiter in DELIMITERS:
        rows = first_rows(text, delimiter)
        if any(map(names.are_headings, rows)):
            return delimiter
        this = max(map(names.score, rows), default=0), len(rows[0]) if rows else 0
        best, fit = (delimiter, this) if this > fit else (best, fit)
    return best


def first_rows(text: str, delimiter: str) -> list[list[str]]:
    """As far as they can be read."""
    rows: list[list[str]] = []
    with suppress(csv.Error):  # what cannot be read is told when it is read
        rows += islice(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), FIRST_ROWS)
    return [row for row in rows if not is_blank(row)]


class CsvSource:
    """A file is one sheet: ``heads`` has it. ``begin`` goes to its headings, ``chunks`` then reads it once."""

    suffix = ".csv"
    is_1904 = False

    def __init__(self, path: Path, answers: Answers, names: Headings) -> None:
        """Raises UnreadableFileError."""
        self.decoding = decoding_of(path, answers)
        self.size = path.stat().st_size
        self.marked = self.decoding.encoding.marked or not self.decoding.is_utf8
        self.questions: list[Question] = [self.decoding.question] if self.decoding.question else []
        self._file = path.open("rb")
        self._clock = Clock(self.size)
        self._text = TextLines(self._file, self.decoding, self._clock)
        self.rows_read, self._lines_read = 0, 0
        self._in_row = 0
        self._piece = ""
        self.odd_rows: list[int] = []
        try:
            self.heads = [self._look(names)]
        except UnreadableFileError:
            self.close()
            raise

    def _look(self, names: Headings) -> Head:
        """The first rows, in the delimiter that suits them."""
        with self._clock.running(), self._telling_the_row():
            while (text := self._text.ahead()) and not text.strip(NOTHING):
                self.rows_read += self._text.piece().count("\n")
            self._lines_read = self.rows_read
            if separator := SEPARATOR.fullmatch(text.partition("\n")[0]):
                self._text.line()
                self._lines_read += 1
                text = text.partition("\n")[2]
        is_known = separator is not None and separator[1] in DELIMITERS
        self.delimiter = separator[1] if separator and is_known else delimiter_of(text, names)
        self.form = f"CSV, {self.decoding.name}, {DELIMITERS[self.delimiter]}"
        rows: list[tuple[int, Sequence[Cell]]] = []
        first = self.rows_read + 1
        with suppress(csv.Error):  # what cannot be read is told when it is read
            reader = csv.reader(io.StringIO(text), delimiter=self.delimiter, strict=True)
            for line, row in enumerate(islice(reader, 10 * FIRST_ROWS), first):
                if not is_blank(row):
                    rows.append((line, [cell[:FIRST_LETTERS] for cell in row]))
        if not rows and text:
            rows = [(first, [text[:FIRST_LETTERS]])]
        return Head("", rows[:FIRST_ROWS])

    @property
    def notes(self) -> list[str]:
        """What was read otherwise than it may seem, so far."""
        odd = self.decoding.odd
        if odd and self.odd_rows:
            rows, more = ", ".join(f"{row:,}" for row in self.odd_rows[:MOST_NAMED]), len(self.odd_rows) - MOST_NAMED
            which = f"row {rows} is" if len(self.odd_rows) == 1 else f"rows {rows} are"
            which = f"rows {rows} and {more:,} more are" if more > 0 else which
            return [f"The file is UTF-8, but {which} not: read as {odd.name}. See that it reads as it should."]
        if self.decoding.question:
            return [f"The file is not UTF-8: by its letters it was read as {self.decoding.name}."]
        return []

    @property
    def position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def begin(self, number: int, line: int, **how: bool) -> list[Cell]:
        """Go to the row of that line, which is returned."""
        row: list[str] = []
        with self._clock.running(), self._telling_the_row():
            reader = self._reader([])
            while self.rows_read < line:
                try:
                    row = next(reader)
                except StopIteration:
                    raise UnreadableFileError(f"The file has no row {line:,}. Choose another row.") from None
                self._row_is_read(reader)
            self._lines_read += reader.line_num
        return [*row]

    def chunks(self, width: int) -> Iterator[Chunk]:
        chunks = self._chunks(width)
        while True:
            with self._clock.running(), self._telling_the_row():
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    def _chunks(self, width: int) -> Iterator[Chunk]:
        while piece := self._text.piece():
            columns = plain_columns(piece, self.delimiter, width)
            if columns is None:
                yield from self._carefully(piece, width)
                continue
            lines = range(self.rows_read + 1, self.rows_read + 1 + len(columns[0]))
            # Of these rows of one line, those that were decoded otherwise.
            odd, ahead = self._text.odd_lines, self._lines_read - self.rows_read
            while odd and odd[0] - ahead <= lines[-1]:
                self.odd_rows.append(max(odd.popleft() - ahead, lines[0]))
            self._lines_read += len(lines)
            self.rows_read = lines[-1]
            self._piece = piece
            chunk = Chunk(lines, columns)
            if not all(map(str.strip, columns[0])):
                chunk = chunk.without_rows({at for at in range(len(lines)) if is_blank(chunk.row(at))})
            yield chunk.without_guards() if may_hold_guards(piece) else chunk

    def may_be_garbled(self, chunk: Chunk) -> bool:
        """A quick look at the text that the last chunk was cut from."""
        return not self._piece.isascii() and GARBLED.search(self._piece) is not None

    def _carefully(self, piece: str, width: int) -> Iterator[Chunk]:
        """Row by row with the csv module, beyond the piece where its last row goes on."""
        lines = io.StringIO(piece).readlines()
        self._piece = piece
        reader = self._reader(lines)
        while reader.line_num < len(lines):
            first = self.rows_read + 1
            rows: list[list[str]] = []
            while reader.line_num < len(lines) and len(rows) < ROWS_AT_A_TIME:
                rows.append(next(reader))
                self._row_is_read(reader)
            yield chunk_of(rows, first, width).without_guards()
        self._lines_read += reader.line_num

    def _reader(self, lines: Iterable[str]) -> "Reader":
        further = iter(self._text.line, "")
        return csv.reader(self._bounded(chain(lines, further)), delimiter=self.delimiter, strict=True)

    def _bounded(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, unless those of one row make no sense together."""
        for line in lines:
            self._in_row += len(line)
            if self._in_row > LONGEST_ROW:
                raise BrokenRowError(f"it is longer than {LONGEST_ROW:,} characters")
            if "\0" in line:
                raise BrokenRowError("it holds a NUL character, so this is no CSV file, or none in UTF-8")
            yield line

    def _row_is_read(self, reader: "Reader") -> None:
        self.rows_read += 1
        self._in_row = 0
        while self._text.odd_lines and self._text.odd_lines[0] <= self._lines_read + reader.line_num:
            self._text.odd_lines.popleft()
            if self.rows_read not in self.odd_rows[-1:]:
                self.odd_rows.append(self.rows_read)

    @contextmanager
    def _telling_the_row(self) -> Iterator[None]:
        try:
            yield
        except (csv.Error, BrokenRowError) as error:
            reason = next((words for start, words in REASONS.items() if start in str(error)), str(error))
            raise UnreadableFileError(
                f"Row {self.rows_read + 1:,} cannot be read: {reason}. Mend it or export the file again, and try again."
            ) from error
