"""Published figures and what they measure."""

from inspections.figures.models import Measure, PublishedFigure
from soc_tracker.core.records.services import Service

MEASURES = Service(Measure, fixed=("slug",))
FIGURES = Service(PublishedFigure, fixed=("slug",))
