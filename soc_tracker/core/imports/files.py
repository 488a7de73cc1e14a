"""How long the reading of one file may take, so that no file keeps a worker from the others."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from soc_tracker.core.imports.questions import UnreadableFileError

SECONDS = 30
BYTES_A_SECOND = 4 << 20
"""A tenth of what is read in a second on a quiet machine, or less."""


class Clock:
    """Runs while a file is read, and stands while somebody does something with its rows.

    ``size`` is what there is to read, in bytes; of a workbook, unpacked. A larger file may take longer.
    """

    def __init__(self, size: int) -> None:
        self.seconds = SECONDS + size // BYTES_A_SECOND
        self._spent = 0.0
        self._begun = monotonic()

    @property
    def left(self) -> float:
        """Seconds, while it runs; below 0, the time is over."""
        return self.seconds - self._spent - (monotonic() - self._begun)

    @contextmanager
    def running(self) -> Iterator[None]:
        self._begun = monotonic()
        try:
            yield
        finally:
            self._spent += monotonic() - self._begun

    def stop(self) -> None:
        """Somebody else found that the time is over."""
        self._spent += self.seconds

    def check(self) -> None:
        """Raises UnreadableFileError when the time is over."""
        if self.left < 0:
            raise UnreadableFileError(
                f"Reading it took longer than {self.seconds:,} seconds, so it was stopped, and nothing of it is kept. "
                "Split it into several files, each with the headings, or save it as “CSV UTF-8”, and try again."
            )


# What a file is by its first bytes, whatever its name says.


ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"PK\x05\x06": "an empty compressed file",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database",
}
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SAVE_AS = "Open it in a spreadsheet program, save it as “Excel workbook (.xlsx)” or “CSV UTF-8”, and try again."


def is_workbook(path: Path, name: str) -> bool:
    """Whether to read it as XLSX; else as CSV. Raises UnreadableFileError for what is neither."""
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith(ZIP):
        return True
    if head.startswith(OLE):
        if holds(path, ENCRYPTED):
            raise UnreadableFileError(
                f"“{name}” is protected by a password. "
                "Remove the password in the spreadsheet program, save it, and try again."
            )
        raise UnreadableFileError(f"“{name}” is in the form of Excel 97–2003. {SAVE_AS}")
    for start, kind in OTHERS.items():
        if head.startswith(start):
            raise UnreadableFileError(f"“{name}” is {kind}, not a spreadsheet. Choose an XLSX or CSV file.")
    if head and name.casefold().endswith(WORKBOOK_NAMES):
        raise UnreadableFileError(f"“{name}” is named like a workbook, but it is none. {SAVE_AS}")
    return False


def holds(path: Path, words: bytes, at_a_time: int = 1 << 20) -> bool:
    """Whether the words stand anywhere in the file, which may be large."""
    with path.open("rb") as file:
        before = b""
        while piece := file.read(at_a_time):
            if words in before + piece:
                return True
            before = piece[-len(words) :]
    return False


# How the text of a file is encoded. All of its bytes decide: what fails late would else be half read.


AT_A_TIME = 1 << 20
"""Bytes read at once."""
SAVE_AS_UTF8 = "Save it again as “CSV UTF-8” in the program it comes from, and try again."


@dataclass(frozen=True)
class Encoding:
    """``codec`` is Python's name for it. ``marked``: the file begins with a byte order mark."""

    name: str
    codec: str
    marked: bool = False


UTF8 = Encoding("UTF-8", "utf-8")
WINDOWS = Encoding("Windows-1252", "cp1252")
MARKED = {
    codecs.BOM_UTF8: Encoding("UTF-8", "utf-8-sig", marked=True),
    codecs.BOM_UTF16_LE: Encoding("UTF-16", "utf-16", marked=True),
    codecs.BOM_UTF16_BE: Encoding("UTF-16", "utf-16", marked=True),
}


def encoding_of(path: Path) -> Encoding:
    """By its byte order mark UTF-8 or UTF-16; without one UTF-8 when all of it is, else Windows-1252.

    Raises UnreadableFileError.
    """
    with path.open("rb") as file:
        head = file.read(3)
    marked = next((encoding for mark, encoding in MARKED.items() if head.startswith(mark)), None)
    for encoding in (marked,) if marked else (UTF8, WINDOWS):
        if is_encoded(path, encoding):
            return encoding
    names = marked.name if marked else "UTF-8 or Windows-1252"
    raise UnreadableFileError(
        f"The text of the file should be {names}, but not all of it is: it may be damaged. {SAVE_AS_UTF8}"
    )


def is_encoded(path: Path, encoding: Encoding) -> bool:
    """Whether all of the file is. Raises UnreadableFileError where only its last character is cut in two."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    only_ascii = True
    with path.open("rb") as file:
        try:
            while data := file.read(AT_A_TIME):
                only_ascii &= decoder.decode(data).isascii()
        except UnicodeError:
            return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            if only_ascii and not encoding.marked:  # one character alone is no evidence of UTF-8
                return False
            raise UnreadableFileError(
                "The file ends in the middle of a character: it is cut off. Export or copy it again, and try again."
            ) from error
    return True
