"""The record as it was known at a moment says what it said then: of every day, row by row and by the counts."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind, ExtractContents
from disruptions.counts.queries import Scope, count_by, facets
from disruptions.extracts.models import Extract
from disruptions.known.queries import as_known, read_moment
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, reinstate_disruption, withdraw_disruption
from disruptions.standpoint.queries import last_write, standpoint
from disruptions.threats.models import Threat
from disruptions.threats.queries import threats_as_at
from disruptions.threats.services import THREATS
from disruptions.undo.services import undo
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import AS_AT, FORCES, disruption, loaded, make_bodies
from tests.makers import REASON, make_author

pytestmark = pytest.mark.django_db
TODAY, START = date(2026, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)
BY = ("organisation", "four_p", "size", "threat_type", "crime_type", "activity_month")


@pytest.fixture(autouse=True)
def bodies():
    make_bodies()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "extract.csv"


def record(day: date | None = None) -> dict[str, object]:
    """All that pages say of a day: the rows, their counts by the cells, and what each threat was."""
    stands = standpoint(kind="recorded", day=day, today=TODAY, sight=EVERYTHING)
    rows = Disruption.objects.of_kind(DataKind.RECORDED).as_at(stands.day)
    if stands.is_latest:
        assert set(rows.current().values_list("reference", flat=True)) == set(rows.values_list("reference", flat=True))
    columns = ("reference", "size", "four_p", "summary", "added_date", "known_from", "known_to", "extract")
    counts = count_by(Scope(stands), *BY)
    fields = ("organisation", "four_p", "size", "threat_type", "crime_type", "activity_date")
    counted = Counter((*values, day.replace(day=1)) for *values, day in rows.values_list(*fields))
    assert counts == counted, "the counts are those of the rows"
    assert facets(Scope(stands), ["extract"])["extract"] == dict(Counter(rows.values_list("extract", flat=True)))
    threats = threats_as_at(Threat.objects.all(), stands).order_by("reference")
    return {
        "day": stands.day,
        "rows": sorted(map(str, rows.values_list(*columns, "threat__reference", "crime_type__name"))),
        "counts": counts,
        "threats": list(threats.values_list("reference", "name", "type", "tier", "score")),
        "extracts": list(Extract.objects.order_by("pk").values_list("pk", "as_at", "undone_at")),
    }


def days() -> list[date | None]:
    return [None, AS_AT - timedelta(days=40), AS_AT, AS_AT + timedelta(days=45), AS_AT + timedelta(days=400)]


def test_a_later_extract_with_an_older_added_date_is_not_known_before(path):
    loaded(path, [disruption(1)])
    moment, before = last_write(), record(AS_AT)
    loaded(path, [disruption(1, assessment="Major"), disruption(2)], as_at=AS_AT + timedelta(days=30))
    assert len(record(AS_AT)["rows"]) == 2
    with as_known(moment):
        assert record(AS_AT) == before
        assert standpoint(today=TODAY, sight=EVERYTHING).day == AS_AT


def test_before_the_first_extract_nothing_is_known(path):
    moment = START
    loaded(path, [disruption(1)])
    with as_known(moment):
        assert record()["rows"] == []
        assert standpoint(today=TODAY, sight=EVERYTHING).latest is None


def test_words_are_found_in_what_rows_said(path):
    loaded(path, [disruption(1, summary="A kestrel-eyed courier")])
    moment = last_write()
    loaded(path, [disruption(1, summary="A courier")], as_at=AS_AT + timedelta(days=30))
    current = Disruption.objects.current()
    assert not current.mentioning("kestrel eyed").exists()
    with as_known(moment):
        assert current.mentioning("Kestrel eyed").count() == 1


def test_what_a_person_corrected_twice_is_known_as_after_the_first_time(path):
    loaded(path, [disruption(1)])
    by = {"by": make_author(), "reason": REASON}
    row = Disruption.objects.current().get()
    correct_disruption(row, {"size": "major"}, on=AS_AT + timedelta(days=30), expected_version=1, **by)
    moment, before = last_write(), record()
    withdraw_disruption(row, on=AS_AT + timedelta(days=90), expected_version=2, **by)
    with as_known(moment):
        assert record() == before


def test_a_threat_that_a_person_named_was_there_before(path):
    loaded(path, [disruption(1)])
    moment, threat = last_write(), Threat.objects.get()
    THREATS.change(threat, name="Northern couriers", by=make_author(), reason=REASON, expected_version=1)
    with as_known(moment):
        assert Threat.objects.count() == 1
        assert len(record()["rows"]) == 1


def test_an_extract_names_the_moment_of_its_loading(path):
    first = loaded(path, [disruption(1)]).extract
    loaded(path, [disruption(2)])
    with as_known(read_moment(str(first.pk))):
        assert list(Disruption.objects.values_list("reference", flat=True)) == ["DIS-2022-0000001"]


@pytest.mark.parametrize("text", ["soon", "999999", "2023-13-01", "0022-01-01", "9" * 40])
def test_what_is_no_moment(text):
    with pytest.raises(ValueError, match=r"give|no extract"):
        read_moment(text)


STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(("extract", "extract", "threats", "correct", "withdraw", "reinstate", "undo")),
            "rows": st.lists(
                st.tuples(st.integers(1, 5), st.integers(0, 3), st.booleans()),
                min_size=1,
                max_size=4,
                unique_by=lambda row: row[0],
            ),
            "days": st.integers(0, 60),
        }
    ),
    min_size=2,
    max_size=7,
)


def rows_of(step, as_at):
    for number, other, is_late in step["rows"]:
        yield disruption(
            number,
            assessment=("Major", "Moderate", "Minor", "")[other],
            four_p=("Pursue", "Prevent", "Protect", "Prepare")[other],
            threat_ref=f"OCG-{other:07}",
            organisation=FORCES[other % 2],
            crime_type=("Fraud", "Waste crime", "", "Bribery")[other],
            recorded_date=(as_at if is_late else AS_AT - timedelta(days=30 * number)).isoformat(),
            summary=f"Number {other}",
        )


def threats_of(step, as_at):
    for number, other, _ in step["rows"]:
        yield {
            "threat_ref": f"OCG-{number:07}",
            "name": f"Couriers {other}",
            "owner": FORCES[0],
            "threat_type": ("OCG", "PI", "Vulnerability", "OCG")[other],
            "tier": str(other + 1),
            "valid_from": (as_at - timedelta(days=30 * other)).isoformat(),
            "assessed_on": as_at.isoformat(),
            "total": str(10 * other),
        }


def take(step, path, as_at):
    """One step; what the record refuses is no step."""
    number, other, _ = step["rows"][0]
    row = Disruption.objects.current().filter(reference=f"DIS-2022-{number:07}").first()
    newest = Extract.objects.filter(undone_at=None).order_by("-pk").first()
    record = newest if step["kind"] == "undo" else row
    write = {"by": make_author(), "reason": REASON, "expected_version": record.version if record else 0}
    size = ("major", "moderate", "minor", "not_assessed")[other]
    if record is None and step["kind"] not in ("extract", "threats"):
        return
    with suppress(ValidationError):
        match step["kind"]:
            case "extract":
                loaded(path, list(rows_of(step, as_at)), Decision.GOOD, as_at=as_at)
            case "threats":
                rows = list(threats_of(step, as_at))
                loaded(path, rows, Decision.GOOD, as_at=as_at, contents=ExtractContents.THREATS)
            case "undo":
                undo(newest, **write)
            case "correct":
                correct_disruption(row, {"size": size}, on=as_at, **write)
            case "withdraw":
                withdraw_disruption(row, on=as_at, **write)
            case "reinstate":
                reinstate_disruption(row, on=as_at, **write)


@given(steps=STEPS)
@settings(
    max_examples=20, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_known_at_any_moment_is_what_the_record_said_then(path, steps):
    with transaction.atomic():
        as_at, moments = AS_AT, []
        for step in steps:
            as_at += timedelta(days=step["days"])
            take(step, path, as_at)
            moments.append((last_write() or START, {day: record(day) for day in days()}))
        for moment, then in moments:
            with as_known(moment):
                for day, said in then.items():
                    assert record(day) == said
        transaction.set_rollback(True)
