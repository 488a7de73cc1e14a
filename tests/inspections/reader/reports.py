"""Reports of our own making, for tests."""

from bench.reader.layouts import file_of
from bench.reader.reports import TUNING, all_reports


def content_of(name: str) -> bytes:
    """The file of one of the reports of our own making."""
    [report] = [report for report in all_reports(TUNING) if report.name == name]
    return file_of(report)
