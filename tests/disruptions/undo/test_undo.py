"""An extract undone whole: the record is again as it was, and says that it was otherwise in between."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import ExtractContents
from disruptions.counts.models import Cell
from disruptions.counts.services import rebuild_cells
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.standpoint.queries import standpoint
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.undo.services import undo
from disruptions.withdrawals.services import put_back, withdraw_missing
from disruptions.words.models import matching
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.history import changes_of
from tests.disruptions.loading.extracts import ALL_NEW, AS_AT, FORCES, disruption, loaded, make_bodies
from tests.makers import REASON, make_author, make_officer

pytestmark = pytest.mark.django_db
LATER = AS_AT + timedelta(days=100)
THREAT = {
    "threat_ref": "OCG-0000001",
    "name": "Northern couriers",
    "owner": FORCES[0],
    "threat_type": "OCG",
    "tier": "2",
    "phase": "Disrupt",
    "assessment_type": "Tactical",
    "moderation": "Moderated",
    "soc": "Yes",
    "crime_types": "Drugs supply",
    "assessed_on": "2023-01-05",
    "total": "40",
}


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def undone(extract: Extract) -> Extract:
    extract.refresh_from_db()
    return undo(extract, by=make_author(), reason="The wrong file", expected_version=extract.version)


def threats_file(path, *rows, as_at=AS_AT, **more):
    return loaded(path, [THREAT | row for row in rows], contents=ExtractContents.THREATS, as_at=as_at, **more)


def record() -> dict[str, object]:
    """All that is on record, in all states, but for what only says how often it was written."""
    rows = {}
    for model in (Disruption, Threat, ThreatState, MorileAssessment, CrimeType):
        columns = [each.attname for each in model._meta.concrete_fields if each.attname not in ("id", "version")]
        rows[model.__name__] = sorted(map(str, model.objects.values_list(*columns)))
    rows["links"] = sorted(Threat.crime_types.through.objects.values_list("threat__reference", "crimetype__name"))
    return rows


def counts() -> dict[tuple, int]:
    names = [each.attname for each in Cell._meta.concrete_fields if each.attname not in ("id", "n")]
    sums: dict[tuple, int] = {}
    for *values, n in Cell.objects.values_list(*names, "n"):
        sums[tuple(values)] = sums.get(tuple(values), 0) + n
    return {values: n for values, n in sums.items() if n}


def assert_counts_are_those_of_the_rows():
    kept = counts()
    rebuild_cells()
    assert counts() == kept


def test_what_it_added_is_gone_and_what_it_changed_is_as_it_was(path):
    loaded(path, [disruption(1), disruption(2, activity_date=AS_AT.isoformat(), recorded_date=AS_AT.isoformat())])
    before, counted = record(), counts()
    outcome = loaded(
        path,
        [
            disruption(1, assessment="Major", summary="Another word: Kestrel", crime_type="Waste crime"),
            disruption(3, threat_ref="PI-0000009"),
        ],
        as_at=LATER,
    )
    assert record() != before
    undone(outcome.extract)
    assert (record(), counts()) == (before, counted)
    assert_counts_are_those_of_the_rows()
    current = Disruption.objects.current()
    assert not matching(current, "Kestrel").exists()
    assert matching(current, "nominals").count() == 2
    assert standpoint(today=date(2030, 1, 1), sight=EVERYTHING).day == AS_AT


def test_a_correction_of_the_day_on_which_a_row_became_known_goes_back_too(path):
    loaded(path, [disruption(1, activity_date=AS_AT.isoformat(), recorded_date=AS_AT.isoformat())])
    before, counted = record(), counts()
    outcome = loaded(
        path, [disruption(1, activity_date=AS_AT.isoformat(), recorded_date=AS_AT.isoformat(), four_p="Protect")]
    )
    undone(outcome.extract)
    assert (record(), counts()) == (before, counted)


def test_the_histories_tell_what_was_undone(path):
    loaded(path, [disruption(1)])
    second = loaded(path, [disruption(1, assessment="Major"), disruption(2)], as_at=LATER).extract
    added = Disruption.objects.get(reference="DIS-2022-0000002").pk
    extract = undone(second)
    row = Disruption.objects.current().get()
    newest, loading, first = changes_of(row)
    assert (newest.reason, newest.who) == ("Undone: The wrong file (extract.csv)", "Priya Shah")
    assert [(each.field, each.before, each.after) for each in newest.differences if each.field == "Size"] == [
        ("Size", "Major", "Minor")
    ]
    assert (loading.reason, first.reason) == ("Loaded from extract.csv, row 2",) * 2
    kept = Disruption.history.filter(id=added).order_by("history_id")
    assert [(each.history_type, each.history_date) for each in kept] == [
        ("+", extract.loaded_at),
        ("-", extract.undone_at),
    ]
    assert changes_of(extract)[0].reason == "Undone: The wrong file"


def test_the_extract_before_it_can_be_undone_next(path):
    first = loaded(path, [disruption(1, crime_type="Waste crime")]).extract
    second = loaded(path, [disruption(1, assessment="Major")], as_at=LATER).extract
    undone(second)
    undone(first)
    assert not any(model.objects.exists() for model in (Disruption, Threat, CrimeType))
    assert counts() == {}


def test_the_same_file_can_be_loaded_again(path):
    first = loaded(path, [disruption(1)]).extract
    undone(first)
    again = loaded(path)
    assert (again.added, again.written) == (1, True)
    assert again.loaded_before is None


def test_only_the_newest_is_undone(path):
    first = loaded(path, [disruption(1)]).extract
    path = path.with_name("later.csv")
    second = loaded(path, [disruption(2)], as_at=LATER).extract
    with pytest.raises(ValidationError, match=r"“later.csv” was loaded after it"):
        undone(first)
    undone(second)
    with pytest.raises(ValidationError, match="undone already"):
        undone(second)
    undone(first)


def test_what_people_have_changed_since_stands_against_it(path):
    extract = loaded(path, [disruption(1), disruption(2), disruption(3)]).extract
    row = Disruption.objects.get(reference="DIS-2022-0000002")
    correct_disruption(row, {"size": "major"}, on=LATER, by=make_author(), reason=REASON, expected_version=1)
    before = record()
    with pytest.raises(ValidationError, match=r"changed by hand since then: DIS-2022-0000002. Correct"):
        undone(extract)
    assert record() == before
    extract.refresh_from_db()
    assert extract.undone_at is None


def test_crime_types_and_threats_that_others_name_stay(path):
    extract = loaded(path, [disruption(1, crime_type="Waste crime"), disruption(2, threat_ref="VUL-0000002")]).extract
    officer = make_officer(Disruption.objects.first().organisation)
    officer.threats.add(Threat.objects.get(reference="VUL-0000002"))
    undone(extract)
    assert list(Threat.objects.values_list("reference", flat=True)) == ["VUL-0000002"]
    assert not CrimeType.objects.exists()


def test_a_file_of_threats_goes_back(path):
    threats_file(path, {}, {"threat_ref": "VUL-0000007", "threat_type": "VUL"})
    before = record()
    outcome = threats_file(
        path,
        {"tier": "1", "name": "Southern couriers", "crime_types": "Fraud; Waste crime", "total": "55"},
        {"threat_ref": "VUL-0000007", "threat_type": "VUL", "phase": "Closed", "assessed_on": "2023-08-01"},
        {"threat_ref": "PI-0000003", "threat_type": "PI"},
        as_at=LATER,
    )
    assert (outcome.added, outcome.changed) == (1, 2)
    undone(outcome.extract)
    assert record() == before
    reasons = [change.reason for change in changes_of(Threat.objects.get(reference="OCG-0000001"))]
    assert reasons[0] == "Undone: The wrong file (extract.csv)"


def test_a_state_put_between_two_goes_again(path):
    threats_file(path, {"valid_from": "2022-01-01"}, {"threat_ref": "PI-0000002", "threat_type": "PI"})
    threats_file(path, {"valid_from": "2023-01-01", "tier": "3"}, as_at=LATER)
    before = record()
    outcome = threats_file(path, {"valid_from": "2022-06-01", "tier": "4"}, as_at=LATER)
    assert ThreatState.objects.filter(threat__reference="OCG-0000001").count() == 3
    undone(outcome.extract)
    assert record() == before


def test_a_threat_known_by_a_disruption_alone_is_so_again(path):
    loaded(path, [disruption(1)])
    before = record()
    undone(threats_file(path, {}, as_at=LATER).extract)
    assert record() == before


def test_threats_of_which_disruptions_came_since_are_not_undone(path):
    extract = threats_file(path, {}).extract
    second = loaded(path, [disruption(1)], as_at=LATER).extract
    with pytest.raises(ValidationError, match="of threats that it brought or changed: DIS-2022-0000001"):
        undone(extract)
    undone(second)
    undone(extract)
    assert not Threat.objects.exists()


def test_a_threat_that_an_officer_holds_is_not_undone(path):
    extract = threats_file(path, {}).extract
    threat = Threat.objects.get()
    make_officer(threat.organisation).threats.add(threat)
    with pytest.raises(ValidationError, match="There are lead responsible officers about OCG-0000001"):
        undone(extract)


SIZES = ("Major", "Moderate", "Minor", "")
FILE = st.fixed_dictionaries(
    {
        "rows": st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from(SIZES), st.integers(0, 3), st.booleans()),
            min_size=1,
            max_size=5,
            unique_by=lambda row: row[0],
        ),
        "days": st.integers(0, 60),
        "is_complete": st.booleans(),
        "then": st.lists(st.sampled_from(["withdraw", "put back", "undo"]), max_size=3),
    }
)


def act(what, extract: Extract) -> None:
    """Do it, where it can be done."""
    extract.refresh_from_db()
    values = {"by": make_author(), "reason": "Tried", "expected_version": extract.version}
    with suppress(ValidationError), transaction.atomic():
        what(extract, **values)


def rows_of(file, as_at: date):
    """Some of the rows are late: they were added on the very day of the extract."""
    return [
        disruption(
            number,
            assessment=size,
            four_p=("Pursue", "Prevent", "Protect", "Prepare")[other],
            threat_ref=f"OCG-{other:07}",
            crime_type=("Fraud", "Waste crime", "", "Bribery")[other],
            recorded_date=(as_at if is_late else AS_AT - timedelta(days=30 * number)).isoformat(),
            activity_date="2022-03-15",
        )
        for number, size, other, is_late in file["rows"]
    ]


@given(files=st.lists(FILE, min_size=2, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_leaves_what_never_loading_would_have_left(path, files):
    """Whatever was added late, corrected, sent in part or whole, withdrawn and put back in between."""
    with transaction.atomic():
        as_at, stack = AS_AT, []
        for file in files:
            as_at += timedelta(days=file["days"])
            before = record(), counts()
            answers = ALL_NEW | {"accept_changes": "yes"}
            more = {"as_at": as_at, "answers": answers, "is_complete": file["is_complete"]}
            extract = loaded(path, rows_of(file, as_at), Decision.GOOD, **more).extract
            if extract:
                stack.append((extract, before))
            for what in file["then"] if stack else ():
                extract, before = stack[-1]
                match what:
                    case "withdraw":
                        act(withdraw_missing, extract)
                    case "put back":
                        act(put_back, extract)
                    case "undo":
                        undone(extract)
                        stack.pop()
                        assert (record(), counts()) == before
                        break
        assert_counts_are_those_of_the_rows()
        while stack:
            extract, before = stack.pop()
            undone(extract)
            assert (record(), counts()) == before
        transaction.set_rollback(True)
