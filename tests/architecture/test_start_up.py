"""What the server loads when it starts: nothing that only some answers need."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "numpy", "plotly", "typst", "icalendar", "authlib", "xlsxwriter.workbook", "pypdfium2", "lxml")
START = "import django; django.setup(); import soc_tracker.urls, soc_tracker.wsgi, sys; print(*sys.modules)"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a process that has read the settings, the models and every address."""
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", HEAVY)
def test_starting_loads_nothing_that_one_answer_needs(loaded, module):
    assert module not in loaded
