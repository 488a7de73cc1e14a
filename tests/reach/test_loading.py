"""Whoever reaches some bodies loads the rows of these; of what others have, the check of a file tells nothing."""

import pytest

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.loading.imports import Loading, load
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading.extracts import ALL_NEW, AS_AT, FORCES, ROCU, disruption, loaded, make_bodies, write
from tests.makers import make_disruption, make_threat
from tests.reach.planted import account

pytestmark = pytest.mark.django_db
OWN, OTHER = FORCES[0], FORCES[2]


@pytest.fixture
def sender():
    make_bodies()
    return account(Role.ANALYST, organisation=Organisation.objects.get(name=OWN))


@pytest.fixture
def check(tmp_path, sender):
    """What a file of rows would become, or becomes, sent by somebody of Cheshire."""

    def checked(*rows, decision=Decision.GOOD, is_complete=False):
        path = tmp_path / "extract.csv"
        write(path, rows)
        loading = Loading(
            ExtractContents.DISRUPTIONS,
            path,
            path.name,
            DataKind.RECORDED,
            AS_AT,
            sender,
            ALL_NEW,
            is_complete=is_complete,
        )
        return load(loading, decision)

    return checked


def test_rows_of_other_bodies_are_refused_with_how_to_mend_it(check):
    outcome = check(
        disruption(1), disruption(2, organisation=OTHER), disruption(3, organisation=ROCU, involvement="Support")
    )
    assert (outcome.added, outcome.refused) == (1, 2)
    first = outcome.refusals[0]
    assert (first[0], *first[2:4]) == (3, "organisation", OTHER)
    assert "a body in your reach: have somebody load this row who sees that body" in first[-1]
    assert list(Disruption.objects.values_list("reference", flat=True)) == ["DIS-2022-0000001"]


def test_the_check_of_a_row_of_another_body_does_not_tell_whether_it_is_on_record(check):
    make_disruption("DIS-2022-0000002", Organisation.objects.get(name=OTHER))
    there = check(disruption(2, organisation=OTHER), decision=Decision.CHECK)
    nowhere = check(disruption(3, organisation=OTHER), decision=Decision.CHECK)
    assert [refusal[2:] for refusal in there.refusals] == [refusal[2:] for refusal in nowhere.refusals]
    assert (there.changed, there.unchanged, there.changes) == (nowhere.changed, nowhere.unchanged, nowhere.changes)


def test_a_reference_of_another_body_is_taken_over_by_nobody(check):
    make_disruption("DIS-2022-0000002", Organisation.objects.get(name=OTHER), summary="Theirs.", size="major")
    outcome = check(disruption(2))
    assert (outcome.added, outcome.changed, outcome.refused) == (0, 0, 1)
    said = " ".join(map(str, outcome.refusals[0]))
    assert "a reference that you may use" in said
    assert OTHER not in said
    assert Disruption.objects.get(reference="DIS-2022-0000002").organisation.name == OTHER


def test_zeros_of_an_unseen_reference_are_not_told(check):
    make_disruption("000123", Organisation.objects.get(name=OTHER))
    outcome = check(disruption(1, disruption_ref="123"), decision=Decision.CHECK)
    assert "000123" not in str(outcome.refusals)


def test_a_disruption_against_a_threat_of_another_body_is_loaded_whether_or_not_that_is_on_record(check):
    make_threat("OCG-0000077", Organisation.objects.get(name=OTHER), name="Secret")
    outcome = check(disruption(1, threat_ref="OCG-0000077"), disruption(2, threat_ref="OCG-0000078"))
    assert (outcome.added, outcome.refused) == (2, 0)
    assert "Secret" not in str(outcome.as_json())


def test_what_a_complete_file_lacks_is_told_of_the_senders_bodies_alone(check):
    make_disruption("DIS-1", Organisation.objects.get(name=OTHER))
    make_disruption("DIS-2", Organisation.objects.get(name=OWN))
    rows = [
        disruption(1, recorded_date="2022-03-15"),
        disruption(2, recorded_date="2022-03-16", organisation=OTHER),
        disruption(3, recorded_date="2022-04-16"),
    ]
    assert check(*rows, decision=Decision.CHECK, is_complete=True).missing_references == ("DIS-2",)


def test_an_extract_is_seen_by_whoever_sees_what_its_sender_saw(check, sender):
    check(disruption(1))
    extract = Extract.objects.get()
    assert (extract.of_every_body, extract.sight.bodies) == (False, {Organisation.objects.get(name=OWN).pk})
    colleague = account(Role.ANALYST, "colleague", organisation=Organisation.objects.get(name=OWN))
    other = account(Role.ANALYST, "other", organisation=Organisation.objects.get(name=OTHER))
    national = account(Role.INSPECTOR, "national", is_national=True)
    seen = [Extract.objects.visible_to(user).exists() for user in (sender, colleague, other, national)]
    assert seen == [True, True, False, True]


def test_an_extract_that_holds_other_bodies_is_not_seen_though_ones_own_rows_came_with_it(sender, tmp_path):
    loaded(tmp_path / "national.csv", [disruption(1), disruption(2, organisation=OTHER)])
    assert not Extract.objects.visible_to(sender).exists()
    assert Disruption.objects.visible_to(sender).get().extract is not None


def test_a_threat_of_another_body_cannot_be_changed_by_a_file(tmp_path, sender):
    make_threat("OCG-0000077", Organisation.objects.get(name=OTHER), name="Theirs")
    path = tmp_path / "threats.csv"
    path.write_text(
        "threat_ref,name,type,organisation,tier,phase,assessment_type,moderation,soc\n"
        f"OCG-0000077,Ours,OCG,{OWN},2,Active,Tactical,Moderated,Yes\n"
    )
    outcome = load(
        Loading(ExtractContents.THREATS, path, path.name, DataKind.RECORDED, AS_AT, sender, ALL_NEW), Decision.GOOD
    )
    assert (outcome.added, outcome.changed, outcome.refused) == (0, 0, 1)
    assert Threat.objects.get().name == "Theirs"
