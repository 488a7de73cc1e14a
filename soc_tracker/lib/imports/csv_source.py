"""CSV: any of three delimiters and encodings, streamed."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from soc_tracker.lib.imports.cells import Cell
from soc_tracker.lib.imports.chunks import Chunk, chunk_of
from soc_tracker.lib.imports.clock import Clock
from soc_tracker.lib.imports.encodings import encoding_of
from soc_tracker.lib.imports.errors import UnreadableFileError
from soc_tracker.lib.imports.formulas import may_hold_guards
from soc_tracker.lib.imports.plain_csv import plain_columns
from soc_tracker.lib.imports.text_lines import LONGEST_ROW, BrokenRowError, TextLines

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
    delimiter = ","

    def __init__(self, path: Path) -> None:
        self._encoding = encoding_of(path)
        self.size = path.stat().st_size
        self.marked = self._encoding.marked or self._encoding.codec == "cp1252"
        self._file = path.open("rb")
        self._clock = Clock(self.size)
        self._text = TextLines(self._file, self._encoding.codec, self._clock)
        self._rows_read = 0
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
                self._rows_read += 1
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
            yield from self._carefully(piece, width) if columns is None else [self._plainly(piece, columns)]

    def _plainly(self, piece: str, columns: list[list[str]]) -> Chunk:
        lines = range(self._rows_read + 1, self._rows_read + 1 + len(columns[0]))
        self._rows_read = lines[-1]
        chunk = Chunk(lines, columns)
        if not all(map(str.strip, columns[0])):
            chunk = chunk.without_blank_rows()
        return chunk.without_guards() if may_hold_guards(piece) else chunk

    def _carefully(self, piece: str, width: int) -> Iterator[Chunk]:
        """Row by row with the csv module, beyond the piece where its last row goes on."""
        lines = io.StringIO(piece).readlines()
        reader = self._reader(lines)
        while reader.line_num < len(lines):
            first = self._rows_read + 1
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
        self._rows_read += 1
        self._in_row = 0

    @contextmanager
    def _telling_the_row(self) -> Iterator[None]:
        try:
            yield
        except (csv.Error, BrokenRowError) as error:
            reason = next((words for start, words in REASONS.items() if start in str(error)), str(error))
            raise UnreadableFileError(
                f"Row {self._rows_read + 1:,} cannot be read: {reason}. "
                "Mend it or export the file again, and try again."
            ) from error
