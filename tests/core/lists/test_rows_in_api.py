"""Serializers take their fields from the columns of a list."""

import pytest
from model_bakery import baker
from rest_framework import serializers

from forces.models import Membership, Organisation, Region
from plans4p.models import LeadOfficer
from soc_tracker.core.lists.api import RowSerializer
from soc_tracker.core.lists.columns import Column

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name),
    Column("place", "Region", lambda row: row.region.name, api=("region",)),
    Column("since", "Since", lambda row: row.valid_from),
    Column("today", "Today", lambda row: "in force", api=()),
)


class MembershipRows(RowSerializer):
    columns = COLUMNS
    more = ("id", "region")
    since = serializers.DateField(source="valid_from")

    class Meta:
        model = Membership


class OfficerRows(RowSerializer):
    more = ("mentor", "organisation")

    class Meta:
        model = LeadOfficer


def test_fields_are_those_of_the_columns_and_what_has_none() -> None:
    assert list(MembershipRows().fields) == ["organisation", "region", "since", "id"]


def test_a_related_row_is_its_slug() -> None:
    region, force = baker.make(Region, slug="north-west"), baker.make(Organisation, slug="cheshire")
    row = MembershipRows(baker.make(Membership, region=region, organisation=force, valid_from=None)).data
    assert (row["organisation"], row["region"], row["since"]) == ("cheshire", "north-west", None)


def test_a_related_row_without_a_slug_is_its_key_and_may_be_missing() -> None:
    fields = OfficerRows().fields
    assert isinstance(fields["mentor"], serializers.PrimaryKeyRelatedField)
    assert fields["mentor"].allow_null
    assert not fields["organisation"].allow_null
