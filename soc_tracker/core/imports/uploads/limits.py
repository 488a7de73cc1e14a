"""For how long, and in how much memory, a file is read: none that was made for it holds up the files of others."""

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType

from soc_tracker.core.imports.questions import UnreadableFileError

SECONDS, BYTES_A_SECOND = 90, 200_000
"""Each file has so many seconds, and one for each so many of its bytes: several times what honest files take."""
MEMORY = 1 << 30
"""Bytes over what the process holds before."""
LOOK_EVERY = 1.0
"""Seconds between one look at the clock and the next."""


@contextmanager
def limited(path: Path, gone: Exception) -> Iterator[None]:
    """Read the file within limits. Raises UnreadableFileError that says which was passed, and ``gone`` once the file is
    deleted, as it is when somebody gives it up. The clock is looked at by the main thread alone, which is the worker's.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seconds = SECONDS + path.stat().st_size // BYTES_A_SECOND
    end = monotonic() + seconds

    def look(number: int, frame: FrameType | None) -> None:
        if not path.exists():
            raise gone
        if monotonic() > end:
            raise UnreadableFileError(
                f"Reading the file was stopped after {seconds:,} seconds, which is far more than a file of its size "
                "takes. Save the rows alone as CSV and upload that, or send the rows in several files."
            )

    before = signal.signal(signal.SIGALRM, look)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, limits[1]))
    signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY, LOOK_EVERY)
    try:
        yield
    except MemoryError as error:
        raise UnreadableFileError(
            f"Reading the file takes more than {MEMORY / 10**9:.0f} GB of memory. Save the rows alone as CSV and "
            "upload that, or send the rows in several files."
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)
