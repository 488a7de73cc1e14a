"""The master list, the order of priority and what the record lacks, each as at a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind, ThreatType
from disruptions.pending.services import hide
from disruptions.quality.pages import data_quality
from disruptions.record.services import correct_disruption
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from disruptions.threats.queries import master_list_counts, named_only, number_on_record, priorities, threats_as_at
from disruptions.threats.services import ASSESSMENTS
from forces.models import Organisation
from soc_tracker.core.access.models import EVERYTHING
from tests.makers import REASON, make_author, make_disruption, make_organisation, make_state, make_threat

pytestmark = pytest.mark.django_db
JANUARY, APRIL, JULY = date(2023, 1, 4), date(2023, 4, 1), date(2023, 7, 13)


@pytest.fixture
def cheshire() -> Organisation:
    return make_organisation()


def on(day: date, kind: DataKind = DataKind.RECORDED) -> Standpoint:
    return Standpoint(kind, day, JULY, sight=EVERYTHING)


def score(threat: Threat, total: int | None, assessed_on: date = date(2022, 6, 1)) -> None:
    ASSESSMENTS.create(threat=threat, assessed_on=assessed_on, total=total, by=make_author(), reason=REASON)


def as_at(day: date, kind: DataKind = DataKind.RECORDED):
    return threats_as_at(Threat.objects.all(), on(day, kind))


@pytest.mark.parametrize(
    ("state", "listed"),
    [
        ({}, True),
        ({"tier": 4}, True),
        ({"tier": 5}, False),
        ({"tier": None}, False),
        ({"assessment_type": "strategic"}, False),
        ({"moderation": "not_moderated"}, False),
        ({"is_soc": False}, False),
        ({"phase": "Closed – archived"}, False),
        ({"phase": "CLOSED"}, False),
        ({"phase": ""}, True),
        ({"valid_from": date(2023, 1, 4)}, True),
        ({"valid_from": date(2023, 1, 5)}, False),
    ],
)
def test_the_master_list_is_the_inspectorates_filter(cheshire, state: dict, listed: bool) -> None:
    make_threat(organisation=cheshire, state=state)
    expected = {cheshire.pk: {ThreatType.ORGANISED_CRIME_GROUP: 1}} if listed else {}
    assert master_list_counts(on(JANUARY), [cheshire.pk]) == expected
    assert as_at(JANUARY).on_master_list().count() == int(listed)


def test_a_reclassified_threat_counts_as_what_it_was_on_the_day(cheshire) -> None:
    """Cheshire's vulnerabilities: none, then from 1 April as many as were reclassified."""
    make_state(make_threat(organisation=cheshire), APRIL, type="vul")
    counts = {
        day: master_list_counts(on(day), [cheshire.pk])[cheshire.pk] for day in (JANUARY, date(2023, 3, 31), APRIL)
    }
    assert counts == {
        JANUARY: {ThreatType.ORGANISED_CRIME_GROUP: 1},
        date(2023, 3, 31): {ThreatType.ORGANISED_CRIME_GROUP: 1},
        APRIL: {ThreatType.VULNERABILITY: 1},
    }


def test_the_master_list_counts_each_body_and_kind_of_data_apart(cheshire) -> None:
    kent, cumbria = make_organisation("Kent Police"), make_organisation("Cumbria Constabulary")
    make_threat("OCG-1", cheshire)
    make_threat("OCG-2", cheshire)
    make_threat("PI-3", cheshire)
    make_threat("PI-4", kent)
    make_threat("OCG-5", kent, kind=DataKind.ILLUSTRATIVE)
    make_threat("OCG-6", None)
    bodies = [cheshire.pk, kent.pk, cumbria.pk]
    assert master_list_counts(on(JANUARY), bodies) == {
        cheshire.pk: {ThreatType.ORGANISED_CRIME_GROUP: 2, ThreatType.PRIORITY_INDIVIDUAL: 1},
        kent.pk: {ThreatType.PRIORITY_INDIVIDUAL: 1},
    }
    assert master_list_counts(on(JANUARY, DataKind.ILLUSTRATIVE), bodies) == {
        kent.pk: {ThreatType.ORGANISED_CRIME_GROUP: 1}
    }
    assert master_list_counts(on(JANUARY), [cumbria.pk]) == {}
    assert master_list_counts(on(JANUARY), []) == {}


