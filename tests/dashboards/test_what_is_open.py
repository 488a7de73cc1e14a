"""How much is not closed: every number that leads to the list of what must change is the number of its rows."""

import pytest

from inspections.requirements.models import Requirement
from soc_tracker.dashboards.summary.charts import MUST_CHANGE
from tests.dashboards.making import counts_of
from tests.makers import make_step

pytestmark = pytest.mark.django_db
PAGES = ("/", "/regions/north-west/", "/forces/north-wales/", "/forces/west-mercia/", "/regions/west-midlands/")


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
