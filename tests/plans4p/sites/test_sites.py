"""Clear, Hold, Build sites: their list, the page of each, and phases as bars over one span of days."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import DataKind
from forces.models import Organisation
from plans4p.directory.services import PHASES
from plans4p.sites.charts import MOST_TICKS, phase_bars
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.pages import running
from plans4p.sites.queries import list_sites_of
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.access.roles import Role
from tests.makers import REASON, make_author, make_partner, make_site
from tests.plans4p.directories import csv_lines, csv_rows, day, listed, make_bodies

URL = "/clear-hold-build/"


def places(client: Client, query: str = "") -> str:
    return listed(client, URL, query, "slug")


def phase(site: Site, name: str, first: int, last: int | None = None) -> SitePhase:
    values = {"starts_on": day(first), "ends_on": None if last is None else day(last)}
    return PHASES.create(values, site=site, phase=name, by=make_author(), reason=REASON)


@pytest.fixture
def bodies(db: None) -> tuple[Organisation, Organisation, Organisation]:
    return make_bodies()


@pytest.fixture(scope="module")
def sites(rows_of_module: None) -> None:
    """Murdishaw in two phases at once, Barrow before and between its phases, Dover without any."""
    cheshire, cumbria, kent = make_bodies()
    trust = make_partner("Trust")
    murdishaw = make_site(cheshire, "Murdishaw", partners=[trust], measures="Calls about drugs", evaluation="Halved.")
    phase(murdishaw, "clear", -400, -100)
    phase(murdishaw, "hold", -150)
    phase(murdishaw, "build", -50)
    barrow = make_site(cumbria, "Barrow")
    phase(barrow, "clear", -200, -1)
    phase(barrow, "hold", 1)
    make_site(kent, "Dover")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "barrow dover murdishaw"),
        ("q=drugs", "murdishaw"),
        ("q=dov", "dover"),
        ("organisation=kent&organisation=cumbria", "barrow dover"),
        ("region=north-west", "barrow murdishaw"),
        ("phase=clear", ""),
        ("phase=hold", "murdishaw"),
        ("phase=hold&phase=build", "murdishaw"),
        ("phase=none", "barrow dover"),
        ("phase=none&phase=build", "barrow dover murdishaw"),
        ("partner=trust", "murdishaw"),
        ("sort=organisation", "murdishaw barrow dover"),
        ("data=illustrative", ""),
    ],
)
def test_each_filter_narrows_as_it_says(sites, inspector: Client, query: str, expected: str) -> None:
    assert places(inspector, query) == expected
    assert [row["Slug"] for row in csv_rows(inspector, query, URL)] == expected.split()


@pytest.mark.parametrize(
    ("query", "parameter"), [("phase=tidy", "phase"), ("partner=nobody", "partner"), ("town=ayr", "town")]
)
def test_what_is_not_understood_is_named_and_shows_no_site(sites, inspector, query, parameter) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert [problem.parameter for problem in page.context["filter"].problems] == [parameter]
    assert page.context["rows"] == []


def test_a_file_holds_every_phase_with_its_dates(sites, inspector: Client) -> None:
    rows = {row["Place"]: row for row in csv_rows(inspector, "", URL)}
    assert rows["Barrow"]["Phases"] == f"Clear {day(-200)} to {day(-1)}; Hold {day(1)} to"
    assert (rows["Murdishaw"]["Phase today"], rows["Barrow"]["Phase today"]) == ("Hold, Build", "None")
    assert (rows["Murdishaw"]["Evaluated"], rows["Dover"]["Evaluated"]) == ("yes", "no")
    assert (rows["Murdishaw"]["Began"], rows["Dover"]["Began"]) == (day(-400).isoformat(), "")


def test_its_page_has_a_bar_for_each_phase_with_the_dates_in_words(sites, inspector: Client) -> None:
    page = inspector.get(f"{URL}murdishaw/")
    html = page.content.decode()
    (row,) = page.context["timeline"].rows
    assert [(bar.words, bar.state) for bar in row.bars] == [
        ("Clear", "ended"),
        ("Hold", "under way"),
        ("Build", "under way"),
    ]
    assert html.count("<rect") == 3
    assert "Halved." in html
    assert "/partners/trust/" in html


def test_a_site_without_phases_says_so(sites, inspector: Client) -> None:
    assert "No phase on record." in inspector.get(f"{URL}dover/").content.decode()


def test_its_history_tells_of_its_phases_too(sites, inspector: Client) -> None:
    assert len(inspector.get(f"{URL}murdishaw/").context["facts"].changes.rows) == 4


def test_made_up_sites_are_marked(bodies, inspector: Client) -> None:
    make_site(bodies[0], kind_of_data=DataKind.ILLUSTRATIVE)
    assert ["Kind of data", "illustrative"] in csv_lines(inspector, "", URL)
    for url in (URL, f"{URL}murdishaw/"):
        assert "These records are made up" in inspector.get(url).content.decode()


@pytest.mark.parametrize("url", [URL, f"{URL}murdishaw/"])
def test_queries_do_not_grow(sites, bodies, inspector: Client, url: str, django_assert_max_num_queries) -> None:
    murdishaw = Site.objects.get(slug="murdishaw")
    for number in range(8):
        site = make_site(bodies[number % 3], f"Place {number}", partners=[make_partner(f"Trust {number}")])
        phase(site, "clear", -number)
        phase(murdishaw, "build", number)
    inspector.get(url)
    with django_assert_max_num_queries(20):
        inspector.get(url)


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302


# The bars


def test_the_sites_of_bodies_stand_over_one_axis(sites, bodies, make_user, django_assert_num_queries) -> None:
    user, keys = make_user(Role.INSPECTOR), [body.pk for body in bodies[:2]]
    assert sight_of(user)  # read once for each user, whatever is asked
    with django_assert_num_queries(3):
        found = list_sites_of(user, keys, kind=DataKind.RECORDED, url=URL)
        timeline = phase_bars(found.rows, day(0))
    assert [row.site.place for row in timeline.rows] == ["Murdishaw", "Barrow"]
    assert (found.total, found.url) == (2, URL)
    html = render_to_string("plans4p/part_phases.html", {"timeline": timeline, "with_sites": True})
    assert html.count("<rect") == 5
    assert html.count('scope="rowgroup"') == 2
    assert list_sites_of(user, keys, kind=DataKind.ILLUSTRATIVE).rows == []


DAY = date(2023, 5, 10)
SPAN = st.tuples(st.sampled_from(["clear", "hold", "build"]), st.integers(-3000, 3000), st.none() | st.integers(0, 900))


def unstored(spans: list) -> list[SitePhase]:
    phases = []
    for name, first, length in spans:
        begins = DAY + timedelta(days=first)
        ends = None if length is None else begins + timedelta(days=length)
        phases.append(SitePhase(phase=name, starts_on=begins, ends_on=ends))
    return phases


def site_of(phases: list[SitePhase]) -> Site:
    """A site whose phases are given, as if they had been read."""
    site = Site(pk=1, place="Murdishaw")
    read = SitePhase.objects.none()
    read._result_cache = phases
    site._prefetched_objects_cache = {"phases": read}
    return site


@given(spans=st.lists(st.lists(SPAN, max_size=5), max_size=3))
def test_every_bar_lies_on_the_axis_in_the_order_of_its_days(spans) -> None:
    sites = [site_of(unstored(each)) for each in spans]
    timeline = phase_bars(sites, DAY)
    assert [len(row.bars) for row in timeline.rows] == [len(each) for each in spans]
    assert 0 <= timeline.today <= 100
    for row in timeline.rows:
        for bar, stored in zip(row.bars, row.site.phases.all(), strict=True):
            assert bar.left >= 0
            assert bar.width > 0
            assert bar.left + bar.width <= 100.001
            if stored.starts_on <= DAY and stored.ends_on is None:
                assert bar.left + bar.width >= timeline.today - 0.001
    assert len(timeline.ticks) <= MOST_TICKS + 1
    assert all(0 <= tick.at <= 100 for tick in timeline.ticks)


@given(first=SPAN, second=SPAN)
def test_of_two_bars_the_one_that_began_later_stands_further_right(first, second) -> None:
    one, two = phase_bars([site_of(unstored([first, second]))], DAY).rows[0].bars
    if first[1] <= second[1]:
        assert one.left <= two.left


def test_a_phase_to_come_is_not_running_and_one_that_ends_today_is() -> None:
    assert running(site_of(unstored([("clear", -5, 5), ("hold", 1, None)])), DAY) == "Clear"


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([("clear", -30, 20)], ["Apr 2023", "May 2023"]),
        ([("clear", -700, None)], ["Jul 2021", "Jan 2022", "Jul 2022", "Jan 2023"]),
        ([("clear", -1500, None)], ["2020", "2021", "2022", ""]),
    ],
)
def test_the_axis_has_as_many_months_as_there_is_room_for(spans, words) -> None:
    assert [tick.words for tick in phase_bars([site_of(unstored(spans))], DAY).ticks] == words
