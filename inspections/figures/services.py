"""Published figures and what they measure."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from inspections.choices import UnitKind
from inspections.figures.models import VALUE_OR_WORDS, Measure, PublishedFigure
from inspections.programmes.services import settle_dates
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import Service


class FigureService(Service[PublishedFigure]):
    """A figure is as its qualifier and its unit say: in words alone, in number or as a date, a percent of a whole.

    A value without a step is as precise as it was entered: to the last of its decimals, or whole.
    """

    def prepare(self, record: PublishedFigure) -> None:
        settle_dates(record)
        if record.finding:
            record.inspection = record.finding.inspection
        value, day, kind = record.value, record.value_on, record.unit.kind
        if value is not None and record.step is None:
            record.step = Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))
        if record.qualifier.says_all != (value is None and day is None):
            raise ValidationError(VALUE_OR_WORDS)
        if not record.qualifier.says_all and (day is None) == (kind == UnitKind.DATE):
            raise ValidationError({"value_on": "A date has a day in place of a value, and no other unit has one."})
        last = record.value_to or value
        if kind == UnitKind.PERCENT and value is not None and not 0 <= value <= (last or value) <= 100:
            raise ValidationError("A percent lies between 0 and 100.")
        if kind == UnitKind.YEAR and value is not None and value != int(value):
            raise ValidationError({"value": "A year is a whole number."})
        check_own_words(record, "note")


MEASURES = Service(Measure, fixed=("slug",))
FIGURES = FigureService(PublishedFigure, fixed=("slug",))
