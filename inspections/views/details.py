"""One inspection, grading, finding, figure or source, with what hangs together with it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from inspections import exports, selectors
from inspections.choices import FindingKind
from inspections.models import Finding, Grading, Inspection, PublishedFigure, SourceDocument
from inspections.presenters import (
    by_section,
    figure_in_words,
    figure_summary,
    grading_summary,
    highlighted,
    inspection_summary,
    kinds_in_words,
    observations,
    source_summary,
)
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.history import changes_of
from soc_tracker.lib.tables import Column, picked

FIGURES = picked(exports.FIGURE_COLUMNS, "measure", "figure", "about", "period", "note")
FINDINGS = picked(exports.FINDING_COLUMNS, "title", "kind", "about", "status")


class InspectionPage(DetailPage):
    permission = "inspections.read_published"
    model = Inspection
    listed = ("Inspections", "inspections:inspection_list")
    template_name = "inspections/inspection_detail.html"

    def facts(self) -> dict[str, Any]:
        facts = selectors.of_inspection(self.request.user, self.object)
        return {
            "facts": facts,
            "summary": inspection_summary(self.object),
            "kinds": kinds_in_words(facts.kinds),
            "highlighted": highlighted(facts.findings.rows),
            "sections": by_section(observations(facts.findings.rows)),
            "grading_columns": picked(exports.GRADING_COLUMNS, "organisation", "grade", "question", "summary"),
            "finding_columns": picked(exports.FINDING_COLUMNS, "title", "kind", "about", "section"),
            "observation_columns": picked(exports.FINDING_COLUMNS, "title", "tone", "about"),
            "recommendation_columns": _recommendation_columns(),
            "figure_columns": FIGURES,
        }


class GradingPage(DetailPage):
    permission = "inspections.read_published"
    model = Grading
    listed = ("Gradings", "inspections:grading_list")
    template_name = "inspections/grading_detail.html"

    def facts(self) -> dict[str, Any]:
        others = selectors.other_gradings(self.request.user, self.object)
        return {
            "summary": grading_summary(self.object),
            "changes": changes_of(self.object),
            "others": others,
            "scales_differ": any(other.scale != self.object.scale for other in others.rows),
            "grading_columns": picked(exports.GRADING_COLUMNS, "question", "grade", "programme", "scale"),
        }


class FindingPage(DetailPage):
    permission = "inspections.read_published"
    model = Finding
    listed = ("Findings", "inspections:finding_list")
    template_name = "inspections/finding_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("repeats__inspection__programme")

    def facts(self) -> dict[str, Any]:
        return {
            "facts": selectors.of_finding(self.request.user, self.object),
            "kind_colour": FindingKind(self.object.kind).tag,
            "changes": changes_of(self.object),
            "recommendation_columns": _recommendation_columns(),
            "figure_columns": FIGURES,
        }


class FigurePage(DetailPage):
    permission = "inspections.read_published"
    model = PublishedFigure
    listed = ("Figures", "inspections:figure_list")
    template_name = "inspections/figure_detail.html"
    context_object_name = "figure"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("finding")

    def facts(self) -> dict[str, Any]:
        return {
            "words": figure_in_words(self.object),
            "summary": figure_summary(self.object),
            "changes": changes_of(self.object),
            "others": selectors.same_measure(self.request.user, self.object),
            "figure_columns": picked(exports.FIGURE_COLUMNS, "about", "figure", "period", "note"),
        }


class SourcePage(DetailPage):
    permission = "inspections.read_published"
    model = SourceDocument
    listed = ("Sources", "inspections:source_list")
    template_name = "inspections/source_detail.html"
    context_object_name = "source"

    def get_queryset(self) -> QuerySet:
        return SourceDocument.objects.visible_to(self.request.user)

    def facts(self) -> dict[str, Any]:
        facts = selectors.of_source(self.request.user, self.object)
        return {"summary": source_summary(self.object), "parts": _parts(facts)}


def _recommendation_columns() -> tuple[Column, ...]:
    return picked(exports.recommendation_columns(localdate()), "text", "addressed_to", "due", "status")


def _parts(facts: selectors.SourceFacts) -> list[tuple[str, Any, tuple[Column, ...]]]:
    """Heading, rows and columns of each kind of fact that the document gave."""
    inspections = picked(exports.INSPECTION_COLUMNS, "title", "about", "published", "locator")
    parts = [
        ("Inspections", facts.inspections, inspections),
        ("Gradings", facts.gradings, picked(exports.GRADING_COLUMNS, "question", "organisation", "grade", "locator")),
        ("Findings", facts.findings, (*FINDINGS, exports.LOCATOR)),
        ("Recommendations", facts.recommendations, (*_recommendation_columns(), exports.LOCATOR)),
        ("Figures", facts.figures, (*FIGURES, exports.LOCATOR)),
        ("Monitoring", facts.monitoring, exports.MONITORING_COLUMNS),
    ]
    return [part for part in parts if part[1].rows]
