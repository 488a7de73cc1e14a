"""Bodies that become others on a day: what is written, what stands against it, and that undoing leaves nothing."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from forces.choices import OrganisationKind, ReorganisationKind, SuccessionKind
from forces.models import BodySize, Membership, Organisation, Oversight, Region, Reorganisation, Succession
from forces.services import MEMBERSHIPS, OVERSIGHTS, REGIONS, REORGANISATIONS
from soc_tracker.core.records.services import StaleRecordError
from tests.makers import (
    REASON,
    make_author,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_size,
)

pytestmark = pytest.mark.django_db
DAY, LAST = date(2027, 4, 1), date(2027, 3, 31)


@pytest.fixture
def north() -> Region:
    return make_region("North")


@pytest.fixture
def kent(north) -> Organisation:
    kent = make_member(north, "Kent Police", ons_code="E23000001")
    make_size(kent, "population", 100, date(2023, 6, 30))
    make_size(kent, "officers", 7, date(2019, 9, 30))
    return kent


@pytest.fixture
def surrey(north) -> Organisation:
    surrey = make_member(north, "Surrey Police")
    make_size(surrey, "population", 50, date(2023, 6, 30))
    make_size(surrey, "officers", 5, date(2025, 3, 31))
    return surrey


def make_region(name: str) -> Region:
    return REGIONS.create(name=name, slug=name.lower(), by=make_author(), reason=REASON)


def reorganise(kind: ReorganisationKind, before: list[Organisation], after: Any = (), **more: Any) -> Reorganisation:
    """``after`` are bodies, or the lines of new ones."""
    into = {"new_bodies": after} if isinstance(after, str) else {"successors": list(after)}
    values = {"kind": kind, "on": DAY, "predecessors": before, "source": "An order", **into, **more}
    return REORGANISATIONS.create(values, by=make_author(), reason=REASON)


def undo(reorganisation: Reorganisation) -> None:
    version = reorganisation.version
    REORGANISATIONS.remove(reorganisation, by=make_author(), reason="Not made after all.", expected_version=version)


def members_on(region: Region, day: date) -> set[str]:
    return set(Organisation.objects.valid_on(day).in_region(region, day).values_list("short_name", flat=True))


def everything() -> list[list[dict[str, Any]]]:
    """All that is stored of bodies, but how often it was written."""
    models = (Organisation, Membership, Succession, Oversight, Reorganisation, BodySize)
    return [[{**row, "version": 0} for row in model.objects.order_by("pk").values()] for model in models]


def test_a_merger_ends_two_bodies_and_begins_one(north, kent, surrey):
    reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South; E23000099")
    new = Organisation.objects.get(slug="south")
    assert (new.kind, new.valid_from, new.ons_code) == (OrganisationKind.FORCE, DAY, "E23000099")
    assert [(size.measure, size.value, size.as_at, size.locator) for size in new.sizes.all()] == [
        ("population", 150, date(2023, 6, 30), "table 1; added up")
    ]
    assert members_on(north, LAST) == {"Kent", "Surrey"}
    assert members_on(north, DAY) == {"South"}
    links = Succession.objects.filter(successor=new)
    assert {(link.predecessor, link.kind, link.on) for link in links} == {
        (kent, SuccessionKind.MERGED, DAY),
        (surrey, SuccessionKind.MERGED, DAY),
    }


def test_a_body_that_takes_another_in_keeps_its_own_place(north, kent, surrey):
    reorganise(ReorganisationKind.MERGER, [kent], [surrey])
    assert members_on(north, DAY) == {"Surrey"}
    assert Membership.objects.filter(organisation=surrey).count() == 1


def test_a_split_gives_each_part_the_place(north, kent):
    reorganise(ReorganisationKind.SPLIT, [kent], "East Kent Police; East Kent\nWest Kent Police; West Kent")
    assert members_on(north, DAY) == {"East Kent", "West Kent"}
    assert not Organisation.objects.get(slug="east-kent").sizes.exists()


def test_a_renamed_body_keeps_its_code_and_its_size(kent):
    reorganise(ReorganisationKind.RENAMING, [kent], "Garden Police")
    renamed = Organisation.objects.get(slug="garden-police")
    assert (renamed.ons_code, list(renamed.sizes.values_list("value", flat=True))) == ("E23000001", [7, 100])


def test_a_unit_passes_into_a_service_that_is_in_no_region(north):
    unit = make_member(north, "North Unit", kind=OrganisationKind.ROCU)
    reorganise(ReorganisationKind.ABSORPTION, [unit], "National Crime Service; NCS")
    service = Organisation.objects.get(slug="ncs")
    assert service.kind == OrganisationKind.OTHER
    assert members_on(north, DAY) == set()
    assert not service.memberships.exists()


def test_a_body_moves_to_another_region(north, kent):
    east = make_region("East")
    reorganise(ReorganisationKind.MOVE, [kent], region=east)
    assert (members_on(north, LAST), members_on(east, LAST)) == ({"Kent"}, set())
    assert (members_on(north, DAY), members_on(east, DAY)) == (set(), {"Kent"})
    kent.refresh_from_db()
    assert kent.valid_to is None


@pytest.fixture
def commissioner(kent) -> Organisation:
    body = make_organisation("Kent Commissioner", kind=OrganisationKind.POLICING, short_name="KPCC", slug="kpcc")
    OVERSIGHTS.create(organisation=kent, responder=body, by=make_author(), reason=REASON)
    return body


def answering(organisation: Organisation, day: date) -> set[str]:
    return set(
        Oversight.objects.valid_on(day).filter(organisation=organisation).values_list("responder__name", flat=True)
    )


def test_a_mayor_answers_in_place_of_a_commissioner(kent, commissioner):
    reorganise(ReorganisationKind.REPLACEMENT, [commissioner], "Mayor of Kent; Mayor")
    assert (answering(kent, LAST), answering(kent, DAY)) == ({"Kent Commissioner"}, {"Mayor of Kent"})


def test_the_commissioner_answers_for_what_the_force_became(kent, surrey, commissioner):
    reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South")
    assert answering(Organisation.objects.get(slug="south"), DAY) == {"Kent Commissioner"}
    assert answering(kent, DAY) == set()


def test_only_a_local_policing_body_answers_and_one_at_a_time(kent, surrey, commissioner):
    with pytest.raises(ValidationError, match="no local policing body"):
        OVERSIGHTS.create(organisation=kent, responder=surrey, by=make_author(), reason=REASON)
    with pytest.raises(ValidationError, match="answers for Kent Police at that time"):
        OVERSIGHTS.create(organisation=kent, responder=commissioner, valid_from=DAY, by=make_author(), reason=REASON)


def test_what_stands_against_it_is_said_at_once(north, kent, surrey):
    east = make_region("East")
    other = make_member(east, "Norfolk Police", valid_from=DAY)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        reorganise(ReorganisationKind.MERGER, [kent, other], "a;b;c;d")
    assert refused.value.messages == [
        "Norfolk Police is not there on 31 March 2027: it exists from 1 April 2027.",
        "“a; b; c; d” is no new body: give its name; short name; ONS code.",
        "They belong to several regions: choose the one of the bodies after.",
    ]
    assert everything() == before


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (ReorganisationKind.MERGER, "it takes 1 bodies after, and 0 are given"),
        (ReorganisationKind.SPLIT, "it takes 2 to 20 bodies after, and 0 are given"),
        (ReorganisationKind.MOVE, "another than they are in"),
    ],
)
def test_each_kind_takes_its_own_bodies(kent, kind, message):
    with pytest.raises(ValidationError, match=message):
        reorganise(kind, [kent])


def test_a_body_ends_once(kent, surrey):
    reorganise(ReorganisationKind.RENAMING, [kent], "Garden Police")
    with pytest.raises(ValidationError, match="Kent Police is not there"):
        reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police", on=date(2027, 6, 1))


def test_a_code_is_of_one_body_at_a_time(kent):
    with pytest.raises(ValidationError, match="at that time"):
        make_organisation("Surrey Police", ons_code="E23000001")


def test_undoing_takes_everything_back(kent, surrey, commissioner):
    before = everything()
    act = reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South")
    undo(act)
    assert everything() == before
    last = Organisation.history.filter(slug="kent").latest("history_id")
    assert last.history_change_reason == "Merger on 1 April 2027: undone: Not made after all."


def test_what_has_been_built_on_it_stands_against_undoing(kent, surrey):
    act = reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South")
    south = Organisation.objects.get(slug="south")
    make_grading(make_inspection(south), south)
    with pytest.raises(ValidationError, match="“South Police” has gradings, inspections, responses by now"):
        undo(act)
    assert Organisation.objects.filter(slug="south").exists()


def test_a_place_that_was_changed_since_stands_against_undoing(kent, surrey):
    act = reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South")
    place = Membership.objects.get(organisation=kent)
    MEMBERSHIPS.change(
        place, valid_to=date(2027, 2, 1), by=make_author(), reason=REASON, expected_version=place.version
    )
    with pytest.raises(ValidationError, match="has been changed since"):
        undo(act)


def test_a_later_act_is_undone_first(kent, surrey):
    first = reorganise(ReorganisationKind.MERGER, [kent, surrey], "South Police; South")
    south = Organisation.objects.get(slug="south")
    second = reorganise(ReorganisationKind.RENAMING, [south], "Channel Police; Channel", on=date(2029, 4, 1))
    with pytest.raises(ValidationError):
        undo(first)
    undo(second)
    undo(first)
    assert not Succession.objects.exists()


def test_only_what_explains_it_changes_later(kent, surrey):
    act = reorganise(ReorganisationKind.MERGER, [kent], [surrey])
    why: dict[str, Any] = {"by": make_author(), "reason": REASON}
    with pytest.raises(ValidationError, match="undo it, and add another"):
        REORGANISATIONS.change(act, predecessors=[], expected_version=act.version, **why)
    with pytest.raises(ValidationError, match="first day can no longer change"):
        REORGANISATIONS.change(act, on=LAST, expected_version=act.version, **why)
    changed = REORGANISATIONS.change(act, note="By order.", expected_version=act.version, **why)
    assert Succession.objects.count() == 1
    with pytest.raises(StaleRecordError):
        undo(act)
    undo(changed)


class TestAnyReorganisation(TestCase):
    """Whatever is done to bodies, undoing it in the other order gives what there was."""

    @settings(max_examples=25)
    @given(data=st.data())
    def test_undoing_in_the_other_order_takes_everything_back(self, data):
        north, south = make_region("North"), make_region("South")
        for number in range(4):
            make_member(north if number % 2 else south, f"Body{number} Police")
        before, acts = everything(), []
        for number in range(data.draw(st.integers(1, 4))):
            day = date(2027 + number, 4, 1)
            kind = data.draw(st.sampled_from([kind for kind in ReorganisationKind if kind.name != "REPLACEMENT"]))
            there = list(Organisation.objects.valid_on(day).filter(kind=OrganisationKind.FORCE))
            most = min(kind.most_before, 3, len(there))
            chosen = data.draw(st.lists(st.sampled_from(there), min_size=1, max_size=most, unique=True)) if most else []
            lines = "\n".join(f"New{number}{part} Police" for part in range(kind.fewest_after))
            try:
                region = data.draw(st.sampled_from([north, south]))
                acts.append(reorganise(kind, chosen, lines, on=day, region=region))
            except ValidationError:
                continue
        for act in reversed(acts):
            undo(act)
        assert everything() == before
