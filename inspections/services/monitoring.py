"""How closely the inspectorate watches a force: at one stage at a time."""

from datetime import date

from django.core.exceptions import ValidationError

from forces.models import Organisation
from inspections.models import MonitoringPeriod
from inspections.services.dates import DatedService
from soc_tracker.lib.periods import span


class MonitoringService(DatedService[MonitoringPeriod]):
    """Refuses a period that overlaps another for certain; where dates are too coarse to tell, it is let through."""

    def prepare(self, record: MonitoringPeriod) -> None:
        super().prepare(record)
        Organisation.objects.select_for_update().get(pk=record.organisation_id)  # one writer of its stages at a time
        for other in MonitoringPeriod.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk):
            if _latest_start(record) < _earliest_end(other) and _latest_start(other) < _earliest_end(record):
                raise ValidationError(
                    f"{other.organisation} is already at {other.get_stage_display()} from {other.started}"
                    f" ({other.ended}). End that period first."
                )


MONITORING = MonitoringService(MonitoringPeriod)


def _latest_start(period: MonitoringPeriod) -> date:
    return span(period.started_on, period.started_precision).last


def _earliest_end(period: MonitoringPeriod) -> date:
    return span(period.ended_on, period.ended_precision).first if period.ended_on else date.max
