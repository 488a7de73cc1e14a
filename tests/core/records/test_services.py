"""The one way to write: validated, attributed, and never over somebody else's change."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from model_bakery import baker

from forces.models import Alias, Membership, Organisation, Region
from inspections.findings.models import Topic
from soc_tracker.core.records import services as records
from tests.makers import REASON, make_author, make_finding, make_inspection, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return records.create(Region, by=make_author(), reason=REASON, values={"name": "North West", "slug": "north-west"})


def change(record, version: int = 1, **values):
    return records.change(record, by=make_author(), reason="Corrected.", expected_version=version, values=values)


def test_a_new_row_has_version_1_and_a_history_of_one_line(region):
    line = region.history.get()
    assert region.version == 1
    assert (line.history_type, line.history_user, line.history_change_reason) == ("+", make_author(), REASON)


def test_a_change_is_kept_with_who_why_and_what_it_was(region):
    changed = change(region, note="Six forces.")
    newest, oldest = region.history.all()
    assert (changed.note, changed.version) == ("Six forces.", 2)
    assert (newest.note, newest.history_change_reason, newest.history_user) == (
        "Six forces.",
        "Corrected.",
        make_author(),
    )
    assert oldest.note == ""


def test_a_change_to_nothing_writes_nothing(region):
    assert change(region, name="North West").version == 1
    assert region.history.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_no_write_goes_without_a_reason(region, reason):
    by = make_author()
    with pytest.raises(records.ReasonRequiredError):
        records.create(Region, by=by, reason=reason, values={"name": "London", "slug": "london"})
    with pytest.raises(records.ReasonRequiredError):
        records.change(region, by=by, reason=reason, expected_version=1, values={"note": "x"})
    with pytest.raises(records.ReasonRequiredError):
        records.remove(region, by=by, reason=reason, expected_version=1)
    assert list(Region.objects.values_list("name", "note")) == [("North West", "")]


def test_a_stale_change_is_refused_with_what_is_stored_and_what_was_tried(region):
    change(region, note="First.")
    with pytest.raises(records.StaleRecordError) as refusal:
        change(region, note="Second.")
    assert refusal.value.current.note == "First."
    assert refusal.value.attempted == {"note": "Second."}
    assert (refusal.value.expected_version, refusal.value.removed) == (1, False)
    assert Region.objects.get().note == "First."
    assert region.history.count() == 2


def test_a_stale_removal_is_refused(region):
    change(region, note="First.")
    with pytest.raises(records.StaleRecordError):
        records.remove(region, by=make_author(), reason="Wrong.", expected_version=1)
    assert Region.objects.exists()


def test_a_change_of_a_removed_row_says_that_it_is_gone(region):
    records.remove(region, by=make_author(), reason="Wrong.", expected_version=1)
    with pytest.raises(records.StaleRecordError, match="removed by somebody else") as refusal:
        change(region, note="Late.")
    assert refusal.value.removed


def test_every_broken_rule_is_named_by_its_field():
    with pytest.raises(ValidationError) as refusal:
        records.create(Region, by=make_author(), reason=REASON, values={"name": "", "slug": "not a slug"})
    assert set(refusal.value.message_dict) == {"name", "slug"}
    assert not Region.objects.exists()


def test_prepare_may_complete_a_row_and_meets_only_checked_values():
    met = []

    def prepare(alias: Alias) -> None:
        met.append(alias.name)
        alias.normalised = alias.name.lower()

    def create(name: str) -> Alias:
        values = {"organisation": organisation, "name": name}
        return records.create(Alias, by=None, reason=REASON, values=values, prepare=prepare)

    organisation = make_organisation()
    assert create("GMP").normalised == "gmp"
    with pytest.raises(ValidationError):
        create("")
    assert met == ["GMP"]


def test_what_goes_with_a_removed_row_has_the_same_reason():
    organisation = make_member(baker.make(Region))
    records.remove(organisation, by=make_author(), reason="Entered twice.", expected_version=1)
    assert not Organisation.objects.exists()
    for model in (Organisation, Membership, Alias):
        gone = model.history.filter(history_type="-")
        assert gone.count() >= 1
        assert set(gone.values_list("history_change_reason", "history_user__username")) == {("Entered twice.", "priya")}


def test_links_to_many_are_part_of_the_change_that_sets_them():
    plans, orders = (baker.make(Topic, name=name) for name in ("4P plans", "Orders"))
    finding = make_finding(make_inspection(baker.make(Region)), topics=[plans])
    assert set(finding.topics.all()) == {plans}
    lines_before = finding.history.count()
    changed = change(finding, topics=[orders])
    assert set(changed.topics.all()) == {orders}
    assert (changed.version, finding.history.count()) == (2, lines_before + 1)
    assert [link.topic for link in finding.history.first().topics.all()] == [orders]
    assert change(changed, version=2, topics=[orders]).version == 2


def test_differing_names_fields_that_are_not_as_given():
    plans = baker.make(Topic)
    finding = make_finding(make_inspection(baker.make(Region)), title="4P plans")
    assert records.differing(finding, {"title": "4P plans", "topics": []}) == []
    assert records.differing(finding, {"title": "Plans", "topics": [plans], "order": 0}) == ["title", "topics"]


def test_a_write_inside_a_transaction_that_is_undone_leaves_nothing(region):
    with transaction.atomic():
        change(region, note="Lost.")
        transaction.set_rollback(True)
    assert Region.objects.get().note == ""
    assert region.history.count() == 1


# SQLite lets one connection write at a time, and threads cannot wait for each other on one in memory.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_of_two_changes_at_the_same_time_one_is_refused():
        region = baker.make(Region, note="")
        author = make_author()
        start, outcomes = threading.Barrier(2), []

        def write(note: str) -> None:
            try:
                start.wait()
                records.change(region, by=author, reason="Race.", expected_version=1, values={"note": note})
                outcomes.append("written")
            except records.StaleRecordError:
                outcomes.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=write, args=(note,)) for note in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["refused", "written"]
        assert Region.objects.get().version == 2