def test_one_query_counts_any_number_of_bodies(cheshire, django_assert_num_queries) -> None:
    for number in range(5):
        make_threat(f"OCG-{number}", cheshire)
    with django_assert_num_queries(1):
        master_list_counts(on(JANUARY), [cheshire.pk])


def test_threats_stand_as_they_were_on_the_day() -> None:
    make_state(make_threat(state={"valid_from": date(2020, 1, 1), "tier": 3}), APRIL, tier=1, phase="Closed")
    stood = {day: as_at(day).values_list("type", "tier", "phase", "valid_from").get() for day in (JANUARY, APRIL)}
    assert stood == {
        JANUARY: ("ocg", 3, "Active", date(2020, 1, 1)),
        APRIL: ("ocg", 1, "Closed", APRIL),
    }
    before = as_at(date(2019, 12, 31)).get()
    assert (before.type, before.tier, before.is_soc, before.valid_from) == (None, None, None, None)
    assert not as_at(date(2019, 12, 31)).on_record().exists()
    assert as_at(JANUARY).not_closed().exists()
    assert as_at(APRIL).closed().exists()


def test_a_threat_is_listed_once_whatever_states_and_assessments_it_has() -> None:
    threat = make_threat()
    for month in (2, 3, 5):
        make_state(threat, date(2022, month, 1), tier=month)
        score(threat, month, date(2022, month, 1))
    assert as_at(JANUARY).count() == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 5, 31), (None, None)),
        (date(2022, 6, 1), (Decimal(10), date(2022, 6, 1))),
        (JANUARY, (Decimal(30), date(2022, 9, 1))),
        (JULY, (Decimal(5), APRIL)),
    ],
)
def test_the_score_is_the_latest_total_given_by_the_day(day: date, expected: tuple) -> None:
    threat = make_threat()
    score(threat, 10)
    score(threat, 30, date(2022, 9, 1))
    score(threat, None, date(2022, 10, 1))  # gave no total, so the one before it stays in force
    score(threat, 5, APRIL)
    assert as_at(day).values_list("score", "scored_on").get() == expected


def test_only_named_are_threats_of_which_a_disruption_alone_tells_on_the_day(cheshire) -> None:
    known_later = make_threat("PI-2", state={"valid_from": APRIL})
    nameless = make_threat("VUL-3", state=False)
    make_threat("OCG-4", state=False)  # named by nothing
    make_disruption("D-1", cheshire, threat=make_threat("OCG-1"))
    make_disruption("D-2", cheshire, threat=known_later)
    make_disruption("D-3", cheshire, threat=nameless, added_date=date(2023, 2, 1))

    def named(day: date) -> list[str]:
        return sorted(threat.reference for threat in named_only(as_at(day), on(day)))

    assert named(JANUARY) == ["PI-2"]
    assert named(date(2023, 2, 1)) == ["PI-2", "VUL-3"]
    assert named(APRIL) == ["VUL-3"]


def test_the_highest_scores_rank_first_and_equal_ones_share_a_rank() -> None:
    for reference, total in (("OCG-1", 20), ("OCG-2", 90), ("OCG-3", 20), ("OCG-4", None), ("OCG-5", 0), ("OCG-6", 7)):
        score(make_threat(reference), total)
    found = priorities(as_at(JANUARY), on(JANUARY), 5)
    assert [(row.rank, row.threat.reference, row.threat.score) for row in found.ranked] == [
        (1, "OCG-2", 90),
        (2, "OCG-1", 20),
        (2, "OCG-3", 20),
        (4, "OCG-6", 7),
        (5, "OCG-5", 0),
    ]
    assert (found.scored, found.unscored) == (5, 1)
    assert [row.threat.reference for row in priorities(as_at(JANUARY), on(JANUARY), 1).ranked] == ["OCG-2"]


