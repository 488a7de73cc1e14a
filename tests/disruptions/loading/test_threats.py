"""Extracts of threats: what each is, what it was on any day, and how it was scored."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from model_bakery import baker

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState, on_master_list
from disruptions.threats.services import STATES, THREATS
from forces.areas.models import LocalPolicingArea
from forces.models import Organisation
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.records.history import changes_of
from tests.disruptions.loading import extracts
from tests.disruptions.loading.extracts import FORCES, make_bodies, read
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db

JANUARY, APRIL, JULY = date(2023, 1, 4), date(2023, 4, 1), date(2023, 7, 13)


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "threats.csv"


def threat(number=1, **more):
    """A row that is right, of a threat on the master list."""
    row = {"threat_ref": f"OCG-{number:07}", "type": "OCG", "organisation": FORCES[0], "name": f"Operation {number}"}
    row |= {"tier": "2", "phase": "Active", "assessment_type": "Tactical", "moderation": "Moderated", "soc": "Yes"}
    return row | more


def assessed(**more):
    scores = {"physical": "3", "financial": "4.5", "total": "61.25"}
    who = {"assessor": "A. Sessor", "moderated_on": "2022-12-05"}
    return threat(assessed_on="2022-12-01", **scores, **who) | more


def loaded(path, rows=None, decision=Decision.ALL, *, as_at=JANUARY, **more):
    return extracts.loaded(path, rows, decision, contents=ExtractContents.THREATS, as_at=as_at, **more)


def stored(number=1):
    return Threat.objects.get(reference=f"OCG-{number:07}")


def states(number=1):
    """From when until when each state of a threat lasts, with its tier."""
    return list(stored(number).states.order_by("valid_from").values_list("valid_from", "valid_to", "tier"))


def faults(outcome):
    return [(fault.line, fault.column) for fault in outcome.refusals]


def test_a_row_becomes_a_threat_with_a_state(path):
    row = threat(crime_types="Drugs supply; Fraud", lead_responsible_officer="DI Ann Other")
    outcome = loaded(path, [row])
    (state,) = ThreatState.objects.all()
    found = state.threat
    assert (found.reference, found.name, found.first_type) == ("OCG-0000001", "Operation 1", "ocg")
    assert (found.organisation.name, found.kind_of_data) == (FORCES[0], "recorded")
    assert found.lead_responsible_officer == "DI Ann Other"
    assert {str(each) for each in found.crime_types.all()} == {"Drugs supply", "Fraud"}
    assert (found.extract, found.extract_line, state.extract) == (outcome.extract, 2, outcome.extract)
    assert (state.valid_from, state.valid_to, state.type, state.tier) == (JANUARY, None, "ocg", 2)
    assert (state.phase, state.assessment_type, state.moderation, state.is_soc) == (
        "Active",
        "tactical",
        "moderated",
        True,
    )
    assert ThreatState.objects.as_at(JANUARY).filter(on_master_list()).count() == 1
    assert (outcome.added, outcome.extract.contents, outcome.crime_types) == (1, "threats", ("Drugs supply", "Fraud"))


def test_scores_as_given(path):
    loaded(path, [assessed()])
    found = MorileAssessment.objects.get()
    assert (found.assessed_on, found.moderated_on, found.assessor) == (
        date(2022, 12, 1),
        date(2022, 12, 5),
        "A. Sessor",
    )
    assert (found.physical, found.financial, found.total) == (Decimal(3), Decimal("4.5"), Decimal("61.25"))
    assert (found.psychological, found.community, found.confidence) == (None, None, None)


def test_the_least_that_a_file_can_say(path):
    loaded(path, [{"threat_ref": "VUL-1", "type": "vulnerability", "organisation": FORCES[1]}])
    found = Threat.objects.get()
    assert (found.first_type, found.organisation.name) == ("vul", FORCES[1])
    assert not found.states.exists()
    assert list(Threat.objects.filter(states__isnull=True)) == [found]


@pytest.mark.parametrize(
    ("change", "column", "expected"),
    [
        ({"type": "Gang"}, "type", "Organised crime group, Priority individual or Vulnerability"),
        ({"organisation": "Ambridge"}, "organisation", "on record"),
        ({"tier": "6"}, "tier", "from 1 to 5"),
        ({"tier": "high"}, "tier", "from 1 to 5"),
        ({"phase": "x" * 61}, "phase", "at most 60"),
        ({"assessment_type": ""}, "assessment_type", "Tactical or Strategic"),
        ({"moderation": "perhaps"}, "moderation", "Moderated or Not moderated"),
        ({"soc": ""}, "soc", "yes or no"),
        ({"name": "x" * 151}, "name", "at most 150"),
        ({"state_from": "2023-01-05"}, "state_from", "up to 4 January 2023"),
        ({"state_from": "soon"}, "state_from", "a date such as"),
        ({"assessed_on": "2023-01-05", "moderated_on": ""}, "assessed_on", "up to 4 January 2023"),
        ({"moderated_on": "2022-11-30"}, "moderated_on", "not before that of the assessment"),
        ({"physical": "severe"}, "physical", "a number"),
        ({"total": "1.234"}, "total", "two decimals"),
        ({"area": "Borchester"}, "area", "a local policing area of that organisation"),
        ({"crime_types": "Fraud; " + "x" * 81}, "crime_types", "semicolons between them"),
        ({"threat_ref": ""}, "threat_ref", "at most 40"),
    ],
)
def test_what_is_wrong_with_a_row(path, change, column, expected):
    row = assessed(state_from="", area="", crime_types="")
    outcome = loaded(path, [row | change, row | {"threat_ref": "OCG-2"}], Decision.GOOD)
    (fault,) = outcome.refusals
    assert (fault.line, fault.column) == (2, column)
    assert expected in fault.expected
    assert (outcome.added, Threat.objects.get().reference) == (1, "OCG-2")


def test_scores_need_a_day(path):
    outcome = loaded(path, [assessed(assessed_on="", moderated_on="", assessor="", physical="", financial="")])
    assert faults(outcome) == [(2, "total")]
    row = assessed()
    del row["assessed_on"]
    assert {column for _, column in faults(loaded(path, [row]))} == {
        *("physical", "financial", "total"),
        *("assessor", "moderated_on"),
    }


def test_areas_belong_to_their_organisation(path):
    cheshire, merseyside = (Organisation.objects.get(name=name) for name in FORCES[:2])
    crewe = baker.make(LocalPolicingArea, organisation=cheshire, name="Crewe & Nantwich")
    baker.make(LocalPolicingArea, organisation=merseyside, name="Wirral")
    outcome = loaded(path, [threat(1, area="crewe and nantwich"), threat(2, area="Wirral")], Decision.GOOD)
    assert stored().area == crewe
    assert faults(outcome) == [(3, "area")]
    loaded(path, [threat(1, organisation=FORCES[1])], as_at=JULY)
    assert stored().area is None


def test_the_same_file_again_changes_nothing(path):
    unscored = dict.fromkeys(("assessed_on", "physical", "financial", "total", "assessor", "moderated_on"), "")
    loaded(path, [assessed(crime_types="Fraud"), threat(2, crime_types="", **unscored)])
    versions = list(Threat.objects.values_list("pk", "version"))
    for day in (JANUARY, JULY):
        again = loaded(path, as_at=day)
        assert (again.added, again.changed, again.unchanged, again.refused) == (0, 0, 2, 0)
        assert again.loaded_before is not None
    assert Extract.objects.count() == 1
    assert list(Threat.objects.values_list("pk", "version")) == versions


def test_a_new_state_ends_the_one_before(path):
    loaded(path, [threat(1), threat(2)])
    outcome = loaded(path, [threat(1, tier="3"), threat(2)], as_at=JULY)
    assert (outcome.changed, outcome.unchanged) == (1, 1)
    assert outcome.changes[0].differences == (("tier", "Tier 2", "Tier 3"),)
    assert states(1) == [(JANUARY, JULY, 2), (JULY, None, 3)]
    assert states(2) == [(JANUARY, None, 2)]
    assert ThreatState.objects.as_at(JULY - timedelta(days=1)).get(threat=stored(1)).tier == 2


def test_a_state_can_begin_before_the_day_of_the_file(path):
    loaded(path, [threat(1, state_from="2020-05-01")])
    loaded(path, [threat(1, state_from="01/04/2023", type="VUL")], as_at=JULY)
    assert [row[:2] for row in states()] == [(date(2020, 5, 1), APRIL), (APRIL, None)]
    assert ThreatState.objects.as_at(JULY).get().type == "vul"
    assert stored().first_type == "ocg"


def test_a_state_of_the_same_day_is_corrected(path):
    loaded(path, [threat(1)])
    outcome = loaded(path, [threat(1, tier="4", phase="Monitored")])
    assert outcome.changed == 1
    assert states() == [(JANUARY, None, 4)]
    state = ThreatState.objects.get()
    assert state.version == 2
    assert [change.kind for change in changes_of(state)] == ["changed", "added"]


def test_extracts_in_any_order_give_the_same_states(path):
    files = {JANUARY: "2", APRIL: "3", JULY: "4"}
    for day in (JULY, JANUARY, APRIL):
        loaded(path, [threat(1, tier=files[day])], as_at=day)
    assert states() == [(JANUARY, APRIL, 2), (APRIL, JULY, 3), (JULY, None, 4)]


def test_an_older_extract_does_not_touch_what_is_known_since(path):
    loaded(path, [threat(1, name="New name", state_from="2022-01-01")], as_at=JULY)
    older = loaded(path, [threat(1, name="Old name", state_from="2021-01-01", tier="3")], as_at=JANUARY)
    assert older.changed == 1
    assert stored().name == "New name"
    assert [row[2] for row in states()] == [3, 2]
    refused = loaded(path, [threat(1, state_from="2022-01-01", tier="5")], as_at=JANUARY)
    (fault,) = refused.refusals
    assert fault.expected == "a row that may change: its threat state is on record as at 13 July 2023"
    assert [row[2] for row in states()] == [3, 2]


def test_what_was_edited_by_hand_since_stays(path):
    loaded(path, [threat(1)])
    THREATS.change(stored(), name="By hand", by=make_author(), reason=REASON, expected_version=1)
    state = ThreatState.objects.get()
    STATES.change(state, tier=1, by=make_author(), reason=REASON, expected_version=state.version)
    again = loaded(path)
    assert (again.changed, again.refused) == (0, 1)
    assert (stored().name, states()[0][2]) == ("By hand", 1)


def test_a_threat_that_a_disruption_named_gets_its_first_state(path, tmp_path):
    extracts.loaded(tmp_path / "d.csv", [extracts.disruption(1)], as_at=JULY)
    named = stored()
    assert named.organisation is None
    outcome = loaded(path, [threat(1)])
    assert (outcome.added, outcome.changed) == (0, 1)
    assert states() == [(JANUARY, None, 2)]
    assert stored().organisation.name == FORCES[0]
    newest, oldest = changes_of(stored())
    assert (oldest.kind, oldest.reason) == ("added", "Loaded from d.csv, row 2")
    assert (newest.kind, newest.reason) == ("changed", "Loaded from threats.csv, row 2")
    assert Disruption.objects.get().threat_id == named.pk


def test_scores_of_another_day_are_another_assessment(path):
    loaded(path, [assessed()])
    loaded(path, [assessed(assessed_on="2023-06-01", total="70", moderated_on="")], as_at=JULY)
    assert [row.total for row in MorileAssessment.objects.order_by("assessed_on")] == [Decimal("61.25"), Decimal(70)]


def test_scores_of_the_same_day_are_corrected(path):
    loaded(path, [assessed()])
    outcome = loaded(path, [assessed(total="60", psychological="2")], as_at=JULY)
    (row,) = outcome.changes
    assert set(row.differences) == {("total", "61.25", "60"), ("psychological", "", "2")}
    found = MorileAssessment.objects.get()
    assert (found.total, found.psychological, found.version) == (Decimal(60), Decimal(2), 2)
    (fault,) = loaded(path, [assessed(total="59")]).refusals
    assert "its MoRiLE assessment is on record as at 13 July 2023" in fault.expected


def test_crime_types_are_replaced(path):
    loaded(path, [threat(1, crime_types="Fraud;Cyber crime")])
    outcome = loaded(path, [threat(1, crime_types="fraud; County lines")], as_at=JULY)
    assert outcome.changes[0].differences == (("crime_types", "Cyber crime; Fraud", "County lines; Fraud"),)
    assert {str(each) for each in stored().crime_types.all()} == {"Fraud", "County lines"}
    loaded(path, [threat(1)], as_at=JULY)
    assert stored().crime_types.count() == 2
    assert CrimeType.objects.count() == 3


def test_other_crime_types_are_told_in_the_history(path):
    loaded(path, [threat(1, crime_types="Fraud;Cyber crime")])
    loaded(path, [threat(1, crime_types="Fraud; County lines")], as_at=JULY)
    loaded(path, [threat(1, crime_types="Fraud; County lines", name="Fenland")], as_at=date(2023, 8, 1))
    newest, middle, first = changes_of(stored())
    assert [(each.field, each.before, each.after) for each in middle.differences if each.field == "Crime types"] == [
        ("Crime types", "Cyber crime, Fraud", "County lines, Fraud")
    ]
    assert "Crime types" not in [each.field for each in newest.differences]
    assert first.kind == "added"


def test_columns_that_a_file_lacks_stay_as_they_are(path):
    loaded(path, [threat(1)])
    loaded(path, [{"threat_ref": "OCG-0000001", "type": "PI", "organisation": FORCES[0]}], as_at=JULY)
    newest = ThreatState.objects.as_at(JULY).get()
    assert (newest.type, newest.tier, newest.phase, newest.moderation) == ("pi", 2, "Active", "moderated")
    assert stored().name == "Operation 1"


def test_missing_threats_are_listed_and_stay(path):
    loaded(path, [threat(1), threat(2), threat(3, phase="Closed"), threat(4, organisation=FORCES[1])])
    outcome = loaded(path, [threat(1)], as_at=JULY, is_complete=True)
    assert (outcome.missing, outcome.missing_references) == (1, ("OCG-0000002",))
    assert ThreatState.objects.as_at(JULY).count() == 4


def test_a_threat_stands_once_in_a_file(path):
    outcome = loaded(path, [threat(1), threat(2), threat(1, tier="3")], Decision.GOOD)
    assert faults(outcome) == [(2, "threat_ref"), (4, "threat_ref")]
    assert outcome.added == 1


def test_illustrative_and_recorded_threats_never_replace_each_other(path):
    loaded(path, [threat(1)], kind=DataKind.ILLUSTRATIVE)
    (fault,) = loaded(path, [threat(1, tier="3")], as_at=JULY).refusals
    assert fault.expected == "a reference of its own: on record, this one is illustrative"
    assert states() == [(JANUARY, None, 2)]


def test_a_check_writes_nothing(path):
    outcome = loaded(path, [assessed(crime_types="Fraud")], Decision.CHECK)
    assert (outcome.added, outcome.written) == (1, False)
    assert ("tier", "", "Tier 2") in outcome.additions[0].differences
    assert ("crime_types", "", "Fraud") in outcome.additions[0].differences
    assert not any(model.objects.exists() for model in (Threat, ThreatState, MorileAssessment, Extract, CrimeType))


def test_nothing_goes_in_while_a_row_is_refused_and_the_error_file_mends(path, tmp_path):
    errors = tmp_path / "errors.csv"
    outcome = loaded(path, [threat(1), threat(2, tier="9")], errors=errors)
    assert (outcome.added, outcome.refused, outcome.written) == (1, 1, False)
    assert not Threat.objects.exists()
    (row,) = read(errors)
    assert row.pop("error").startswith("tier: “9”")
    assert loaded(errors, [row | {"tier": "4"}]).added == 1


def test_a_file_without_owners_is_no_extract_of_threats(path):
    with pytest.raises(UnreadableFileError, match="organisation"):
        loaded(path, [{"threat_ref": "OCG-1", "type": "OCG"}])


def test_many_threats_in_few_queries(path, django_assert_max_num_queries):
    rows = [assessed(threat_ref=f"OCG-{n:07}", crime_types="Fraud", lead_responsible_officer="") for n in range(400)]
    with django_assert_max_num_queries(154):
        loaded(path, rows)
    assert (Threat.objects.count(), ThreatState.objects.count(), MorileAssessment.objects.count()) == (400,) * 3
    assert Threat.history.count() == ThreatState.history.count() == 400
