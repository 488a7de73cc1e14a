"""The page on which an extract is undone, and what the pages of extracts say of it."""

import pytest
from django.test import Client
from django.urls import reverse

from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from tests.disruptions.loading.extracts import AS_AT, disruption, loaded, make_bodies
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def extracts(tmp_path) -> list[Extract]:
    make_bodies()
    first = loaded(tmp_path / "first.csv", [disruption(1), disruption(2)]).extract
    second = loaded(tmp_path / "second.csv", [disruption(1, assessment="Major"), disruption(3)]).extract
    return [first, second]


def sent(client: Client, extract: Extract, **values: object):
    url = reverse("disruptions:extract_undo", args=[extract.pk])
    return client.post(url, {"expected_version": extract.version, "reason": "The wrong file", **values}, follow=True)


def test_it_is_undone_from_its_page(analyst: Client, extracts: list[Extract]) -> None:
    second = extracts[1]
    page = analyst.get(second.get_absolute_url()).content.decode()
    url = reverse("disruptions:extract_undo", args=[second.pk])
    assert url in page
    asked = analyst.get(url).content.decode()
    assert "1 rows that were added are removed" not in asked
    assert "1 row that was added is removed from the record." in asked
    answer = sent(analyst, second)
    html = answer.content.decode()
    for words in ("The extract is undone.", "no figure as at any day counts it", "The wrong file"):
        assert words in html
    assert url not in html
    assert Disruption.objects.current().count() == 2
    listed = analyst.get(reverse("disruptions:extract_list")).context["rows"]
    assert [bool(each.undone_at) for each in listed] == [True, False]


def test_an_older_one_names_the_newest(analyst: Client, extracts: list[Extract]) -> None:
    first = extracts[0]
    page = analyst.get(first.get_absolute_url()).content.decode()
    assert "Only the newest extract can be undone" in page
    answer = sent(analyst, first)
    assert "“second.csv” was loaded after it" in answer.content.decode()
    assert Disruption.objects.current().count() == 3


def test_what_was_added_is_still_told(analyst: Client, extracts: list[Extract]) -> None:
    second = extracts[1]
    sent(analyst, second)
    for effect, words in (("added", "DIS-2022-0000003"), ("changed", "Minor,Major")):
        file = analyst.get(reverse(f"disruptions:extract_{effect}", args=[second.pk]))
        assert words in b"".join(file).decode()


def test_no_reason_and_a_lost_race_are_refused(analyst: Client, extracts: list[Extract]) -> None:
    second = extracts[1]
    assert "Say why" in sent(analyst, second, reason=" ").content.decode()
    answer = sent(analyst, second, expected_version=7)
    assert answer.status_code == 409
    assert Disruption.objects.current().count() == 3


def test_what_was_edited_since_is_named_and_the_reason_kept(analyst: Client, extracts: list[Extract]) -> None:
    row = Disruption.objects.current().get(reference="DIS-2022-0000003")
    correct_disruption(row, {"size": "major"}, on=AS_AT, by=make_author(), reason=REASON, expected_version=1)
    html = sent(analyst, extracts[1]).content.decode()
    assert "changed by hand since then: DIS-2022-0000003" in html
    assert "The wrong file</textarea>" in html


def test_those_who_may_not_load_may_not_undo(inspector: Client, extracts: list[Extract]) -> None:
    second = extracts[1]
    assert "Undo this extract" not in inspector.get(second.get_absolute_url()).content.decode()
    assert sent(inspector, second).status_code == 403
    assert Extract.objects.in_force().count() == 2


def test_one_that_is_undone_is_not_undone_again(analyst: Client, extracts: list[Extract]) -> None:
    second = extracts[1]
    sent(analyst, second)
    assert sent(analyst, second).status_code == 404
