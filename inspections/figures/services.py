"""Published figures and what they measure."""

from django.core.exceptions import ValidationError

from inspections.choices import UnitKind
from inspections.figures.models import VALUE_OR_WORDS, Measure, PublishedFigure
from soc_tracker.core.records.services import Service


class FigureService(Service[PublishedFigure]):
    """A figure is as its qualifier and its unit say: in words alone or in number, a percent of a whole."""

    def prepare(self, record: PublishedFigure) -> None:
        if record.qualifier.says_all != (record.value is None):
            raise ValidationError(VALUE_OR_WORDS)
        if record.unit.kind == UnitKind.PERCENT and record.value is not None and not 0 <= record.value <= 100:
            raise ValidationError("A percent lies between 0 and 100.")


MEASURES = Service(Measure, fixed=("slug",))
FIGURES = FigureService(PublishedFigure, fixed=("slug",))
