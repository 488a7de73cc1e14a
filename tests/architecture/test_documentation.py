"""What the documents say of the code is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def test_env_example_explains_every_variable():
    settings = (ROOT / "soc_tracker" / "settings.py").read_text()
    read = set(re.findall(r'\bread\(\s*"([A-Z_]+)"', settings))
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) > 5
    assert explained == read


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_paths_and_targets_exist(document):
    text = (ROOT / document).read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    targets = set(re.findall(r"\bmake ([a-z-]+)", text))
    assert {link for link in links if not (ROOT / link).exists()} == set()
    assert targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert targets
