"""What README.md says of the reader, with some room: a change of its rules must not lose it unseen."""

from pathlib import Path

import pytest

from bench.reader.__main__ import measure
from bench.reader.reports import FOLDER, TUNING, all_reports
from bench.reader.scores import add_up
from soc_tracker.reference.loader import load


@pytest.mark.django_db
def test_reports_of_our_own_are_read(reference: None, tmp_path: Path) -> None:
    load(FOLDER.with_name("bodies"))
    counts = add_up(counts for _, counts in measure(all_reports(TUNING), tmp_path))
    for kind in ("grading", "finding", "observation", "recommendation", "figure"):
        assert counts[kind].precision >= 0.95, (kind, counts[kind].invented)
        assert counts[kind].recall >= 0.95, (kind, counts[kind].missed)
    for kind in ("finding", "recommendation"):
        assert counts[kind].right >= 0.95 * counts[kind].matched, (kind, counts[kind].wrong)
