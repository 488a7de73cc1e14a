"""The rungs on which bodies stand, one at a time."""

from datetime import date

from django.core.exceptions import ValidationError

from forces.models import Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.programmes.services import DatedService
from soc_tracker.core.text.days import span


class MonitoringService(DatedService[MonitoringPeriod]):
    """Refuses a period that overlaps another for certain; where dates are too coarse to tell, it is let through."""

    def prepare(self, record: MonitoringPeriod) -> None:
        super().prepare(record)
        Organisation.objects.select_for_update().get(pk=record.organisation_id)  # one writer of its stages at a time
        latest_start, earliest_end = _certain_days(record)
        for other in MonitoringPeriod.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk):
            start, end = _certain_days(other)
            if latest_start < end and start < earliest_end:
                raise ValidationError(
                    f"{other.organisation} is already at {other.stage.label} from {other.started}"
                    f" ({other.ended}). End that period first."
                )


MONITORING = MonitoringService(MonitoringPeriod)


def _certain_days(period: MonitoringPeriod) -> tuple[date, date]:
    """The latest day on which it may have begun, and the earliest on which it may have ended."""
    start = span(period.started_on, period.started_precision).last
    return start, span(period.ended_on, period.ended_precision).first if period.ended_on else date.max
