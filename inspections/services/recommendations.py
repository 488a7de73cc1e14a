"""Recommendations and their log."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from inspections.choices import CAUSES_OF_CONCERN
from inspections.models import Recommendation, RecommendationUpdate
from inspections.services.dates import DatedService
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.services import Service


class RecommendationService(DatedService[Recommendation]):
    """A cause of concern always carries at least one recommendation."""

    def check_removal(self, record: Recommendation) -> None:
        others = record.finding.recommendations.exclude(pk=record.pk)
        if record.finding.kind in CAUSES_OF_CONCERN and not others.exists():
            raise ValidationError("A cause of concern keeps at least one recommendation, and this is its last.")


RECOMMENDATIONS = RecommendationService(Recommendation)
UPDATES = Service(RecommendationUpdate)
record_recommendation = RECOMMENDATIONS.create
change_recommendation = RECOMMENDATIONS.change


def log_recommendation(
    recommendation: Recommendation,
    *,
    by: AbstractBaseUser,
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
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today, Precision.DAY)}."})
    if not note.strip():
        raise ValidationError({"note": "Say what happened."})
    with transaction.atomic():
        update = UPDATES.create(
            {"by": by}, recommendation=recommendation, on=on, status=status, note=note, by=by, reason=note
        )
        latest = recommendation.updates.order_by("-on", "-pk")[0]
        RECOMMENDATIONS.change(
            recommendation, {"status": latest.status}, by=by, reason=note, expected_version=expected_version
        )
    return update
