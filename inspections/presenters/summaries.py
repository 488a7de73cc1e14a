"""The head of each detail page as pairs (label, value) or (label, value, url)."""

from inspections.models import Grading, Inspection, PublishedFigure, Recommendation, SourceDocument
from inspections.presenters.figures import period_in_words, step_in_words
from inspections.presenters.words import scale_in_words

Rows = list[tuple[str, str] | tuple[str, str, str]]

NOT_COMPARABLE = "Grades of another scale are not comparable with these step by step."


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


def grading_summary(grading: Grading) -> Rows:
    return [
        ("Organisation", grading.organisation.name, _url(grading.organisation)),
        ("Inspection", grading.inspection.title, _url(grading.inspection)),
        ("Published", grading.inspection.published),
        ("Grade scale", f"{scale_in_words(grading.scale)} {NOT_COMPARABLE}"),
    ]


def figure_summary(figure: PublishedFigure) -> Rows:
    beside = [("Stands beside", figure.finding.title, _url(figure.finding))] if figure.finding else []
    return [
        ("About", figure.about.name, _url(figure.about)),
        ("Period", period_in_words(figure)),
        ("Whose figure", figure.get_said_by_display()),
        *_stated("Printed to", step_in_words(figure)),
        *_stated("Measure", figure.measure.description),
        *beside,
    ]


def recommendation_summary(recommendation: Recommendation) -> Rows:
    finding = recommendation.finding
    return [
        ("For", recommendation.addressed_to.name, _url(recommendation.addressed_to)),
        ("Finding", finding.title, _url(finding)),
        ("Inspection", finding.inspection.title, _url(finding.inspection)),
    ]


def source_summary(source: SourceDocument) -> Rows:
    return [
        ("Publisher", source.publisher),
        ("Kind", source.get_kind_display()),
        ("Published", source.published),
        ("Licence", source.get_licence_display()),
        *_stated("Note", source.note),
    ]


def _stated(label: str, value: str) -> Rows:
    """A pair, or none where the value is empty and its absence says nothing."""
    return [(label, value)] if value else []


def _url(record: object) -> str:
    return record.get_absolute_url()
