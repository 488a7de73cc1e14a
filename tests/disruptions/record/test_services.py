"""Single writes of disruptions: what the record says now, what it said before, and who changed it why."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from disruptions.choices import DataKind
from disruptions.extracts.services import EXTRACTS, UPLOADS
from disruptions.record.models import Disruption
from disruptions.record.services import (
    DISRUPTIONS,
    DisruptionService,
    correct_disruption,
    reinstate_disruption,
    withdraw_disruption,
)
from disruptions.services import SERVICES
from disruptions.threats.services import CRIME_TYPES
from forces.choices import OrganisationKind
from soc_tracker.core.records.history import changes_of
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.services import ReasonRequiredError, StaleRecordError
from tests.makers import (
    REASON,
    make_author,
    make_crime_type,
    make_disruption,
    make_extract,
    make_organisation,
    make_state,
    make_threat,
)

pytestmark = pytest.mark.django_db
ADDED, LATER, LAST = date(2022, 3, 15), date(2022, 6, 1), date(2022, 9, 30)


def say(disruption: Disruption, **more) -> dict:
    return {"by": make_author(), "reason": "Looked again.", "expected_version": disruption.version} | more


def correct(disruption: Disruption, on: date = LATER, **values) -> Disruption:
    return correct_disruption(disruption, values, on=on, **say(disruption))


def on_record(day: date) -> list[tuple[str, str]]:
    return list(Disruption.objects.as_at(day).values_list("reference", "size"))


@pytest.fixture
def disruption(db) -> Disruption:
    return make_disruption(activity_date=ADDED, summary="Two nominals arrested.")


def test_every_model_has_its_service():
    tracked = {model for model in apps.get_app_config("disruptions").get_models() if issubclass(model, Tracked)}
    assert set(SERVICES) | {UPLOADS.model} == tracked


# Recording


def test_a_disruption_is_known_from_the_day_it_was_added():
    recorded = make_disruption(activity_date=ADDED, added_date=LATER)
    assert (recorded.known_from, recorded.known_to, recorded.version) == (LATER, None, 1)
    assert on_record(LATER - timedelta(days=1)) == []
    assert on_record(LATER) == [("DIS-2022-0000001", "moderate")]


def test_it_knows_what_kind_of_body_did_it_and_what_the_threat_then_was():
    threat = make_threat(state={"valid_from": date(2022, 1, 1)})
    make_state(threat, LATER, type="vul")
    unit = make_organisation("North West ROCU", OrganisationKind.ROCU)
    early, late = (make_disruption(f"DIS-{day}", unit, activity_date=day, threat=threat) for day in (ADDED, LATER))
    before_all = make_disruption("DIS-0", unit, activity_date=date(2021, 5, 5), threat=threat)
    assert (early.threat_type, late.threat_type, before_all.threat_type) == ("ocg", "vul", "ocg")
    assert early.organisation_kind == OrganisationKind.ROCU


def test_one_of_a_threat_that_has_no_state_is_of_the_threats_first_type():
    assert make_disruption(threat=make_threat("PI-0000001", state=False)).threat_type == "pi"


def test_its_creation_is_in_its_history(disruption):
    [change] = changes_of(disruption)
    assert (change.kind, change.reason, change.who) == ("added", REASON, "Priya Shah")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"activity_date": LATER, "added_date": ADDED}, "It was added before it happened."),
        ({"involvement": "support"}, "a police force leads"),
        ({"four_p": "persue"}, "four_p"),
        ({"size": ""}, "size"),
        ({"added_date": date(2099, 1, 1)}, "Choose a day up to today."),
        ({"activity_date": None, "added_date": ADDED}, "activity_date"),
        ({"reference": "DIS-1"}, "Another disruption has this reference."),
    ],
)
def test_what_breaks_a_rule_is_refused(values, field):
    make_disruption("DIS-1")
    with pytest.raises(ValidationError) as refusal:
        make_disruption(**{"reference": "DIS-2"} | values)
    assert field in str(refusal.value)
    assert Disruption.objects.count() == 1


def test_support_is_for_somebody_else_and_lead_is_not():
    unit, force = make_organisation("North West ROCU", OrganisationKind.ROCU), make_organisation()
    assert make_disruption("DIS-1", unit, involvement="support", supported=force).supported == force
    with pytest.raises(ValidationError, match="for nobody else"):
        make_disruption("DIS-2", unit, supported=force)


def test_kinds_of_data_do_not_meet_in_one_disruption():
    with pytest.raises(ValidationError, match="is illustrative, unlike this disruption"):
        make_disruption(threat=make_threat(kind=DataKind.ILLUSTRATIVE))


def test_an_illustrative_disruption_takes_no_recorded_reference(disruption):
    with pytest.raises(ValidationError, match="Another disruption has this reference"):
        make_disruption(disruption.reference, kind=DataKind.ILLUSTRATIVE)


# Correcting


def test_a_correction_keeps_what_stood_before(disruption):
    after = correct(disruption, size="major")
    assert after.pk == disruption.pk
    assert (after.size, after.known_from, after.version) == ("major", LATER, 2)
    earlier = after.earlier_states.get()
    assert (earlier.size, earlier.known_from, earlier.known_to) == ("moderate", ADDED, LATER)
    assert on_record(LATER - timedelta(days=1)) == [(disruption.reference, "moderate")]
    assert on_record(LATER) == [(disruption.reference, "major")]


def test_the_story_is_told_on_the_row_that_stays(disruption):
    after = correct(correct(disruption, size="major"), LAST, four_p="prevent")
    assert [change.kind for change in changes_of(after)] == ["changed", "changed", "added"]
    latest = changes_of(after)[0]
    assert [(each.field, each.before, each.after) for each in latest.differences] == [("4P", "Pursue", "Prevent")]
    assert latest.reason == "Looked again."
    assert not Disruption.history.filter(id__in=after.earlier_states.values("pk")).exists()


def test_several_corrections_leave_one_state_a_day(disruption):
    after = correct(correct(disruption, size="major"), LAST, size="minor")
    days = [ADDED, LATER - timedelta(days=1), LATER, LAST - timedelta(days=1), LAST, date(2024, 1, 1)]
    sizes = [size for day in days for _, size in on_record(day)]
    assert sizes == ["moderate", "moderate", "major", "major", "minor", "minor"]
    assert after.earlier_states.count() == 2


def test_on_the_day_it_became_known_the_old_values_leave_no_state(disruption):
    after = correct(disruption, ADDED, size="major")
    assert not after.earlier_states.exists()
    assert on_record(ADDED) == [(disruption.reference, "major")]
    assert [change.version for change in changes_of(after)] == [2, 1]


def test_a_correction_of_nothing_writes_nothing(disruption):
    after = correct(disruption, size="moderate", organisation=disruption.organisation)
    assert (after.version, after.known_from) == (1, ADDED)
    assert Disruption.objects.count() == 1
    assert Disruption.history.count() == 1


def test_the_threats_type_is_that_of_the_day_of_the_correction():
    disruption = make_disruption()
    make_state(disruption.threat, date(2022, 5, 1), type="vul")
    after = correct(disruption, size="major")
    assert (after.threat_type, after.earlier_states.get().threat_type) == ("vul", "ocg")


@pytest.mark.parametrize(
    ("on", "words"),
    [(ADDED - timedelta(days=1), "as it was on 15 March 2022"), (date(2022, 12, 31), "as it was on 4 January 2023")],
)
def test_what_is_known_of_a_later_day_is_not_undone(on, words):
    extract = make_extract(as_at=date(2023, 1, 4)) if on > ADDED else None
    disruption = make_disruption(extract=extract)
    with pytest.raises(ValidationError, match=words):
        correct(disruption, on, size="major")
    assert Disruption.objects.get().size == "moderate"


def test_a_correction_obeys_the_rules_too(disruption):
    for values in ({"activity_date": date(2022, 3, 16)}, {"involvement": "support"}, {"reference": "DIS-9"}):
        with pytest.raises(ValidationError):
            correct(disruption, **values)
    assert (Disruption.objects.count(), Disruption.history.count()) == (1, 1)


def test_a_stale_correction_is_refused_whole(disruption):
    correct(disruption, size="major")
    with pytest.raises(StaleRecordError):
        correct(disruption, LAST, size="minor")
    assert on_record(LAST) == [(disruption.reference, "major")]
    assert Disruption.objects.mentioning("nominals").count() == 2


def test_a_correction_needs_a_reason(disruption):
    with pytest.raises(ReasonRequiredError):
        correct_disruption(disruption, {"size": "major"}, on=LATER, **say(disruption, reason=" "))


def test_the_services_own_verb_corrects_as_from_today(disruption):
    service = DisruptionService(today=lambda: LAST)
    after = service.change(disruption, size="major", **say(disruption))
    assert (after.known_from, after.earlier_states.get().known_to) == (LAST, LAST)


# The history of what came with an extract


@pytest.fixture
def loaded(db) -> Disruption:
    """As the loading of extracts leaves it: without a history row of its own."""
    row = make_disruption(extract=make_extract(), extract_line=7)
    Disruption.history.all().delete()
    return row


def test_its_first_change_tells_how_it_began(loaded):
    after = correct(loaded, date(2023, 2, 1), size="major")
    changed, added = changes_of(after)
    assert (added.kind, added.reason, added.when) == (
        "added",
        "Loaded from extract.csv, row 7",
        loaded.extract.loaded_at,
    )
    assert [(each.before, each.after) for each in changed.differences] == [("Moderate", "Major")]


def test_its_beginning_is_told_once(loaded):
    correct(correct(loaded, date(2023, 2, 1), size="major"), date(2023, 3, 1), size="minor")
    assert [change.version for change in changes_of(loaded)] == [3, 2, 1]
    assert Disruption.history.count() == 3


def test_its_withdrawal_tells_its_beginning_too(loaded):
    withdraw_disruption(loaded, on=date(2023, 2, 1), **say(loaded))
    assert [change.version for change in changes_of(loaded)] == [2, 1]


# Withdrawing and putting back


def test_a_withdrawn_disruption_is_off_the_record_from_that_day(disruption):
    after = withdraw_disruption(disruption, on=LATER, **say(disruption))
    assert (after.withdrawn_on, after.version) == (LATER, 2)
    assert on_record(LATER - timedelta(days=1)) == [(disruption.reference, "moderate")]
    assert on_record(LATER) == []
    assert list(Disruption.objects.current()) == [after]


def test_it_cannot_be_withdrawn_on_the_day_it_became_known_or_earlier(disruption):
    with pytest.raises(ValidationError, match="from the day after it became known"):
        withdraw_disruption(disruption, on=ADDED, **say(disruption))
    with pytest.raises(ValidationError, match="choose that day or a later one"):
        withdraw_disruption(disruption, on=ADDED - timedelta(days=1), **say(disruption))
    assert on_record(LAST) == [(disruption.reference, "moderate")]


def test_what_is_withdrawn_is_neither_corrected_nor_withdrawn_again(disruption):
    after = withdraw_disruption(disruption, on=LATER, **say(disruption))
    with pytest.raises(ValidationError, match="It was withdrawn on 1 June 2022"):
        correct(after, LAST, size="major")
    with pytest.raises(ValidationError, match="It was withdrawn on 1 June 2022"):
        withdraw_disruption(after, on=LAST, **say(after))


def test_it_can_be_put_back(disruption):
    gone = withdraw_disruption(disruption, on=LATER, **say(disruption))
    back = reinstate_disruption(gone, on=LAST, **say(gone))
    assert back.withdrawn_on is None
    days = (LATER - timedelta(days=1), LATER, LAST - timedelta(days=1), LAST)
    assert [len(on_record(day)) for day in days] == [1, 0, 0, 1]
    assert correct(back, date(2022, 12, 1), size="major").size == "major"


def test_only_what_is_withdrawn_is_put_back(disruption):
    with pytest.raises(ValidationError, match="It has not been withdrawn"):
        reinstate_disruption(disruption, on=LAST, **say(disruption))
    gone = withdraw_disruption(disruption, on=LAST, **say(disruption))
    with pytest.raises(ValidationError, match="choose that day or a later one"):
        reinstate_disruption(gone, on=LATER, **say(gone))


def test_a_disruption_is_never_removed(disruption):
    with pytest.raises(ValidationError, match="Withdraw it instead"):
        DISRUPTIONS.remove(disruption, **say(disruption))
    assert Disruption.objects.exists()


# Crime types and extracts


def test_a_crime_type_that_is_in_use_keeps_its_address():
    crime_type = make_crime_type()
    renamed = CRIME_TYPES.change(crime_type, name="Drug supply", **say(crime_type))
    assert (renamed.name, renamed.slug) == ("Drug supply", "drugs-supply")
    with pytest.raises(ValidationError):
        CRIME_TYPES.change(renamed, slug="drugs", **say(renamed))


def test_an_extract_stays_what_it_is():
    extract = make_extract()
    with pytest.raises(ValidationError):
        EXTRACTS.change(extract, kind_of_data=DataKind.ILLUSTRATIVE, **say(extract))
    with pytest.raises(ValidationError):
        make_extract(sha256="no hash")
