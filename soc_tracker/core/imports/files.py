"""What a file is, by its contents; and how long the reading of one may take, so that none keeps a worker for long."""

import codecs
import zipfile
import zlib
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


# What a file is by its contents, whatever its name says.


@dataclass(frozen=True)
class Form:
    """``hides_places``: which rows are hidden, and which cells show an error, is not seen in it."""

    name: str
    is_text: bool = False
    is_archive: bool = True
    hides_places: bool = False


TEXT = Form("CSV", is_text=True, is_archive=False)
XLSX, ODS = Form("XLSX"), Form("ODS")
XLSB = Form("XLSB", hides_places=True)
XLS = Form("XLS", is_archive=False, hides_places=True)
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_STREAMS = ["Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")]
"""Of an old Excel file; other programs keep their documents in files of the same kind."""
OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"PK\x05\x06": "an empty compressed file",
    b"{\\rtf": "a text document",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
MARKUP = {
    "<!doctype html": "a web page",
    "<html": "a web page",
    "<table": "a web page",
    "<meta": "a web page",
    "mime-version:": "a web page in one file",
    "<?mso-application": "a workbook in XML",
    "urn:schemas-microsoft-com:office:spreadsheet": "a workbook in XML",
    "<office:document": "an OpenDocument file in XML",
    "<?xml": "an XML file",
    "id;p": "a SYLK file",
}
"""What a text begins with that is no table of rows, though its name may say Excel."""
ARCHIVES = {"word/": "a Word document", "ppt/": "a presentation", "index/document.iwa": "a Numbers or Pages document"}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SAVE_AS = "Open it in a spreadsheet program, save it as “Excel workbook (.xlsx)” or “CSV UTF-8”, and try again."
CHOOSE = "Choose a workbook (XLSX, XLSM, XLSB, XLS, ODS) or a CSV file."
FIRST_BYTES = 1 << 13


def form_of(path: Path, name: str) -> Form:
    """What a file that its owner calls ``name`` is. Raises UnreadableFileError for what holds no rows."""
    with path.open("rb") as file:
        head = file.read(FIRST_BYTES)
    if head.startswith(ZIP):
        return form_of_archive(path, name)
    if head.startswith(OLE):
        if holds(path, ENCRYPTED):
            raise UnreadableFileError(
                f"“{name}” is protected by a password. "
                "Remove the password in the spreadsheet program, save it, and try again."
            )
        if any(holds(path, stream) for stream in WORKBOOK_STREAMS):
            return XLS
        raise UnreadableFileError(f"“{name}” is a file of Office 97–2003, but no workbook. {CHOOSE}")
    if other := next((kind for start, kind in OTHERS.items() if head.startswith(start)), ""):
        raise UnreadableFileError(f"“{name}” is {other}, not a spreadsheet. {CHOOSE}")
    if markup := markup_of(head):
        raise UnreadableFileError(f"“{name}” is {markup}, whatever its name. {SAVE_AS}")
    if name.casefold().endswith(WORKBOOK_NAMES) and not is_text(head):
        raise UnreadableFileError(f"“{name}” is named like a workbook, but it is none. {SAVE_AS}")
    return TEXT


def markup_of(head: bytes) -> str:
    """What a text is that is no table of rows; "" for one that may be."""
    begin = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").casefold()
    kinds = [kind for start, kind in MARKUP.items() if begin.startswith(start) or (start in begin and begin[0] == "<")]
    return kinds[0] if kinds else ""


def is_text(head: bytes) -> bool:
    """Whether a file that begins so can be text."""
    controls = sum(head.count(bytes([byte])) for byte in (*range(9), *range(14, 32)))
    return controls == 0 or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def form_of_archive(path: Path, name: str) -> Form:
    """What a ZIP archive is. Raises UnreadableFileError for one that is no workbook, or cannot be opened."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = [part.casefold() for part in parts.namelist()]
            kind = parts.open("mimetype").read(100).decode("latin-1").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, KeyError, zlib.error) as error:
        raise UnreadableFileError(f"“{name}” is damaged: it may be cut off. Copy it again, or: {SAVE_AS}") from error
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        return XLSB
    if kind.startswith(f"{OPEN_DOCUMENT}spreadsheet"):
        return ODS
    if kind.startswith(OPEN_DOCUMENT):
        raise UnreadableFileError(f"“{name}” is an OpenDocument file, but no spreadsheet. {CHOOSE}")
    other = next((words for start, words in ARCHIVES.items() if any(part.startswith(start) for part in names)), "")
    if other:
        raise UnreadableFileError(f"“{name}” is {other}, not a spreadsheet. {CHOOSE}")
    inside = ", ".join([f"“{part}”" for part in names[:3]] + (["more"] if len(names) > 3 else [])) or "nothing"
    raise UnreadableFileError(
        f"“{name}” is a compressed folder, no Excel workbook. It holds {inside}. "
        "Unpack it, and choose the file with the rows."
    )


def holds(path: Path, words: bytes, at_a_time: int = 1 << 20) -> bool:
    """Whether the words stand anywhere in the file, which may be large."""
    with path.open("rb") as file:
        before = b""
        while piece := file.read(at_a_time):
            if words in before + piece:
                return True
            before = piece[-len(words) :]
    return False
