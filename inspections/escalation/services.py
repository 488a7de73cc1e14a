"""The rungs on which bodies stand: one at a time, and none passed over in silence."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from forces.models import Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.programmes.services import DatedService
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.records.services import By
from soc_tracker.core.text.days import in_words, span


class MonitoringService(DatedService[MonitoringPeriod]):
    """Refuses a period that overlaps another for certain; where dates are too coarse to tell, it is let through."""

    def prepare(self, record: MonitoringPeriod) -> None:
        super().prepare(record)
        list(Organisation.objects.select_for_update().filter(pk=record.organisation_id))  # one writer of its stages
        latest_start, earliest_end = _certain_days(record)
        for other in MonitoringPeriod.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk):
            start, end = _certain_days(other)
            if latest_start < end and start < earliest_end:
                raise ValidationError(
                    f"{other.organisation} is already at {other.stage.label} from {other.started}"
                    f" ({other.ended}). End that period first."
                )
        # The rungs between the one before, or the lowest where there is none, and the higher one of the period.
        earlier = MonitoringPeriod.objects.filter(organisation=record.organisation_id, started_on__lt=record.started_on)
        before = earlier.exclude(pk=record.pk).order_by("-started_on", "-pk").first()
        ladder = MonitoringStage.rows()
        lowest = ladder.index(before.stage) if before else 0
        over = ladder[lowest + 1 : ladder.index(record.stage)]
        if over and not record.skipped.strip():
            names = " and ".join(f"“{rung.label}”" for rung in over)
            raise ValidationError({"skipped": f"It passes over {names}: say why, or that it is not known."})


MONITORING = MonitoringService(MonitoringPeriod)


def move_to(
    organisation: Organisation,
    *,
    stage: str,
    on: date,
    reason: str,
    skipped: str,
    standing: MonitoringPeriod | None,
    by: By,
    today: date,
    source: SourceDocument | None = None,
    locator: str = "",
) -> MonitoringPeriod:
    """Put the body on another rung from a day on; it leaves the one on which it is ``standing`` that day.

    Raises ValidationError, also where somebody else has moved it in the meantime: nothing is written then.
    """
    if on > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    values: dict[str, Any] = {"stage": stage, "started_on": on, "reason": reason, "skipped": skipped}
    with transaction.atomic():
        list(Organisation.objects.select_for_update().filter(pk=organisation.pk))
        current = MonitoringPeriod.objects.filter(organisation=organisation, ended_on__isnull=True)
        stored = current.order_by("-started_on", "-pk").first()
        if stored != standing:
            where = f"“{stored.stage.label}” since {stored.started}" if stored else "no rung"
            raise ValidationError(f"Somebody else has moved {organisation} in the meantime: it stands on {where}.")
        if stored:
            if stored.stage_id == stage:
                raise ValidationError({"stage": f"It stands on “{stored.stage.label}” already."})
            if span(stored.started_on, stored.started_precision).first > on:
                raise ValidationError({"on": f"It has stood on “{stored.stage.label}” since {stored.started}."})
            end, version = {"ended_on": on, "ended_precision": "day"}, stored.version
            MONITORING.change(stored, end, by=by, reason=reason, expected_version=version)
        more = {"organisation": organisation, "source": source, "locator": locator}
        return MONITORING.create({**values, **more}, by=by, reason=reason)


def _certain_days(period: MonitoringPeriod) -> tuple[date, date]:
    """The latest day on which it may have begun, and the earliest on which it may have ended."""
    start = span(period.started_on, period.started_precision).last
    return start, span(period.ended_on, period.ended_precision).first if period.ended_on else date.max
