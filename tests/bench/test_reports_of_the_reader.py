"""The reports that the reader is measured on: each fact in them stands beside a passage that their files hold."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bench.reader.layouts import WIDTH, document_of, file_of, page_of, text_of
from bench.reader.reports import TUNING, UNSEEN, Fact, Part, all_reports, fact, read_report


def test_a_report_is_read_with_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "small.report"
    path.write_text(
        "file: small.txt\nlayout: bullet=•\n\n= Title\n# A remark\n[box]\n- an _underlined_ item[1]\n"
        ">>> finding area_for_improvement body=ashdale\n[/box]\n| a | b |\n>>> maybe figure 3 unit=count\n"
    )
    report = read_report(path, UNSEEN)
    assert (report.name, report.half, report.layout) == ("small.txt", UNSEEN, {"bullet": "•"})
    assert report.parts == [
        Part("heading", "Title", 1),
        Part("item", "an _underlined_ item[1]", 1, box=1),
        Part("row", "| a | b |"),
    ]
    assert report.facts == [
        Fact("finding", {"finding_kind": "area_for_improvement", "body": "ashdale"}, "an underlined item"),
        Fact("figure", {"value": "3", "unit": "count"}, "a b", is_required=False),
    ]


def test_a_figure_in_words_has_no_value() -> None:
    assert fact("figure words unit=share", Part("paragraph", "More than a third")).fields == {"unit": "share"}


def test_a_fact_may_be_of_a_cell() -> None:
    row = Part("row", "| 1 | Train | June |")
    assert fact("recommendation 1 cell=2", row) == Fact("recommendation", {"number": "1"}, "Train")


def test_the_text_holds_every_passage_of_a_fact() -> None:
    for report in all_reports():
        text = " ".join(re.sub(r"</?u>|\[\d+\]", "", text_of(report)).split())
        assert [fact.passage for fact in report.facts if fact.passage not in text] == []


def test_lists_of_a_page_are_nested() -> None:
    [report] = [report for report in all_reports(TUNING) if report.name == "brackenshire.html"]
    page = page_of(report)
    assert "<ul><li>on the telephone,</li><li>at the front counter, and</li><li>in custody;</li></ul></li>" in page
    assert page.count("<ul>") == page.count("</ul>")
    assert page.count("<li>") == page.count("</li>")


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_a_file_of_each_kind_is_made(suffix: str) -> None:
    beginnings = {".txt": b"", ".docx": b"PK", ".html": b"<!doctype html>", ".pdf": b"%PDF-"}
    files = [file_of(report) for report in all_reports() if report.name.endswith(suffix)]
    assert files
    assert all(file.startswith(beginnings[suffix]) for file in files)


PLAN = """file: plan.html

= Plan
| No. | What | < |
| 1 | Train | Officers |
| ^ | Name | A lead |
3) third
4) fourth
"""


def test_cells_that_are_one_span_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "plan.report"
    path.write_text(PLAN)
    report = read_report(path, UNSEEN)
    page = page_of(report)
    assert '<tr><th>No.</th><th colspan="2">What</th></tr><tr><td rowspan="2">1</td>' in page
    assert '<ol start="3"><li>third</li><li>fourth</li></ol>' in page
    assert "\tName\tA lead\n3. third\n4. fourth\n" in text_of(report)
    [table] = Document(BytesIO(document_of(report))).tables
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert [cell.text for cell in table.row_cells(2)] == ["1", "Name", "A lead"]


def test_lines_of_a_text_may_be_broken() -> None:
    [report] = [report for report in all_reports(UNSEEN) if report.layout.get("lines") == "broken"]
    assert max(map(len, text_of(report).splitlines())) <= WIDTH
