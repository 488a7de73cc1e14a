"""Lists of regions, forces and regional organised crime units."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from forces.choices import OrganisationKind
from forces.exports import BODY_COLUMNS, REGION_COLUMNS
from forces.filters import BodyFilter, RegionFilter
from forces.models import Force, Membership, Organisation, Region, Rocu
from forces.querysets import valid_on
from soc_tracker.lib.list_view import ListPage


class HomeCrumb:
    """A page one step below the home page."""

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home"))]


class RegionList(HomeCrumb, ListPage):
    permission = "forces.read_body"
    title = "Regions"
    template_name = "forces/region_list.html"
    filterset_class = RegionFilter
    columns = REGION_COLUMNS
    on_page = ("name", "forces", "rocus", "note")
    order = ("name",)

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        today = valid_on(self.today, "memberships__") & valid_on(self.today, "memberships__organisation__")
        forces = Q(memberships__organisation__kind=OrganisationKind.FORCE)
        members = Membership.objects.valid_on(self.today).filter(region=OuterRef("pk"))
        rocus = members.filter(valid_on(self.today, "organisation__"), organisation__kind=OrganisationKind.ROCU)
        return Region.objects.visible_to(user).annotate(
            forces_today=Count("memberships__organisation", filter=today & forces, distinct=True),
            rocu_today=Subquery(rocus.order_by("organisation__name").values("organisation__name")[:1]),
        )


class BodyList(HomeCrumb, ListPage):
    """Organisations of one kind with the region that each belongs to today."""

    permission = "forces.read_body"
    model: ClassVar[type[Organisation]]
    filterset_class = BodyFilter
    columns = BODY_COLUMNS
    order = ("name",)
    sorts: ClassVar = {
        "region": ("region_name", "name"),
        "population": ("population", "name"),
        "officers": ("officers", "name"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        places = Membership.objects.valid_on(self.today).filter(organisation=OuterRef("pk")).order_by("region__name")
        return self.model.objects.visible_to(user).annotate(
            region_name=Subquery(places.values("region__name")[:1]),
            region_slug=Subquery(places.values("region__slug")[:1]),
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
    sorts: ClassVar = {"region": ("region_name", "name")}


class OtherList(BodyList):
    """Bodies that are neither a force nor a regional unit, such as a national agency."""

    title = "Other bodies"
    template_name = "forces/other_list.html"
    model = Organisation
    on_page = ("name", "region")
    sorts: ClassVar = {"region": ("region_name", "name")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return super().rows_for(user).filter(kind=OrganisationKind.OTHER)
