"""The kinds of filter that the list of disruptions uses: by keys, members of regions, years, words."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from disruptions.choices import ExtractContents
from disruptions.models import Threat
from soc_tracker.lib.filter_fields import ChoicesFilter, PlainCopy, SlugsFilter, WordsFilter
from soc_tracker.lib.periods import Precision, in_words

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

    def __init__(self, *args: Any, slug: str = "slug", none: str = "", **kwargs: Any) -> None:
        self.slug, self.none = slug, none
        super().__init__(*args, **kwargs)

    @cached_property
    def found(self) -> list[tuple[str, int, str]]:
        return [(str(slug), key, name) for slug, key, name in self.read(self.parent.user)]

    @cached_property
    def keys(self) -> dict[str, int | None]:
        return {slug: key for slug, key, _ in self.found} | ({NONE_GIVEN: None} if self.none else {})

    @cached_property
    def names(self) -> dict[int, str]:
        return {key: name for _, key, name in self.found}

    def choices(self, user: Any) -> list[tuple[str, str]]:
        return [(slug, name) for slug, _, name in self.found] + ([(NONE_GIVEN, self.none)] if self.none else [])

    def read(self, user: Any) -> Iterable[tuple[Any, int, str]]:
        return self.records(user).values_list(self.slug, "pk", self.words)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        keys = {self.keys[slug] for slug in value}
        chosen = one_of(self.field_name, keys - {None})
        return qs.filter(chosen | Q(**{f"{self.field_name}__isnull": True}) if None in keys else chosen)


class ExtractsFilter(KeyedFilter):
    """Extracts of disruptions, each by its number, latest first."""

    def read(self, user: Any) -> Iterable[tuple[Any, int, str]]:
        extracts = self.records(user).filter(contents=ExtractContents.DISRUPTIONS)
        for key, name, day in extracts.order_by("-as_at", "-pk").values_list("pk", "file_name", "as_at"):
            yield key, key, f"{name}, as at {in_words(day, Precision.DAY)}"


class RegionFilter(SlugsFilter):
    """Rows of bodies that belong to one of the regions on the day that the list is as at."""

    @cached_property
    def found(self) -> list[tuple[str, str, int | None, date | None, date | None]]:
        """Each region with each membership that it ever had, or with none."""
        paths = ("memberships__organisation", "memberships__valid_from", "memberships__valid_to")
        return list(self.records(self.parent.user).values_list("slug", "name", *paths))

    def choices(self, user: Any) -> list[tuple[str, str]]:
        return list(dict.fromkeys((slug, name) for slug, name, *_ in self.found))

    def members(self, day: date) -> Members:
        """The bodies of each region on a day."""
        there = [
            (slug, body)
            for slug, _, body, first, last in self.found
            if body and (first is None or first <= day) and (last is None or day <= last)
        ]
        return {slug: frozenset(body for in_region, body in there if in_region == slug) for slug, *_ in self.found}

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
        threats = Threat.objects.visible_to(self.parent.user).filter(reference=reference)
        self.key = threats.values_list("pk", flat=True).first()
        if self.key is None:
            raise forms.ValidationError(f"no threat has the reference “{reference}”.")

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(threat=self.key) if value else qs


class MentioningFilter(WordsFilter):
    """Rows that hold every word, by the index of words."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.mentioning(value) if value else qs
