"""Gradings."""

from inspections.models import Grading
from inspections.presenters.summaries.shared import NOT_COMPARABLE, Rows, _url
from inspections.presenters.words import scale_in_words


def grading_summary(grading: Grading) -> Rows:
    return [
        ("Organisation", grading.organisation.name, _url(grading.organisation)),
        ("Inspection", grading.inspection.title, _url(grading.inspection)),
        ("Published", grading.inspection.published),
        ("Grade scale", f"{scale_in_words(grading.scale)} {NOT_COMPARABLE}"),
    ]
