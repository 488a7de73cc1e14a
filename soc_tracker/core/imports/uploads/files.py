"""No upload fills the disk: what is beyond the limit is read, so that the sender gets an answer, and not kept."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.db.models.fields.files import FieldFile

from soc_tracker.core.imports.files import WORKBOOK_NAMES
from soc_tracker.core.imports.uploads.models import UploadRecord

MOST_BYTES = 2 * 1024**3


class UploadLimit(FileUploadHandler):
    """Stands before the handlers that keep files. A file that is too large arrives just larger than the limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one have the file."""


# The files of uploads on disk: whoever works on one holds a lock, which the system releases when the worker dies.


LONGEST_SUFFIX, LONGEST_NAME = 6, 255


class BeingWorkedOnError(Exception):
    """Another process works on the file."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file, so that others can tell that it is worked on. Raises BeingWorkedOnError, FileNotFoundError."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BeingWorkedOnError(path.name) from error
        yield


def is_held(path: Path) -> bool:
    """Whether a process works on the file. A file that is gone is worked on by nobody."""
    try:
        with held(path):
            return False
    except FileNotFoundError:
        return False
    except BeingWorkedOnError:
        return True


def is_worked_on(upload: UploadRecord) -> bool:
    return bool(upload.file) and is_held(Path(upload.file.path))


def stored_name(name: str) -> str:
    """A name on disk that owes nothing to its sender but the suffix, which tells the kind of file."""
    suffix = "".join(letter for letter in Path(name).suffix.lower() if letter.isascii() and letter.isalnum())
    return f"{uuid4().hex}.{suffix[:LONGEST_SUFFIX] or 'csv'}"


def plain_name(name: str) -> str:
    """The name as its sender knows the file, fit for showing: no folders, no control characters, not too long."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in base if letter.isprintable()).strip()
    return name[-LONGEST_NAME:] or "file without a name"


def errors_path(upload: UploadRecord) -> Path:
    """Where the refused rows of the file go: beside it, in a form that every spreadsheet program opens."""
    path = Path(upload.file.path)
    return path.with_name(f"{path.stem}-refused{'.xlsx' if path.suffix in WORKBOOK_NAMES else path.suffix}")


def delete_when_written(*files: FieldFile) -> None:
    """Delete files once the present transaction is written for good; what is gone already is no fault."""
    for file in files:
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
