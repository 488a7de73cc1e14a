"""Recommendations and their log."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from inspections.programmes.services import DatedService
from inspections.recommendations.models import Recommendation, RecommendationUpdate
from inspections.requirements.services import keep_requirement
from inspections.sources.models import SourceDocument
from inspections.sources.services import check_own_words
from inspections.vocabularies.models import RecommendationStatus
from soc_tracker.core.records.services import By, Service, StaleRecordError
from soc_tracker.core.text.days import first_day, in_words


class RecommendationService(DatedService[Recommendation]):
    """A cause of concern always carries at least one recommendation."""

    def prepare(self, record: Recommendation) -> None:
        super().prepare(record)
        check_own_words(record, "text")

    def follow(self, record: Recommendation, *, by: By, reason: str) -> None:
        keep_requirement(record, by=by, reason=reason)

    def check_removal(self, record: Recommendation) -> None:
        others = record.finding.recommendations.exclude(pk=record.pk)
        if record.finding.kind.is_concern and not others.exists():
            raise ValidationError("A cause of concern keeps at least one recommendation, and this is its last.")


RECOMMENDATIONS = RecommendationService(Recommendation)
LOG_SAYS = "As its log says: "


class UpdateService(Service[RecommendationUpdate]):
    """A recommendation stands where the latest line of its log says."""

    def prepare(self, record: RecommendationUpdate) -> None:
        if record.on:
            record.on = first_day(record.on, record.on_precision)

    def create(
        self, values: Mapping[str, Any] | None = None, /, *, by: By, reason: str, **more: Any
    ) -> RecommendationUpdate:
        """Add a line and move the recommendation. A line that nobody here wrote comes from a file, of which the
        recommendation's history says so: no row of the recommendation itself undoes it.
        """
        with transaction.atomic():
            update = super().create(values, by=by, reason=reason, **more)
            [recommendation] = Recommendation.objects.select_for_update().filter(pk=update.recommendation_id)
            RECOMMENDATIONS.change(
                recommendation,
                {"status": recommendation.updates.latest_first()[0].status_id},
                by=by,
                reason=reason if update.by_id else f"{LOG_SAYS}{reason}",
                expected_version=recommendation.version,
            )
        return update


UPDATES = UpdateService(RecommendationUpdate)


def steps_from(status: RecommendationStatus) -> list[RecommendationStatus]:
    """The statuses that a line of the log may give to what stands at this one, itself among them."""
    steps = status.next_steps.all()
    return [each for each in RecommendationStatus.rows() if not steps or each in steps or each == status]


def log_recommendation(
    recommendation: Recommendation,
    *,
    by: By,
    on: date | None,
    status: str,
    note: str,
    expected_version: int,
    today: date,
    source: SourceDocument | None = None,
    locator: str = "",
) -> RecommendationUpdate:
    """Add a line to the log; the recommendation then stands where its latest line says. Without a day, it is not known.

    Raises ValidationError for a day in the future, and for an empty note where no source says it; StaleRecordError as
    ``Service.change`` does.
    """
    if on and on > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    if not note.strip() and source is None:
        raise ValidationError({"note": "Say what happened."})
    line = {"on": on, "status": status, "note": note, "source": source, "locator": locator, "by": by}
    with transaction.atomic():
        stored = Recommendation.objects.select_for_update().filter(pk=recommendation.pk).first()
        if stored is None or stored.version != expected_version:
            is_gone = stored is None
            raise StaleRecordError(stored or recommendation, expected_version, {"status": status}, removed=is_gone)
        reason = note.strip() or f"As {source} says."
        update = UPDATES.create(line, recommendation=recommendation, by=by, reason=reason)
        latest = recommendation.updates.latest_first()[0]
        if latest.status not in steps_from(stored.status):
            raise ValidationError({"status": f"After “{stored.status}” does not come “{latest.status}”."})
        return update
