"""The text of a file by whole lines, in bounded memory."""

import codecs
import io
from typing import BinaryIO

from soc_tracker.lib.imports.clock import Clock

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
