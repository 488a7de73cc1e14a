"""Addresses that name what was known: pages, files and the API answer from then; pages of a list are of one moment."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from disruptions.record.models import Disruption
from soc_tracker.core.access.roles import Role
from tests.disruptions.loading.extracts import AS_AT, disruption, loaded, make_bodies

pytestmark = pytest.mark.django_db
LIST = "disruptions:disruption_list"


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


@pytest.fixture
def analyst(sign_in):
    return sign_in(Role.ANALYST)


def rows_of_file(answer):
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    return list(csv.DictReader(lines[lines.index("") + 1 :]))


def test_a_correction_between_two_pages_loses_and_doubles_no_row(path, analyst):
    rows = [
        disruption(number, disruption_ref=f"PB-{number:04}", activity_date=f"2022-07-{number:02}")
        for number in range(1, 31)
    ]
    loaded(path, [row | {"recorded_date": "2022-08-01"} for row in rows])
    every = sorted(Disruption.objects.values_list("reference", flat=True))
    first = analyst.get("/api/v1/disruptions/?page_size=10").json()
    correction = rows[0] | {"recorded_date": "2022-08-05", "activity_date": "2022-08-04", "summary": "Corrected."}
    loaded(path, [correction, disruption(99, recorded_date="2022-08-05")], as_at=AS_AT + timedelta(days=30))
    pages = [first]
    while pages[-1]["next"]:
        pages.append(analyst.get(pages[-1]["next"]).json())
    assert len(pages) == 3
    assert sorted(row["reference"] for page in pages for row in page["results"]) == every
    assert {(page["as_at"], page["known"], page["count"]) for page in pages} == {(first["as_at"], first["known"], 30)}
    back = analyst.get(pages[-1]["previous"]).json()
    assert [row["reference"] for row in back["results"]] == [row["reference"] for row in pages[1]["results"]]
    assert analyst.get("/api/v1/disruptions/").json()["count"] == 31


def test_threats_in_the_api_keep_the_standpoint_too(path, analyst):
    state = {
        "threat_type": "OCG",
        "owner": "Cheshire Constabulary",
        "name": "",
        "tier": "2",
        "valid_from": "2022-01-01",
        "assessment_type": "Tactical",
        "moderation": "Moderated",
    }
    rows = [{"threat_ref": f"OCG-{number}", **state} for number in range(3)]
    outcome = loaded(path, rows, contents="threats")
    assert outcome.written, outcome.refusals
    first = analyst.get("/api/v1/threats/?page_size=2").json()
    loaded(path, [rows[2] | {"name": "Later"}, rows[0] | {"threat_ref": "OCG-9"}], contents="threats")
    second = analyst.get(first["next"]).json()
    assert [row["name"] for row in second["results"]] == [""]
    assert (second["next"], second["as_at"]) == (None, first["as_at"])


def test_the_pages_of_a_list_keep_it_too(path, analyst):
    loaded(path, [disruption(number) for number in range(1, 61)])
    first = analyst.get(reverse(LIST))
    older = first.context["page"].older_url
    loaded(path, [disruption(1, activity_date="2022-03-20"), disruption(61)], as_at=AS_AT + timedelta(days=30))
    second = analyst.get(reverse(LIST) + older)
    references = [row.reference for page in (first, second) for row in page.context["rows"]]
    assert len(references) == len(set(references)) == 60
    assert "DIS-2022-0000001" in references
    assert second.context["standpoint"].day == AS_AT


def test_page_counts_and_file_are_of_what_was_known(path, analyst):
    first = loaded(path, [disruption(1, assessment="Minor")]).extract
    loaded(path, [disruption(1, assessment="Major"), disruption(2)], as_at=AS_AT + timedelta(days=30))
    query = {"known": str(first.pk)}
    shown = analyst.get(reverse(LIST), query)
    assert shown.context["total_words"] == "1"
    assert [row.size for row in shown.context["rows"]] == ["minor"]
    (row,) = rows_of_file(analyst.get(reverse(LIST), query | {"format": "csv"}))
    assert (row["size"] if "size" in row else row["Size"]) == "Minor"
    assert analyst.get("/api/v1/measures/", query).json()["total"] == 1
    for page in ("disruption_charts", "cross_table", "delays", "data_quality", "threat_list"):
        assert analyst.get(reverse(f"disruptions:{page}"), query).status_code == 200


@pytest.mark.parametrize("known", ["soon", "2099-01-01", "99999"])
def test_what_is_no_moment_is_named(known, path, analyst):
    loaded(path, [disruption(1)])
    shown = analyst.get(reverse(LIST), {"known": known})
    assert "Known here" in shown.content.decode()
    assert not shown.context["rows"]
    assert analyst.get("/api/v1/disruptions/", {"known": known}).status_code == 400


def test_a_page_that_takes_no_such_moment_refuses_it(analyst):
    assert analyst.get(reverse("methods"), {"known": "2023-01-01"}).status_code == 400


def test_a_later_moment_than_the_last_write_is_now(path, analyst):
    loaded(path, [disruption(1)])
    known = analyst.get("/api/v1/disruptions/").json()["known"]
    assert analyst.get(reverse(LIST), {"known": known}).context["standpoint"].known is None


def test_nothing_of_this_is_left_behind(path, analyst):
    first = loaded(path, [disruption(1)]).extract
    loaded(path, [disruption(2)])
    analyst.get(reverse(LIST), {"known": str(first.pk)})
    assert analyst.get(reverse(LIST)).context["total_words"] == "2"


def test_a_figure_as_at_an_earlier_day_says_how_many_rows_came_later(path, analyst):
    loaded(path, [disruption(number) for number in range(1, 4)])
    loaded(path, [disruption(number) for number in range(3, 9)], as_at=AS_AT + timedelta(days=30))
    sentence = "5 of these came later, with an older added date: 5 from extract.csv"
    for address in ("/disruptions/", "/disruptions/charts/"):
        assert sentence in analyst.get(address, {"as_at": AS_AT.isoformat()}).content.decode()
        assert "came later" not in analyst.get(address).content.decode()
    body = analyst.get(
        "/forces/cheshire/record/", {"as_at": AS_AT.isoformat(), "from": "2022-01-01", "to": "2022-12-31"}
    )
    assert body.status_code == 404 or sentence in body.content.decode()
