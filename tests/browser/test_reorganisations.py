"""Two forces merge in 2027, a third splits and the regional unit passes into a national service; then all is undone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from forces.models import Organisation, Reorganisation
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.reorganisations.queries import facts_of_pages
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import listen, objections, overflow
from tests.dashboards.making import make_lead
from tests.makers import make_author

THREE_ACTS = (
    ("merger", "Cheshire Constabulary\nMerseyside", "Mersey and Dee Police; Mersey and Dee", "Mersey and Dee Police"),
    ("split", "Cumbria", "Lakes Police; Lakes\nBorder Police; Border", "Border Police"),
    ("absorption", "North West ROCU", "National Crime Service; NCS", "National Crime Service"),
)
OLD = (("force", "cheshire"), ("force", "merseyside"), ("force", "cumbria"), ("rocu", "nwrocu"))
PARTS = ("", "_inspections", "_figures", "_record", "_plans", "_about")
DAY = date(2027, 4, 1)
OF_2022 = "from=2022-01-01&to=2022-12-31&as_at=2023-12-31"


@pytest.fixture(autouse=True)
def records(undone: None) -> None:
    for place, slug in enumerate(("cheshire", "merseyside", "cumbria", "nwrocu"), 1):
        make_lead(Organisation.objects.get(slug=slug), start=1000 * place, pursue=place, prevent=1)


@pytest.fixture
def in_2028(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2028, 1, 10, 12, tzinfo=UTC))


@pytest.fixture
def administrator(in_2028, sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.ADMINISTRATOR)


def rehearse(tab: Page, site: str, kind: str, before: str, new: str) -> None:
    tab.goto(f"{site}/admin/forces/reorganisation/")
    tab.get_by_role("link", name="Rehearse one, then carry it out").click()
    tab.get_by_label("Kind").select_option(kind)
    tab.get_by_label("First day of the new state of things").fill("2027-04-01")
    tab.get_by_label("Bodies before").fill(before)
    tab.get_by_label("New bodies").fill(new)
    tab.get_by_label("Source").fill("Police Areas Order 2027")
    tab.get_by_role("button", name="Rehearse").click()
    expect(tab.get_by_role("heading", name="What would change")).to_be_visible()


def carry_out(tab: Page, site: str) -> None:
    for kind, before, new, then in THREE_ACTS:
        rehearse(tab, site, kind, before, new)
        tab.get_by_label("Reason").fill("By order.")
        tab.get_by_role("button", name="Carry it out").click()
        expect(tab.get_by_text("on 1 April 2027: carried out.")).to_be_visible()
        assert then == tab.locator("h1").inner_text() or kind == "split"


class Words(HTMLParser):
    """What a page says in its main part."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def words_of(tab: Page, url: str) -> str:
    assert tab.goto(url).status == 200, url
    parser = Words()
    parser.feed(tab.locator("main").inner_html())
    return " ".join(parser.words)


def test_every_old_address_answers_and_undoing_leaves_no_trace(site, administrator):
    tab, said, user = administrator, listen(administrator), make_author()
    region_urls = [
        f"{site}{reverse(name, args=['north-west'])}" for name in ("region", "region_findings", "region_record")
    ]
    facts, pages = facts_of_pages(user, DAY), [words_of(tab, url) for url in region_urls]
    before = Organisation.objects.count()
    rehearse(tab, site, *THREE_ACTS[0][:3])
    assert Organisation.objects.count() == before
    carry_out(tab, site)
    for kind, slug in OLD:
        for part in PARTS:
            page = words_of(tab, f"{site}{reverse(kind + part, args=[slug])}")
            assert "ended on 31 March 2027" in page
            assert "1 April 2027" in page
        assert tab.goto(f"{site}{reverse('body_summary', args=[slug])}").status == 200
    for kind, slug, theirs in (
        ("force", "mersey-and-dee", "Cheshire (to 31 March 2027)"),
        ("force", "lakes", "Cumbria (to 31 March 2027)"),
        ("other", "ncs", "NWROCU (to 31 March 2027)"),
    ):
        assert theirs in words_of(tab, f"{site}{reverse(kind, args=[slug])}")
    assert "Cheshire (to 31 March 2027)" in words_of(tab, region_urls[0])
    then, now = (words_of(tab, f"{region_urls[2]}?{OF_2022}&boundaries={boundaries}") for boundaries in ("then", "now"))
    assert "Cheshire 2" in then.replace("no records ", "")
    assert "Mersey and Dee" in now
    for act in Reorganisation.objects.order_by("-pk"):
        tab.goto(f"{site}{reverse('admin:forces_reorganisation_delete', args=[act.pk])}")
        tab.get_by_label("Reason:").fill("Put off.")
        tab.get_by_role("button", name="Undo it").click()
        expect(tab.locator(".messagelist .success")).to_be_visible()
    assert facts_of_pages(user, DAY) == facts
    assert [words_of(tab, url) for url in region_urls] == pages
    assert said == []


@pytest.mark.parametrize("width", VIEWPORTS)
def test_the_pages_are_in_order(site, administrator, width):
    tab, said = administrator, listen(administrator)
    tab.set_viewport_size(VIEWPORTS[width])
    rehearse(tab, site, *THREE_ACTS[0][:3])
    assert (objections(tab), overflow(tab)) == ([], [])
    carry_out(tab, site)
    for path in ("/forces/cheshire/", "/forces/mersey-and-dee/", "/regions/north-west/", "/bodies/ncs/"):
        tab.goto(f"{site}{path}")
        assert (path, objections(tab), overflow(tab)) == (path, [], [])
    assert said == []
