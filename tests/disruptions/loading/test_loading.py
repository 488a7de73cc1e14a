"""Extracts of disruptions go in whole, and what they say can be read back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disruptions.choices import ExtractContents, Size
from disruptions.extracts.models import Extract
from disruptions.loading.imports import load
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.threats.models import CrimeType, Threat
from disruptions.threats.services import CRIME_TYPES
from forces.choices import OrganisationKind
from forces.models import Organisation
from forces.services import ALIASES, REORGANISATIONS
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import UnreadableFileError
from tests.disruptions.loading.extracts import (
    ALL_NEW,
    AS_AT,
    FORCES,
    ROCU,
    disruption,
    disruptions,
    loaded,
    loading_of,
    make_bodies,
    write,
)
from tests.makers import REASON, make_author, make_disruption, make_state, make_threat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def said(reference):
    """What the record says of a disruption now."""
    return Disruption.objects.current().select_related("threat", "organisation", "crime_type").get(reference=reference)


def test_a_row_becomes_a_disruption(path):
    outcome = loaded(path, [disruption(1, assessment="", crime_type="County lines")])
    row = said("DIS-2022-0000001")
    assert (row.threat.reference, row.organisation.name, row.involvement) == ("OCG-0000001", FORCES[0], "lead")
    assert (row.four_p, row.size, row.crime_type.name) == ("pursue", Size.NOT_ASSESSED, "County lines")
    assert (row.activity_date, row.added_date) == (date(2022, 3, 15), date(2022, 4, 1))
    assert row.summary == "Two nominals arrested; number 1."
    assert (row.threat_type, row.organisation_kind, row.kind_of_data) == ("ocg", "force", "recorded")
    assert (row.known_from, row.known_to, row.state_of, row.version) == (date(2022, 4, 1), None, None, 1)
    assert (row.extract, row.extract_line) == (outcome.extract, 2)


def test_the_extract_says_what_was_loaded(path):
    outcome = loaded(path, disruptions(50))
    extract = Extract.objects.get()
    assert outcome.extract == extract
    assert (extract.contents, extract.kind_of_data, extract.file_name) == ("disruptions", "recorded", "extract.csv")
    assert (extract.rows_added, extract.rows_changed, extract.rows_unchanged) == (50, 0, 0)
    assert (extract.rows_refused, extract.rows_missing, extract.as_at) == (0, 0, AS_AT)
    assert extract.history.get().history_change_reason == "Loaded from extract.csv"
    assert outcome.written
    assert outcome.summary == "added 50, changed 0, unchanged 0, refused 0"


def test_every_row_says_what_the_file_says(path):
    rows = disruptions(300)
    loaded(path, rows)
    stored = {row.reference: row for row in Disruption.objects.select_related("threat", "organisation", "crime_type")}
    assert len(stored) == len(rows)
    for row in rows:
        found = stored[row["disruption_ref"]]
        assert found.threat.reference == row["threat_ref"]
        assert found.organisation.name == row["organisation"]
        assert found.get_involvement_display() == row["involvement"]
        assert found.get_four_p_display() == row["four_p"]
        assert found.get_size_display() == (row["assessment"] or "Not yet assessed")
        assert found.activity_date.isoformat() == row["activity_date"]
        assert found.added_date.isoformat() == row["recorded_date"]
        assert (found.crime_type.name if found.crime_type else "") == row["crime_type"]
        assert found.summary == row["summary"]


def test_a_name_leads_to_the_body_of_the_day_of_its_row(path):
    cheshire, merseyside, cumbria = (Organisation.objects.get(name=name) for name in FORCES)
    on = date(2022, 4, 1)
    reorganise("merger", on, [cheshire, merseyside], "Border Police")
    reorganise("split", on, [cumbria], "Lakes Police\nFells Police")
    before, after = ({"activity_date": f"2022-0{month}-15", "recorded_date": "2022-06-01"} for month in (3, 4))
    rows = [disruption(1, **before), disruption(2, **after), disruption(3, organisation=FORCES[2], **before)]
    loaded(path, rows)
    bodies = [said(f"DIS-2022-000000{number}").organisation.name for number in (1, 2, 3)]
    assert bodies == [FORCES[0], "Border Police", FORCES[2]]
    outcome = loaded(path, [disruption(4, organisation=FORCES[2], **after)], Decision.CHECK)
    (fault,) = outcome.refusals
    assert (fault.column, fault.expected) == ("organisation", "a body of that day: this one had become several")


def reorganise(kind: str, on: date, before: list[Organisation], new: str) -> None:
    values = {"kind": kind, "on": on, "predecessors": before, "new_bodies": new, "source": "An order"}
    REORGANISATIONS.create(values, by=make_author(), reason=REASON)


def test_threats_that_only_the_file_names(path):
    rows = [disruption(n, threat_ref=name) for n, name in enumerate(("VUL-0000007", "PI-0000003", "VUL-0000007"), 1)]
    outcome = loaded(path, rows)
    vulnerability = Threat.objects.get(reference="VUL-0000007")
    assert list(Threat.objects.filter(states__isnull=True).values_list("reference", "first_type")) == [
        ("PI-0000003", "pi"),
        ("VUL-0000007", "vul"),
    ]
    assert (vulnerability.organisation, vulnerability.extract, vulnerability.extract_line) == (None, outcome.extract, 2)


def test_a_threat_without_a_telling_name_must_be_on_record(path):
    outcome = loaded(path, [disruption(threat_ref="THREAT-9")], Decision.CHECK)
    (fault,) = outcome.refusals
    assert (fault.column, fault.value) == ("threat_ref", "THREAT-9")
    assert "OCG, PI or VUL" in fault.expected
    make_threat("THREAT-9", first_type="pi", state=False)
    assert loaded(path).added == 1
    assert said("DIS-2022-0000001").threat_type == "pi"


def test_a_row_has_the_type_of_its_threat_on_the_day_on_which_it_was_added(path):
    threat = make_threat("OCG-0000001", state={"valid_from": date(2021, 1, 1)})
    make_state(threat, valid_from=date(2022, 4, 1), type="vul")
    days = {1: "2022-03-31", 2: "2022-04-01", 3: "2020-01-01"}
    loaded(path, [disruption(n, activity_date="2020-01-01", recorded_date=day) for n, day in days.items()])
    assert [said(f"DIS-2022-000000{n}").threat_type for n in days] == ["ocg", "vul", "ocg"]


def test_crime_types_are_found_however_spelled_and_new_ones_are_named(path):
    CrimeType.objects.create(name="Drugs supply", slug="drugs-supply")
    rows = [disruption(n, crime_type=name) for n, name in enumerate(("DRUGS  supply", "Fraud", "fraud ", ""), 1)]
    outcome = loaded(path, rows)
    assert outcome.crime_types == ("Fraud",)
    assert list(CrimeType.objects.values_list("name", flat=True)) == ["Drugs supply", "Fraud"]
    assert [said(row["disruption_ref"]).crime_type_id for row in rows][-1] is None
    assert CrimeType.objects.get(name="Fraud").history.get().history_change_reason == "Named by extract.csv"


def test_a_crime_type_of_refused_rows_alone_is_not_added(path):
    outcome = loaded(path, [disruption(1), disruption(2, crime_type="Arson", four_p="Persue")], Decision.GOOD)
    assert outcome.crime_types == ("Drugs supply",)
    assert list(CrimeType.objects.values_list("name", flat=True)) == ["Drugs supply"]


def test_a_column_of_other_things_brings_no_crime_types(path):
    outcome = loaded(path, [disruption(n, crime_type=f"Incident {n}") for n in range(1, 131)], Decision.CHECK)
    assert (outcome.added, outcome.refused) == (100, 30)
    assert {fault.column for fault in outcome.refusals} == {"crime_type"}


def test_headings_in_any_order_case_and_spelling(path):
    given = disruption(1)
    renamed = {
        "Summary": given["summary"],
        "4P": "PURSUE",
        "Disruption Reference": given["disruption_ref"],
        "THREAT_REF": given["threat_ref"],
        "Force": "cheshire police",
        "Lead or support": "lead",
        "Disruption assessment": " minor",
        "Date of activity": "15/03/2022",
        "Date added": "1 April 2022",
        "Officer": "PC 49",
    }
    make_alias("Cheshire Police")
    path.write_bytes(write(path, [renamed], delimiter=";").read_bytes())
    outcome = loaded(path)
    assert outcome.stray == ("Officer",)
    assert outcome.form == "CSV, UTF-8, semicolons; headings in row 1"
    row = said("DIS-2022-0000001")
    assert (row.size, row.activity_date, row.added_date) == ("minor", date(2022, 3, 15), date(2022, 4, 1))
    assert row.crime_type is None


def make_alias(name):
    organisation = Organisation.objects.get(name=FORCES[0])
    ALIASES.create(organisation=organisation, name=name, by=make_author(), reason=REASON)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings(path, encoding):
    write(path, [disruption(summary="Naïve courier – £400 seized")], encoding=encoding)
    loaded(path)
    assert said("DIS-2022-0000001").summary == "Naïve courier – £400 seized"


def test_support_says_for_whom(path):
    row = disruption(organisation=ROCU, involvement="Support", supported_organisation=FORCES[1])
    loaded(path, [row, disruption(2, supported_organisation="")])
    assert said("DIS-2022-0000001").supported.name == FORCES[1]
    assert said("DIS-2022-0000001").organisation_kind == OrganisationKind.ROCU
    assert said("DIS-2022-0000002").supported is None


def test_a_day_that_nobody_named_is_asked_for_and_the_newest_of_the_file_offered(path):
    rows = [disruption(1), disruption(2, recorded_date="2022-05-02")]
    outcome = loaded(path, rows, as_at=None)
    assert (outcome.added, outcome.extract) == (2, None)
    question = next(each for each in outcome.questions if each.key == "as_at")
    assert question.is_open
    assert question.choices[0] == ("2022-05-02", "2 May 2022, the newest day on which a row of the file was added")
    answered = load(replace(loading_of(path), as_at=None, answers=ALL_NEW | {"as_at": "2022-05-02"}), Decision.ALL)
    assert answered.as_at == answered.extract.as_at == date(2022, 5, 2)


def test_threats_have_no_day_of_their_own_so_it_is_asked_for(path):
    rows = [{"threat_ref": "OCG-1", "type": "OCG", "organisation": "Cheshire Constabulary"}]
    outcome = loaded(path, rows, contents=ExtractContents.THREATS, as_at=None)
    assert (outcome.written, [question.key for question in outcome.questions]) == (False, ["as_at"])
    assert not Threat.objects.exists()


def test_a_day_to_come_is_refused(path):
    with pytest.raises(UnreadableFileError, match="1 January 2099, which is still to come"):
        loaded(path, [disruption()], as_at=date(2099, 1, 1))
    assert not Extract.objects.exists()


def test_a_check_writes_nothing(path):
    outcome = loaded(path, disruptions(30), Decision.CHECK)
    assert (outcome.added, outcome.written, outcome.extract) == (30, False, None)
    assert not any(model.objects.exists() for model in (Disruption, Extract, Threat, CrimeType))
    assert len(outcome.additions) == 20
    assert outcome.additions[0].line == 2


def test_a_new_row_is_told_in_words(path):
    (row,) = loaded(path, [disruption(assessment="")], Decision.CHECK).additions
    assert (row.line, row.reference) == (2, "DIS-2022-0000001")
    assert ("activity_date", "", "15 March 2022") in row.differences
    assert ("assessment", "", "Not yet assessed") in row.differences
    assert ("crime_type", "", "Drugs supply") in row.differences


def test_the_same_file_again_changes_nothing_and_says_so(path):
    rows = disruptions(40)
    first = loaded(path, rows)
    again = loaded(path)
    assert first.loaded_before is None
    assert again.loaded_before is not None
    assert (again.added, again.changed, again.unchanged, again.refused, again.missing) == (0, 0, 40, 0, 0)
    assert (again.written, again.extract) == (False, None)
    assert Extract.objects.count() == 1
    assert Disruption.objects.count() == 40


def queries_of(path, **more):
    with CaptureQueriesContext(connection) as queries:
        outcome = loaded(path, **more)
    return outcome, [query["sql"] for query in queries]


@pytest.mark.parametrize("as_at", [AS_AT, None])
def test_a_file_that_stands_is_not_compared_again(path, as_at):
    loaded(path, disruptions(40))
    outcome, queries = queries_of(path, as_at=as_at)
    assert outcome.unchanged == 40
    assert not [query for query in queries if "CREATE TEMPORARY" in query]


@pytest.mark.parametrize(
    "write",
    [
        lambda: make_disruption("DIS-1999-0000001", activity_date=AS_AT),
        lambda: ALIASES.create(
            organisation=Organisation.objects.first(), name="Chester Police", by=make_author(), reason=REASON
        ),
        lambda: make_threat("PI-0000777"),
        lambda: CRIME_TYPES.change(
            CrimeType.objects.first(), name="Fly-tipping", by=make_author(), reason=REASON, expected_version=1
        ),
        lambda: correct_disruption(
            Disruption.objects.first(), {"summary": "Else."}, on=AS_AT, by=make_author(), reason="R", expected_version=1
        ),
    ],
)
def test_a_file_is_compared_again_once_anything_was_written(path, write):
    loaded(path, disruptions(40))
    write()
    outcome, queries = queries_of(path, decision=Decision.CHECK)
    assert outcome.unchanged + outcome.changed + outcome.refused == 40
    assert [query for query in queries if "CREATE TEMPORARY" in query]


def test_a_file_as_at_another_day_is_compared_again(path):
    loaded(path, disruptions(40))
    outcome, queries = queries_of(path, as_at=AS_AT + timedelta(days=1))
    assert (outcome.unchanged, outcome.as_at) == (40, AS_AT + timedelta(days=1))
    assert [query for query in queries if "CREATE TEMPORARY" in query]


def test_rows_refused_at_first_go_in_later(path):
    loaded(path, [disruption(1), disruption(2, threat_ref="T-1")], Decision.GOOD)
    make_threat("T-1", first_type="ocg")
    again = loaded(path)
    assert (again.added, again.unchanged) == (1, 1)
    assert Extract.objects.count() == 2


def test_what_follows_can_undo_a_loading(path):
    seen = []

    def follow(extract):
        seen.append((extract.rows_added, Disruption.objects.count()))
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        loaded(path, disruptions(10), follow=follow)
    assert seen == [(10, 10)]
    assert not any(model.objects.exists() for model in (Disruption, Extract, Threat, CrimeType))


def test_progress_ends_with_the_file(path):
    told = []
    loaded(path, disruptions(500), Decision.CHECK, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_queries_do_not_grow_with_the_file(path):
    counts = []
    for rows in (disruptions(30), disruptions(900)):
        with CaptureQueriesContext(connection) as queries:
            loaded(path, rows, Decision.CHECK)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_rows_recorded_by_hand_stay(path):
    kept = make_disruption("DIS-2022-9999999")
    outcome = loaded(path, [disruption(1)])
    assert outcome.added == 1
    kept.refresh_from_db()
    assert kept.version == 1
