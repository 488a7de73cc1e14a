"""How much is not closed: every number that leads to the list of what must change is the number of its rows."""

import re
from html import unescape

import pytest

from inspections.requirements.models import Requirement
from soc_tracker.dashboards.summary.charts import MUST_CHANGE
from tests.makers import make_step

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/must-change/[?][^"]*timeliness=[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
PAGES = ("/", "/regions/north-west/", "/forces/north-wales/", "/forces/west-mercia/", "/regions/west-midlands/")


def counts_of(page: str) -> list[tuple[str, int]]:
    """The links of a page to what stands so, each with the last number before its end."""
    found = []
    for link in LINK.finditer(page):
        words = re.sub("<[^>]*>", " ", page[max(0, link.start() - 120) : link.end()])
        number = re.findall(r"[0-9][0-9,]*", words)[-1]
        found.append((unescape(link[1]), int(number.replace(",", ""))))
    return found


@pytest.mark.parametrize("address", PAGES)
def test_a_number_is_that_of_the_rows_that_it_leads_to(reference, inspector, address):
    done = Requirement.objects.filter(recommendation__isnull=False).first()
    make_step(done, "complete")
    counts = counts_of(inspector.get(address).content.decode())
    assert counts
    for url, number in counts:
        assert inspector.get(url).context["page"].total == number, url


def test_the_summary_on_one_sheet_counts_what_its_list_has(reference, inspector):
    for address in ("/regions/north-west/summary/", "/bodies/north-wales/summary/"):
        parts = inspector.get(address).context["paper"].parts
        [part] = [each for each in parts if each.heading == MUST_CHANGE]
        assert inspector.get(part.url).context["page"].total == part.total, address


def test_what_an_administrator_is_told_is_what_the_list_has(reference, administrator):
    words = "Of what must change, past its due date and not closed"
    [line] = [each for each in administrator.get("/").context["attention"] if each.what == words]
    assert administrator.get(line.url).context["page"].total == line.count > 0
