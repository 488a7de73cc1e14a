"""A workbook, XLSX or ODS: a sheet with rows, read by a process of its own within limits."""

import pickle
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from soc_tracker.core.imports import xlsx_reader
from soc_tracker.core.imports.cells import Cell, Chunk, chunk_of, is_blank
from soc_tracker.core.imports.files import Clock
from soc_tracker.core.imports.questions import UnreadableFileError

MOST_MEMORY = 1536 << 20
"""Bytes. A full sheet (1,048,576 rows) of ten columns of text took 1.1 GB of memory, 1.4 GB of addresses."""
MOST_UNPACKED = 1 << 30
"""Bytes of all parts of the workbook; that full sheet has 720 MB."""
MOST_TIMES = 250
"""How many times its size a workbook may unpack to; sheets of equal rows reach about 100."""
AS_CSV = "Save the sheet as “CSV UTF-8”, and try again."
SAVE_AGAIN = (
    "Open it in a spreadsheet program, save it again as “Excel workbook (.xlsx)” or “CSV UTF-8”, and try again."
)
REASONS = {
    "damaged": f"It is damaged, or no Excel workbook. {SAVE_AGAIN}",
    "empty": "It has no sheet with rows. Choose a workbook whose first sheet holds the table.",
    "large": f"It is too large to be read as a workbook. {AS_CSV}",
    "place": f"It names a cell that no sheet has: “{{}}”. The last one is XFD1048576. {SAVE_AGAIN}",
    "spread": "Its cells are spread over {}, more than can be read at once. Remove what stands far away from the "
    "table, or save the sheet as “CSV UTF-8”, and try again.",
    "long": "Row {} cannot be read: it is longer than 1,048,576 characters. Mend it, and try again.",
    "text": f"It is damaged: a cell shows the workbook’s text number “{{}}”, which cannot be. {SAVE_AGAIN}",
    "texts": f"It is damaged: it claims to have {{}} texts, which cannot be. {SAVE_AGAIN}",
    "declarations": f"It begins with declarations that no spreadsheet program writes. {SAVE_AGAIN}",
}
"""By the word that the process gives; what it found goes between the braces."""
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
HARMLESS = {"date", "time", "datetime", "timedelta"}


class EmptyWorkbookError(UnreadableFileError):
    """There is no sheet of that number."""


class XlsxSource:
    suffix = ".xlsx"
    delimiter = ","
    marked = True

    def __init__(self, path: Path, number: int = 0) -> None:
        """``number`` counts the sheets that have rows, from 0."""
        self.form, unpacked = _form_and_size(path)
        self._clock = Clock(unpacked)
        self.size = path.stat().st_size
        self._process = _start(path, self._clock.seconds, number)
        self._answers = cast(IO[bytes], self._process.stdout)
        self._height, self.rows_read = 1, 0
        self.sheet = ""
        self._waiting: list[list[Cell]] = []

    @property
    def position(self) -> int:
        return self.size * self.rows_read // self._height

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def heading_row(self) -> list[Cell]:
        """The first row that is not blank."""
        self.sheet, self._height = self._next(), self._next()
        for rows in self._batches():
            for index, row in enumerate(rows, 1):
                self.rows_read += 1
                if not is_blank(row):
                    self._waiting = rows[index:]
                    return row
        raise EmptyWorkbookError(REASONS["empty"])

    def chunks(self, width: int) -> Iterator[Chunk]:
        yield self._chunk(self._waiting, width)
        for rows in self._batches():
            yield self._chunk(rows, width)

    def _chunk(self, rows: list[list[Cell]], width: int) -> Chunk:
        first, self.rows_read = self.rows_read + 1, self.rows_read + len(rows)
        return chunk_of(rows, first, width).without_guards()

    def _batches(self) -> Iterator[list[list[Cell]]]:
        return iter(self._next, [])

    def _next(self) -> Any:
        """What the process says next: the number of rows, or some rows. When its time is over, it is ended from here:
        what keeps it busy may not let it end itself.
        """
        with self._clock.running():
            end = threading.Timer(self._clock.left, self._process.kill)
            end.start()
            try:
                answer = _Values(self._answers).load()
            except (EOFError, pickle.UnpicklingError):
                # Why the process came to an end of its own: below 0, by a limit
                status = self._process.wait()
                if status == -signal.SIGXCPU:
                    self._clock.stop()
                self._clock.check()
                answer = (("large" if status < 0 else "damaged"), "")
            finally:
                end.cancel()
        if isinstance(answer, tuple):
            reason, place = answer
            raise (EmptyWorkbookError if reason == "empty" else UnreadableFileError)(REASONS[reason].format(place))
        return answer


class _Values(pickle.Unpickler):
    """Makes nothing but lists, texts, numbers, dates and times."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in HARMLESS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _start(path: Path, seconds: int, number: int) -> subprocess.Popen[bytes]:
    limits = (str(MOST_MEMORY), str(seconds))
    program = [sys.executable, "-I", xlsx_reader.__file__, str(path.resolve()), *limits, str(number)]
    # The program is our own; the file is only read by it.
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603


def _form_and_size(path: Path) -> tuple[str, int]:
    """What kind of workbook it is, and the bytes of all its parts, by what the file says of itself; the limits of the
    process hold when it lies.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            names = [name.casefold() for name in parts.namelist()]
            is_ods = "mimetype" in names and parts.read("mimetype").strip() == OPEN_DOCUMENT
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError) as error:
        raise UnreadableFileError(REASONS["damaged"]) from error
    # Of two parts with the same name, one program reads the first and another the last.
    if (xlsx_reader.WORKBOOK not in names and not is_ods) or len(set(names)) < len(names):
        raise UnreadableFileError(REASONS["damaged"])
    if unpacked > min(MOST_UNPACKED, max(MOST_TIMES * path.stat().st_size, 1 << 20)):
        raise UnreadableFileError(REASONS["large"])
    return "ODS" if is_ods else "XLSX", unpacked
