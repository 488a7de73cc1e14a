"""How the text of a file is encoded. All of its bytes decide: what fails late would else be half read."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from soc_tracker.lib.imports.errors import UnreadableFileError

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
        if _decodes(path, encoding):
            return encoding
    names = marked.name if marked else "UTF-8 or Windows-1252"
    raise UnreadableFileError(
        f"The text of the file should be {names}, but not all of it is: it may be damaged. {SAVE_AS_UTF8}"
    )


def _decodes(path: Path, encoding: Encoding) -> bool:
    """Raises UnreadableFileError when all is well except that the last character is cut in two."""
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
