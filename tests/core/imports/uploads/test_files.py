"""The files of uploads on disk."""

import signal
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.uploads.files import BeingWorkedOnError, held, is_held, plain_name, stored_name

HOLD = """
import sys, time
from pathlib import Path
import django
django.setup()
from soc_tracker.core.imports.uploads.files import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_text("disruption_ref\n")
    return path


def test_a_file_is_held_by_one_at_a_time(file):
    assert not is_held(file)
    with held(file):
        assert is_held(file)
        with pytest.raises(BeingWorkedOnError), held(file):
            pytest.fail("held twice")
    assert not is_held(file)


def test_a_file_that_is_gone_is_held_by_nobody(tmp_path):
    assert not is_held(tmp_path / "gone.csv")
    with pytest.raises(FileNotFoundError), held(tmp_path / "gone.csv"):
        pytest.fail("held a file that is gone")


def test_a_worker_that_is_killed_lets_go(file):
    command = [sys.executable, "-W", "ignore", "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "held\n"
        assert is_held(file)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert not is_held(file)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("extract.csv", "extract.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Desktop\\July.xlsx", "July.xlsx"),
        ("a\x00b\nc.csv", "abc.csv"),
        ("", "file without a name"),
        ("/", "file without a name"),
        ("Auszug für Juli.csv", "Auszug für Juli.csv"),
    ],
)
def test_a_file_is_shown_by_its_plain_name(given_name, shown):
    assert plain_name(given_name) == shown


def test_a_long_name_keeps_its_end():
    assert plain_name("x" * 300 + ".csv") == "x" * 251 + ".csv"


@given(st.text(max_size=300))
def test_a_stored_name_owes_nothing_to_its_sender_but_a_short_suffix(name):
    stem, _, suffix = stored_name(name).partition(".")
    assert len(stem) == 32
    assert suffix.isascii()
    assert suffix.isalnum()
    assert len(suffix) <= 6


def test_two_files_of_one_name_are_stored_apart():
    assert stored_name("extract.csv") != stored_name("extract.csv")
    assert stored_name("July.XLSX").endswith(".xlsx")
    assert ContentFile(b"", stored_name("extract")).name.endswith(".csv")
