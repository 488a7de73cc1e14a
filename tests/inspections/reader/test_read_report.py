"""The command that reads a report: what it prints, what it writes, and what it says of a file that is none."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.inspections.reader.reports import content_of

pytestmark = pytest.mark.django_db


def test_what_was_read_is_counted_and_written(reference: None, tmp_path: Path) -> None:
    file, out, printed = tmp_path / "south-mere.txt", tmp_path / "read.json", StringIO()
    file.write_bytes(content_of("south-mere.txt"))
    call_command("read_report", file, json=out, stdout=printed)
    read = json.loads(out.read_text())
    assert {"inspection", "grading", "finding", "recommendation"} <= {each["kind"] for each in read["proposals"]}
    assert all(each["passage"] and each["line"] for each in read["proposals"])
    assert all(each["why"] for each in read["unread"])
    assert "south-mere.txt, text: inspection 1" in printed.getvalue()


def test_a_file_that_is_no_report_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(CommandError, match="empty"):
        call_command("read_report", tmp_path / "empty.txt")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("read_report", tmp_path / "none.txt")
