"""Browsers are given nothing inline and nothing from elsewhere; the lock says what to install, not from where."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
REFUSED = {
    "an inline style": r"<style|\sstyle=",
    "an inline script": r"<script(?![^>]*(\ssrc=|application/json))[^>]*>",
    "an event handler": r"\son[a-z]+=",
    "something loaded from elsewhere": r"(\ssrc=|<link[^>]*\shref=)[\"'](https?:)?//",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_that_the_security_policy_refuses(template):
    text = template.read_text()
    assert [name for name, pattern in REFUSED.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color: red">', "an inline style"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<button onclick="go()">', "an event handler"),
        ('<script src="https://cdn.example.org/a.js"></script>', "something loaded from elsewhere"),
    ],
)
def test_the_scan_knows_what_is_refused(text, name):
    assert re.search(REFUSED[name], text)


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_the_lock_is_of_this_package():
    package, lock = (json.loads((ROOT / name).read_text()) for name in ("package.json", "package-lock.json"))
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]


def test_htmx_comes_with_its_package():
    assert finders.find("django_htmx/htmx-2.min.js")


def test_the_error_page_asks_for_the_style_sheet_where_it_is():
    assert static("soc.css") in (ROOT / "templates" / "500.html").read_text()
