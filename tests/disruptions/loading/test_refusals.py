"""Every fault of an extract of disruptions is found, none is invented, and mended rows go in."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import withdraw_disruption
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import UnreadableFileError
from tests.disruptions.loading.extracts import (
    FORCES,
    ROCU,
    disruption,
    disruptions,
    loaded,
    make_bodies,
    read,
    spoil,
    write,
)
from tests.fuzz.values import AS_SENT
from tests.makers import REASON, make_author, make_threat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def faults(outcome):
    return [(fault.line, fault.column, fault.value) for fault in outcome.refusals]


WRONG = [
    ({"disruption_ref": ""}, "disruption_ref", "at most 40 characters"),
    ({"disruption_ref": "D" * 41}, "disruption_ref", "at most 40 characters"),
    ({"threat_ref": ""}, "threat_ref", "a reference"),
    ({"threat_ref": "T-1"}, "threat_ref", "begins with OCG, PI or VUL"),
    ({"organisation": "Borsetshire Police"}, "organisation", "on record"),
    ({"organisation": ""}, "organisation", "on record"),
    ({"involvement": "Both"}, "involvement", "Lead or Support"),
    ({"involvement": "Support"}, "involvement", "only regional units and national agencies support"),
    ({"four_p": "Persue"}, "four_p", "Pursue, Prevent, Protect or Prepare"),
    ({"assessment": "Sizeable"}, "assessment", "Major, Moderate or Minor, or nothing"),
    ({"activity_date": "31/02/2022"}, "activity_date", "a date such as"),
    ({"activity_date": "2022-04-02"}, "recorded_date", "not before that of the activity"),
    ({"recorded_date": "2023-07-14"}, "recorded_date", "a day up to 13 July 2023"),
    ({"crime_type": "x" * 81}, "crime_type", "at most 80 characters"),
    ({"crime_type": "!!!"}, "crime_type", "at most 80 characters"),
    ({"supported_organisation": FORCES[1]}, "supported_organisation", "a lead disruption is carried out for nobody"),
    ({"supported_organisation": "Ambridge"}, "supported_organisation", "or nothing"),
]


@pytest.mark.parametrize(("wrong", "column", "expected"), WRONG)
def test_what_is_wrong_with_a_row(path, wrong, column, expected):
    outcome = loaded(path, [disruption(1, supported_organisation="") | wrong, disruption(2)], Decision.GOOD)
    (fault,) = outcome.refusals
    assert (fault.line, fault.column, fault.value) == (2, column, (disruption(1) | wrong)[column])
    assert expected in fault.expected
    assert (outcome.added, outcome.refused) == (1, 1)
    assert list(Disruption.objects.values_list("reference", flat=True)) == ["DIS-2022-0000002"]


def test_all_faults_of_a_row_are_told_at_once(path):
    row = disruption(four_p="Persue", organisation="Ambridge", activity_date="2022-12-01", assessment="Huge")
    outcome = loaded(path, [row], Decision.CHECK)
    assert {column for _, column, _ in faults(outcome)} == {"four_p", "organisation", "recorded_date", "assessment"}
    assert outcome.refused == 1


def test_days_to_come_are_refused_without_a_day_of_the_file(path):
    outcome = loaded(path, [disruption(1, recorded_date="2099-01-01"), disruption(2)], Decision.CHECK, as_at=None)
    assert faults(outcome) == [(2, "recorded_date", "2099-01-01")]
    assert outcome.as_at == date(2022, 4, 1)


def test_nothing_goes_in_while_a_row_is_refused(path):
    outcome = loaded(path, [disruption(1), disruption(2, four_p="Persue")])
    assert (outcome.added, outcome.refused, outcome.written) == (1, 1, False)
    assert not Disruption.objects.exists()
    assert not Extract.objects.exists()


def test_planted_faults_are_found_and_no_others(path):
    rows = disruptions(2_000)
    planted = spoil(rows, 0.05)
    outcome = loaded(path, rows, Decision.GOOD)
    assert 80 < len(planted) < 200
    assert faults(outcome) == [(fault.line, fault.column, fault.value) for fault in planted]
    assert (outcome.added, outcome.refused) == (2_000 - len(planted), len(planted))
    assert outcome.extract.rows_refused == len(planted)


def test_the_error_file_mends_and_loads(path, tmp_path):
    rows, right = disruptions(600), disruptions(600)
    planted = spoil(rows, 0.1)
    errors = tmp_path / "errors.csv"
    loaded(path, rows, Decision.GOOD, errors=errors)
    returned = read(errors)
    assert [row.pop("error").split(":")[0] for row in returned] == [fault.column for fault in planted]
    assert len({row.pop("part_of") for row in returned}) == 1
    assert returned == [rows[fault.line - 2] for fault in planted]
    mended = [
        row | {fault.column: right[fault.line - 2][fault.column]} for row, fault in zip(returned, planted, strict=True)
    ]
    outcome = loaded(errors, mended)
    assert (outcome.added, outcome.refused) == (len(planted), 0)
    assert loaded(path, right).unchanged == 600


def test_an_error_file_comes_back_with_its_errors_in_it(path, tmp_path):
    errors = tmp_path / "errors.csv"
    loaded(path, [disruption(1, four_p="Persue")], errors=errors)
    again = loaded(errors, decision=Decision.CHECK)
    assert (again.refused, again.stray) == (1, ())


def test_no_error_file_without_errors(path, tmp_path):
    loaded(path, [disruption(1)], errors=tmp_path / "errors.csv")
    assert not (tmp_path / "errors.csv").exists()


def test_rows_are_numbered_as_a_spreadsheet_does(path):
    write(path, [disruption(1), disruption(2, summary="two\nlines"), disruption(3, four_p="Persue")])
    text = path.read_text().replace("DIS-2022-0000003", "\n\nDIS-2022-0000003")
    path.write_text(text)
    outcome = loaded(path, decision=Decision.CHECK)
    assert [line for line, _, _ in faults(outcome)] == [6]


def test_both_rows_of_a_reference_are_refused_and_name_each_other(path):
    outcome = loaded(path, [disruption(1), disruption(2), disruption(1, summary="Another.")], Decision.GOOD)
    assert faults(outcome) == [(line, "disruption_ref", "DIS-2022-0000001") for line in (2, 4)]
    assert [fault.expected.partition("; ")[2] for fault in outcome.refusals] == ["row 4 has it too", "row 2 has it too"]
    assert outcome.added == 1


def test_a_reference_that_stands_twice_once_in_a_faulty_row(path):
    outcome = loaded(path, [disruption(1), disruption(1, four_p="Persue")], Decision.GOOD)
    assert {(line, column) for line, column, _ in faults(outcome)} == {
        (2, "disruption_ref"),
        (3, "disruption_ref"),
        (3, "four_p"),
    }
    assert (outcome.added, outcome.refused) == (0, 2)


def test_more_cells_than_headings(path):
    write(path, [disruption(1), disruption(2)])
    path.write_text(path.read_text().replace("number 2.", "number 2.,more"))
    outcome = loaded(path, decision=Decision.GOOD)
    assert [(fault.line, fault.value) for fault in outcome.refusals] == [(3, "more")]
    assert outcome.added == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [(DataKind.RECORDED, DataKind.ILLUSTRATIVE), (DataKind.ILLUSTRATIVE, DataKind.RECORDED)],
)
def test_illustrative_and_recorded_rows_never_replace_each_other(path, first, second):
    loaded(path, [disruption(1)], kind=first)
    same = loaded(path, [disruption(1), disruption(2, threat_ref="PI-0000001")], Decision.GOOD, kind=second)
    assert (same.added, same.refused) == (1, 1)
    assert {fault.expected.rsplit(" ", 1)[1] for fault in same.refusals} == {first.value}
    assert Disruption.objects.get(reference="DIS-2022-0000001").kind_of_data == first
    assert Disruption.objects.get(reference="DIS-2022-0000002").kind_of_data == second


def test_a_recorded_row_is_not_of_an_illustrative_threat(path):
    make_threat("OCG-0000001", kind=DataKind.ILLUSTRATIVE)
    (fault,) = loaded(path, [disruption(1)], Decision.GOOD).refusals
    assert (fault.column, fault.expected) == ("threat_ref", "a threat whose data is recorded; this one is illustrative")


def test_a_withdrawn_disruption_does_not_come_back_by_itself(path):
    loaded(path, [disruption(1)])
    row = Disruption.objects.get()
    withdraw_disruption(row, on=date(2023, 9, 1), by=make_author(), reason=REASON, expected_version=row.version)
    assert loaded(path, as_at=date(2023, 8, 31)).unchanged == 1
    (fault,) = loaded(path, as_at=date(2023, 9, 2)).refusals
    assert fault.expected == "a disruption on the record: it was withdrawn on 1 September 2023"


BROKEN = {
    "empty": b"",
    "no rows of a table": b"%PDF-1.7 something",
    "a missing heading": b"disruption_ref,threat_ref\nDIS-1,OCG-1\n",
    "the same twice": b"disruption_ref,reference\nDIS-1,DIS-1\n",
    "5,000 columns": ",".join(f"c{n}" for n in range(5_000)).encode(),
    "a NUL": b"disruption_ref\0,threat_ref\n",
    "a workbook cut off": b"PK\x03\x04 and no more",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_is_no_extract_is_refused_whole(path, broken):
    path.write_bytes(broken)
    with pytest.raises(UnreadableFileError) as refusal:
        loaded(path)
    assert len(str(refusal.value)) > 30
    assert not Extract.objects.exists()


def test_a_file_that_breaks_off_half_way_leaves_nothing(path):
    write(path, disruptions(300))
    with path.open("ab") as file:
        file.write(b'DIS-9,"never closed,')
    with pytest.raises(UnreadableFileError, match="Row 302"):
        loaded(path, decision=Decision.GOOD)
    assert not Disruption.objects.exists()
    path.write_bytes(path.read_bytes().removesuffix(b'DIS-9,"never closed,'))
    assert loaded(path).added == 300


ANY = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)
CELL = st.one_of(ANY, st.sampled_from(AS_SENT))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(disruption(), CELL)), min_size=1, max_size=4))
def test_any_text_in_any_cell_is_refused_or_understood(path, rows):
    outcome = loaded(path, [disruption(1), *rows], Decision.CHECK)
    told = {fault.line for fault in outcome.refusals}
    assert outcome.added + outcome.refused <= len(rows) + 1
    assert len(told) == outcome.refused


def test_what_a_rocu_supports(path):
    row = disruption(1, organisation=ROCU, involvement="Support", supported_organisation=FORCES[0])
    assert loaded(path, [row]).refused == 0
