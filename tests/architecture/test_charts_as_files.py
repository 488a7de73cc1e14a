"""Every chart of every page is also a file of its own, in a figure that Plotly itself accepts."""

import re

import pytest

from tests.answers import read
from tests.pages import PAGES

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"]+\.html[^"]*)">Interactive chart')


@pytest.mark.parametrize("page", [page for page in PAGES if page.chart], ids=str)
def test_each_chart_can_be_taken_away(page, reference, inspector):
    text = inspector.get(page.url).content.decode()
    links = LINK.findall(text)
    assert len(links) == text.count('class="soc-chart__plot"')
    for link in links:
        answer = read(inspector.get(link.replace("&amp;", "&")))
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
