"""The packages of a deployment, without the developers': what is installed is imported here and there, and measured."""

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".build" / "deployed"


@cache
def python() -> str:
    """The interpreter of a virtual environment with exactly the packages of requirements/run.txt, made when needed."""
    stamp, wanted = HOME / ".venv" / "run.stamp", ROOT / "requirements" / "run.txt"
    if not stamp.exists() or stamp.stat().st_mtime < wanted.stat().st_mtime:
        HOME.mkdir(parents=True, exist_ok=True)
        if not (HOME / "requirements").exists():
            (HOME / "requirements").symlink_to(ROOT / "requirements")
        subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=HOME, check=True)
        subprocess.run([ROOT / "bin" / "sync", "run"], cwd=HOME, check=True, stdout=sys.stderr)
    return str(HOME / ".venv" / "bin" / "python")
