"""The command that loads an extract: what it says, what it writes, and its exit status."""

import pytest
from django.core.management import CommandError, call_command

from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from tests.disruptions.loading.extracts import disruption, disruptions, make_bodies, read, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


@pytest.fixture
def run(run_command):
    """Run the command; its exit status, the lines that it wrote, and what it wrote as errors."""
    return lambda *given: run_command("load_extract", *given, "--answer", "crime_types=new")


DAY = ("--as-at", "2023-01-04")


def test_a_good_file(run, path):
    write(path, disruptions(40))
    status, lines, errors = run("disruptions", path, *DAY)
    assert (status, errors) == (0, "")
    assert lines[0].startswith("Read as CSV, UTF-8, commas; headings in row 1; as at ")
    assert "Crime types that were not on record: " in "\n".join(lines)
    assert lines[-1] == "added 40, changed 0, unchanged 0, refused 0"
    assert Disruption.objects.count() == 40


def test_the_same_file_again(run, path):
    write(path, disruptions(40))
    run("disruptions", path, *DAY)
    status, lines, _ = run("disruptions", path, *DAY)
    assert status == 0
    assert lines[1].startswith("The same file was loaded before, on ")
    assert lines[-2] == "Nothing was written: there is nothing new in the file."
    assert lines[-1] == "added 0, changed 0, unchanged 40, refused 0"


def test_refused_rows_stop_the_file(run, path, tmp_path):
    errors = tmp_path / "out.csv"
    write(path, [disruption(1), disruption(2, four_p="Persue")])
    status, lines, _ = run("disruptions", path, *DAY, "--errors", errors)
    assert status == 1
    assert "row 3 refused: four_p: “Persue”, expected Pursue, Prevent, Protect or Prepare" in lines
    assert f"The refused rows are in {errors}, with an “error” column: mend them and load that file." in lines
    assert lines[-2:] == ["Nothing was written.", "added 1, changed 0, unchanged 0, refused 1"]
    assert not Disruption.objects.exists()
    assert len(read(errors)) == 1


def test_the_good_rows_alone(run, path):
    write(path, [disruption(1), disruption(2, four_p="Persue")])
    status, lines, _ = run("disruptions", path, *DAY, "--accept-good")
    assert (status, lines[-1]) == (1, "added 1, changed 0, unchanged 0, refused 1")
    assert f"Written as extract {Extract.objects.get().pk}." in lines
    assert Disruption.objects.count() == 1


def test_a_dry_run_writes_nothing(run, path):
    write(path, [disruption(1)])
    status, lines, _ = run("disruptions", path, *DAY, "--dry-run")
    assert (status, lines[-2:]) == (0, ["Nothing was written.", "added 1, changed 0, unchanged 0, refused 0"])
    assert not Extract.objects.exists()


def test_changes_missing_rows_and_stray_columns_are_named(run, path):
    write(path, [disruption(1), disruption(2)])
    run("disruptions", path, "--as-at", "2023-01-04")
    write(path, [disruption(1, assessment="Major", officer="PC 49")])
    _, lines, _ = run("disruptions", path, "--as-at", "13/07/2023", "--complete")
    assert "Columns that are not read: officer." in lines
    assert "row 2, DIS-2022-0000001: assessment: “Minor” becomes “Major”" in lines
    assert "1 on record that one would look for in this file, and that stay: DIS-2022-0000002" in lines
    assert Extract.objects.latest("pk").as_at.isoformat() == "2023-07-13"


def test_long_lists_are_cut(run, path):
    write(path, [disruption(n, four_p="Persue") for n in range(1, 251)])
    _, lines, _ = run("disruptions", path, *DAY)
    assert len([line for line in lines if line.startswith("row ")]) == 200
    assert "… and 50 more refused rows" in lines


@pytest.mark.parametrize(
    ("contents", "words"), [(None, "No such file"), (b"%PDF-1.7", "is a PDF"), (b"", "The file is empty")]
)
def test_a_file_that_cannot_be_read(run, path, contents, words):
    if contents is not None:
        path.write_bytes(contents)
    status, lines, errors = run("disruptions", path, *DAY)
    assert (status, lines) == (2, [])
    assert words in errors
    assert "Traceback" not in errors


def test_a_day_to_come(run, path):
    write(path, [disruption(1)])
    status, _, errors = run("disruptions", path, "--as-at", "2099-01-01")
    assert status == 2
    assert "still to come" in errors


def test_without_a_day_nothing_is_loaded_and_one_is_offered(run, path):
    write(path, [disruption(1)])
    status, lines, _ = run("disruptions", path)
    assert status == 1
    assert not Extract.objects.exists()
    assert any("--answer: as_at=2022-04-01 (1 April 2022, the newest day" in line for line in lines)
    assert run("disruptions", path, "--answer", "as_at=2022-04-01")[0] == 0
    assert Extract.objects.get().as_at.isoformat() == "2022-04-01"


def test_what_is_no_day(path):
    with pytest.raises(CommandError, match="“soon” is no date"):
        call_command("load_extract", "disruptions", str(path), "--as-at", "soon")


def test_made_up_rows_are_marked(run, path):
    write(path, [disruption(1)])
    run("disruptions", path, *DAY, "--illustrative")
    assert {model.objects.get().kind_of_data for model in (Disruption, Threat, Extract)} == {"illustrative"}


def test_threats(run, path):
    write(path, [{"threat_ref": "OCG-1", "type": "OCG", "organisation": "Cheshire Constabulary"}])
    status, lines, _ = run("threats", path, "--as-at", "2023-01-04")
    assert (status, lines[-1]) == (0, "added 1, changed 0, unchanged 0, refused 0")
    assert Threat.objects.get().first_type == "ocg"
