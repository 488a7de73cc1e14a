"""One inspection, grading, finding, figure or source, with what hangs together with it."""

from inspections.views.details.figures import FIGURES, FigurePage
from inspections.views.details.findings import FINDINGS, FindingPage
from inspections.views.details.gradings import GradingPage
from inspections.views.details.programmes import InspectionPage
from inspections.views.details.sources import SourcePage

__all__ = ["FIGURES", "FINDINGS", "FigurePage", "FindingPage", "GradingPage", "InspectionPage", "SourcePage"]
