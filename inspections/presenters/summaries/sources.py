"""Sources."""

from inspections.models import SourceDocument
from inspections.presenters.summaries.shared import Rows, _stated


def source_summary(source: SourceDocument) -> Rows:
    return [
        ("Publisher", source.publisher),
        ("Kind", source.get_kind_display()),
        ("Published", source.published),
        ("Licence", source.get_licence_display()),
        *_stated("Note", source.note),
    ]
