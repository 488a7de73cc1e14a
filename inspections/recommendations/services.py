"""Recommendations as they were published."""

from django.core.exceptions import ValidationError

from inspections.programmes.services import DatedService
from inspections.recommendations.models import Recommendation
from inspections.requirements.services import keep_requirement
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By


class RecommendationService(DatedService[Recommendation]):
    """A cause of concern that is published always carries at least one recommendation."""

    def prepare(self, record: Recommendation) -> None:
        super().prepare(record)
        check_own_words(record, "text")

    def follow(self, record: Recommendation, *, by: By, reason: str) -> None:
        keep_requirement(record, by=by, reason=reason)

    def check_removal(self, record: Recommendation) -> None:
        others = record.finding.recommendations.exclude(pk=record.pk)
        finding = record.finding
        if finding.kind.is_concern and finding.inspection.stage.is_published and not others.exists():
            raise ValidationError("A cause of concern keeps at least one recommendation, and this is its last.")


RECOMMENDATIONS = RecommendationService(Recommendation)