def test_a_ranked_threat_has_its_last_disruption_as_the_record_had_it(cheshire) -> None:
    threat = make_threat(organisation=cheshire)
    score(threat, 10)
    score(make_threat("PI-2"), 5)
    first = make_disruption("D-1", cheshire, threat=threat, activity_date=date(2022, 3, 1), size="minor")
    make_disruption("D-2", cheshire, threat=threat, activity_date=date(2022, 12, 1), added_date=date(2023, 2, 1))
    correct_disruption(
        first, {"size": "major"}, on=date(2023, 1, 20), by=make_author(), reason=REASON, expected_version=first.version
    )

    def last(day: date) -> list[tuple | None]:
        rows = [row.last_disruption for row in priorities(as_at(day), on(day), 25).ranked]
        return [row and (row.reference, row.size) for row in rows]

    assert last(JANUARY) == [("D-1", "minor"), None]
    assert last(date(2023, 1, 20)) == [("D-1", "major"), None]
    assert last(JULY) == [("D-2", "moderate"), None]


def test_the_number_of_queries_for_priorities_does_not_grow(cheshire, django_assert_num_queries) -> None:
    for number in range(4):
        threat = make_threat(f"OCG-{number}", cheshire)
        score(threat, number)
        make_disruption(f"D-{number}", cheshire, threat=threat)
    with django_assert_num_queries(6):
        priorities(as_at(JANUARY), on(JANUARY), 25)


def test_data_quality_counts_what_is_missing_or_contradictory(cheshire) -> None:
    whole = make_threat("OCG-1", cheshire, lead_responsible_officer="DI Lane")
    score(whole, 5)
    make_threat("OCG-2", None, state={"tier": None})
    closed = make_threat("PI-3", cheshire, lead_responsible_officer="DI Lane")
    make_state(closed, date(2022, 6, 1), phase="Closed")
    nameless = make_threat("VUL-4", state=False)
    make_disruption("D-1", cheshire, threat=closed, activity_date=date(2022, 5, 31))
    make_disruption("D-2", cheshire, threat=closed, activity_date=date(2022, 6, 1))  # may be what closed it
    make_disruption("D-3", cheshire, threat=closed, activity_date=date(2022, 6, 2), added_date=date(2023, 2, 1))
    make_disruption("D-4", cheshire, threat=nameless, size="not_assessed")
    make_disruption("D-5", cheshire, threat=whole, kind=DataKind.RECORDED)
    found = data_quality(make_author(), on(JULY))
    assert (found.threats, found.named_only) == (3, 1)
    assert found.lacking == {"owner": 1, "officer": 1, "score": 2, "tier": 1}
    assert (found.disruptions, found.not_assessed, found.after_closure) == (5, 1, 1)
    earlier = data_quality(make_author(), on(JANUARY))
    assert (earlier.disruptions, earlier.after_closure) == (4, 0)


def test_a_threat_that_was_opened_again_is_no_longer_closed(cheshire) -> None:
    threat = make_threat(organisation=cheshire)
    make_state(threat, date(2022, 6, 1), phase="Closed")
    make_state(threat, date(2022, 9, 1), phase="Active")
    for number, day in enumerate((date(2022, 8, 1), date(2022, 9, 2))):
        make_disruption(f"D-{number}", cheshire, threat=threat, activity_date=day)
    assert data_quality(make_author(), on(JULY)).after_closure == 1


SPANS = st.tuples(st.sampled_from(DataKind), st.sets(st.dates(JANUARY, date(2023, 1, 12)), max_size=3))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPANS, max_size=5), st.dates(date(2023, 1, 3), date(2023, 1, 13)), st.sets(st.integers(0, 4)))
def test_the_number_on_record_is_that_of_the_list(db, threats, day: date, pending: set[int]) -> None:
    """Whatever kinds of data there are, whatever each threat was when, and whichever are being loaded."""
    with transaction.atomic():
        for number, (kind, starts) in enumerate(threats):
            threat = make_threat(f"OCG-{number}", kind_of_data=kind)
            for start in sorted(starts):
                make_state(threat, start)
            if number in pending:
                hide(Threat, threat.pk, threat.pk)
        for kind in DataKind:
            assert number_on_record(on(day, kind)) == as_at(day, kind).on_record().count()
        transaction.set_rollback(True)
