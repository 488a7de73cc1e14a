"""Keeping a file that shows that something was done: of a kind that people read, of a size that is one, and what it
says it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from inspections.evidence.models import EvidenceFile
from soc_tracker.core.imports.uploads.files import plain_name
from soc_tracker.core.records.services import By, Service

MOST_BYTES, MOST_IN_WORDS = 20 * 1024**2, "20 MB"
KINDS = "PDF, Word, Excel, OpenDocument, text, CSV or a picture (PNG, JPEG)"
ZIP, TEXT = b"PK\x03\x04", b""
BEGINNINGS = {
    ".pdf": b"%PDF-",
    **dict.fromkeys((".docx", ".xlsx", ".odt", ".ods"), ZIP),
    ".png": b"\x89PNG\r\n\x1a\n",
    **dict.fromkeys((".jpg", ".jpeg"), b"\xff\xd8\xff"),
    **dict.fromkeys((".txt", ".csv"), TEXT),
}
"""What a file begins with, by its ending; of text, nothing is needed but that it is text."""

EVIDENCE_FILES = Service(EvidenceFile, fixed=("requirement", "file", "file_name", "size", "by", "at"))


def check_file(upload: UploadedFile) -> None:
    """Raises ValidationError of the field ``upload`` that says what was wrong, what is taken, and what to do."""
    name, size = plain_name(upload.name or ""), upload.size or 0
    suffix = Path(name).suffix.lower()
    upload.seek(0)
    start = upload.read(8192)
    upload.seek(0)
    words = ""
    if suffix not in BEGINNINGS:
        words = f"“{name}” is of a kind that is not taken here. Save it as {KINDS}, and choose that."
    elif not size:
        words = f"“{name}” is empty: choose the file again once it is saved."
    elif size > MOST_BYTES:
        words = f"“{name}” is larger than {MOST_IN_WORDS}. Save it smaller, or upload the pages alone that show it."
    elif not start.startswith(BEGINNINGS[suffix]) or (BEGINNINGS[suffix] == TEXT and b"\0" in start):
        words = f"“{name}” is not what its ending “{suffix}” says. Open it, save it again as {KINDS}, and choose that."
    if words:
        raise ValidationError({"upload": words})


@contextmanager
def kept_file(upload: UploadedFile | EvidenceFile | None, *, requirement: Any, by: By) -> Iterator[EvidenceFile | None]:
    """Keep a file with what is written within: where that fails, no file stays. One that is kept already stays as it
    is. Raises ValidationError as ``check_file`` does.
    """
    if not isinstance(upload, UploadedFile):
        yield upload
        return
    check_file(upload)
    values = {"requirement": requirement, "file": upload, "file_name": plain_name(upload.name or ""), "by": by}
    kept = EVIDENCE_FILES.create(values, size=upload.size, by=by, reason="Uploaded with a step.")
    try:
        yield kept
    except BaseException:
        kept.file.storage.delete(str(kept.file.name))
        raise
