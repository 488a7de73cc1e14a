"""Programs of the site, run as a deployment runs them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from django.conf import settings

SECRET_KEY = "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ"
ENCRYPTION_KEY = "Zm9yLXRlc3RzLW9ubHkta2V5LW9mLTMyLWJ5dGVzISE="
HOST = "soc.example.org"


def deployment(url: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of a deployment behind a proxy, as docs/deployment.md has it; what it keeps is in the folder."""
    own = ("DEBUG", "DEMO_MODE", "DJANGO_SETTINGS_MODULE", "ONLY_WITH_DATABASE")
    others = {name: value for name, value in os.environ.items() if name not in own}
    values = {
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET_KEY,
        "ENCRYPTION_KEYS": ENCRYPTION_KEY,
        "ALLOWED_HOSTS": HOST,
        "BEHIND_TLS_PROXY": "1",
        "TRUSTED_PROXY_COUNT": "1",
        "UPLOAD_FOLDER": str(folder / "uploads"),
        "CACHE_FOLDER": str(folder / "cache"),
        "TRAIL_DIGESTS": str(folder / "digests"),
        "DJANGO_SETTINGS_MODULE": "soc_tracker.settings",
    }
    return others | values | more


def python(environment: dict[str, str], *arguments: object, log: IO[str] | None = None) -> subprocess.Popen[str]:
    """A process of its own, which writes to pipes or to a log; warnings are errors in it."""
    command = [sys.executable, "-W", "error", *map(str, arguments)]
    out = log or subprocess.PIPE
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=out, stderr=out, text=True)


def output(environment: dict[str, str], *arguments: object, status: int = 0) -> str:
    """What a process has written when it ends by itself, as it is expected to."""
    with python(environment, *arguments) as process:
        out, errors = process.communicate(timeout=300)
        assert process.returncode == status, errors
    return out + errors
