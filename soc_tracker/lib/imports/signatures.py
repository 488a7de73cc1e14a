"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path

from soc_tracker.lib.imports.errors import UnreadableFileError

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
        _refuse_old(path, name)
    for start, kind in OTHERS.items():
        if head.startswith(start):
            raise UnreadableFileError(f"“{name}” is {kind}, not a spreadsheet. Choose an XLSX or CSV file.")
    if head and name.casefold().endswith(WORKBOOK_NAMES):
        raise UnreadableFileError(f"“{name}” is named like a workbook, but it is none. {SAVE_AS}")
    return False


def _refuse_old(path: Path, name: str) -> None:
    if _holds(path, ENCRYPTED):
        raise UnreadableFileError(
            f"“{name}” is protected by a password. "
            "Remove the password in the spreadsheet program, save it, and try again."
        )
    raise UnreadableFileError(f"“{name}” is in the form of Excel 97–2003. {SAVE_AS}")


def _holds(path: Path, words: bytes, at_a_time: int = 1 << 20) -> bool:
    """Whether the words stand anywhere in the file, which may be large."""
    with path.open("rb") as file:
        before = b""
        while piece := file.read(at_a_time):
            if words in before + piece:
                return True
            before = piece[-len(words) :]
    return False
