"""What lists of disruptions can be narrowed to: the same for page, export and API."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet

from disruptions.choices import FourP, Involvement, Size, ThreatType
from disruptions.filters.fields import (
    ExtractsFilter,
    KeyedFilter,
    Members,
    MentioningFilter,
    RegionFilter,
    ThreatReferenceFilter,
    YearsFilter,
)
from disruptions.filters.record import RecordFilter
from disruptions.models import CrimeType, Disruption, Extract
from disruptions.selectors.counts import Scope
from disruptions.selectors.data_quality import after_closure
from disruptions.selectors.disruption_list import MOST_COUNTED_ROWS, MOST_FOUND_BY_WORDS, Facets
from forces.models import Organisation, Region
from soc_tracker.lib.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter
from soc_tracker.lib.filters import FilterForm, Problem

PLAIN_DIMENSIONS = ("four_p", "involvement", "size", "threat_type")
BEYOND_COUNTS = ("q", "threat", "added_from", "added_to", "after_closure")
"""Filters by what no cell holds."""


class DisruptionFilter(RecordFilter):
    """Disruptions as they stood on a day. ``scope`` is the same choice for whoever counts rather than reads rows."""

    q = MentioningFilter(label="Words in reference or summary")
    four_p = ChoicesFilter(choices=FourP.choices, label="4P")
    region = RegionFilter("organisation", records=Region.objects.visible_to, label="Region")
    organisation = KeyedFilter("organisation", records=Organisation.objects.visible_to, label="Organisation")
    involvement = ChoicesFilter(choices=Involvement.choices, label="Lead or support")
    size = ChoicesFilter(choices=Size.choices, label="Size")
    threat_type = ChoicesFilter(choices=ThreatType.choices, label="Threat type")
    crime_type = KeyedFilter("crime_type", records=CrimeType.objects.visible_to, none="Not stated", label="Crime type")
    year = YearsFilter("activity_date", label="Year of activity")
    extract = ExtractsFilter(
        "extract", records=Extract.objects.visible_to, none="None: entered by hand", label="Extract"
    )
    activity_from = DayFilter("activity_date", lookup_expr="gte", label="Activity from")
    activity_to = DayFilter("activity_date", lookup_expr="lte", label="Activity to")
    added_from = DayFilter("added_date", lookup_expr="gte", label="Added from")
    added_to = DayFilter("added_date", lookup_expr="lte", label="Added to")
    threat = ThreatReferenceFilter(field_name="threat", label="Threat")
    after_closure = OneChoiceFilter(
        field_name="threat", choices=[("yes", "by the day before")], label="Threat closed", method="after_it_closed"
    )

    beyond_counts: ClassVar[tuple[str, ...]] = BEYOND_COUNTS

    class Meta:
        model = Disruption
        fields = ()

    def standing(self, queryset: QuerySet) -> QuerySet:
        """As at the latest day no earlier state is left; to say so lets an index of the present rows be used."""
        rows = queryset.of_kind(self.standpoint.kind).as_at(self.standpoint.day)
        return rows.current() if self.standpoint.is_latest else rows

    def after_it_closed(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return after_closure(queryset)

    @cached_property
    def problems(self) -> list[Problem]:
        """With years of activity that are all after the day: the record cannot know anything of them."""
        found = list(super().problems)
        years = [int(year) for year in self.given.get("year") or ()]
        if years and min(years) > self.standpoint.day.year:
            message = f"Year of activity: the record is shown as at {self.standpoint.words}. Choose an earlier year."
            found += [Problem("year", str(year), message) for year in years]
        return found

    @cached_property
    def form(self) -> FilterForm:
        """Only of the filters that the address names: pages draw the others without a form field."""
        given = {name: filter_ for name, filter_ in self.filters.items() if name in self.data}
        return FilterForm({name: filter_.field for name, filter_ in given.items()}, self.data)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The filters in force, each with its value."""
        return {name: value for name, value in self.given.items() if value}

    @cached_property
    def members(self) -> Members:
        """The bodies of each region on the day."""
        return self.filters["region"].members(self.standpoint.day)

    @cached_property
    def scope(self) -> Scope:
        """The choice as what is counted; rows are counted only for what the counts do not hold."""
        beyond = [name for name in self.beyond_counts if name in self.chosen]
        return Scope(
            standpoint=self.standpoint,
            values=self._values(),
            activity_from=self.chosen.get("activity_from"),
            activity_to=self.chosen.get("activity_to"),
            rows=self._rows(beyond) if beyond else None,
        )

    @property
    def most_counted(self) -> int:
        """How many rows may be counted one by one: fewer where they are found by words."""
        return MOST_FOUND_BY_WORDS if "q" in self.chosen else MOST_COUNTED_ROWS

    def by_value(self, name: str, facets: Facets) -> dict[str, int]:
        """How many rows each value of a filter has under all other filters, by the value as the address has it."""
        match name:
            case "region":
                bodies = self._bodies("organisation")
                counts = {key: n for key, n in facets["organisation"].items() if bodies is None or key in bodies}
                sums = {slug: sum(counts.get(key, 0) for key in bodies) for slug, bodies in self.members.items()}
                return {slug: n for slug, n in sums.items() if n}
            case "organisation" | "crime_type" | "extract":
                bodies = self._bodies("region") if name == "organisation" else None
                slugs = {key: slug for slug, key in self.filters[name].keys.items()}
                return {slugs[key]: n for key, n in facets[name].items() if bodies is None or key in bodies}
            case "year":
                return {str(year): n for year, n in facets["activity_year"].items()}
            case _:
                return dict(facets[name])

    def _bodies(self, name: str) -> frozenset[int] | None:
        """The bodies that one of the two filters by body leaves in; None: all."""
        if name not in self.chosen:
            return None
        if name == "organisation":
            return frozenset(self.filters[name].keys[slug] for slug in self.chosen[name])
        return frozenset().union(*(self.members[slug] for slug in self.chosen[name]))

    def _values(self) -> dict[str, frozenset]:
        chosen = self.chosen
        plain = {name: frozenset(chosen[name]) for name in PLAIN_DIMENSIONS if name in chosen}
        keyed = {
            name: frozenset(self.filters[name].keys[slug] for slug in chosen[name])
            for name in ("crime_type", "extract")
            if name in chosen
        }
        years = {"activity_year": frozenset(map(int, chosen["year"]))} if "year" in chosen else {}
        bodies = [found for name in ("region", "organisation") if (found := self._bodies(name)) is not None]
        return plain | keyed | years | ({"organisation": bodies[0].intersection(*bodies)} if bodies else {})

    def _rows(self, names: Iterable[str]) -> QuerySet:
        """The rows, in whichever state, that these filters alone leave in."""
        rows = self.queryset
        for name in names:
            rows = self.filters[name].filter(rows, self.chosen[name])
        return rows
