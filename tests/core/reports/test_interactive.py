"""A chart as a file of its own: it holds its script and its numbers, and nothing in it is read as markup."""

import json
import re
from dataclasses import replace

import pytest

from soc_tracker.core.reports.report import INTERACTIVE
from tests.core.reports.test_report import READER, REPORT, ROWS

HOSTILE = "</script><script>alert(1)</script><b>&"


def page_of(report) -> str:
    answer = report.file(INTERACTIVE, READER)
    assert answer["Content-Disposition"] == 'attachment; filename="shares.html"'
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    return answer.content.decode()


def test_it_stands_alone():
    page = page_of(REPORT)
    assert "Plotly.newPlot" in page
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page)


def test_it_says_what_the_page_says():
    page = page_of(REPORT)
    for words in ("<h1>Shares</h1>", "Cheshire has 84%.", "published", "2023-07-13", "Ada Lowe", "84.00"):
        assert words in page
    drawn = json.loads(re.search(r"Plotly\.newPlot\(\s*\"[^\"]+\",\s*(\[.*?\]),\s*\{", page, re.DOTALL).group(1))
    assert drawn[0]["y"] == ["Cheshire", "Cumbria"]


def test_no_stored_text_is_read_as_markup():
    rows = ((HOSTILE, *ROWS[0][1:]),)
    figure = {"data": [{"type": "bar", "x": [1], "y": [HOSTILE]}], "layout": {"title": {"text": HOSTILE}}}
    page = page_of(replace(REPORT, rows=rows, title=HOSTILE, sentence=HOSTILE, figure=figure))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_figure_that_plotly_refuses_is_no_file():
    with pytest.raises(ValueError, match="colour"):
        replace(REPORT, figure={"data": [{"type": "bar", "x": [1], "colour": "green"}], "layout": {}}).file(
            INTERACTIVE, READER
        )


def test_only_what_is_drawn_has_such_a_file():
    assert INTERACTIVE in REPORT.suffixes
    assert INTERACTIVE not in replace(REPORT, figure=None).suffixes
