"""No file is read for ever, or in all the memory there is; one that is given up is read no further."""

import signal
from time import monotonic, sleep

import pytest

from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.uploads import limits
from soc_tracker.core.imports.uploads.limits import limited


class GivenUpError(Exception):
    pass


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(limits, "LOOK_EVERY", 0.02)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b"reference\n")
    return path


def read_for_ever():
    start = monotonic()
    while monotonic() - start < 20:
        sleep(0.01)
    pytest.fail("It was never stopped.")


def test_reading_that_takes_too_long_is_stopped_and_says_what_to_do(path, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0)
    with pytest.raises(UnreadableFileError, match=r"stopped after 0 seconds.*as CSV"), limited(path, GivenUpError()):
        read_for_ever()


def test_a_large_file_has_more_time(path, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0)
    monkeypatch.setattr(limits, "BYTES_A_SECOND", 1)
    with limited(path, GivenUpError()):
        sleep(0.1)


def test_reading_that_takes_too_much_memory_is_stopped(path, monkeypatch):
    monkeypatch.setattr(limits, "MEMORY", 50_000_000)
    with pytest.raises(UnreadableFileError, match="of memory"), limited(path, GivenUpError()):
        bytearray(2_000_000_000)
    bytearray(200_000_000)  # afterwards there is no limit


def test_a_file_that_was_given_up_is_read_no_further(path):
    read = limited(path, GivenUpError())
    with pytest.raises(GivenUpError), read:  # noqa: PT012  the file goes while it is read
        path.unlink()
        read_for_ever()


def test_nothing_of_it_stays(path):
    before = signal.getsignal(signal.SIGALRM)
    with limited(path, GivenUpError()):
        pass
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
