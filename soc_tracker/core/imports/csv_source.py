"""The quick way through a piece of CSV whose rows are all whole: cut it into cells at once, with no loop over rows."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from soc_tracker.core.imports.cells import Cell, Chunk, chunk_of, may_hold_guards
from soc_tracker.core.imports.files import Clock, encoding_of
from soc_tracker.core.imports.questions import UnreadableFileError

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
    return [_restored(column, delimiter) for column in columns] if bare is not text else columns


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


def _restored(column: list[str], delimiter: str) -> list[str]:
    together = _NUL.join(column)
    if _DELIMITER not in together and _QUOTE not in together:
        return column
    return together.replace(_DELIMITER, delimiter).replace(_QUOTE, '"').split(_NUL)


# The text of a file by whole lines, in bounded memory.


AT_A_TIME = 1 << 17
"""Bytes of a piece: so few that its cells stay in the processor's cache; eight times as many are half as quick."""
LONGEST_ROW = 1 << 20
"""Characters in one row, line breaks inside its cells included."""


class BrokenRowError(Exception):
    """The row being read cannot be read, and neither can what follows."""


class TextLines:
    """Every kind of line break comes as a line feed. Lines far beyond LONGEST_ROW raise BrokenRowError, and
    what takes too long UnreadableFileError.
    """

    def __init__(self, file: BinaryIO, codec: str, clock: Clock) -> None:
        self._file, self._clock = file, clock
        self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
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
        """Some of the text that comes next, which still will come."""
        self._read_on()
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


# CSV: any of three delimiters and encodings, streamed.


if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
NOTHING = ' \t,;"\n\xa0'
"""A line of nothing else is blank."""
ROWS_AT_A_TIME = 1_000
"""Of rows that need care, so that short rows under many headings take little memory."""
REASONS = {
    "unexpected end of data": "a quotation mark opens a cell that is never closed, so the file may be cut off",
    "field larger": "a cell is too long: a quotation mark that opens it may never be closed",
    "expected after": "a quotation mark stands inside a quoted cell, where it must be doubled",
}


def delimiter_of(text: str) -> str:
    """The one that cuts the first row into most cells."""

    def cells(delimiter: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), []))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=cells)


class CsvSource:
    suffix = ".csv"
    sheet = ""
    delimiter = ","

    def __init__(self, path: Path) -> None:
        self._encoding = encoding_of(path)
        self.size = path.stat().st_size
        self.marked = self._encoding.marked or self._encoding.codec == "cp1252"
        self._file = path.open("rb")
        self._clock = Clock(self.size)
        self._text = TextLines(self._file, self._encoding.codec, self._clock)
        self.rows_read = 0
        self._in_row = 0

    @property
    def form(self) -> str:
        return f"CSV, {self._encoding.name}, {DELIMITERS[self.delimiter]}"

    @property
    def position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()

    def heading_row(self) -> list[Cell]:
        """The first row that is not blank; it decides the delimiter."""
        with self._clock.running(), self._telling_the_row():
            while (line := self._text.line()) and not line.strip(NOTHING):
                self.rows_read += 1
            self.delimiter = delimiter_of(line + self._text.ahead())
            row: list[str] = next(self._reader([line]), [])
            self._row_is_read()
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
            self.rows_read = lines[-1]
            chunk = Chunk(lines, columns)
            if not all(map(str.strip, columns[0])):
                chunk = chunk.without_blank_rows()
            yield chunk.without_guards() if may_hold_guards(piece) else chunk

    def _carefully(self, piece: str, width: int) -> Iterator[Chunk]:
        """Row by row with the csv module, beyond the piece where its last row goes on."""
        lines = io.StringIO(piece).readlines()
        reader = self._reader(lines)
        while reader.line_num < len(lines):
            first = self.rows_read + 1
            rows: list[list[str]] = []
            while reader.line_num < len(lines) and len(rows) < ROWS_AT_A_TIME:
                rows.append(next(reader))
                self._row_is_read()
            yield chunk_of(rows, first, width).without_guards()

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

    def _row_is_read(self) -> None:
        self.rows_read += 1
        self._in_row = 0

    @contextmanager
    def _telling_the_row(self) -> Iterator[None]:
        try:
            yield
        except (csv.Error, BrokenRowError) as error:
            reason = next((words for start, words in REASONS.items() if start in str(error)), str(error))
            raise UnreadableFileError(
                f"Row {self.rows_read + 1:,} cannot be read: {reason}. Mend it or export the file again, and try again."
            ) from error
