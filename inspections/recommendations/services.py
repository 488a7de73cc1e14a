"""Recommendations and their log."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from forces.models import Organisation
from inspections.programmes.services import DatedService
from inspections.recommendations.models import MonitoringPeriod, Recommendation, RecommendationUpdate
from inspections.vocabularies.models import RecommendationStatus
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import in_words, span


class RecommendationService(DatedService[Recommendation]):
    """A cause of concern always carries at least one recommendation."""

    def check_removal(self, record: Recommendation) -> None:
        others = record.finding.recommendations.exclude(pk=record.pk)
        if record.finding.kind.is_concern and not others.exists():
            raise ValidationError("A cause of concern keeps at least one recommendation, and this is its last.")


RECOMMENDATIONS = RecommendationService(Recommendation)
UPDATES = Service(RecommendationUpdate)


def steps_from(status: RecommendationStatus) -> list[RecommendationStatus]:
    """The statuses that a line of the log may give to what stands at this one, itself among them."""
    steps = status.next_steps.all()
    return [each for each in RecommendationStatus.rows() if not steps or each in steps or each == status]


def log_recommendation(
    recommendation: Recommendation,
    *,
    by: By,
    on: date,
    status: str,
    note: str,
    expected_version: int,
    today: date,
) -> RecommendationUpdate:
    """Add a line to the log; the recommendation then stands where its latest line, by date, says.

    Raises ValidationError for a day in the future or an empty note, StaleRecordError as ``Service.change`` does.
    """
    if on > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    if not note.strip():
        raise ValidationError({"note": "Say what happened."})
    with transaction.atomic():
        update = UPDATES.create(
            {"by": by}, recommendation=recommendation, on=on, status=status, note=note, by=by, reason=note
        )
        latest = recommendation.updates.order_by("-on", "-pk")[0]
        if latest.status not in steps_from(recommendation.status):
            raise ValidationError({"status": f"After “{recommendation.status}” does not come “{latest.status}”."})
        RECOMMENDATIONS.change(
            recommendation, {"status": latest.status_id}, by=by, reason=note, expected_version=expected_version
        )
    return update


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
