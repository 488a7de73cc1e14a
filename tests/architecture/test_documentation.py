"""What the documents say of the code is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent


def test_env_example_explains_every_variable():
    settings = "".join(file.read_text() for file in (ROOT / "soc_tracker" / "settings").glob("*.py"))
    read = set(re.findall(r'\bread\(\s*"([A-Z_]+)"', settings))
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) > 5
    assert explained == read


DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_paths_targets_and_commands_exist(document):
    text = document.read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert {link for link in links if not (document.parent / link).exists()} == set()
    targets = set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", text, re.MULTILINE))
    assert targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = set(re.findall(r"(?:^ {4}manage|manage\.py) ([a-z_]+)", text, re.MULTILINE))
    assert commands <= get_commands().keys()
    assert links or targets or commands


def test_the_licences_are_those_of_the_packages_that_a_deployment_has():
    check = [sys.executable, ROOT / "bin" / "licences", "--check"]
    assert subprocess.run(check, capture_output=True, text=True).stderr == ""


def test_the_readme_names_the_two_commands():
    assert {"make run", "make test"} <= set(
        re.findall(r"^    (make [a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    )
