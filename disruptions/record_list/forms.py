"""What the list of disruptions can be narrowed to: the same for page, charts, files and API."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from disruptions.choices import ExtractContents, FourP, Involvement, Size, ThreatType
from disruptions.counts.queries import Scope
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record_list.queries import MOST_BY_WORDS, MOST_COUNTED_ROWS, Facets
from disruptions.standpoint.forms import RecordFilter, bodies_reached, regions_reached
from disruptions.threats.models import CrimeType, Threat
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.filter_fields import (
    ChoicesFilter,
    DayFilter,
    OneChoiceFilter,
    PlainCopy,
    SlugsFilter,
    WordsFilter,
)
from soc_tracker.core.lists.filters import FilterForm, Problem
from soc_tracker.core.text.days import Days, in_words
from soc_tracker.core.text.normal import key_of

OF_EXTRACT = ("pk", "file_name", "as_at")
EARLIEST_YEAR = 1980
NONE_GIVEN = "none"
Members = dict[str, frozenset[int]]


def one_of(field: str, keys: Iterable[int]) -> Q:
    """Rows with one of the keys; with a single one as an equation, after which an index gives the rest in order."""
    wanted = sorted(keys)
    return Q(**{field: wanted[0]}) if len(wanted) == 1 else Q(**{f"{field}__in": wanted})


class KeyedFilter(SlugsFilter):
    """Rows that refer to one of the records. The records are read once, and nothing joins them again.

    ``keys`` are their keys by slug, ``names`` their names by key. ``none`` names the choice of rows without any.
    """

    def __init__(self, *args: Any, none: str = "", **kwargs: Any) -> None:
        self.none = none
        super().__init__(*args, **kwargs)

    @cached_property
    def offered(self) -> list[tuple[str, int, str]]:
        return list(self.records(self.parent.user).values_list("slug", "pk", self.words))

    @cached_property
    def keys(self) -> dict[str, int | None]:
        return {slug: key for slug, key, _ in self.offered} | ({NONE_GIVEN: None} if self.none else {})

    @cached_property
    def names(self) -> dict[int, str]:
        return {key: name for _, key, name in self.offered}

    def values(self) -> list[tuple[str, str]]:
        return [(slug, name) for slug, _, name in self.offered] + ([(NONE_GIVEN, self.none)] if self.none else [])

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        keys = {self.keys[slug] for slug in value}
        chosen = one_of(self.field_name, (key for key in keys if key is not None))
        return qs.filter(chosen | Q(**{f"{self.field_name}__isnull": True}) if None in keys else chosen)


class ExtractsFilter(KeyedFilter):
    """Extracts of disruptions, each by its number, latest first."""

    @cached_property
    def rows(self) -> list[tuple[int, str, date, bool]]:
        """All of them, each with whether it is offered: a row that a reader sees may have come with an extract that
        holds others too.
        """
        extracts = Extract.objects.filter(contents=ExtractContents.DISRUPTIONS).order_by("-as_at", "-pk")
        is_seen: Any = Value(True)
        if not sight_of(self.parent.user).everything:
            is_seen = Exists(self.records(self.parent.user).order_by().filter(pk=OuterRef("pk")))
        rows = extracts.annotate(is_seen=is_seen).values_list(*OF_EXTRACT, "is_seen")
        return [(key, f"{name}, as at {in_words(day)}", day, seen) for key, name, day, seen in rows]

    @cached_property
    def offered(self) -> list[tuple[str, int, str]]:
        return [(str(key), key, name) for key, name, _, is_seen in self.rows if is_seen]

    @cached_property
    def names(self) -> dict[int, str]:
        return {key: name for key, name, _, _ in self.rows}


class BodiesInRegionFilter(SlugsFilter):
    """Rows of bodies that belong to one of the regions on the day that the list is as at."""

    @cached_property
    def offered(self) -> list[tuple[str, str, int | None, date | None, date | None]]:
        """Each region with each membership that it ever had, or with none."""
        paths = ("memberships__organisation", "memberships__valid_from", "memberships__valid_to")
        return list(self.records(self.parent.user).values_list("slug", "name", *paths))

    def values(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys((slug, name) for slug, name, *_ in self.offered))

    def members(self, day: date) -> Members:
        """The bodies of each region on a day."""
        there = [(slug, body) for slug, _, body, first, last in self.offered if body and day in Days(first, last)]
        return {slug: frozenset(body for in_region, body in there if in_region == slug) for slug, *_ in self.offered}

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        members = self.members(self.parent.standpoint.day)
        return qs.filter(one_of(self.field_name, frozenset().union(*(members[slug] for slug in value))))


class YearsFilter(ChoicesFilter):
    """Rows whose day lies in one of the years."""

    def values(self) -> list[tuple[str, str]]:
        return [(str(year), str(year)) for year in range(self.parent.today.year, EARLIEST_YEAR - 1, -1)]

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field") and hasattr(self, "parent"):
            self.extra["choices"] = self.values()
        return super().field

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """As one span of days, which an index in their order finds; years between are left out in it."""
        if not value:
            return qs
        years = sorted(map(int, value))
        span = (date(years[0], 1, 1), date(years[-1], 12, 31))
        between = set(range(years[0], years[-1])) - set(years)
        rows = qs.filter(**{f"{self.field_name}__range": span})
        return rows.exclude(**{f"{self.field_name}__year__in": sorted(between)}) if between else rows


class ThreatReferenceFilter(PlainCopy, django_filters.CharFilter):
    """Rows of the threat with a reference. Set by links."""

    @property
    def field(self) -> forms.Field:
        field = super().field
        if hasattr(self, "parent"):
            field.validators = [self._must_exist]
        return field

    def _must_exist(self, reference: str) -> None:
        threats = Threat.objects.visible_to(self.parent.user).filter(reference_key=key_of(reference))
        self.key = threats.values_list("pk", flat=True).first()
        if self.key is None:
            raise forms.ValidationError(f"no threat has the reference “{reference}”.")

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(threat=self.key) if value else qs


# What lists of disruptions can be narrowed to: the same for page, export and API.


PLAIN_DIMENSIONS = ("four_p", "involvement", "size", "threat_type")
BEYOND_COUNTS = ("q", "threat", "added_from", "added_to", "after_closure")
"""Filters by what no cell holds."""


class DisruptionFilter(RecordFilter):
    """Disruptions as they stood on a day. ``scope`` is the same choice for whoever counts rather than reads rows."""

    q = WordsFilter(
        label="Words in reference or summary",
        method=lambda disruptions, name, words: disruptions.mentioning(words),  # by the index of words
    )
    four_p = ChoicesFilter(choices=FourP.words, label="4P")
    region = BodiesInRegionFilter("organisation", records=regions_reached, label="Region")
    organisation = KeyedFilter("organisation", records=bodies_reached, label="Organisation")
    involvement = ChoicesFilter(choices=Involvement.words, label="Lead or support")
    size = ChoicesFilter(choices=Size.words, label="Size")
    threat_type = ChoicesFilter(choices=ThreatType.words, label="Threat type")
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
        field_name="threat",
        choices=[("yes", "by the day before")],
        label="Threat closed",
        method="closed_before",
    )

    beyond_counts: ClassVar[tuple[str, ...]] = BEYOND_COUNTS

    class Meta:
        model = Disruption
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        """As at the latest day no earlier state is left; to say so lets an index of the present rows be used."""
        rows = queryset.of_kind(self.standpoint.kind).as_at(self.standpoint.day)
        return rows.current() if self.standpoint.is_latest else rows

    @cached_property
    def problems(self) -> list[Problem]:
        """With years of activity that are all after the day: the record cannot know anything of them."""
        problems = list(super().problems)
        years = [int(year) for year in self.given.get("year") or ()]
        if years and min(years) > self.standpoint.day.year:
            message = f"Year of activity: the record is shown as at {self.standpoint.words}. Choose an earlier year."
            problems += [Problem("year", str(year), message) for year in years]
        return problems

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
        chosen, rows = self.chosen, self.queryset
        for name in beyond:
            rows = self.filters[name].filter(rows, chosen[name])
        values = {name: frozenset(chosen[name]) for name in PLAIN_DIMENSIONS if name in chosen}
        for name in ("crime_type", "extract"):
            if name in chosen:
                values[name] = frozenset(self.filters[name].keys[slug] for slug in chosen[name])
        if "year" in chosen:
            values["activity_year"] = frozenset(map(int, chosen["year"]))
        if bodies := [some for name in ("region", "organisation") if (some := self._bodies(name)) is not None]:
            values["organisation"] = bodies[0].intersection(*bodies)
        return Scope(
            standpoint=self.standpoint,
            values=values,
            activity_from=chosen.get("activity_from"),
            activity_to=chosen.get("activity_to"),
            rows=rows if beyond else None,
        )

    def closed_before(self, rows: Any, name: str, value: str) -> QuerySet:
        """Of threats that the reader sees: what others were, nobody learns from their disruptions."""
        after: QuerySet = rows.after_closure(self.standpoint.sight)
        return after

    @property
    def most_counted(self) -> int:
        """How many rows may be counted one by one: fewer where they are found by words."""
        return MOST_BY_WORDS if "q" in self.chosen else MOST_COUNTED_ROWS

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
                of_name = {key: n for key, n in facets[name].items() if bodies is None or key in bodies}
                return {slugs[key]: n for key, n in of_name.items() if key in slugs}  # others are not offered
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
