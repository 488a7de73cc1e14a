"""The kind of data that a list shows: one of the two, for they never add up."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from disruptions.choices import DataKind
from soc_tracker.lib.filter_fields import OneChoiceFilter
from soc_tracker.lib.filters import StrictFilterSet


class KindSet(StrictFilterSet):
    """Rows of one kind of data: the one asked for; else recorded ones, unless there are only illustrative ones."""

    data = OneChoiceFilter(
        field_name="kind_of_data",
        choices=DataKind.choices,
        label="Kind of data",
        method="as_it_is",
        empty_label="Whichever there is",
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was understood."""
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def kind(self) -> DataKind:
        if asked := self.given.get("data"):
            return DataKind(asked)
        there = set(self.queryset.order_by().values_list("kind_of_data", flat=True).distinct())
        return DataKind.ILLUSTRATIVE if there == {DataKind.ILLUSTRATIVE} else DataKind.RECORDED

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset.filter(kind_of_data=self.kind))

    def as_it_is(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """The kind is chosen in ``filter_queryset``, whether or not the reader has asked for one."""
        return queryset
