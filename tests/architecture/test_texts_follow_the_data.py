"""No text of code or templates names a region, a body, a programme's year or how many bodies there are: rows do."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "fixtures" / "reference"
FOLDERS = ("disruptions", "forces", "inspections", "plans4p", "soc_tracker", "templates")
APART = ("/migrations/", "/soc_tracker/demo/")
COUNTED = "forces|regions|groupings of forces|regional units|ROCUs"
NUMBERS = "[0-9]+|two|three|four|five|six|seven|eight|nine|ten|forty-three"
PATTERNS = {
    "a year of programmes": re.compile(r"\b(?:19|20)[0-9]{2}/[0-9]{2}\b(?!/)"),
    "a count of bodies": re.compile(rf"\b(?:{NUMBERS}) (?:police )?(?:{COUNTED})\b", re.IGNORECASE),
}
FILES = sorted(
    path
    for folder in FOLDERS
    for kind in ("*.py", "*.html", "*.txt")
    for path in (ROOT / folder).rglob(kind)
    if not any(part in str(path) for part in APART)
)


def names() -> re.Pattern[str]:
    """Names and slugs of regions and bodies, but for a zone of time."""
    rows = [
        row for file in ("regions", "organisations") for row in json.loads((REFERENCE / f"{file}.json").read_text())
    ]
    called = {row.get(key) for row in rows for key in ("slug", "name", "short_name")} - {None, ""}
    words = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{words})(?![\w-])")


def test_files_are_read():
    assert len(FILES) > 300
    assert names().search("as Merseyside Police does it")
    assert PATTERNS["a count of bodies"].search("The ten groupings of forces")
    assert PATTERNS["a year of programmes"].search("PEEL 2022/23")


@pytest.mark.parametrize("what", ["a region or body", *PATTERNS])
def test_no_text_knows(what):
    pattern = PATTERNS.get(what) or names()
    known = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in FILES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert known == []
