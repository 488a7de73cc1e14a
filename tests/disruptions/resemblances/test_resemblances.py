"""Disruptions that may be one under two references are listed with the extract that brought them, and never merged."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.record.models import Disruption
from disruptions.record.services import withdraw_disruption
from disruptions.resemblances.models import Resemblance
from disruptions.resemblances.queries import list_resemblances
from disruptions.undo.services import undo
from tests.disruptions.loading.extracts import AS_AT, FORCES, disruption, loaded, make_bodies
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db
LATER = AS_AT + timedelta(days=100)
SUMMARY = "Two nominals arrested at Crewe; cash and a phone of the line seized."


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def pairs(extract) -> list[tuple[int, int]]:
    return [
        (int(pair.disruption.reference[-7:]), int(pair.other.reference[-7:])) for pair in list_resemblances(extract)
    ]


def test_the_same_event_under_another_reference_is_listed_and_both_stay(path):
    loaded(path, [disruption(1, summary=SUMMARY)])
    extract = loaded(path, [disruption(2, summary=SUMMARY.replace("Two", "2"))], as_at=LATER).extract
    assert pairs(extract) == [(2, 1)]
    assert Disruption.objects.current().filter(known_to=None).count() == 2
    assert Resemblance.objects.get().likeness >= 84


def test_two_of_one_file_are_listed_once(path):
    extract = loaded(path, [disruption(1, summary=SUMMARY), disruption(2, summary=SUMMARY)]).extract
    assert pairs(extract) == [(2, 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"summary": "Vehicle stopped; driver reported."},
        {"activity_date": "2022-03-16"},
        {"threat_ref": "OCG-0000009"},
        {"organisation": FORCES[1]},
        {"summary": "", "four_p": "Protect"},
    ],
    ids=str,
)
def test_what_only_looks_a_little_alike_is_not(path, other):
    loaded(path, [disruption(1, summary=SUMMARY)])
    assert pairs(loaded(path, [disruption(2, **{"summary": SUMMARY} | other)], as_at=LATER).extract) == []


def test_without_a_summary_all_else_must_be_the_same(path):
    loaded(path, [disruption(1, summary=SUMMARY)])
    extract = loaded(path, [disruption(2, summary=""), disruption(3, summary="", assessment="Major")]).extract
    assert pairs(extract) == [(2, 1)]
    assert Resemblance.objects.get().likeness is None


def test_an_old_pair_is_not_told_again_and_goes_once_one_is_withdrawn(path):
    loaded(path, [disruption(1, summary=SUMMARY)])
    second = loaded(path, [disruption(2, summary=SUMMARY)], as_at=LATER).extract
    third = loaded(path, [disruption(1, summary=SUMMARY), disruption(2, summary=SUMMARY), disruption(3)]).extract
    assert pairs(third) == []
    row = Disruption.objects.current().get(reference="DIS-2022-0000002")
    withdraw_disruption(row, on=LATER, by=make_author(), reason=REASON, expected_version=1)
    assert pairs(second) == []


def test_an_extract_that_is_undone_takes_them_with_it(path):
    loaded(path, [disruption(1, summary=SUMMARY)])
    extract = loaded(path, [disruption(2, summary=SUMMARY)], as_at=LATER).extract
    undo(extract, by=make_author(), reason="The wrong file", expected_version=extract.version)
    assert not Resemblance.objects.exists()


def test_the_page_of_the_extract_lists_them(path, inspector: Client):
    loaded(path, [disruption(1, summary=SUMMARY)])
    extract = loaded(path, [disruption(2, summary=SUMMARY)], as_at=LATER).extract
    page = inspector.get(extract.get_absolute_url()).content.decode()
    assert "Maybe on record under another reference" in page
    assert "1 row that was added is of the same day, threat and body" in page
    file = b"".join(inspector.get(reverse("disruptions:extract_alike", args=[extract.pk]))).decode()
    assert f"DIS-2022-0000002,DIS-2022-0000001,{FORCES[0]}" in file
