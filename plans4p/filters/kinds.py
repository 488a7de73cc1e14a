"""The kind of data that a list shows: one of the two, for they never add up."""

from functools import cached_property

from django.db.models import QuerySet

from disruptions.choices import DataKind
from disruptions.filters.record import KindFilter, ViewpointSet


class KindSet(ViewpointSet):
    """Rows of one kind of data: the one asked for; else recorded ones, unless there are only illustrative ones."""

    data = KindFilter()

    @cached_property
    def kind(self) -> DataKind:
        if asked := self.given.get("data"):
            return DataKind(asked)
        there = set(self.queryset.order_by().values_list("kind_of_data", flat=True).distinct())
        return DataKind.ILLUSTRATIVE if there == {DataKind.ILLUSTRATIVE} else DataKind.RECORDED

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset.filter(kind_of_data=self.kind))
