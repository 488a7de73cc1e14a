"""The quick way through a piece of CSV whose rows are all whole: cut it into cells at once, with no loop over rows."""

import codecs
import io
import re
from collections import deque
from typing import BinaryIO

from soc_tracker.core.imports.encodings import Decoding, LineDecoder
from soc_tracker.core.imports.files import Clock

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
        decoder = LineDecoder(decoding) if decoding.odd else codec()
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
