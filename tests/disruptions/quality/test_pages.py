"""What the record lacks: each number is that of the list behind it, from the same standpoint."""

from datetime import date

import pytest
from django.test import Client

from disruptions.choices import DataKind
from tests.makers import make_disruption, make_extract, make_organisation, make_state, make_threat

pytestmark = pytest.mark.django_db
URL = "/data-quality/"


@pytest.fixture(scope="module")
def record(rows_of_module) -> None:
    cheshire = make_organisation()
    make_threat("OCG-1", None, state={"tier": None})
    closed = make_threat("PI-2", cheshire, lead_responsible_officer="DI Lane")
    make_state(closed, date(2022, 6, 1), phase="Closed")
    nameless = make_threat("VUL-3", state=False)
    make_disruption("D-1", cheshire, threat=closed, activity_date=date(2022, 6, 2))
    make_disruption("D-2", cheshire, threat=closed, activity_date=date(2022, 5, 2), size="not_assessed")
    make_disruption("D-3", cheshire, threat=nameless, size="not_assessed", added_date=date(2023, 2, 1))
    make_extract(as_at=date(2023, 7, 13))


def numbers(client: Client, query: str = "") -> dict[str, tuple[int, int]]:
    return {line.title: (line.n, line.of) for line in client.get(f"{URL}?{query}").context["lines"]}


def test_everything_is_counted_out_of_everything(inspector: Client, record: None) -> None:
    assert numbers(inspector) == {
        "Threats that only a disruption names": (1, 3),
        "Threats without an owner": (1, 2),
        "Threats without a lead responsible officer": (1, 2),
        "Threats without a MoRiLE score": (2, 2),
        "Threats without a tier": (1, 2),
        "Disruptions not yet assessed": (2, 3),
        "Disruptions of a threat that had been closed": (1, 3),
    }


def test_as_at_an_earlier_day(inspector: Client, record: None) -> None:
    earlier = numbers(inspector, "as_at=2022-06-01")
    assert earlier["Threats that only a disruption names"] == (0, 2)
    assert earlier["Disruptions not yet assessed"] == (1, 1)
    assert earlier["Disruptions of a threat that had been closed"] == (0, 1)


@pytest.mark.parametrize("query", ["", "as_at=2023-01-04", "as_at=2022-06-01", "data=illustrative"])
def test_each_number_is_that_of_its_list(inspector: Client, record: None, query: str) -> None:
    make_disruption("D-9", kind=DataKind.ILLUSTRATIVE, size="not_assessed")
    lines = inspector.get(f"{URL}?{query}").context["lines"]
    assert len(lines) == 7
    for line in lines:
        assert inspector.get(line.url).context["page"].total == line.n, line.title


def test_an_empty_record_says_so(inspector: Client) -> None:
    html = inspector.get(URL).content.decode()
    assert "Nothing of this kind is on record yet." in html
    assert set(numbers(inspector).values()) == {(0, 0)}


@pytest.mark.parametrize("query", ["as_at=2099-01-01", "colour=red", "data=published"])
def test_what_is_not_understood_is_named(inspector: Client, query: str) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert page.status_code == 400
    assert "lines" not in page.context


def test_the_number_of_queries_is_bounded(inspector: Client, record: None, django_assert_max_num_queries) -> None:
    inspector.get(URL)
    with django_assert_max_num_queries(20):
        inspector.get(URL)


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
