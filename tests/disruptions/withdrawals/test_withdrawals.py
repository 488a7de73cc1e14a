"""What a complete file lacks, withdrawn in one act with a reason, and put back in one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from disruptions.choices import ExtractContents
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import reinstate_disruption
from disruptions.undo.services import undo
from disruptions.withdrawals.models import Lack
from disruptions.withdrawals.services import put_back, withdraw_missing
from soc_tracker.core.records.history import changes_of
from tests.disruptions.loading.extracts import AS_AT, FORCES, disruption, loaded, make_bodies
from tests.disruptions.undo.test_undo import assert_counts_are_those_of_the_rows, counts, record
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db
LATER = AS_AT + timedelta(days=100)


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def act(what, extract: Extract) -> Extract:
    extract.refresh_from_db()
    return what(extract, by=make_author(), reason="Taken out by its owner", expected_version=extract.version)


def on_record(day) -> set[int]:
    return {int(reference[-7:]) for reference in Disruption.objects.as_at(day).values_list("reference", flat=True)}


@pytest.fixture
def complete(path) -> Extract:
    """Of five on record, the file has the first and the last; one belongs to another body."""
    rows = [disruption(number) for number in range(1, 6)]
    rows[3]["organisation"] = FORCES[1]
    loaded(path, rows)
    return loaded(path, [rows[0], rows[4]], as_at=LATER, is_complete=True).extract


def test_a_complete_file_that_only_lacks_is_loaded_and_keeps_what_it_lacks(complete):
    assert (complete.rows_added, complete.rows_changed, complete.rows_missing) == (0, 0, 2)
    assert set(Lack.objects.values_list("disruption__reference", flat=True)) == {
        "DIS-2022-0000002",
        "DIS-2022-0000003",
    }
    assert on_record(LATER) == {1, 2, 3, 4, 5}


def test_the_same_complete_file_again_does_nothing(complete, path):
    again = loaded(path, as_at=LATER, is_complete=True)
    assert (again.written, again.missing) == (False, 2)


def test_a_part_lacks_nothing(path):
    loaded(path, [disruption(number) for number in range(1, 6)])
    outcome = loaded(path, [disruption(1, assessment="Major")], as_at=LATER)
    assert (outcome.missing, outcome.extract.rows_missing, outcome.extract.is_complete) == (0, 0, False)


def test_all_that_is_missing_is_withdrawn_from_the_as_at_day_on(complete):
    before = counts()
    extract = act(withdraw_missing, complete)
    assert on_record(LATER - timedelta(days=1)) == {1, 2, 3, 4, 5}
    assert on_record(LATER) == {1, 4, 5}
    assert extract.rows_withdrawn == 2
    assert counts() != before
    assert_counts_are_those_of_the_rows()
    row = Disruption.objects.current().get(reference="DIS-2022-0000002")
    newest, first = changes_of(row)
    assert newest.reason == "Missing from extract.csv: Taken out by its owner"
    assert first.reason == "Loaded from extract.csv, row 3"


def test_they_are_put_back_as_if_they_never_had_been(complete):
    before, counted = record(), counts()
    act(withdraw_missing, complete)
    extract = act(put_back, complete)
    assert (record(), counts()) == (before, counted)
    assert (extract.rows_withdrawn, extract.withdrawn_at) == (0, None)
    act(withdraw_missing, complete)
    assert on_record(LATER) == {1, 4, 5}


def test_undoing_the_extract_puts_them_back_and_the_one_before_can_be_undone_next(complete):
    first = Extract.objects.exclude(pk=complete.pk).get()
    act(withdraw_missing, complete)
    act(put_back, complete)
    act(withdraw_missing, complete)
    act(undo, complete)
    assert on_record(LATER) == {1, 2, 3, 4, 5}
    assert_counts_are_those_of_the_rows()
    act(undo, first)
    assert counts() == {}
    assert not Disruption.objects.exists()


def test_what_somebody_put_back_since_is_named(complete):
    act(withdraw_missing, complete)
    row = Disruption.objects.current().get(reference="DIS-2022-0000003")
    reinstate_disruption(row, on=LATER, by=make_author(), reason=REASON, expected_version=row.version)
    for what in (put_back, undo):
        with pytest.raises(ValidationError, match="changed by hand since then: DIS-2022-0000003"):
            act(what, complete)


def test_only_what_the_newest_lacks_is_withdrawn_and_only_once(complete, path):
    act(withdraw_missing, complete)
    with pytest.raises(ValidationError, match="Nothing that is missing"):
        act(withdraw_missing, complete)
    act(put_back, complete)
    path = path.with_name("later.csv")
    loaded(path, [disruption(9)], as_at=LATER)
    with pytest.raises(ValidationError, match=r"“later.csv” was loaded after it"):
        act(withdraw_missing, complete)


def test_what_became_known_on_the_very_day_stays(path):
    day = AS_AT.isoformat()
    loaded(path, [disruption(1), disruption(2, recorded_date=day), disruption(3)])
    extract = loaded(path, [disruption(1), disruption(5, recorded_date=day)], is_complete=True).extract
    assert extract.rows_missing == 2
    act(withdraw_missing, extract)
    assert on_record(AS_AT) == {1, 2, 5}


@pytest.mark.parametrize("what", [withdraw_missing, put_back])
def test_what_cannot_be_ended_writes_nothing(complete, monkeypatch, what):
    if what is put_back:
        act(withdraw_missing, complete)
    before, counted = record(), counts()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("The disk is full")

    monkeypatch.setattr("disruptions.withdrawals.services.write_histories", fail)
    with pytest.raises(RuntimeError, match="disk"):
        act(what, complete)
    assert (record(), counts()) == (before, counted)
    complete.refresh_from_db()
    assert bool(complete.withdrawn_at) == (what is put_back)


def test_threats_are_never_withdrawn(path):
    threat = {"owner": FORCES[0], "threat_type": "OCG", "assessment_type": "Tactical", "moderation": "Moderated"}
    threats = [{"threat_ref": f"OCG-{number}", **threat, "soc": "Yes"} for number in (1, 2)]
    loaded(path, threats, contents=ExtractContents.THREATS)
    outcome = loaded(path, threats[:1], contents=ExtractContents.THREATS, as_at=LATER, is_complete=True)
    assert (outcome.missing, outcome.withdrawable, outcome.written) == (1, 0, False)


class TestPages:
    def test_withdrawn_and_put_back_from_the_page_of_the_extract(self, analyst: Client, complete) -> None:
        url = reverse("disruptions:extract_withdraw", args=[complete.pk])
        page = analyst.get(complete.get_absolute_url()).content.decode()
        assert "2 records are here for the bodies and days of the file" in page
        assert "DIS-2022-0000002" in page
        assert url in page
        assert "2 disruptions are on record, but not in the file." in analyst.get(url).content.decode()
        answer = analyst.post(url, {"expected_version": complete.version, "reason": "Gone"}, follow=True)
        html = answer.content.decode()
        assert "What is missing from the extract is withdrawn." in html
        assert "2 of them were withdrawn from 21 October 2023 on." in html
        complete.refresh_from_db()
        url = reverse("disruptions:extract_put_back", args=[complete.pk])
        assert "2 disruptions were withdrawn from 21 October 2023 on" in analyst.get(url).content.decode()
        answer = analyst.post(url, {"expected_version": complete.version, "reason": "By mistake"}, follow=True)
        assert "on the record again" in answer.content.decode()
        assert on_record(LATER) == {1, 2, 3, 4, 5}

    def test_all_that_is_missing_comes_as_a_file(self, inspector: Client, complete) -> None:
        file = b"".join(inspector.get(reverse("disruptions:extract_missing", args=[complete.pk]))).decode()
        assert "DIS-2022-0000002,Cheshire Constabulary" in file
        assert "DIS-2022-0000004" not in file

    def test_those_who_may_not_load_are_not_offered_it(self, inspector: Client, complete) -> None:
        page = inspector.get(complete.get_absolute_url()).content.decode()
        assert "DIS-2022-0000002" in page
        assert "Withdraw all" not in page
        assert inspector.get(reverse("disruptions:extract_withdraw", args=[complete.pk])).status_code == 403
