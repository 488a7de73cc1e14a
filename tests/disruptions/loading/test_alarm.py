"""A file that would make most of the rows that are on record into others stops at its check, and says why."""

import pytest
from django.core.management import call_command

from disruptions.choices import ExtractContents
from disruptions.record.models import Disruption
from soc_tracker.core.imports.questions import are_open
from tests.disruptions.loading.extracts import FORCES, disruption, loaded, make_bodies, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def owners() -> set[str]:
    return set(Disruption.objects.current().values_list("organisation__name", flat=True))


ROWS = [disruption(number) for number in range(1, 11)]


@pytest.mark.parametrize(
    ("change", "heading"),
    [
        ({"organisation": FORCES[1]}, "organisation"),
        ({"threat_ref": "OCG-0000077"}, "threat_ref"),
        ({"activity_date": "2022-03-16"}, "activity_date"),
        ({"recorded_date": "2022-04-02"}, "recorded_date"),
        ({"four_p": "Protect"}, "four_p"),
    ],
)
def test_what_makes_most_rows_into_others_is_held(path, change, heading):
    loaded(path, ROWS)
    rows = [row | change if at < 6 else row for at, row in enumerate(ROWS)]
    outcome = loaded(path, rows)
    assert not outcome.written
    assert outcome.changed == 6
    [question] = outcome.questions
    assert are_open(outcome.questions)
    assert f"most of the 10 rows that it shares with the record: “{heading}” in 6 (60 %)" in question.text
    assert f"row 2, DIS-2022-0000001: {heading} “" in question.text
    assert question.text.count("would become") == 3
    accepted = loaded(path, rows, answers={"accept_changes": "yes"})
    assert (accepted.written, accepted.changed) == (True, 6)


@pytest.mark.parametrize(
    "change", [{"summary": "Said anew"}, {"assessment": "Major"}, {"crime_type": "Fraud"}, {}], ids=str
)
def test_what_is_said_anew_of_the_same_rows_is_not(path, change):
    loaded(path, ROWS)
    outcome = loaded(path, [*(row | change for row in ROWS), disruption(11)])
    assert outcome.written
    assert not are_open(outcome.questions)


def test_half_of_the_rows_and_few_rows_are_not(path):
    loaded(path, ROWS)
    assert loaded(path, [row | {"organisation": FORCES[1]} for row in ROWS[:5]] + ROWS[5:]).written
    assert loaded(path, [row | {"organisation": FORCES[2]} for row in ROWS[:4]]).written


def test_new_rows_do_not_hide_it(path):
    loaded(path, ROWS)
    new = [disruption(number) for number in range(100, 200)]
    assert not loaded(path, [*(row | {"organisation": FORCES[1]} for row in ROWS), *new]).written
    assert owners() == {FORCES[0]}


def test_threats_are_held_alike(path):
    rows = [
        {
            "threat_ref": f"OCG-{number:07}",
            "name": f"Group {number}",
            "owner": FORCES[0],
            "threat_type": "OCG",
            "assessment_type": "Tactical",
            "moderation": "Moderated",
            "soc": "Yes",
        }
        for number in range(1, 11)
    ]
    loaded(path, rows, contents=ExtractContents.THREATS)
    names = [row["name"] for row in rows]
    shifted = [row | {"name": name} for row, name in zip(rows, [*names[1:], names[0]], strict=True)]
    outcome = loaded(path, shifted, contents=ExtractContents.THREATS)
    assert not outcome.written
    assert "“name” in 10 (100 %)" in outcome.questions[0].text
    assert "“Group 1” would become “Group 2”" in outcome.questions[0].text


def test_the_command_asks_too(path, capsys):
    loaded(path, ROWS)
    write(path, [row | {"organisation": FORCES[1]} for row in ROWS])
    command = ("load_extract", "disruptions", str(path), "--as-at", "2023-07-13")
    with pytest.raises(SystemExit) as stop:
        call_command(*command)
    assert stop.value.code == 1
    assert "most of the 10 rows" in capsys.readouterr().out
    assert owners() == {FORCES[0]}
    call_command(*command, "--accept-changes")
    assert owners() == {FORCES[1]}
