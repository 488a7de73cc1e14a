"""The command that loads the demo records, and when it leaves well alone."""

import pytest
from django.core.management import CommandError, call_command

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from soc_tracker.demo import extracts
from soc_tracker.demo.extracts import DemoExtract, make_extracts
from soc_tracker.demo.files import LAST_DAY
from tests.makers import make_extract

FIRST, LAST = "demo-threats-2023-01-04.csv", "demo-disruptions-2023-07-13.csv"


@pytest.fixture
def few(monkeypatch):
    """The demo records with only so many rows of each file as take no time."""

    def first_rows():
        return [DemoExtract(each.contents, each.as_at, each.rows[:40]) for each in make_extracts()]

    monkeypatch.setattr(extracts, "make_extracts", first_rows)


def test_every_file_is_loaded_as_illustrative(reference, few, capsys):
    call_command("load_demo_records")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{FIRST}: added 40, changed 0, unchanged 0, refused 0"
    assert len(said) == 4
    assert set(Extract.objects.values_list("kind_of_data", flat=True)) == {DataKind.ILLUSTRATIVE}
    assert Disruption.objects.current().count() == 40


def test_a_second_run_makes_nothing_up(reference, few, capsys, monkeypatch):
    call_command("load_demo_records", verbosity=0)
    monkeypatch.setattr(extracts, "make_extracts", None)
    call_command("load_demo_records")
    assert "loaded already" in capsys.readouterr().out


def test_a_run_that_was_cut_short_is_taken_up_again(reference, few):
    (first, *_) = extracts.make_extracts()
    make_extract(first.contents, first.as_at, DataKind.ILLUSTRATIVE, file_name=first.file_name)
    call_command("load_demo_records", verbosity=0)
    assert Extract.objects.filter(file_name=LAST).exists()


@pytest.mark.django_db
def test_without_the_reference_data_it_says_what_is_missing(few):
    with pytest.raises(CommandError, match="Is the reference data loaded"):
        call_command("load_demo_records", verbosity=0)
    assert not Disruption.objects.exists()


@pytest.mark.parametrize("kind", [DataKind.RECORDED, DataKind.ILLUSTRATIVE])
def test_only_an_illustrative_extract_of_that_name_counts(kind, db):
    make_extract("disruptions", LAST_DAY, kind, file_name=LAST)
    assert extracts.are_loaded() == (kind == DataKind.ILLUSTRATIVE)
