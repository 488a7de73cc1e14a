"""The record in the API: as at a day, of one kind of data, with the pages' own filters and figures."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from model_bakery import baker

from disruptions.choices import DataKind
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from tests.makers import (
    REASON,
    make_author,
    make_crime_type,
    make_disruption,
    make_extract,
    make_member,
    make_state,
    make_threat,
)

pytestmark = pytest.mark.django_db
LISTS = ("threats", "disruptions", "extracts", "measures")


@pytest.fixture
def cheshire() -> Organisation:
    region = baker.make(Region, name="North West", slug="north-west")
    make_member(region, "Titan Unit", kind=OrganisationKind.ROCU)
    return make_member(region)


@pytest.fixture
def record(cheshire: Organisation) -> None:
    """Six disruptions of 2022, of which five are lead and assessed; one of these is added in July only."""
    threat = make_threat("OCG-1", cheshire)
    drugs = make_crime_type()
    for number, (four_p, size, more) in enumerate(
        (
            ("pursue", "major", {"crime_type": drugs}),
            ("pursue", "minor", {}),
            ("pursue", "minor", {"activity_date": date(2022, 4, 2)}),
            ("prevent", "moderate", {}),
            ("prevent", "minor", {"added_date": date(2023, 7, 1)}),
            ("protect", "not_assessed", {}),
        )
    ):
        make_disruption(f"D-{number}", cheshire, four_p, size, threat=threat, **more)
    unit = Organisation.objects.get(slug="titan")
    make_disruption("S-1", unit, "prevent", involvement="support", threat=threat, supported=cheshire)
    make_disruption("I-1", cheshire, kind=DataKind.ILLUSTRATIVE)
    make_extract(as_at=date(2023, 7, 13))


def get(client: Client, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}/", params)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_is_refused(client: Client, name: str) -> None:
    assert client.get(f"/api/v1/{name}/").status_code == 401


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("parameter", "value"), [("colour", "red"), ("as_at", "soon"), ("as_at", "2099-01-01"), ("data", "published")]
)
def test_what_is_not_understood_is_refused(inspector: Client, name: str, parameter: str, value: str) -> None:
    answer = inspector.get(f"/api/v1/{name}/", {parameter: value})
    assert answer.status_code == 400
    assert [problem["parameter"] for problem in answer.json()["problems"]] == [parameter]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(inspector: Client, name: str, method: str) -> None:
    assert getattr(inspector, method)(f"/api/v1/{name}/").status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_every_answer_says_its_kind_of_data_and_its_day(inspector: Client, record: None, name: str) -> None:
    found = get(inspector, name)
    assert (found["kind_of_data"], found["as_at"]) == ("recorded", "2023-07-13")
    found = get(inspector, name, data="illustrative", as_at="2023-01-04")
    assert (found["kind_of_data"], found["as_at"]) == ("illustrative", "2023-01-04")


def test_a_threat_is_what_it_was_on_the_day(inspector: Client, cheshire: Organisation) -> None:
    threat = make_threat("OCG-1", cheshire, crime_types=[make_crime_type()])
    make_state(threat, date(2023, 4, 1), type="vul", tier=1)
    make_extract(as_at=date(2023, 7, 13))
    (then,) = get(inspector, "threats", as_at="2023-01-04", list="master")["results"]
    assert (then["reference"], then["type"], then["tier"], then["since"]) == ("OCG-1", "ocg", 2, "2019-01-01")
    assert (then["organisation"], then["crime_types"], then["score"]) == ("cheshire", ["drugs-supply"], None)
    now = get(inspector, "threats/OCG-1")
    assert (now["type"], now["tier"], now["kind_of_data"], now["as_at"]) == ("vul", 1, "recorded", "2023-07-13")
    before = get(inspector, "threats/OCG-1", as_at="2018-01-01")
    assert (before["type"], before["soc"], before["since"]) == (None, None, None)


def test_a_threat_that_is_only_named_is_not_on_the_list_but_can_be_asked_for(inspector: Client) -> None:
    make_threat("VUL-1", state=False)
    assert get(inspector, "threats")["results"] == []
    assert get(inspector, "threats/VUL-1")["first_type"] == "vul"


def test_a_single_row_is_of_its_own_kind(inspector: Client, record: None) -> None:
    one = get(inspector, "disruptions/I-1")
    assert (one["kind_of_data"], one["as_at"]) == ("illustrative", "2022-03-15")
    assert inspector.get("/api/v1/disruptions/I-1/", {"data": "recorded"}).status_code == 400


def test_a_disruption_is_what_the_record_said_on_the_day(inspector: Client, record: None) -> None:
    stored = Disruption.objects.get(reference="D-1")
    correct_disruption(
        stored, {"size": "major"}, on=date(2023, 2, 1), by=make_author(), reason=REASON, expected_version=stored.version
    )
    assert get(inspector, "disruptions/D-1", as_at="2023-01-31")["size"] == "minor"
    assert get(inspector, "disruptions/D-1", as_at="2023-02-01")["size"] == "major"
    assert inspector.get("/api/v1/disruptions/D-1/", {"as_at": "2022-03-14"}).status_code == 404
    assert inspector.get("/api/v1/disruptions/D-99/").status_code == 404


@pytest.mark.parametrize("path", ["threats/X", "extracts/0", "extracts/x", "extracts/99999999999999999999"])
def test_what_is_not_there_is_not_found(inspector: Client, path: str) -> None:
    assert inspector.get(f"/api/v1/{path}/").status_code == 404


def test_pages_of_disruptions_go_from_the_newest_back_and_forth(inspector: Client, cheshire: Organisation) -> None:
    days = [date(2022, 1, 1 + number // 3) for number in range(8)]
    for number, day in enumerate(days):
        make_disruption(f"D-{number}", cheshire, activity_date=day)
    seen, url = [], "/api/v1/disruptions/?page_size=3&four_p=pursue"
    while url:
        page = inspector.get(url).json()
        assert page["count"] == 8
        seen.append([row["reference"] for row in page["results"]])
        url = page["next"]
    assert seen == [["D-7", "D-6", "D-5"], ["D-4", "D-3", "D-2"], ["D-1", "D-0"]]
    middle = inspector.get(page["previous"]).json()
    assert [row["reference"] for row in middle["results"]] == seen[1]
    first = inspector.get(middle["previous"]).json()
    assert [row["reference"] for row in first["results"]] == seen[0]
    assert first["previous"] is None


@pytest.mark.parametrize("cursor", ["x", "older.x", "newer.", "jump.2022-01-01", "\x00", "older.a.b:c"])
def test_a_broken_cursor_is_not_found(inspector: Client, cursor: str) -> None:
    make_disruption()
    assert inspector.get("/api/v1/disruptions/", {"cursor": cursor}).status_code == 404


@pytest.mark.parametrize("size", ["0", "501", "many"])
def test_a_page_has_a_number_of_rows_that_it_may_have(inspector: Client, size: str) -> None:
    assert inspector.get("/api/v1/disruptions/", {"page_size": size}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "as_at=2023-01-04",
        "four_p=prevent",
        "region=north-west&involvement=lead",
        "q=d-1",
        "year=2022&size=minor",
    ],
)
def test_page_and_api_hold_the_same(inspector: Client, record: None, query: str) -> None:
    page = inspector.get(f"/disruptions/?{query}").context["page"]
    rows = inspector.get(f"/api/v1/disruptions/?{query}").json()
    assert [row["reference"] for row in rows["results"]] == [row.reference for row in page.rows]
    assert inspector.get(f"/api/v1/measures/?{query}").json()["total"] == page.total == rows["count"]


def test_queries_do_not_grow_with_rows(inspector: Client, record: None, django_assert_max_num_queries) -> None:
    for name in ("threats", "disruptions", "extracts"):
        get(inspector, name)
        with django_assert_max_num_queries(12):
            get(inspector, name)


class TestMeasures:
    def rows(self, client: Client, query: str) -> list[tuple]:
        found = client.get(f"/api/v1/measures/?{query}").json()
        return [tuple(value for name, value in row.items() if name != "share") for row in found["rows"]]

    def test_everything_on_record_is_counted(self, inspector: Client, record: None) -> None:
        found = get(inspector, "measures")
        assert (found["total"], found["rows"], found["published_style"]) == (7, [], False)

    def test_published_style_counts_lead_and_assessed_ones(self, inspector: Client, record: None) -> None:
        assert get(inspector, "measures", published_style="true")["total"] == 5
        assert get(inspector, "measures", published_style="true", as_at="2023-01-04")["total"] == 4
        assert get(inspector, "measures", published_style="true", size="minor")["total"] == 3
        assert get(inspector, "measures", published_style="false")["total"] == 7

    def test_shares_of_the_4ps_come_with_their_interval(self, inspector: Client, record: None) -> None:
        found = get(inspector, "measures", published_style="true", by=["organisation", "four_p"])
        assert [(row["organisation"], row["four_p"], row["n"]) for row in found["rows"]] == [
            ("cheshire", "pursue", 3),
            ("cheshire", "prevent", 2),
            ("cheshire", "protect", 0),
            ("cheshire", "prepare", 0),
        ]
        share = found["rows"][0]["share"]
        assert (share["x"], share["n"], share["share"]) == (3, 5, 0.6)
        assert (round(share["low"], 3), round(share["high"], 3)) == (0.231, 0.882)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("by=size", [("major", 1), ("minor", 3), ("moderate", 2), ("not_assessed", 1)]),
            ("by=involvement", [("lead", 6), ("support", 1)]),
            ("by=organisation", [("cheshire", 6), ("titan", 1)]),
            ("by=threat_type", [("ocg", 7)]),
            ("by=crime_type", [("drugs-supply", 1), (None, 6)]),
            ("by=activity_year&as_at=2023-01-04", [(2022, 6)]),
            ("by=activity_month", [("2022-03-01", 6), ("2022-04-01", 1)]),
            (
                "by=size&by=involvement&four_p=prevent",
                [("minor", "lead", 1), ("moderate", "lead", 1), ("moderate", "support", 1)],
            ),
            ("by=size&by=size&four_p=protect", [("not_assessed", 1)]),
            ("by=organisation&year=2021", []),
        ],
    )
    def test_each_way_to_count(self, inspector: Client, record: None, query: str, expected: list) -> None:
        assert sorted(self.rows(inspector, query), key=str) == sorted(expected, key=str)

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("by=colour", "by"),
            ("published_style=yes", "published_style"),
            ("published_style=true&involvement=support", "involvement"),
            ("published_style=true&size=not_assessed", "size"),
            ("by=organisation&by=four_p&by=size&by=involvement&by=crime_type", "by"),
            ("page_size=3", "page_size"),
        ],
    )
    def test_what_cannot_be_counted_is_refused_with_what_can(
        self, inspector: Client, query: str, parameter: str
    ) -> None:
        answer = inspector.get(f"/api/v1/measures/?{query}")
        assert answer.status_code == 400
        (problem,) = answer.json()["problems"]
        assert problem["parameter"] == parameter
        assert problem["allowed"]

    def test_the_filter_is_told_in_words(self, inspector: Client, record: None) -> None:
        assert get(inspector, "measures", four_p="prevent")["filter"] == "4P: Prevent"
