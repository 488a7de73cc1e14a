"""The command that loads plans: what it says, what it writes, and its exit status."""

from functools import partial

import pytest
from django.core.management import CommandError, call_command

from plans4p.aims.models import Action
from plans4p.files.imports import loading
from plans4p.files.services import NotWrittenError
from plans4p.plans.models import Plan
from tests.disruptions.loading.extracts import read
from tests.plans4p.plan_files import omission, row, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheshire")]


@pytest.fixture
def run(run_command):
    """Run the command; its exit status, the lines that it wrote, and what it wrote as errors."""
    return partial(run_command, "load_plans")


def test_a_good_file(run, path):
    write(path, [row(), omission()])
    assert run(path) == (
        0,
        ["Read as CSV, UTF-8, commas; headings in row 1.", "Written.", "added 2, changed 0, unchanged 0, refused 0"],
        "",
    )
    assert Plan.objects.get().author is None


def test_the_same_file_again(run, path):
    write(path, [row()])
    run(path)
    status, lines, _ = run(path)
    assert (status, lines[-2:]) == (
        0,
        ["Nothing was written: there is nothing new in the file.", "added 0, changed 0, unchanged 1, refused 0"],
    )


def test_refused_rows_stop_the_file(run, path, tmp_path):
    errors = tmp_path / "out.csv"
    write(path, [row(), row(action="Visit", four_p="Persue")])
    status, lines, _ = run(path, "--errors", errors)
    assert status == 1
    assert "row 3 refused: four_p: “Persue”, expected Pursue, Prevent, Protect or Prepare" in lines
    assert lines[-2:] == ["Nothing was written.", "added 1, changed 0, unchanged 0, refused 1"]
    assert not Plan.objects.exists()
    assert len(read(errors)) == 1


def test_the_good_rows_alone(run, path):
    write(path, [row(), row(action="Visit", four_p="Persue")])
    status, lines, _ = run(path, "--accept-good")
    assert (status, lines[-1]) == (1, "added 1, changed 0, unchanged 0, refused 1")
    assert Action.objects.count() == 1


def test_a_dry_run_writes_nothing(run, path):
    write(path, [row()])
    status, lines, _ = run(path, "--dry-run")
    assert (status, lines[-2:]) == (0, ["Nothing was written.", "added 1, changed 0, unchanged 0, refused 0"])
    assert not Plan.objects.exists()


def test_changes_missing_parts_and_stray_columns_are_named(run, path):
    write(path, [row(), row(action="Visit the homes")])
    run(path)
    write(path, [row(target="8", colour="green")])
    _, lines, _ = run(path)
    assert "Columns that are not read: colour." in lines
    assert "row 2, CHES-1, Pursue: target: “6” becomes “8”" in lines
    assert "1 on record that one would look for in this file, and that stay: CHES-1: 1 action" in lines


def test_made_up_plans(run, path):
    write(path, [row(threat_ref="", theme="County lines", owner="", partners="")])
    run(path, "--kind", "illustrative")
    assert Plan.objects.get().kind_of_data == "illustrative"


@pytest.mark.parametrize(
    ("contents", "words"),
    [(None, "No such file"), (b"%PDF-1.7", "is a PDF"), (b"", "The file is empty"), (b"title\nx\n", "“plan_ref”")],
)
def test_a_file_that_cannot_be_read(run, path, contents, words):
    if contents is not None:
        path.write_bytes(contents)
    status, lines, errors = run(path)
    assert (status, lines) == (2, [])
    assert words in errors


def test_a_race_that_is_lost_says_so(path, monkeypatch):
    def late(plans, terms):
        raise NotWrittenError("Nothing was written. Somebody was faster.")

    monkeypatch.setattr(loading, "write_plans", late)
    write(path, [row()])
    with pytest.raises(CommandError, match=r"Somebody was faster\. Load the file again"):
        call_command("load_plans", str(path))
