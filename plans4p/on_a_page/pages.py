"""Plan on a page: what a body means to do under each P, with how far it is, on one page."""

from collections.abc import Sized
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from disruptions.choices import DataKind
from disruptions.threats.models import Threat
from forces.choices import OrganisationKind
from forces.models import Organisation
from plans4p.choices import OPEN
from plans4p.directory.pages import KindSet
from plans4p.directory.queries import User
from plans4p.on_a_page.queries import Sheet, Unit, get_sheet, list_units
from plans4p.plans.models import Plan
from soc_tracker.core.access.markings import highest_of
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import OneChoiceFilter
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.models import seen_at

DENSITIES = ((44, "large"), (62, "middling"))
"""Lines up to which a sheet of paper holds them in letters of a size."""


def density(sheet: Sheet, units: Sized) -> str:
    """How small the letters must be for one sheet of paper: a plan and an aim take about two lines of a column."""
    columns = [sum(2 + 2 * len(each.aims) for each in column.plans) + len(column.without) for column in sheet.columns]
    lines = max(columns) + len(units)
    return next((name for most, name in DENSITIES if lines <= most), "small")


def unit_columns(kind: DataKind, slug: str, *, of_forces: bool) -> tuple[Column, ...]:
    """Units of the body with this slug, each with the way to its page, or to its part of this one."""
    address = reverse("plans4p:on_a_page", args=[slug])

    def url(unit: Unit) -> str:
        if unit.unit:
            own = reverse("plans4p:on_a_page", args=[unit.unit.slug])
            return f"{own}?{urlencode({'data': kind.value})}"
        return f"{address}?{urlencode({'data': kind.value, 'area': str(unit.area)})}" if unit.area else ""

    return (
        Column("unit", "Force" if of_forces else "Local policing area", lambda unit: unit.name, url),
        Column("plans", "Open plans", lambda unit: unit.plans, numeric=True),
        Column("aims", "Aims", lambda unit: unit.tally.aims, numeric=True),
        Column("disruptions", "Disruptions counted of those aimed at", lambda unit: unit.tally.disruptions),
    )


class NamedHereFilter(OneChoiceFilter):
    """Rows that name one of the records which the page's own rows name: by number, in order of words.

    ``through`` is the linked record's model where that names it, and the reader may see it or not.
    """

    def __init__(self, field_name: str, words: tuple[str, ...], through: Any = None, **kwargs: Any) -> None:
        self.words, self.through = words, through
        super().__init__(field_name, choices=(), **kwargs)

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field") and hasattr(self, "parent"):
            rows = self.parent.queryset.filter(**{f"{self.field_name}__isnull": False}).order_by(*self.words)
            if self.through:
                rows = rows.filter(seen_at(self.parent.user, self.field_name.partition("__")[0], self.through))
            records = rows.values_list(self.field_name, *self.words).distinct()
            self.extra["choices"] = [(str(key), " ".join(filter(None, words))) for key, *words in records]
        field: forms.Field = super().field
        return field


class OnAPageFilter(KindSet):
    """Open plans of one body."""

    status = OneChoiceFilter(choices=[(status.value, status.label) for status in OPEN], label="Status")
    owner = NamedHereFilter("owner", ("owner__rank", "owner__name"), label="Owner")
    area = NamedHereFilter("threat__area", ("threat__area__name",), through=Threat, label="Local policing area")

    class Meta:
        model = Plan
        fields = ()


NO_FORCE = "No force is in its region today."
NO_AREA = "No threat of these plans has a local policing area on record."


class OnAPage(Page):
    permission = "plans4p.read_plan"
    template_name = "plans4p/on_a_page.html"
    filterset_class = OnAPageFilter
    parents = (("4P plans", "plans4p:plan_list"),)
    within = ("organisation",)

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Plan on a page: {self.organisation.name}"

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    def rows_for(self, user: User) -> QuerySet[Plan]:
        return Plan.objects.visible_to(user).open().filter(organisation=self.organisation)

    def context(self) -> dict[str, Any]:
        today, kind, body = self.today, self.filter.kind, self.organisation
        sheet = get_sheet(self.request.user, self.filter.qs, today)
        own = self.filter.queryset.of_kind(kind)
        of_forces = body.kind == OrganisationKind.ROCU
        units = list_units(self.request.user, body, own, kind, today)
        list_query = urlencode({"organisation": body.slug, "data": kind})
        return super().context() | {
            "organisation": body,
            "is_seen": sight_of(self.request.user).sees(body.pk),
            "marking": highest_of(self.filter.qs, "marking"),
            "kind": kind,
            "today": today,
            "narrowed": bool(
                {"status", "owner", "area"} & {name for name, value in self.filter.given.items() if value}
            ),
            "columns": sheet.columns,
            "density": density(sheet, units),
            "plans": sheet.plans,
            "units": units,
            "of_forces": of_forces,
            "unit_columns": unit_columns(kind, body.slug, of_forces=of_forces),
            "units_none": NO_FORCE if of_forces else NO_AREA,
            "list_url": f"{reverse('plans4p:plan_list')}?{list_query}",
        }
