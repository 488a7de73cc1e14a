"""What an extract did to the record: everything that it added, and everything that it changed, before and after."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.choices import ExtractContents
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from tests.disruptions.loading.extracts import FORCES, disruption, loaded, make_bodies
from tests.makers import make_author

pytestmark = pytest.mark.django_db
JANUARY, JULY, AUGUST = date(2023, 1, 4), date(2023, 7, 13), date(2023, 8, 1)


@pytest.fixture(autouse=True)
def bodies() -> None:
    make_bodies()


def lines(client: Client, name: str, extract: Extract) -> list[dict[str, str]]:
    """The rows of a file of an extract, after what the file says of itself."""
    answer = client.get(reverse(f"disruptions:{name}", args=[extract.pk]))
    read = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))
    start = read.index([]) + 1
    return [dict(zip(read[start], line, strict=True)) for line in read[start + 1 :]]


def moves(client: Client, extract: Extract) -> set[tuple[str, ...]]:
    """Field, before and after of each change in the file."""
    return {(row["Field"], row["Before"], row["After"]) for row in lines(client, "extract_changed", extract)}


def test_the_file_of_changes_holds_each_field_before_and_after(inspector: Client, tmp_path: Path) -> None:
    first = loaded(tmp_path / "first.csv", [disruption(number) for number in (1, 2)], as_at=JANUARY).extract
    rows = [disruption(1, assessment="Major", four_p="Prevent"), disruption(2), disruption(3)]
    second = loaded(tmp_path / "second.csv", rows, as_at=JULY).extract
    assert moves(inspector, first) == set()
    changed = lines(inspector, "extract_changed", second)
    assert {row["Record"].split()[0] for row in changed} == {"DIS-2022-0000001"}
    assert {("4P", "Pursue", "Prevent"), ("Size", "Minor", "Major")} <= moves(inspector, second)
    assert {row["Read from"] for row in changed} == {"Loaded from second.csv, row 2"}


def test_the_file_of_additions_tells_rows_as_they_were_added(inspector: Client, tmp_path: Path) -> None:
    first = loaded(tmp_path / "first.csv", [disruption(1), disruption(2)], as_at=JANUARY).extract
    loaded(tmp_path / "second.csv", [disruption(1, assessment="Major"), disruption(3)], as_at=JULY)
    record = Disruption.objects.current().get(reference="DIS-2022-0000002")
    correct_disruption(record, {"size": "moderate"}, on=AUGUST, by=make_author(), reason="Seen.", expected_version=1)
    added = lines(inspector, "extract_added", first)
    assert [(row["Row of the file"], row["Reference"], row["Size"]) for row in added] == [
        ("2", "DIS-2022-0000001", "Minor"),
        ("3", "DIS-2022-0000002", "Minor"),
    ]


def test_what_somebody_corrected_since_is_no_change_of_the_extract(inspector: Client, tmp_path: Path) -> None:
    extract = loaded(tmp_path / "first.csv", [disruption(1)], as_at=JANUARY).extract
    record = Disruption.objects.current().get()
    correct_disruption(record, {"size": "major"}, on=AUGUST, by=make_author(), reason="Seen.", expected_version=1)
    assert moves(inspector, extract) == set()


def test_of_threats_also_new_states_scores_and_crime_types_are_told(inspector: Client, tmp_path: Path) -> None:
    row = {"threat_ref": "OCG-0000001", "type": "OCG", "organisation": FORCES[0], "tier": "2", "phase": "Active"}
    row |= {"assessment_type": "Tactical", "moderation": "Moderated", "soc": "Yes", "crime_types": "Fraud"}
    threats = {"contents": ExtractContents.THREATS}
    first = loaded(tmp_path / "first.csv", [row], as_at=JANUARY, **threats).extract
    assert [added["Reference"] for added in lines(inspector, "extract_added", first)] == ["OCG-0000001"]
    assert moves(inspector, first) == set(), "a new threat is an addition, and so is all that belongs to it"
    later = row | {"tier": "1", "crime_types": "Fraud; Drugs supply", "assessed_on": "2023-07-01", "total": "61"}
    second = loaded(tmp_path / "second.csv", [later], as_at=JULY, **threats).extract
    assert {
        ("Crime types", "Fraud", "Drugs supply, Fraud"),
        ("Tier", "not stated", "Tier 1"),
        ("Total score", "not stated", "61"),
    } <= moves(inspector, second)
    assert lines(inspector, "extract_added", second) == []


def test_the_page_leads_to_both_files_and_shows_the_first_changes(inspector: Client, tmp_path: Path) -> None:
    loaded(tmp_path / "first.csv", [disruption(number) for number in range(1, 31)], as_at=JANUARY)
    rows = [disruption(number, assessment="Major") for number in range(1, 32)]
    extract = loaded(tmp_path / "second.csv", rows, as_at=JULY).extract
    page = inspector.get(extract.get_absolute_url())
    html = page.content.decode()
    for name, words in (("extract_added", "1 row added"), ("extract_changed", "30 rows changed")):
        assert words in html
        assert f'href="{reverse(f"disruptions:{name}", args=[extract.pk])}"' in html
    assert len(page.context["effects"]) == 20
    assert len(lines(inspector, "extract_changed", extract)) == 30


def test_a_long_file_is_read_some_hundred_changes_at_a_time(
    inspector: Client, tmp_path: Path, django_assert_max_num_queries
) -> None:
    loaded(tmp_path / "first.csv", [disruption(number) for number in range(1, 1202)], as_at=JANUARY)
    rows = [disruption(number, assessment="Major") for number in range(1, 1202)]
    extract = loaded(tmp_path / "second.csv", rows, as_at=JULY).extract
    with django_assert_max_num_queries(40):
        assert len(lines(inspector, "extract_changed", extract)) == 1201
