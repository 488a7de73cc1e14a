"""What the list of extracts can be narrowed to."""

from django.db.models import QuerySet

from disruptions.choices import ExtractContents
from disruptions.filters.record import RecordFilter
from disruptions.models import Extract
from soc_tracker.lib.filter_fields import ChoicesFilter, WordsFilter


class ExtractFilter(RecordFilter):
    """Extracts that were taken from the national database on or before the day."""

    q = WordsFilter(label="Words in the file’s name")
    contents = ChoicesFilter(choices=ExtractContents.choices, label="Contents")

    class Meta:
        model = Extract
        fields = ()

    def standing(self, queryset: QuerySet) -> QuerySet:
        return queryset.of_kind(self.standpoint.kind).filter(as_at__lte=self.standpoint.day)
