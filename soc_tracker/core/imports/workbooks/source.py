"""A workbook in any form: its sheets looked at, and one of them read, by a process of its own within limits."""

import pickle
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

from soc_tracker.core.imports.cells import Cell, Chunk, chunk_of
from soc_tracker.core.imports.encodings import GARBLED
from soc_tracker.core.imports.files import Clock, Form
from soc_tracker.core.imports.heads import Head, Merged
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
    "damaged": f"It is damaged, so that it cannot be read as {{}}. {SAVE_AGAIN}",
    "empty": "It has no sheet with rows. Choose a workbook with a sheet that holds the table.",
    "large": f"It is too large to be read as a workbook. {AS_CSV}",
    "place": f"It names a cell that no sheet has: “{{}}”. The last one is XFD1048576. {SAVE_AGAIN}",
    "spread": "Its cells are spread over {}, more than can be read at once. Remove what stands far away from the "
    "table, or save the sheet as “CSV UTF-8”, and try again.",
    "long": "Row {} cannot be read: it is longer than 1,048,576 characters. Mend it, and try again.",
    "text": f"It is damaged: a cell shows the workbook’s text number “{{}}”, which cannot be. {SAVE_AGAIN}",
    "texts": f"It is damaged: it claims to have {{}} texts, which cannot be. {SAVE_AGAIN}",
    "declarations": f"It begins with declarations that no spreadsheet program writes. {SAVE_AGAIN}",
    "password": "It is protected by a password. Remove that in the spreadsheet program, save it, and try again.",
}
"""By the word that the process gives; what it found goes between the braces."""
HARMLESS = {"date", "time", "datetime", "timedelta"}
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from {} import main; main(*sys.argv[2:])"
UNSEEN = "In a workbook of this form it is not seen which rows are hidden, nor which cells show an error such as #N/A."


class WorkbookSource:
    """``heads`` are the sheets that have rows. ``begin`` chooses one, ``chunks`` then reads it once."""

    suffix = ".xlsx"
    delimiter = ","
    marked = True

    def __init__(self, path: Path, form: Form) -> None:
        """Raises UnreadableFileError."""
        self.form = form.name
        unpacked = _size(path, form)
        self._clock = Clock(unpacked)
        self.size = path.stat().st_size
        self._process = _start(path, self._clock.seconds)
        self._answers, self._requests = cast(IO[bytes], self._process.stdout), cast(IO[bytes], self._process.stdin)
        self._height, self.rows_read = 1, 0
        self._waiting: list[list[Cell]] = []
        self.notes = [UNSEEN] if form.hides_places else []
        self.questions: list[Any] = []
        try:
            self.heads = self._look()
        except UnreadableFileError:
            self.close()
            raise

    def _look(self) -> list[Head]:
        heads, unfit = [], []
        while "is_1904" not in (look := self._next()):
            if "unfit" in look:
                reason, words = look["unfit"]
                unfit.append(f"Sheet “{look['name']}”: {REASONS[reason].format(words)}")
                heads.append(Head(look["name"], [], unfit=unfit[-1]))
            else:
                merged = [Merged(*cells) for cells in look.pop("merged")]
                heads.append(Head(merged=merged, **look))
        self.is_1904: bool = look["is_1904"]
        self.notes += [f"The sheet “{name}” is hidden, and is not read." for name in look["hidden"]]
        if not heads:
            raise UnreadableFileError(REASONS["empty"])
        if len(unfit) == len(heads):
            raise UnreadableFileError(unfit[0])
        return heads

    @property
    def position(self) -> int:
        return self.size * min(self.rows_read, self._height) // self._height

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def begin(self, number: int, line: int, *, fills: bool = False) -> list[Cell]:
        """Choose a sheet by its place among the ``heads``, and go to the row of that line, which is returned.

        ``fills``: merged cells all have the value of the first.
        """
        if self.heads[number].unfit:
            raise UnreadableFileError(self.heads[number].unfit)
        self._requests.write(f"{number} {int(fills)}\n".encode())
        self._requests.flush()
        self.rows_read, self._height = 0, self._next()
        batches: Iterator[list[list[Cell]]] = iter(self._next, [])
        for rows in batches:
            if self.rows_read + len(rows) >= line:
                place = line - self.rows_read
                self.rows_read, self._waiting = line, rows[place:]
                return rows[place - 1]
            self.rows_read += len(rows)
        raise UnreadableFileError(
            f"The sheet has no row {line:,}: it ends with row {self.rows_read:,}. Choose another row."
        )

    def chunks(self, width: int) -> Iterator[Chunk]:
        for rows in chain([self._waiting], iter(self._next, [])):
            first, self.rows_read = self.rows_read + 1, self.rows_read + len(rows)
            yield chunk_of(rows, first, width, is_strict=False).without_guards()

    def may_be_garbled(self, chunk: Chunk) -> bool:
        """A quick look at the texts of a chunk, column by column."""
        texts = ("".join([cell for cell in column if type(cell) is str]) for column in chunk.columns)
        return any(not text.isascii() and GARBLED.search(text) for text in texts)

    def _next(self) -> Any:
        """What the process says next: a look at a sheet, the number of rows, or some rows. When its time is over, it is
        ended from here: what keeps it busy may not let it end itself.
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
                answer = ("large", "") if status < 0 else ("damaged", self.form)
            finally:
                end.cancel()
        if isinstance(answer, tuple):
            reason, place = answer
            raise UnreadableFileError(REASONS[reason].format(place or self.form))
        return answer


class _Values(pickle.Unpickler):
    """Makes nothing but lists, texts, numbers, dates and times."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in HARMLESS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _start(path: Path, seconds: int) -> subprocess.Popen[bytes]:
    home = Path(__file__).parents[4]
    program = PROGRAM.format("soc_tracker.core.imports.workbooks.program")
    command = [sys.executable, "-I", "-c", program, str(home), str(path.resolve()), str(MOST_MEMORY), str(seconds)]
    # The program is our own; the file is only read by it.
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _size(path: Path, form: Form) -> int:
    """The bytes of all parts, by what the file says of itself; the limits of the process hold when it lies."""
    size = path.stat().st_size
    if not form.is_archive:
        return size
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            names = [name.casefold() for name in parts.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(REASONS["damaged"].format(form.name)) from error
    if len(set(names)) < len(
        names
    ):  # of two parts with the same name, one program reads the first and another the last
        raise UnreadableFileError(REASONS["damaged"].format(form.name))
    if unpacked > min(MOST_UNPACKED, max(MOST_TIMES * size, 1 << 20)):
        raise UnreadableFileError(REASONS["large"])
    return unpacked
