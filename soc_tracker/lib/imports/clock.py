"""How long the reading of one file may take, so that no file keeps a worker from the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from soc_tracker.lib.imports.errors import UnreadableFileError

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
