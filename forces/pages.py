"""The lists of regions and bodies: what they can be narrowed to, their columns, their pages."""

from dataclasses import replace
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import Alias, Force, Membership, Organisation, Region, Rocu
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.lists.filter_fields import ChoicesFilter, Elsewhere, SlugsFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.models import valid_on


def other_names(organisation: str) -> Elsewhere:
    """The other names of the organisation to which a path leads, such as the Welsh one."""
    return Elsewhere("Other name", organisation, Alias, "organisation")


class RegionFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "folded_note"), label="Words")

    class Meta:
        model = Region
        fields = ()


class BodyFilter(StrictFilterSet):
    """Organisations of one kind."""

    q = WordsFilter(elsewhere=(other_names("pk"),), label="Name or ONS code")
    region = SlugsFilter(
        field_name="regions__slug", records=Region.objects.visible_to, label="Region", method="in_regions"
    )

    class Meta:
        model = Organisation
        fields = ()

    def in_regions(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Those that belong to one of the regions today."""
        members = Membership.objects.valid_on(self.today).filter(region__slug__in=slugs)
        return queryset.filter(pk__in=members.values("organisation"))


class OrganisationFilter(BodyFilter):
    kind = ChoicesFilter(choices=OrganisationKind.choices, label="Kind")


REGION_COLUMNS = (
    Column("name", "Region", lambda region: region.name, lambda region: region.get_absolute_url()),
    Column("forces", "Forces", lambda region: region.forces_today, numeric=True, api=()),
    Column("rocus", "ROCU", lambda region: region.rocu_today or "none", api=()),
    Column("note", "How it works together", lambda region: region.note, wide_only=True),
    Column("place", "Place on the map of tiles", lambda region: region.place),
    Column("slug", "Slug", lambda region: region.slug),
)

BODY_COLUMNS: tuple[Column, ...] = (
    Column("name", "Name", lambda body: body.name, lambda body: body.get_absolute_url()),
    Column(
        "region",
        "Region",
        lambda body: body.region_name,
        lambda body: reverse("region", args=[body.region_slug]) if body.region_slug else "",
        sort=("region_name", "name"),
        api=(),
    ),
    Column(
        "population",
        "Population",
        lambda body: as_given(body.population),
        numeric=True,
        sort=("population", "name"),
    ),
    Column("population_as_at", "Population as at", lambda body: body.population_as_at),
    Column(
        "officers",
        "Officers (full-time equivalent)",
        lambda body: as_given(body.officers),
        numeric=True,
        sort=("officers", "name"),
    ),
    Column("officers_as_at", "Officers as at", lambda body: body.officers_as_at),
    Column("ons_code", "ONS code", lambda body: body.ons_code),
    Column("valid_from", "Exists from", lambda body: body.valid_from),
    Column("valid_to", "Exists until", lambda body: body.valid_to),
    Column("short_name", "Short name", lambda body: body.short_name),
    Column("slug", "Slug", lambda body: body.slug),
)
UNIT_COLUMNS = tuple(
    replace(column, sort=()) if column.key in ("population", "officers") else column for column in BODY_COLUMNS
)
"""Of bodies that are no forces, which nobody sorts by their size."""


class RegionList(ListPage):
    permission = "forces.read_body"
    title = "Regions"
    template_name = "forces/region_list.html"
    filterset_class = RegionFilter
    columns = REGION_COLUMNS
    on_page = ("name", "forces", "rocus", "note")
    order = ("name",)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        today = valid_on(self.today, "memberships__") & valid_on(self.today, "memberships__organisation__")
        forces = Q(memberships__organisation__kind=OrganisationKind.FORCE)
        members = Membership.objects.valid_on(self.today).filter(region=OuterRef("pk"))
        rocus = members.filter(valid_on(self.today, "organisation__"), organisation__kind=OrganisationKind.ROCU)
        return Region.objects.visible_to(user).annotate(
            forces_today=Count("memberships__organisation", filter=today & forces, distinct=True),
            rocu_today=Subquery(rocus.order_by("organisation__name").values("organisation__name")[:1]),
        )


class BodyList(ListPage):
    """Organisations of one kind with the region that each belongs to today."""

    permission = "forces.read_body"
    model: ClassVar[type[Organisation]]
    filterset_class = BodyFilter
    columns = BODY_COLUMNS
    order = ("name",)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        places = Membership.objects.valid_on(self.today).filter(organisation=OuterRef("pk")).order_by("region__name")
        return (
            self.model.objects.visible_to(user)
            .with_sizes()
            .annotate(
                region_name=Subquery(places.values("region__name")[:1]),
                region_slug=Subquery(places.values("region__slug")[:1]),
            )
        )


class ForceList(BodyList):
    title = "Police forces"
    template_name = "forces/force_list.html"
    model = Force
    on_page = ("name", "region", "population", "population_as_at", "officers", "officers_as_at")


class RocuList(BodyList):
    title = "Regional organised crime units"
    template_name = "forces/rocu_list.html"
    model = Rocu
    on_page = ("name", "region", "officers", "officers_as_at")
    columns = UNIT_COLUMNS


class OtherList(BodyList):
    """Bodies that are neither a force nor a regional unit, such as a national agency."""

    title = "Other bodies"
    template_name = "forces/other_list.html"
    model = Organisation
    on_page = ("name", "region")
    columns = UNIT_COLUMNS

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        kinds = [kind for kind in OrganisationKind if kind.page == OrganisationKind.OTHER.page]
        return super().rows_for(user).filter(kind__in=kinds)
