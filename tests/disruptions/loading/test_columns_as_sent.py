"""What a value in a column of an extract means: kinds that people and programs send, each read, asked or refused."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from disruptions.choices import ExtractContents
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType, Threat
from forces.models import Alias
from soc_tracker.core.imports.outcome import Decision, sections_of
from tests.disruptions.loading.extracts import disruption, loaded, make_bodies, write
from tests.disruptions.loading.test_threats import assessed
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def rows_with(column, values):
    return [disruption(number, **{column: value}) for number, value in enumerate(values, 1)]


# References that a spreadsheet has changed.


@pytest.mark.parametrize("column", ["disruption_ref", "threat_ref"])
@pytest.mark.parametrize("damaged", ["2.02207E+15", "1.00E+05", "Mar-12", "’OCG-1", "01/02/2024"])
def test_a_reference_that_a_spreadsheet_has_changed(path, column, damaged):
    outcome = loaded(path, [disruption(1, **{column: damaged}), disruption(2)], Decision.GOOD)
    (fault,) = outcome.refusals
    assert (fault.column, fault.value) == (column, damaged)
    assert "the reference" in fault.expected
    assert outcome.added == 1


# Days.


@pytest.mark.parametrize("year", ["0202", "1022", "1922", "0022"])
@pytest.mark.parametrize("form", ["{}-03-15", "15/03/{}"])
def test_mistyped_years_are_refused(path, year, form):
    outcome = loaded(path, [disruption(1, activity_date=form.format(year)), disruption(2)], Decision.GOOD)
    (fault,) = outcome.refusals
    assert fault.column == "activity_date"
    assert "from 1 January 1990 on" in fault.expected
    assert Disruption.objects.get().activity_date == date(2022, 3, 15)


def test_a_day_after_the_as_at_day_is_refused(path):
    (fault,) = loaded(path, [disruption(activity_date="2032-03-15")], Decision.CHECK).refusals[:1]
    assert fault.expected == "a day up to 13 July 2023"


MONTH_FIRST = ["3/13/2022", "3/4/2022", "1/2/2022", "2/25/2022", "3/4/22"]


def test_a_column_with_the_month_first_is_asked_about_and_then_read_so(path):
    rows = rows_with("activity_date", MONTH_FIRST)
    asked = loaded(path, rows, Decision.GOOD)
    (question,) = (each for each in asked.questions if each.is_needed)
    assert question.is_open
    assert question.text.startswith("The column activity_date looks like month/day/year")
    assert not asked.written
    assert not Disruption.objects.exists()
    outcome = loaded(path, answers={"crime_types": "new", question.key: "month"})
    assert (outcome.added, outcome.refused, outcome.written) == (5, 0, True)
    assert list(Disruption.objects.order_by("reference").values_list("activity_date", flat=True)) == [
        *(date(2022, 3, 13), date(2022, 3, 4), date(2022, 1, 2), date(2022, 2, 25), date(2022, 3, 4))
    ]


def test_day_first_can_be_insisted_on(path):
    outcome = loaded(
        path,
        rows_with("activity_date", MONTH_FIRST),
        Decision.GOOD,
        answers={"crime_types": "new", "order:activity_date": "day"},
        as_at=date(2022, 12, 1),
    )
    assert {fault.value for fault in outcome.refusals if fault.column == "activity_date"} >= {"3/13/2022", "2/25/2022"}


def test_the_same_file_with_another_answer_is_another_reading(path):
    rows = rows_with("activity_date", ["3/13/2022", "2/3/2022"])
    first = {"crime_types": "new", "order:activity_date": "month"}
    assert loaded(path, rows, answers=first).added == 2
    assert loaded(path, answers=first).unchanged == 2
    assert loaded(path, answers=first | {"order:activity_date": "day"}, decision=Decision.CHECK).changed == 1


# Signs that stand for nothing.

MARKS = [
    "-",
    "..",
    "[c]",
    "[x]",
    "*",
    "N/A",
    "n/a",
    "#N/A",
    "Not known",
    "0",
    "(blank)",
    "TBC",
    "to be confirmed",
    "NULL",
]


def test_no_sign_for_nothing_becomes_a_crime_type(path):
    outcome = loaded(path, rows_with("crime_type", MARKS))
    assert (outcome.added, outcome.refused) == (len(MARKS), 0)
    assert not CrimeType.objects.exists()
    assert not Disruption.objects.exclude(crime_type=None).exists()
    (note,) = outcome.notes
    assert note.startswith("crime_type: taken as not stated, with the number of cells: ")
    assert all(f"“{mark}” 1" in note for mark in MARKS)


@pytest.mark.parametrize("column", ["organisation", "involvement", "four_p", "activity_date", "disruption_ref"])
@pytest.mark.parametrize("mark", ["-", "[c]", "TBC", "#N/A"])
def test_a_column_that_must_say_something_refuses_them(path, column, mark):
    (fault,) = loaded(path, [disruption(1, **{column: mark}), disruption(2)], Decision.GOOD).refusals
    assert (fault.column, fault.value) == (column, mark)
    assert fault.expected.endswith("this stands for nothing")


def test_a_size_that_is_not_known_is_not_assessed(path):
    outcome = loaded(path, rows_with("assessment", ["N/A", "", "Not known"]))
    assert set(Disruption.objects.values_list("size", flat=True)) == {"not_assessed"}
    assert "assessment: taken as not stated" in outcome.notes[0]


def test_formulas_that_failed_are_refused(path):
    outcome = loaded(path, rows_with("crime_type", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?"]), Decision.CHECK)
    assert outcome.refused == 4
    assert all("a formula of the spreadsheet has failed here" in fault.expected for fault in outcome.refusals)


def test_a_word_on_record_is_no_sign_for_nothing(path):
    CrimeType.objects.create(name="Unknown", slug="unknown")
    assert loaded(path, rows_with("crime_type", ["Unknown"])).notes == ()
    assert Disruption.objects.get().crime_type.name == "Unknown"


def test_signs_in_a_file_of_threats(path):
    row = assessed(
        phase="[c]", tier="..", total="n/a", assessor="TBC", crime_types="-", lead_responsible_officer="(blank)"
    )
    outcome = loaded(path, [row], contents=ExtractContents.THREATS)
    assert outcome.refused == 0
    threat = Threat.objects.get()
    assert (threat.lead_responsible_officer, threat.states.get().phase, threat.states.get().tier) == ("", "", None)
    assert not CrimeType.objects.exists()
    assert len(outcome.notes) == 6


# A new word needs a yes.


def test_a_new_crime_type_needs_a_yes(path):
    CrimeType.objects.create(name="Drug trafficking", slug="drug-trafficking")
    rows = rows_with("crime_type", ["Drug traficking", "Drug traficking", "Drug trafficking"])
    outcome = loaded(path, rows, Decision.GOOD, answers={})
    (question,) = outcome.questions
    assert (outcome.added, outcome.refused) == (1, 2)
    assert question.text == "“Drug traficking” in crime_type (2 rows) is no crime type on record. Which is it?"
    assert [value for value, _ in question.choices] == ["drug-trafficking", "new"]
    assert CrimeType.objects.count() == 1
    mended = loaded(path, answers={question.key: "drug-trafficking"})
    assert (mended.added, mended.unchanged, mended.refused) == (2, 1, 0)
    assert mended.notes == ("crime_type: “Drug traficking” is read as Drug trafficking.",)
    assert CrimeType.objects.count() == 1


def test_a_yes_adds_it(path):
    CrimeType.objects.create(name="Drug trafficking", slug="drug-trafficking")
    rows = rows_with("crime_type", ["Modern slavery"])
    assert loaded(path, rows, answers={}).refused == 1
    assert loaded(path, answers={"crime_type:modern-slavery": "new"}).crime_types == ("Modern slavery",)
    assert CrimeType.objects.latest("pk").name == "Modern slavery"


def test_the_first_of_all_need_none(path):
    """There is nothing on record that they could be meant for."""
    outcome = loaded(path, rows_with("crime_type", ["Fraud", "Arson", "[c]"]), answers={})
    assert (outcome.added, outcome.refused, outcome.questions) == (3, 0, ())
    assert sorted(outcome.crime_types) == ["Arson", "Fraud"]


def test_many_new_ones_can_be_said_yes_to_together(path):
    CrimeType.objects.create(name="Drug trafficking", slug="drug-trafficking")
    rows = rows_with("crime_type", ["Fraud", "Arson", "Piracy"])
    together, *others = loaded(path, rows, Decision.CHECK, answers={}).questions
    assert together.key == "crime_types"
    assert len(others) == 3
    assert loaded(path, answers={"crime_types": "new"}).added == 3


# Names.

AS_PRINTED = {
    "Cheshire Constabulary [note 2]": "Cheshire Constabulary",
    "Cheshire2": "Cheshire Constabulary",
    "Cheshire (r)": "Cheshire Constabulary",
    "Cheshire¹": "Cheshire Constabulary",
    "Cheshire Police": "Cheshire Constabulary",
    "Merseyside Constabulary": "Merseyside Police",
    "Heddlu Merseyside": "Merseyside Police",
    "Cumbria Police Force": "Cumbria Constabulary",
    "The Merseyside Police Service*": "Merseyside Police",
}


@pytest.mark.parametrize(("printed", "name"), AS_PRINTED.items())
def test_names_as_statistics_print_them(path, printed, name):
    outcome = loaded(path, rows_with("organisation", [printed]))
    assert outcome.refused == 0
    assert outcome.notes == (f"organisation: “{printed}” is read as {name}.",)
    assert Disruption.objects.get().organisation.name == name


def test_eight_times_the_same_error_is_one_problem(path):
    rows = rows_with("organisation", ["Chesire Constabulery"] * 8 + ["Merseyside Police"])
    outcome = loaded(path, rows, Decision.CHECK)
    (question,) = (each for each in outcome.questions if each.key.startswith("body:"))
    assert outcome.refused == 8
    assert question.text == (
        "“Chesire Constabulery” in organisation (8 rows) is the name of nobody on record. Who is it?"
    )
    assert ("cheshire constabulary", "Cheshire Constabulary") in question.choices
    mended = loaded(path, answers={"crime_types": "new", question.key: "cheshire constabulary"})
    assert (mended.added, mended.refused) == (9, 0)
    assert [each.answer for each in mended.questions if each.key == question.key] == ["cheshire constabulary"]


def test_a_name_like_no_other_is_refused_without_a_guess(path):
    outcome = loaded(path, rows_with("organisation", ["Borsetshire Police"]), Decision.CHECK)
    assert not [each for each in outcome.questions if each.key.startswith("body:")]
    assert "such as" not in outcome.refusals[0].expected


def test_police_and_constabulary_do_not_make_two_bodies_one(path):
    other = make_organisation("Cheshire Police Pensions Board", short_name="Board", slug="board")
    assert Alias.objects.filter(organisation=other).exists()
    loaded(path, rows_with("organisation", ["Cheshire Police Pensions Board", "Cheshire Police"]))
    assert [row.organisation.name for row in Disruption.objects.order_by("reference")] == [
        *("Cheshire Police Pensions Board", "Cheshire Constabulary")
    ]


def test_the_command_says_what_is_asked_and_takes_the_answer(run_command, path):
    write(path, rows_with("activity_date", MONTH_FIRST))
    status, lines, _ = run_command("load_extract", "disruptions", path, "--answer", "crime_types=new")
    assert status == 1
    assert any("Choose one with --answer: order:activity_date=month" in line for line in lines)
    answers = ("--answer", "crime_types=new", "--answer", "order:activity_date=month", "--as-at", localdate())
    status, lines, _ = run_command("load_extract", "disruptions", path, *answers)
    assert (status, lines[-1]) == (0, "added 5, changed 0, unchanged 0, refused 0")


def test_a_fault_that_many_rows_have_is_told_once(path):
    rows = [*rows_with("organisation", ["Chesire Constabulery"] * 8), disruption(9, four_p="Persue")]
    outcome = loaded(path, rows, Decision.CHECK).as_json()
    (section,) = (each for each in sections_of(outcome) if each.title == "Refused rows")
    together, alone = section.rows
    assert (together["reference"], together["line"]) == ("8 rows", "2, 3, 4, 5, 6, 7 and 2 more")
    assert (alone["column"], alone["line"]) == ("four_p", 10)
    assert (section.listed, section.total) == (9, 9)
