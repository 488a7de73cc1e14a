"""A newer extract adds and corrects; what the record said on any earlier day stays."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.counts.models import Cell
from disruptions.counts.services import rebuild_cells
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption
from disruptions.threats.models import CrimeType, Threat
from disruptions.words.models import matching
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.history import changes_of
from tests.disruptions.loading.extracts import AS_AT, FORCES, disruption, disruptions, loaded, make_bodies, write
from tests.makers import REASON, make_author, make_state, make_threat

pytestmark = pytest.mark.django_db

LATER = AS_AT + timedelta(days=100)


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def sizes(day):
    return dict(Disruption.objects.as_at(day).values_list("reference", "size"))


def summed(model):
    """What the cells of a table add up to, by all their values."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "n")]
    sums = {}
    for *values, n in model.objects.values_list(*names, "n"):
        sums[tuple(values)] = sums.get(tuple(values), 0) + n
    return {values: n for values, n in sums.items() if n}


def assert_cells_are_those_of_the_rows():
    kept = summed(Cell)
    rebuild_cells()
    assert summed(Cell) == kept
    assert kept


def test_a_correction_keeps_what_stood_before(path):
    first = loaded(path, [disruption(1), disruption(2)])
    outcome = loaded(path, [disruption(1, assessment="Major"), disruption(2)], as_at=LATER)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 1)
    now = Disruption.objects.current().get(reference="DIS-2022-0000001")
    then = Disruption.objects.get(state_of=now)
    assert (now.size, now.known_from, now.known_to, now.version) == ("major", LATER, None, 2)
    assert (now.extract, now.extract_line) == (outcome.extract, 2)
    assert (then.size, then.known_from, then.known_to) == ("minor", date(2022, 4, 1), LATER)
    assert (then.extract, then.extract_line) == (first.extract, 2)
    assert sizes(LATER - timedelta(days=1))["DIS-2022-0000001"] == "minor"
    assert sizes(LATER)["DIS-2022-0000001"] == "major"
    assert_cells_are_those_of_the_rows()


def test_a_correction_is_told_before_and_after(path):
    loaded(path, [disruption(1)])
    changed = disruption(1, organisation=FORCES[1], activity_date="2022-03-01", summary="")
    (row,) = loaded(path, [changed], Decision.CHECK, as_at=LATER).changes
    assert (row.line, row.reference) == (2, "DIS-2022-0000001")
    assert row.differences == (
        ("activity_date", "15 March 2022", "1 March 2022"),
        ("organisation", FORCES[0], FORCES[1]),
        ("summary", "Two nominals arrested; number 1.", ""),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"threat_ref": "PI-0000009"},
        {"organisation": FORCES[2]},
        {"four_p": "Prepare"},
        {"assessment": ""},
        {"activity_date": "2022-03-14"},
        {"recorded_date": "2022-04-02"},
        {"crime_type": "Arson"},
        {"crime_type": ""},
        {"summary": "Three nominals arrested."},
    ],
)
def test_each_column_can_be_corrected(path, change):
    loaded(path, [disruption(1)])
    outcome = loaded(path, [disruption(1, **change)], as_at=LATER)
    assert outcome.changed == 1
    assert loaded(path, as_at=LATER).unchanged == 1
    assert_cells_are_those_of_the_rows()


def test_a_correction_of_the_same_day_leaves_no_earlier_state(path):
    row = disruption(1, recorded_date=AS_AT.isoformat())
    loaded(path, [row])
    loaded(path, [row | {"assessment": "Major"}])
    (stored,) = Disruption.objects.all()
    assert (stored.size, stored.known_from, stored.version) == ("major", AS_AT, 2)
    assert_cells_are_those_of_the_rows()


def test_the_history_of_a_corrected_row_begins_with_its_loading(path):
    first = loaded(path, [disruption(1)])
    loaded(path, [disruption(1, assessment="Major")], as_at=LATER)
    newest, oldest = changes_of(Disruption.objects.current().get())
    assert (oldest.kind, oldest.reason, oldest.when) == (
        "added",
        "Loaded from extract.csv, row 2",
        first.extract.loaded_at,
    )
    assert (newest.kind, newest.reason, newest.version) == ("changed", "Loaded from extract.csv, row 2", 2)
    assert ("Minor", "Major") in {(each.before, each.after) for each in newest.differences}
    loaded(path, [disruption(1, assessment="Moderate")], as_at=LATER + timedelta(days=1))
    assert [change.version for change in changes_of(Disruption.objects.current().get())] == [3, 2, 1]


def test_rows_only_added_have_no_history(path):
    loaded(path, disruptions(20))
    assert not Disruption.history.exists()


def test_a_correction_by_hand_in_between_keeps_its_place(path):
    loaded(path, [disruption(1)])
    row, by_hand = Disruption.objects.get(), AS_AT + timedelta(days=10)
    correct_disruption(row, {"size": "moderate"}, on=by_hand, by=make_author(), reason=REASON, expected_version=1)
    refused = loaded(path, [disruption(1, assessment="Major")], as_at=by_hand - timedelta(days=1))
    assert (refused.changed, refused.refused) == (0, 1)
    loaded(path, [disruption(1, assessment="Major")], as_at=LATER)
    days = (AS_AT, by_hand, LATER)
    assert [sizes(day)["DIS-2022-0000001"] for day in days] == ["minor", "moderate", "major"]
    assert len(changes_of(Disruption.objects.current().get())) == 3
    assert_cells_are_those_of_the_rows()


