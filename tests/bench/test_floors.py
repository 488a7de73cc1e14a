"""The floors are measured over the tables that the site has now."""

import json
import os
import subprocess
import sys

from bench.databases import ROOT
from bench.generator import HEADINGS
from tests.databases import own_database


def test_the_floor_of_loading_is_measured(tmp_path):
    file = tmp_path / "extract.csv"
    file.write_text(",".join(HEADINGS) + "\n")
    with own_database(tmp_path, "floor") as url:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}

        def run(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
            )
            assert done.returncode == 0
            return done.stdout

        run("manage.py", "migrate", "--verbosity=0")
        seconds = json.loads(run("-m", "bench.floor.sqlite", str(file)))
    assert set(seconds) == {"indexed", "staging"}
    assert all(value > 0 for value in seconds.values())
