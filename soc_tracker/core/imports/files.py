"""What a file is, by its contents: its form, and how its text is encoded; and how long the reading of one may take, so
that none keeps a worker for long.
"""

import codecs
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from soc_tracker.core.imports.encodings import AT_A_TIME, SINGLE, UTF8, WINDOWS, Encoding, Evidence
from soc_tracker.core.imports.questions import Answers, Question, UnreadableFileError, ask

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
    begin = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").casefold()
    for start, kind in MARKUP.items():
        if begin.startswith(start) or (start in begin and begin[0] == "<"):
            raise UnreadableFileError(f"“{name}” is {kind}, whatever its name. {SAVE_AS}")
    if name.casefold().endswith(WORKBOOK_NAMES) and not is_text(head):
        raise UnreadableFileError(f"“{name}” is named like a workbook, but it is none. {SAVE_AS}")
    return TEXT


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


# How the text of a file is encoded: by its mark, by its zeros, by whether all of it is UTF-8; else by what its letters
# look like in each of the encodings that programs still write. All of its bytes decide: else some would be half read.


MARKED = {
    codecs.BOM_UTF32_LE: Encoding("UTF-32", "utf-32", marked=True),
    codecs.BOM_UTF8: Encoding("UTF-8", "utf-8-sig", marked=True),
    codecs.BOM_UTF16_LE: Encoding("UTF-16", "utf-16", marked=True),
    codecs.BOM_UTF16_BE: Encoding("UTF-16", "utf-16", marked=True),
}
UNMARKED = (Encoding("UTF-16", "utf-16-le"), Encoding("UTF-16", "utf-16-be"))
LEAST_LIKELY = 3
SAVE_AS_UTF8 = "Save it again as “CSV UTF-8” in the program it comes from, and try again."


@dataclass(frozen=True)
class Decoding:
    """How a file is decoded: by ``encoding``, but for lines that cannot be by ``odd``, where there is one.

    ``question`` asks which encoding it is, where only its letters say so.
    """

    encoding: Encoding
    odd: Encoding | None = None
    question: Question | None = None

    @property
    def name(self) -> str:
        return f"{self.encoding.name} and {self.odd.name}" if self.odd else self.encoding.name

    @property
    def is_utf8(self) -> bool:
        return self.encoding.name == UTF8.name and not self.odd


def decoding_of(path: Path, answers: Answers) -> Decoding:
    """Raises UnreadableFileError."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    marked = next((encoding for mark, encoding in MARKED.items() if head.startswith(mark)), None)
    for encoding in (marked,) if marked else (*unmarked(head), UTF8):
        if is_encoded(path, encoding):
            return Decoding(encoding)
    if marked and marked.name != UTF8.name:
        raise UnreadableFileError(
            f"The text of the file should be {marked.name}, but not all of it is: it may be damaged. {SAVE_AS_UTF8}"
        )
    evidence = Evidence(path)
    ranks = evidence.ranks()
    best = ranks[0][1]
    is_word = ranks[0][0] > 0
    if not is_word and any(encoding is WINDOWS for _, encoding in ranks):
        best = WINDOWS
    question = ask(
        answers,
        key="encoding",
        text="Which of these reads as it should?",
        hint="The file does not say how its letters are encoded.",
        choices=[(encoding.codec, f"{encoding.name}: “{evidence.sample(encoding)}”") for _, encoding in ranks],
        is_needed=not is_word or is_unclear(ranks, evidence),
        by_itself=f"As it is read now: {best.name}",
    )
    if not is_word and best is not WINDOWS and not question.answer:
        raise UnreadableFileError(
            "The text of the file should be UTF-8 or Windows-1252, but not all of it is, and in no encoding does it "
            f"read as words: it may be damaged. {SAVE_AS_UTF8}",
            [question],
        )
    chosen = next((encoding for encoding in SINGLE if encoding.codec == question.answer), best)
    if marked or evidence.utf8_lines:
        return Decoding(marked or UTF8, odd=chosen, question=question)
    return Decoding(chosen, question=question)


def is_unclear(ranks: list[tuple[int, Encoding]], evidence: Evidence) -> bool:
    """Whether little speaks for the likeliest, or another makes other words of the text that are half as likely."""
    (score, best), *others = ranks
    return score < LEAST_LIKELY or any(
        2 * other > score and evidence.differs(best, encoding) for other, encoding in others
    )


def unmarked(head: bytes) -> list[Encoding]:
    """UTF-16 without a mark: every other byte of most western text is a zero."""
    pairs = len(head) // 2
    zeros = head[1::2].count(0), head[0::2].count(0)
    return [
        encoding
        for encoding, these, those in zip(UNMARKED, zeros, zeros[::-1], strict=True)
        if these * 2 > pairs and those * 20 <= pairs
    ]


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
