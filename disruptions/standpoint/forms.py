"""What every list of the record can be narrowed to: kind of data and day, region and body."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.timezone import localdate

from disruptions.choices import DataKind, ExtractContents
from disruptions.known.queries import read_moment
from disruptions.standpoint.queries import Standpoint, standpoint
from forces.models import Membership, Organisation, Region
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import in_page_words
from soc_tracker.core.lists.filter_fields import DayFilter, OneChoiceFilter, PlainCopy, SlugsFilter
from soc_tracker.core.lists.filters import Problem, StrictFilterSet


def bodies_reached(user: Any) -> QuerySet[Organisation]:
    """Bodies by which a list of the record can be narrowed: those of which the user sees rows."""
    bodies, sight = Organisation.objects.visible_to(user), sight_of(user)
    return bodies if sight.everything else bodies.filter(pk__in=sight.bodies)


def regions_reached(user: Any) -> QuerySet[Region]:
    """Regions that have, or had, one of these."""
    regions, sight = Region.objects.visible_to(user), sight_of(user)
    return (
        regions
        if sight.everything
        else regions.filter(pk__in=Membership.objects.filter(organisation__in=sight.bodies).values("region"))
    )


class OrganisationsFilter(SlugsFilter):
    def __init__(self, field_name: str = "organisation__slug", *, records: Any = bodies_reached, **kwargs: Any) -> None:
        super().__init__(field_name, records=records, label="Organisation", **kwargs)


class RegionsFilter(SlugsFilter):
    """Rows of an organisation that belongs to one of the regions on the day that the list is as at."""

    def __init__(self, organisation: str = "organisation", *, records: Any = regions_reached) -> None:
        self.organisation = organisation
        super().__init__(f"{organisation}__regions__slug", records=records, label="Region")

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        members = Membership.objects.valid_on(self.parent.day).filter(region__slug__in=value)
        return qs.filter(**{f"{self.organisation}__in": members.values("organisation")})


class AsAtFilter(DayFilter):
    """A day of which the record can tell: none that is yet to come."""

    @property
    def field(self) -> forms.Field:
        field = super().field
        if hasattr(self, "parent"):
            field.validators = [MaxValueValidator(self.parent.today, "give a day that is not yet to come.")]
        return field


class KnownFilter(PlainCopy, django_filters.CharFilter):
    """Up to when the record was known here: a day, the number of an extract, or a moment. The whole request is answered
    from then: see ``disruptions.known``.
    """

    @property
    def field(self) -> forms.Field:
        field = super().field
        if hasattr(self, "parent"):
            field.validators = [self._must_be_past]
        return field

    def _must_be_past(self, text: str) -> None:
        try:
            day = localdate(read_moment(text))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if day > self.parent.today:
            raise forms.ValidationError("give a day that is not yet to come.")


class KindFilter(OneChoiceFilter):
    """The kind of data, which the set chooses by itself where the reader does not."""

    def __init__(self) -> None:
        super().__init__(
            field_name="kind_of_data",
            choices=DataKind.words,
            label="Kind of data",
            method="as_it_is",
            empty_label="Whichever there is",
        )


class ViewpointSet(StrictFilterSet):
    """Filters of which some say from where the rows are looked at, and sift none by themselves."""

    @property
    def day(self) -> date:
        """The day as at which rows are looked at."""
        return self.today

    @property
    def given(self) -> dict[str, Any]:
        """What was understood. The page is refused, or shows no rows, when something was not."""
        self.form.is_valid()
        return self.form.cleaned_data

    def as_it_is(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """For parameters that say from where the rows are looked at, or how many of them."""
        return queryset


class AsAtSet(ViewpointSet):
    """The day, and up to when it was known here: for a page about one thing, which is of one kind of data."""

    as_at = AsAtFilter(field_name="known_from", label="As at", method="as_it_is")
    known = KnownFilter(
        field_name="known_from", label="Known here until (a day, or the number of an extract)", method="as_it_is"
    )


class StandpointSet(AsAtSet):
    """The kind of data and the day, both chosen by the reader."""

    data = KindFilter()
    contents_of_standpoint: ClassVar[str] = ExtractContents.DISRUPTIONS
    """Of what the latest day is the usual one."""

    @property
    def day(self) -> date:
        return self.standpoint.day

    @cached_property
    def standpoint(self) -> Standpoint:
        return standpoint(
            sight=sight_of(self.user),
            kind=self.given.get("data") or "",
            day=self.given.get("as_at"),
            today=self.today,
            contents=self.contents_of_standpoint,
        )

    @property
    def summary(self) -> str:
        """With whose rows they are, where not of every body."""
        return f"{super().summary}; {reach}" if (reach := self.standpoint.in_reach.rstrip(".")) else super().summary

    @cached_property
    def problems(self) -> list[Problem]:
        """With spans that begin after the day as at which the record is asked: it cannot know anything of them."""
        problems = list(super().problems)
        for name in (first for first, _ in self.spans):
            begin = self.given.get(name)
            if begin and begin > self.standpoint.day:
                label, words = self.filters[name].label, in_page_words(begin)
                message = f"{label}: {words} is after {self.standpoint.words}, the day that the record is shown as at."
                problems.append(Problem(name, begin.isoformat(), f"{message} Choose an earlier day."))
        return problems


class RecordFilter(StandpointSet):
    """Rows of one kind of data as they stood on one day: ``standing`` gives those of the list’s own queryset."""

    standing: Callable[..., QuerySet]

    @property
    def qs(self) -> QuerySet:
        return self.standing(self.queryset).none() if self.problems else super().qs

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(self.standing(queryset))
