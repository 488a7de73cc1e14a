"""Programmes and inspections."""

from inspections.models import Inspection
from inspections.presenters.summaries.shared import NOT_COMPARABLE, Rows, _stated, _url
from inspections.presenters.words import scale_in_words


def inspection_summary(inspection: Inspection) -> Rows:
    scope = inspection.region or inspection.organisation
    ungraded = " The region itself is not graded." if inspection.region else ""
    return [
        ("Region inspected" if inspection.region else "Organisation inspected", scope.name, _url(scope)),
        ("Programme", inspection.programme.name),
        ("Fieldwork", inspection.fieldwork),
        ("Published", inspection.published),
        ("Grade scale", f"{scale_in_words(inspection.programme.scale)} {NOT_COMPARABLE}{ungraded}"),
        *_stated("Note", inspection.note),
    ]
