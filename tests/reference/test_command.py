"""The command: what it prints, and how it ends."""

import pytest
from django.core.management import CommandError, call_command

from inspections.choices import Tone
from inspections.findings.models import Finding
from tests.reference.conftest import finding


@pytest.fixture
def run(db, write, capsys):
    """Run the command on rows, and give the lines that it prints."""

    def ran(rows, *options):
        call_command("load_reference", f"--folder={write(rows)}", *options)
        return capsys.readouterr().out.splitlines()

    return ran


def test_it_names_what_it_adds_and_ends_with_a_summary(run, rows):
    lines = run(rows)
    assert "added 2 topics: analysts, plans" in lines
    assert lines[-1] == (
        "Reference data: added 15, changed 0, left alone 0, refused 0, unchanged 0, no longer in the reference data 0."
    )


def test_the_second_run_says_that_nothing_changed(run, rows):
    run(rows)
    assert run(rows) == [
        "Reference data: added 0, changed 0, left alone 0, refused 0, unchanged 15, no longer in the reference data 0."
    ]


def test_it_names_what_it_changes_and_what_left_the_files(run, rows):
    rows["findings"].append(finding("gone"))
    run(rows)
    rows["findings"] = [finding("few-analysts", title="Too few analysts")]
    lines = run(rows)
    assert "changed: findings “few-analysts”: title: “Few analysts” → “Too few analysts”" in lines
    assert "no longer in the reference data: findings “gone”" in lines


def test_a_refusal_ends_in_an_error_and_advice(run, rows, capsys):
    rows["findings"].append(finding("bad", tone="angry", order="7"))
    with pytest.raises(CommandError, match=r"refused 1,.* Nothing was written\. Mend the refused rows, or load"):
        run(rows)
    refused = capsys.readouterr().err.splitlines()
    assert refused[0] == "refused: findings.json, row 2: findings “bad”"
    assert refused[1].startswith(f"    tone is 'angry'; expected one of {', '.join(Tone.values)} ")
    assert refused[2] == "    order is '7'; expected a whole number without quotation marks"


def test_accepted_good_rows_are_written_and_the_error_remains(run, rows):
    rows["findings"].append(finding("bad", tone="angry"))
    with pytest.raises(CommandError, match=r"refused 1, unchanged 0, no longer in the reference data 0\.$"):
        run(rows, "--accept-good")
    assert Finding.objects.get().slug == "few-analysts"


def test_a_dry_run_says_that_nothing_was_written(run, rows):
    assert run(rows, "--dry-run")[-1].endswith("Nothing was written.")
    assert not Finding.objects.exists()


def test_only_the_kinds_asked_for(run, rows):
    assert run(rows, "--only", "topics", "regions")[-1].startswith("Reference data: added 3,")


def test_an_unknown_kind_is_named_with_those_that_there_are(run, rows):
    with pytest.raises(CommandError, match=r"invalid choice: 'opinions'.*regions"):
        run(rows, "--only", "opinions")