def test_an_older_extract_adds_but_does_not_correct(path):
    loaded(path, [disruption(1)])
    outcome = loaded(path, [disruption(1, assessment="Major"), disruption(2)], Decision.GOOD, as_at=date(2023, 1, 4))
    assert (outcome.added, outcome.changed, outcome.refused) == (1, 0, 1)
    (fault,) = outcome.refusals
    assert fault.expected == "a row that may change: the record has it from a later day than this extract"
    assert loaded(path, [disruption(1)], as_at=date(2023, 1, 4)).unchanged == 1


def test_columns_that_a_file_lacks_stay_as_they_are(path):
    loaded(path, [disruption(1)])
    short = {
        key: value for key, value in disruption(1, assessment="Major").items() if key not in ("summary", "crime_type")
    }
    (row,) = loaded(path, [short], as_at=LATER).changes
    assert row.differences == (("assessment", "Minor", "Major"),)
    stored = Disruption.objects.current().get()
    assert (stored.summary, stored.crime_type.name) == (disruption(1)["summary"], "Drugs supply")


def test_a_corrected_row_has_the_type_of_its_threat_on_the_day_of_the_correction(path):
    threat = make_threat("OCG-0000001", state={"valid_from": date(2021, 1, 1)})
    make_state(threat, valid_from=date(2023, 4, 1), type="vul")
    loaded(path, [disruption(1), disruption(2)], as_at=date(2023, 1, 4))
    loaded(path, [disruption(1, summary="More."), disruption(2)])
    types = Disruption.objects.current().order_by("reference").values_list("threat_type", flat=True)
    assert list(types) == ["vul", "ocg"]
    assert Disruption.objects.get(state_of__isnull=False).threat_type == "ocg"


def test_words_are_found_in_what_is_said_now_and_was_said_then(path):
    loaded(path, [disruption(1, summary="Courier with a quokka")])
    loaded(path, [disruption(1, summary="Courier with a wombat")], as_at=LATER)
    assert matching(Disruption.objects.as_at(LATER), "wombat").count() == 1
    assert matching(Disruption.objects.as_at(LATER), "quokka").count() == 0
    assert matching(Disruption.objects.as_at(AS_AT), "quokka").count() == 1


def test_missing_rows_are_listed_and_stay(path):
    loaded(path, [disruption(n) for n in range(1, 60)])
    outcome = loaded(path, [disruption(59)], as_at=LATER, is_complete=True)
    assert outcome.missing == 58
    assert outcome.missing_references == tuple(f"DIS-2022-{n:07}" for n in range(1, 51))
    assert Disruption.objects.as_at(LATER).count() == 59


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": FORCES[1]},
        {"recorded_date": "2022-03-31"},
        {"recorded_date": "2022-04-02"},
    ],
)
def test_rows_that_the_file_would_not_have_are_not_missing(path, other):
    loaded(path, [disruption(1), disruption(2, **other)])
    assert loaded(path, [disruption(1)], as_at=LATER, is_complete=True).missing == 0


def test_a_refused_row_is_not_missing(path):
    loaded(path, [disruption(1), disruption(2)])
    rows = [disruption(1), disruption(2, four_p="Persue")]
    outcome = loaded(path, rows, Decision.CHECK, as_at=LATER, is_complete=True)
    assert (outcome.refused, outcome.missing) == (1, 0)


def test_two_extracts_of_one_file_name_are_two(path):
    loaded(path, [disruption(1)])
    loaded(path, [disruption(1), disruption(2)], as_at=LATER)
    assert list(Extract.objects.order_by("pk").values_list("rows_added", "rows_unchanged")) == [(1, 0), (1, 1)]
    assert Threat.objects.count() == 1


SIZES = st.sampled_from(("Major", "Moderate", "Minor", ""))
FILE = st.dictionaries(st.integers(1, 4), st.tuples(SIZES, st.sampled_from(FORCES)), min_size=1)
FILES = st.lists(st.tuples(st.integers(0, 3), FILE), min_size=1, max_size=5)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_every_day_of_the_record_stays_as_it_was(path, files):
    """Whatever is loaded in the order of its days, each day keeps what was last loaded up to it."""
    remove_all()
    day, kept, days = AS_AT, {}, {}
    for step, contents in files:
        day += timedelta(days=step)
        rows = [disruption(n, assessment=size, organisation=body) for n, (size, body) in sorted(contents.items())]
        loaded(path, rows, as_at=day)
        kept |= {row["disruption_ref"]: (row["assessment"], row["organisation"]) for row in rows}
        days[day] = dict(kept)
    for known, expected in days.items():
        found = Disruption.objects.as_at(known).select_related("organisation")
        told = {row.reference: (row.get_size_display(), row.organisation.name) for row in found}
        late = {reference: said for reference, said in told.items() if reference in expected}
        assert late == {ref: (size or "Not yet assessed", body) for ref, (size, body) in expected.items()}
    assert_cells_are_those_of_the_rows()


def remove_all():
    Cell.objects.all().delete()
    Disruption.objects.filter(state_of__isnull=False).delete()
    Disruption.objects.all().delete()
    Threat.objects.all().delete()
    CrimeType.objects.filter(extract__isnull=False).update(extract=None)
    Extract.objects.all().delete()


def test_a_file_may_say_everything_anew(path):
    rows = disruptions(200)
    loaded(path, rows)
    for row in rows:
        row["summary"] += " Reviewed."
    write(path, rows)
    assert loaded(path, as_at=LATER).changed == 200
    assert Disruption.objects.count() == 400
    assert_cells_are_those_of_the_rows()
