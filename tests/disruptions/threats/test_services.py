"""Writes of threats: whatever happens to their states, these follow each other without a gap."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.threats.models import Threat, ThreatState
from disruptions.threats.services import ASSESSMENTS, STATES, THREATS
from forces.areas.models import LocalPolicingArea
from soc_tracker.core.records.services import StaleRecordError
from tests.makers import REASON, make_author, make_organisation, make_state, make_threat

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2022, 1, 1), date(2022, 6, 1), date(2023, 1, 1)


def say(record) -> dict:
    return {"by": make_author(), "reason": "Assessed again.", "expected_version": record.version}


def spans(threat: Threat) -> list[tuple[date, date | None]]:
    return list(threat.states.order_by("valid_from").values_list("valid_from", "valid_to"))


@pytest.fixture
def threat(db) -> Threat:
    return make_threat(state=False)


@pytest.fixture
def states(threat) -> list[ThreatState]:
    return [make_state(threat, day) for day in (FIRST, SECOND, THIRD)]


def test_the_newest_state_is_open(threat, states):
    assert spans(threat) == [(FIRST, SECOND), (SECOND, THIRD), (THIRD, None)]


def test_a_state_may_come_between_two_or_before_all(threat, states):
    between, before = make_state(threat, date(2022, 9, 1)), make_state(threat, date(2021, 1, 1))
    assert (between.valid_to, before.valid_to) == (THIRD, FIRST)
    assert [last for _, last in spans(threat)] == [FIRST, SECOND, between.valid_from, THIRD, None]


def test_two_states_cannot_start_on_one_day(threat, states):
    with pytest.raises(ValidationError, match="has a state from this day on already"):
        make_state(threat, SECOND)
    with pytest.raises(ValidationError, match="has a state from this day on already"):
        STATES.change(states[0], valid_from=THIRD, **say(states[0]))
    assert spans(threat) == [(FIRST, SECOND), (SECOND, THIRD), (THIRD, None)]


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2022, 1, 2), date(2022, 9, 1), date(2024, 1, 1)])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_state_may_move(threat, states, which, day):
    moved = STATES.change(states[which], valid_from=day, **say(states[which]))
    assert moved.valid_from == day
    assert_chain(threat)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_removed_state_leaves_no_gap(threat, states, which):
    STATES.remove(states[which], **say(states[which]))
    assert len(spans(threat)) == 2
    assert_chain(threat)


def test_the_ends_of_neighbours_are_no_changes_of_their_own(threat, states):
    first = ThreatState.objects.get(pk=states[0].pk)
    assert (first.version, first.history.count()) == (1, 1)
    changed = STATES.change(first, tier=5, **say(first))
    assert (changed.tier, changed.version, changed.valid_to) == (5, 2, SECOND)


def test_a_stale_change_moves_nothing(threat, states):
    STATES.change(states[2], tier=3, **say(states[2]))
    with pytest.raises(StaleRecordError):
        STATES.change(states[2], valid_from=date(2021, 1, 1), **say(states[2]))
    assert spans(threat) == [(FIRST, SECOND), (SECOND, THIRD), (THIRD, None)]


def test_a_state_stays_with_its_threat(threat, states):
    with pytest.raises(ValidationError, match="The threat can no longer change"):
        STATES.change(states[0], threat=make_threat("PI-0000001"), **say(states[0]))


def test_the_states_of_another_threat_are_left_alone(threat, states):
    other = make_threat("PI-0000001", state={"valid_from": date(2022, 3, 3)})
    make_state(threat, date(2022, 4, 4))
    assert spans(other) == [(date(2022, 3, 3), None)]


DAYS = st.dates(date(2022, 1, 1), date(2022, 1, 12))
WRITES = st.lists(st.tuples(st.sampled_from(["create", "change", "remove"]), st.integers(0, 9), DAYS), max_size=15)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WRITES)
def test_states_never_overlap_and_one_is_open(threat, writes):
    with transaction.atomic():
        for verb, which, day in writes:
            write(threat, verb, which, day)
            assert_chain(threat)
        transaction.set_rollback(True)


def write(threat: Threat, verb: str, which: int, day: date) -> None:
    stored = list(threat.states.order_by("pk"))
    taken = threat.states.filter(valid_from=day).exists()
    if verb == "create" and not taken:
        make_state(threat, day)
    elif verb == "remove" and stored:
        STATES.remove(stored[which % len(stored)], **say(stored[which % len(stored)]))
    elif verb == "change" and stored and not taken:
        STATES.change(stored[which % len(stored)], valid_from=day, **say(stored[which % len(stored)]))


def assert_chain(threat: Threat) -> None:
    found = spans(threat)
    assert [last for _, last in found] == [first for first, _ in found[1:]] + [None] * bool(found)


# Threats and their scores


def test_a_threat_keeps_its_reference_and_kind(threat):
    for values in ({"reference": "OCG-2"}, {"kind_of_data": "illustrative"}):
        with pytest.raises(ValidationError, match="can no longer change"):
            THREATS.change(threat, values, **say(threat))
    assert THREATS.change(threat, name="Ashdown", **say(threat)).name == "Ashdown"


def test_a_threat_lies_in_an_area_of_its_owner(threat):
    cheshire, cumbria = make_organisation(), make_organisation("Cumbria Constabulary")
    area = LocalPolicingArea.objects.create(organisation=cumbria, name="Carlisle")
    with pytest.raises(ValidationError, match="is not an area of Cheshire"):
        THREATS.change(threat, organisation=cheshire, area=area, **say(threat))
    assert THREATS.change(threat, organisation=cumbria, area=area, **say(threat)).area == area


def test_scores_are_kept_as_given_and_missing_is_not_zero(threat):
    given = {"assessed_on": FIRST, "physical": "3.50", "total": "42"}
    made = ASSESSMENTS.create(given, threat=threat, by=make_author(), reason=REASON)
    made.refresh_from_db()
    assert (str(made.physical), str(made.total), made.financial) == ("3.50", "42.00", None)


def test_scores_are_moderated_after_they_are_given(threat):
    given = {"assessed_on": SECOND, "moderated_on": FIRST}
    with pytest.raises(ValidationError, match="moderated before it was assessed"):
        ASSESSMENTS.create(given, threat=threat, by=make_author(), reason=REASON)
