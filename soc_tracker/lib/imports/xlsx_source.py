"""XLSX: the first sheet with rows, read by a process of its own within limits."""

import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from soc_tracker.lib.imports import xlsx_reader
from soc_tracker.lib.imports.cells import Cell, is_blank
from soc_tracker.lib.imports.chunks import Chunk, chunk_of
from soc_tracker.lib.imports.errors import UnreadableFileError

MOST_MEMORY = 1536 << 20
"""Bytes. A full sheet (1,048,576 rows) of ten columns of text took 1.1 GB of memory, 1.4 GB of addresses."""
MOST_UNPACKED = 1 << 30
"""Bytes of all parts of the workbook; that full sheet has 720 MB."""
MOST_TIMES = 250
"""How many times its size a workbook may unpack to; sheets of equal rows reach about 100."""
MOST_SECONDS = 300
"""Of processor time; that full sheet takes 20 to 30."""
AS_CSV = "Save the sheet as “CSV UTF-8”, and try again."
REASONS = {
    "locked": "It is protected by a password. Remove the password in the spreadsheet program, save it, and try again.",
    "damaged": "It is damaged, or no Excel workbook. Open it in a spreadsheet program, save it again as “Excel "
    "workbook (.xlsx)” or “CSV UTF-8”, and try again.",
    "empty": "It has no sheet with rows. Choose a workbook whose first sheet holds the table.",
    "large": f"It is too large to be read as a workbook. {AS_CSV}",
}
HARMLESS = {"date", "time", "datetime", "timedelta"}


class XlsxSource:
    suffix = ".xlsx"
    form = "XLSX"
    delimiter = ","
    marked = True

    def __init__(self, path: Path) -> None:
        _refuse_bombs(path)
        self.size = path.stat().st_size
        self._process = _start(path)
        self._answers = cast(IO[bytes], self._process.stdout)
        self._height, self._rows_read = 1, 0
        self._waiting: list[list[Cell]] = []

    @property
    def position(self) -> int:
        return self.size * self._rows_read // self._height

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def heading_row(self) -> list[Cell]:
        """The first row that is not blank."""
        self._height = self._next()
        for rows in self._batches():
            for index, row in enumerate(rows, 1):
                self._rows_read += 1
                if not is_blank(row):
                    self._waiting = rows[index:]
                    return row
        raise UnreadableFileError(REASONS["empty"])

    def chunks(self, width: int) -> Iterator[Chunk]:
        yield self._chunk(self._waiting, width)
        for rows in self._batches():
            yield self._chunk(rows, width)

    def _chunk(self, rows: list[list[Cell]], width: int) -> Chunk:
        first, self._rows_read = self._rows_read + 1, self._rows_read + len(rows)
        return chunk_of(rows, first, width).without_guards()

    def _batches(self) -> Iterator[list[list[Cell]]]:
        return iter(self._next, [])

    def _next(self) -> Any:
        """What the process says next: the number of rows, or some rows."""
        try:
            answer = _Values(self._answers).load()
        except (EOFError, pickle.UnpicklingError):  # it came to an end: below 0, by a limit
            answer = "large" if self._process.wait() < 0 else "damaged"
        if isinstance(answer, str):
            raise UnreadableFileError(REASONS[answer])
        return answer


class _Values(pickle.Unpickler):
    """Makes nothing but lists, texts, numbers, dates and times."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in HARMLESS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _start(path: Path) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-I", xlsx_reader.__file__, str(path.resolve()), str(MOST_MEMORY), str(MOST_SECONDS)]
    # The program is our own; the file is only read by it.
    return subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603


def _refuse_bombs(path: Path) -> None:
    """By what the file says of itself; the limits of the process hold when it lies."""
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            if "xl/workbook.xml" not in parts.namelist():
                raise UnreadableFileError(REASONS["damaged"])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(REASONS["damaged"]) from error
    if unpacked > min(MOST_UNPACKED, max(MOST_TIMES * path.stat().st_size, 1 << 20)):
        raise UnreadableFileError(REASONS["large"])
