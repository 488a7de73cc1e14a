"""Refused rows that come back mended are part of the file that they came from, and of its day."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from disruptions.extracts.models import Extract, Upload
from disruptions.undo.services import undo
from disruptions.withdrawals.services import withdraw_missing
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.extracts.uploading import accepted, bad_file, check, checked, load
from tests.disruptions.loading.extracts import AS_AT, disruption, loaded, make_bodies, read, write
from tests.makers import make_author

pytestmark = pytest.mark.django_db
LATER = AS_AT + timedelta(days=100)


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "July.csv"


@pytest.fixture
def refused(path, tmp_path):
    """The refused row of a complete file of three, one of which is on record already beside another."""
    loaded(path, [disruption(1), disruption(9)])
    rows = [disruption(1), disruption(2), disruption(3, four_p="Persue")]
    refused = tmp_path / "refused.csv"
    loaded(path, rows, Decision.GOOD, as_at=LATER, is_complete=True, errors=refused)
    return refused


def mended(refused, path, **more: str):
    return write(path.with_name("mended.csv"), [row | {"four_p": "Pursue"} | more for row in read(refused)])


def test_the_file_of_refused_rows_says_what_it_is_part_of(refused):
    first = Extract.objects.latest("pk")
    [row] = read(refused)
    assert row["part_of"] == f"July.csv as at 2023-10-21, file {first.sha256[:12]}"
    assert list(row)[-2:] == ["part_of", "error"]


@pytest.mark.parametrize("as_at", [None, AS_AT])
def test_mended_rows_are_part_of_their_file_whatever_day_is_given(refused, path, as_at):
    first = Extract.objects.latest("pk")
    outcome = loaded(mended(refused, path), as_at=as_at, is_complete=True)
    assert (outcome.written, outcome.added, outcome.refused, outcome.stray) == (True, 1, 0, ())
    assert (
        outcome.notes[0]
        == "These are mended rows of July.csv: they are part of it, and are as at 21 October 2023 as it is."
    )
    extract = outcome.extract
    assert (extract.as_at, extract.part_of, extract.rows_missing, extract.is_complete) == (LATER, first, 0, False)
    assert outcome.is_part


def test_rows_that_are_refused_again_still_say_what_they_are_part_of(refused, path, tmp_path):
    first = Extract.objects.latest("pk")
    again = tmp_path / "again.csv"
    loaded(mended(refused, path, assessment="Sizeable"), as_at=None, errors=again)
    [row] = read(again)
    assert row["part_of"].endswith(first.sha256[:12])
    outcome = loaded(write(path.with_name("third.csv"), [row | {"assessment": "Minor"}]), as_at=None)
    assert outcome.extract.part_of == first


def test_rows_of_a_file_that_was_not_loaded_have_its_day(path, tmp_path):
    refused = tmp_path / "refused.csv"
    loaded(path, [disruption(3, four_p="Persue")], as_at=LATER, errors=refused)
    outcome = loaded(mended(refused, path), as_at=None)
    assert (outcome.extract.as_at, outcome.extract.part_of) == (LATER, None)


def test_a_column_that_says_something_else_is_none_of_ours(path):
    outcome = loaded(path, [disruption(1) | {"part_of": "Operation Heron"}], as_at=AS_AT)
    assert (outcome.added, outcome.extract.part_of) == (1, None)


def test_mended_rows_do_not_stand_against_withdrawing_what_the_whole_lacks(refused, path):
    first = Extract.objects.latest("pk")
    part = loaded(mended(refused, path), as_at=None).extract
    withdrawn = withdraw_missing(first, by=make_author(), reason="Gone", expected_version=first.version)
    assert withdrawn.rows_withdrawn == 1
    for extract in (part, first):
        extract.refresh_from_db()
        undo(extract, by=make_author(), reason="The wrong file", expected_version=extract.version)


class TestInTheBrowserWithoutOne:
    def test_from_the_page_of_the_file(self, analyst: Client, tmp_path: Path) -> None:
        first = load(accepted(checked(bad_file(), as_at=AS_AT), good_rows=True))
        page = analyst.get(first.get_absolute_url()).content.decode()
        url = reverse("disruptions:upload_mend", args=[first.token])
        assert url in page
        assert "Mended rows of extract.csv" in analyst.get(url).content.decode()
        rows = read(Path(first.errors.path))
        for row in rows:
            row |= {"four_p": "Pursue", "organisation": "Cheshire Constabulary"}
            del row["part_of"]  # somebody tidied it away
        file = ContentFile(write(tmp_path / "mended.csv", rows).read_bytes(), "mended.csv")
        analyst.post(url, {"file": file})
        upload = check(Upload.objects.latest("pk"))
        assert (upload.as_at, upload.part_of, upload.is_complete) == (AS_AT, first.extract, False)
        page = analyst.get(upload.get_absolute_url()).content.decode()
        assert "Mended rows of" in page
        assert "not in the file" not in page

    def test_a_file_without_refused_rows_has_none_to_mend(self, analyst: Client) -> None:
        upload = checked()
        assert analyst.get(reverse("disruptions:upload_mend", args=[upload.token])).status_code == 404
