"""Writing organisations, their names, their places and what became of them."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from model_bakery import baker

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind, SuccessionKind
from forces.models import Alias, Force, Membership, Organisation, Region
from forces.services import (
    ALIASES,
    AREAS,
    MEMBERSHIPS,
    ORGANISATIONS,
    PROFILES,
    REGIONS,
    SERVICES,
    SUCCESSIONS,
)
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.services import ReasonRequiredError, StaleRecordError
from tests.makers import REASON, make_author, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def said() -> dict:
    """Who writes and why."""
    return {"by": make_author(), "reason": REASON}


@pytest.fixture
def cheshire() -> Organisation:
    return make_organisation("Cheshire Constabulary")


@pytest.fixture
def north_west() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


def names_of(organisation: Organisation) -> set[str]:
    return set(organisation.aliases.values_list("name", flat=True))


def test_every_model_has_its_service():
    models = apps.get_app_config("forces").get_models()
    assert set(SERVICES) == {model for model in models if issubclass(model, Tracked) and not model._meta.proxy}


# Names


def test_an_organisation_is_found_by_name_short_name_and_slug():
    make_organisation("Greater Manchester Police", short_name="GMP", slug="greater-manchester")
    for name in ("greater manchester POLICE", "gmp", "Greater Manchester", "greater-manchester"):
        assert Organisation.objects.named(name).short_name == "GMP"


def test_a_renamed_organisation_is_found_by_both_names(cheshire, said):
    renamed = ORGANISATIONS.change(cheshire, name="Cheshire Police", expected_version=1, **said)
    assert Organisation.objects.named("Cheshire Constabulary") == renamed
    assert Organisation.objects.named("cheshire police") == renamed
    assert (renamed.name, renamed.short_name, renamed.slug) == ("Cheshire Police", "Cheshire", "cheshire")


def test_a_rename_back_adds_no_name_twice(cheshire, said):
    ORGANISATIONS.change(cheshire, name="Cheshire Police", expected_version=1, **said)
    before = names_of(cheshire)
    ORGANISATIONS.change(cheshire, name="Cheshire Constabulary", expected_version=2, **said)
    assert names_of(cheshire) == before


def test_two_spellings_of_one_name_make_one_alias(said):
    values = {"name": "Devon & Cornwall", "short_name": "Devon and Cornwall", "slug": "devon-and-cornwall"}
    organisation = ORGANISATIONS.create(values, kind=OrganisationKind.FORCE, **said)
    assert names_of(organisation) == {"Devon & Cornwall"}


def test_a_name_of_another_organisation_is_refused(cheshire, said):
    with pytest.raises(ValidationError, match="“Cheshire Constabulary” already leads to Cheshire Constabulary"):
        make_organisation("CHESHIRE constabulary", short_name="Other", slug="other")
    other = make_organisation("Merseyside Police")
    with pytest.raises(ValidationError, match="already leads to"):
        ORGANISATIONS.change(other, name="Merseyside", short_name="Cheshire", expected_version=1, **said)
    assert Organisation.objects.get(pk=other.pk).name == "Merseyside Police"


def test_an_alias_leads_to_one_organisation_only(cheshire, said):
    ALIASES.create(organisation=cheshire, name="Cheshire Police", **said)
    other = make_organisation("Merseyside Police")
    with pytest.raises(ValidationError, match="already leads to Cheshire Constabulary"):
        ALIASES.create(organisation=other, name="cheshire  POLICE", **said)


@pytest.mark.parametrize("name", ["", "–", "…"])
def test_an_alias_needs_something_to_compare(cheshire, said, name):
    with pytest.raises(ValidationError):
        ALIASES.create(organisation=cheshire, name=name, **said)


def test_the_present_name_stays_an_alias(cheshire, said):
    own = Alias.objects.get(name="Cheshire Constabulary")
    with pytest.raises(ValidationError, match="is the present name"):
        ALIASES.remove(own, expected_version=1, **said)
    with pytest.raises(ValidationError, match="name can no longer change"):
        ALIASES.change(own, name="Cheshire Police", expected_version=1, **said)
    former = ALIASES.create(organisation=cheshire, name="Cheshire County Police", **said)
    ALIASES.remove(former, expected_version=1, **said)
    assert "Cheshire County Police" not in names_of(cheshire)


# What stays as it was


@pytest.mark.parametrize(("field", "value"), [("slug", "cheshire-police"), ("kind", OrganisationKind.OTHER)])
def test_what_an_address_is_made_of_stays(cheshire, said, field, value):
    with pytest.raises(ValidationError, match=f"{field} can no longer change"):
        ORGANISATIONS.change(cheshire, {field: value}, expected_version=1, **said)


def test_a_proxy_is_written_like_its_model(cheshire, said):
    force = Force.objects.get()
    changed = ORGANISATIONS.change(force, ons_code="E23000006", expected_version=1, **said)
    assert (changed.version, Organisation.objects.get().ons_code) == (2, "E23000006")
    assert cheshire.history.count() == 2


def test_a_stale_rename_is_refused(cheshire, said):
    ORGANISATIONS.change(cheshire, name="Cheshire Police", expected_version=1, **said)
    with pytest.raises(StaleRecordError):
        ORGANISATIONS.change(cheshire, name="Cheshire Force", expected_version=1, **said)
    assert not Alias.objects.filter(name="Cheshire Force").exists()


def test_a_reason_is_needed(cheshire):
    with pytest.raises(ReasonRequiredError):
        ORGANISATIONS.change(cheshire, name="Cheshire Police", expected_version=1, by=make_author(), reason=" ")


def test_an_organisation_that_others_refer_to_stays(cheshire, said):
    AREAS.create(organisation=cheshire, name="Warrington", **said)
    with pytest.raises(ProtectedError):
        ORGANISATIONS.remove(cheshire, expected_version=1, **said)


# Places


def member(organisation: Organisation, region: Region, said: dict, first: int | None, last: int | None) -> Membership:
    """A membership from the first day of a year to the last day of another."""
    return MEMBERSHIPS.create(
        organisation=organisation,
        region=region,
        valid_from=first and date(first, 1, 1),
        valid_to=last and date(last, 12, 31),
        **said,
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), (None, 2010), (2020, None), (2012, 2015), (2000, 2010), (2020, 2030), (2000, 2030)],
)
def test_overlapping_memberships_are_refused_naming_the_other(cheshire, north_west, said, first, last):
    member(cheshire, north_west, said, 2010, 2020)
    with pytest.raises(
        ValidationError, match=r"already in North West at that time \(1 January 2010 to 31 December 2020"
    ):
        member(cheshire, baker.make(Region, name="Wales"), said, first, last)
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(("first", "last"), [(None, 2009), (2021, None), (2001, 2002)])
def test_memberships_may_follow_each_other(cheshire, north_west, said, first, last):
    member(cheshire, north_west, said, 2010, 2020)
    member(cheshire, baker.make(Region), said, first, last)
    assert cheshire.memberships.count() == 2


def test_a_membership_does_not_overlap_itself(cheshire, north_west, said):
    place = member(cheshire, north_west, said, None, None)
    ended = MEMBERSHIPS.change(place, valid_to=date(2020, 12, 31), expected_version=1, **said)
    assert ended.valid_to == date(2020, 12, 31)
    with pytest.raises(ValidationError, match="already in"):
        member(cheshire, baker.make(Region), said, 2020, None)


def test_two_organisations_share_a_region(cheshire, north_west, said):
    member(cheshire, north_west, said, None, None)
    member(make_organisation("Merseyside Police"), north_west, said, None, None)
    assert Membership.objects.count() == 2


def test_a_membership_that_ends_before_it_begins_is_refused_in_words(cheshire, north_west, said):
    with pytest.raises(ValidationError, match="The last day comes before the first"):
        member(cheshire, north_west, said, 2020, 2010)


def test_a_region_keeps_its_address(north_west, said):
    with pytest.raises(ValidationError, match="slug can no longer change"):
        REGIONS.change(north_west, slug="north", expected_version=1, **said)


# What became of them


def succeed(predecessor: Organisation, successor: Organisation, said: dict):
    values = {"predecessor": predecessor, "successor": successor, "kind": SuccessionKind.MERGED, "on": date(2027, 4, 1)}
    return SUCCESSIONS.create(values, **said)


def test_no_organisation_comes_after_itself(cheshire, said):
    middle, last = make_organisation("Merseyside Police"), make_organisation("Lancashire Constabulary")
    succeed(cheshire, middle, said)
    succeed(middle, last, said)
    for predecessor in (last, middle):
        with pytest.raises(ValidationError, match="would come after itself"):
            succeed(predecessor, cheshire, said)
    with pytest.raises(ValidationError):
        succeed(cheshire, cheshire, said)


def test_a_succession_may_be_corrected(cheshire, said):
    succession = succeed(cheshire, make_organisation("Merseyside Police"), said)
    changed = SUCCESSIONS.change(succession, note="By order.", expected_version=1, **said)
    assert changed.note == "By order."


# Areas


def test_a_profile_goes_with_its_area(cheshire, said):
    area = AREAS.create(organisation=cheshire, name="Warrington", **said)
    PROFILES.create(area=area, refreshed_on=date(2026, 1, 1), **said)
    AREAS.remove(area, by=make_author(), reason="Merged with Halton.", expected_version=1)
    assert not LocalPolicingArea.objects.exists()
    assert LocalProfile.history.filter(history_type="-").get().history_change_reason == "Merged with Halton."


def test_a_full_review_is_a_refresh(cheshire, said):
    area = AREAS.create(organisation=cheshire, name="Warrington", **said)
    with pytest.raises(ValidationError, match="the refresh cannot be older"):
        PROFILES.create(area=area, refreshed_on=date(2025, 1, 1), fully_reviewed_on=date(2026, 1, 1), **said)
