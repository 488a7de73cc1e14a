"""What a file is, by its contents, whatever its name says; what is no report is refused in words."""

import re
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from inspections.reader.structure.blocks import UnreadableReportError

LARGEST = 50 << 20
"""Bytes: a report of 300 pages with pictures has a third of it."""
LARGEST_TEXT = 16 << 20
"""Bytes of a file that is all text, or a web page with its pictures in it."""
BEGINNING = 4096
HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|main|article|h[1-6]|p|div|table|ul)[\s>]", re.IGNORECASE)
OFFER = "Choose a PDF, a web page (HTML), a Word document (.docx) or a text file."
OTHERS = {
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"GIF8": "is a picture",
    b"II*\x00": "is a picture",
    b"MM\x00*": "is a picture",
    b"{\\rtf": "is in Rich Text Format",
    b"\xd0\xcf\x11\xe0": "is an older Word document (.doc), or is locked by a password",
    b"\x1f\x8b": "is compressed",
    b"7z\xbc\xaf": "is an archive of files",
    b"Rar!": "is an archive of files",
}
AS_DOCX = {"is in Rich Text Format", "is an older Word document (.doc), or is locked by a password"}


class Kind(Enum):
    PDF = "PDF"
    HTML = "web page"
    WORD = "Word document"
    TEXT = "text"


def kind_of_file(path: Path, name: str) -> Kind:
    """Raises UnreadableReportError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(BEGINNING)
    if not start.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableReportError(f"{name} is empty: it has no words to read.")
    for mark, what in OTHERS.items():
        if start.startswith(mark):
            way = "Open it in Word and save it as .docx without a password." if what in AS_DOCX else OFFER
            raise UnreadableReportError(f"{name} {what}, which is not read. {way}")
    kind = by_contents(path, name, start)
    largest = LARGEST if kind in (Kind.PDF, Kind.WORD) else LARGEST_TEXT
    if size > largest:
        raise UnreadableReportError(
            f"{name} has {size >> 20:,} MB, and a {kind.value} of up to {largest >> 20} MB is read. "
            "Save it without its pictures, or save the part that holds the report."
        )
    return kind


def by_contents(path: Path, name: str, start: bytes) -> Kind:
    if b"%PDF-" in start[:1024]:
        return Kind.PDF
    if start.startswith(b"PK\x03\x04"):
        try:
            with ZipFile(path) as parts:
                names = set(parts.namelist())
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableReportError(f"{name} is damaged: it breaks off, or was changed. Get it again.") from error
        if "word/document.xml" in names:
            return Kind.WORD
        what = "a workbook" if "xl/workbook.xml" in names else "an archive of files, or a document of another program"
        raise UnreadableReportError(f"{name} is {what}, which is not read. {OFFER}")
    unpacked = start.replace(b"\x00", b"")
    if HTML.search(unpacked[:1024]) or (Path(name).suffix.lower() in (".html", ".htm", ".xhtml") and b"<" in unpacked):
        return Kind.HTML
    return Kind.TEXT
