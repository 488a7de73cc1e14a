"""Sources."""

from inspections.choices import (
    DocumentKind,
    Licence,
)
from inspections.models import (
    SourceDocument,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class SourceFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter(choices=DocumentKind.choices, label="Kind of document")
    licence = ChoicesFilter(choices=Licence.choices, label="Licence")

    class Meta:
        model = SourceDocument
        fields = ()
