"""The import contracts of pyproject.toml hold, and the server starts without the heavy libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def test_import_contracts():
    done = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("heavy", ["pandas", "plotly", "xlsxwriter"])
def test_the_server_starts_without(heavy):
    code = f"import sys, soc_tracker.wsgi, soc_tracker.urls\nsys.exit({heavy!r} in sys.modules)"
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, f"{heavy} is imported when the server starts. {done.stderr}"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "DEBUG": "1",
        "PATH": "",
        "DJANGO_SETTINGS_MODULE": "soc_tracker.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
