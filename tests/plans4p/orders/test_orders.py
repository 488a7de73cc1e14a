"""Ancillary orders: what stands, what ends, what nobody manages; and the page of each."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import DataKind
from forces.models import Organisation
from plans4p.choices import OrderStanding
from plans4p.directory.services import ORDERS, TERMS
from plans4p.orders.models import AncillaryOrder
from plans4p.orders.pages import HEADS
from tests.makers import REASON, make_author, make_order, make_threat
from tests.plans4p.directories import csv_lines, csv_rows, day, listed, make_bodies

URL = "/orders/"


def references(client: Client, query: str = "") -> str:
    return listed(client, URL, query, "reference")


def order(organisation: Organisation, reference: str, **more: object) -> AncillaryOrder:
    values = {"made_on": day(-400), "in_force_from": day(-400), "expires_on": day(400)}
    return make_order(organisation, reference, **values | more)


def term(of: AncillaryOrder, kind: str, text: str) -> None:
    TERMS.create(order=of, kind=kind, text=text, by=make_author(), reason=REASON)


@pytest.fixture
def bodies(db: None) -> tuple[Organisation, Organisation, Organisation]:
    return make_bodies()


@pytest.fixture(scope="module")
def orders(rows_of_module: None) -> None:
    """Two in the community, of which one ends soon; two in custody, of which one is out soon; one over, one to come."""
    cheshire, cumbria, kent = make_bodies()
    order(cheshire, "A", threat=make_threat("OCG-1", cheshire))
    order(cheshire, "B", expires_on=day(90), manager="", managing_unit="Unit 7")
    order(cumbria, "C", setting="custody", release_on=day(60), kind="gang_injunction", subject="SUB-77")
    order(kent, "D", setting="custody", release_on=day(181), expires_on=None, manager="")
    order(kent, "E", expires_on=day(-1), kind="closure", manager="")
    order(kent, "F", made_on=day(-5), in_force_from=day(5), setting="custody", release_on=day(9), release_plan="Met.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "A B C D E F"),
        ("q=b", "A B C D E F"),
        ("q=sub-77", "C"),
        ("q=unit+7", "B"),
        ("q=reid", "A C F"),
        ("organisation=cumbria&organisation=kent", "C D E F"),
        ("region=north-west", "A B C"),
        ("kind=closure&kind=gang_injunction", "C E"),
        ("setting=custody", "C D F"),
        ("setting=community", "A B E"),
        ("when=in_force", "A B C D"),
        ("when=ending", "B C"),
        ("when=ended", "E"),
        ("when=to_come", "F"),
        ("manager=none", "B D E"),
        ("release=unplanned", "C"),
        ("threat=OCG-1", "A"),
        (f"made_from={day(-10)}", "F"),
        (f"made_to={day(-10)}", "A B C D E"),
        (f"expires_from={day(0)}&expires_to={day(100)}", "B"),
        ("sort=-release_on", "D C F E B A"),
        ("data=illustrative", ""),
    ],
)
def test_each_filter_narrows_as_it_says(orders, inspector: Client, query: str, expected: str) -> None:
    assert references(inspector, query) == expected
    assert [row["Order"] for row in csv_rows(inspector, query, URL)] == expected.split()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("when=soon", "when"),
        ("threat=OCG-99", "threat"),
        ("made_from=soon", "made_from"),
        ("manager=reid", "manager"),
        ("name=smith", "name"),
    ],
)
def test_what_is_not_understood_is_named_and_shows_no_order(orders, inspector, query, parameter) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert [problem.parameter for problem in page.context["filter"].problems] == [parameter]
    assert page.context["rows"] == page.context["heads"] == []
    assert inspector.get(f"{URL}?{query}&format=csv").status_code == 400


# The counts above the list


def test_the_counts_are_of_orders_in_force(orders, inspector: Client) -> None:
    heads = inspector.get(URL).context["heads"]
    assert [number for number, _, _ in heads] == [4, 2, 2, 2, 2, 1]


@pytest.mark.parametrize(
    "query", ["", "organisation=kent", "region=north-west&kind=scpo", "when=ended&setting=custody"]
)
def test_each_count_is_that_of_the_list_behind_it(orders, inspector: Client, query: str) -> None:
    heads = inspector.get(f"{URL}?{query}").context["heads"]
    assert len(heads) == len(HEADS)
    for number, words, url in heads:
        assert inspector.get(URL + url).context["page"].total == number, words


def test_the_counts_keep_to_the_bodies_of_the_filter(orders, inspector: Client) -> None:
    heads = inspector.get(URL, {"organisation": "kent", "when": "ended"}).context["heads"]
    assert [number for number, _, _ in heads] == [1, 1, 0, 0, 1, 0]


# In words


@given(first=st.integers(0, 40), length=st.none() | st.integers(0, 40), today=st.integers(0, 100))
def test_an_order_stands_as_the_filter_says(first, length, today) -> None:
    start = date(2023, 1, 1)
    begins = start + timedelta(days=first)
    ends = None if length is None else begins + timedelta(days=length)
    stands = AncillaryOrder(in_force_from=begins, expires_on=ends).standing_on(start + timedelta(days=today))
    assert (stands == OrderStanding.TO_COME) == (today < first)
    assert (stands == OrderStanding.ENDED) == (length is not None and today > first + length)
    assert stands in OrderStanding


# Files


def test_a_file_tells_of_subjects_by_reference(orders, inspector: Client) -> None:
    row = next(row for row in csv_rows(inspector, "", URL) if row["Order"] == "C")
    assert (row["Subject"], row["Release due on"], row["Today"]) == ("SUB-77", day(60).isoformat(), "In force")
    assert [heading for heading in row if "name" in heading.lower()] == []
    assert b"".join(inspector.get(URL, {"format": "xlsx"}))[:2] == b"PK"


def test_made_up_orders_are_marked(bodies, inspector: Client) -> None:
    order(bodies[0], "A", kind_of_data=DataKind.ILLUSTRATIVE)
    assert ["Kind of data", "illustrative"] in csv_lines(inspector, "", URL)
    for url in (URL, "/orders/A/"):
        assert "These records are made up" in inspector.get(url).content.decode()


# The page of one


def test_its_page_holds_its_terms_by_kind(orders, inspector: Client) -> None:
    here = AncillaryOrder.objects.get(reference="A")
    term(here, "travel", "Not abroad without leave.")
    term(here, "communication", "One telephone.")
    term(here, "travel", "Passport handed in.")
    page = inspector.get("/orders/A/")
    told = [(words, [each.text for each in some]) for words, some in page.context["terms"]]
    assert told == [
        ("Telephones and devices", ["One telephone."]),
        ("Travel", ["Not abroad without leave.", "Passport handed in."]),
    ]
    assert "/threats/OCG-1/" in page.content.decode()
    assert len(page.context["facts"].changes.rows) == 4


@pytest.mark.parametrize(
    ("more", "asks"),
    [
        ({"setting": "custody", "release_on": day(180)}, "The release is due on"),
        ({"setting": "custody", "release_on": day(-1)}, "The release was due on"),
        ({"setting": "custody", "release_on": day(181)}, ""),
        ({"setting": "custody", "release_on": day(10), "release_plan": "PS Reid visits."}, ""),
        ({"setting": "custody"}, ""),
        ({}, ""),
    ],
)
def test_a_release_that_is_near_and_not_planned_is_called_out(bodies, administrator, more, asks) -> None:
    order(bodies[0], "A", **more)
    html = administrator.get("/orders/A/").content.decode()
    assert ("nothing says what happens then" in html) == bool(asks)
    assert asks in html
    assert ("Plan the release" in html) == bool(asks)


def test_an_order_without_an_end_says_so(orders, inspector: Client) -> None:
    assert "No end on record" in inspector.get("/orders/D/").content.decode()


def test_a_reference_with_a_slash_has_an_address(bodies, inspector: Client) -> None:
    here = order(bodies[0], "SCPO/23/7")
    assert inspector.get(here.get_absolute_url()).context["order"] == here


def test_its_history_says_what_became_of_it(orders, inspector: Client) -> None:
    here = AncillaryOrder.objects.get(reference="C")
    said = {"by": make_author(), "reason": "Released.", "expected_version": here.version}
    ORDERS.change(here, setting="community", release_on=None, **said)
    assert inspector.get("/orders/C/").context["facts"].changes.rows[0].reason == "Released."


@pytest.mark.parametrize("url", [URL, "/orders/A/"])
def test_queries_do_not_grow(orders, bodies, inspector: Client, url: str, django_assert_max_num_queries) -> None:
    here = AncillaryOrder.objects.get(reference="A")
    for number in range(8):
        order(bodies[number % 3], f"G-{number}", threat=make_threat(f"PI-{number}", bodies[0]))
        term(here, "place", f"Not to street {number}.")
    inspector.get(url)
    with django_assert_max_num_queries(20):
        inspector.get(url)


def test_an_order_that_is_not_there_is_not_found(orders, inspector: Client) -> None:
    assert inspector.get("/orders/Z/").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
