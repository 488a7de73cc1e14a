"""Writes of reviews, and of partners consulted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from plans4p.choices import ReviewKind
from plans4p.plans.models import Plan
from plans4p.plans.services import PartService, end_review
from plans4p.reviews.models import Consultation, Review


class ConsultationService(PartService[Consultation]):
    """A plan consults partners of its own kind of data."""

    def prepare(self, record: Consultation) -> None:
        super().prepare(record)
        if record.partner.kind_of_data != record.plan.kind_of_data:
            raise ValidationError({"partner": f"{record.partner} is of another kind of data than the plan."})


CONSULTATIONS = ConsultationService(Consultation, fixed=("plan",))
REVIEWS = PartService(Review, fixed=("plan", "by"))


def review_plan(
    plan: Plan,
    *,
    kind: ReviewKind,
    on: date,
    checked: str,
    changes: str,
    by: Any,
    expected_version: int,
    next_due: date | None = None,
) -> Review:
    """Write a review down. The owner's ends the time under review, and says when the next is due: ``next_due``.

    Raises ValidationError where a second person is the owner or the author.
    """
    if kind == ReviewKind.SECOND_PERSON:
        if by.pk in (plan.owner.user_id if plan.owner else None, plan.author_id):
            raise ValidationError("A second person assures the quality of a plan: neither its owner nor its author.")
        next_due = None
    elif next_due is None or next_due <= on:
        raise ValidationError({"next_due": "Give the day of the next review, after this one."})
    reason = f"{kind.label}: {changes}"
    with transaction.atomic():
        values = {"plan": plan, "kind": kind, "on": on, "by": by, "checked": checked, "changes": changes}
        values["next_due"] = next_due
        review = REVIEWS.create(values, by=by, reason=reason)
        if next_due:
            end_review(plan, next_due=next_due, by=by, reason=reason, expected_version=expected_version)
    return review
