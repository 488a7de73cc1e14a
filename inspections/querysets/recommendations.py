"""Recommendations."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Q

from forces.querysets import VisibleQuerySet
from inspections.choices import DuePrecision, RecommendationStatus


class RecommendationQuerySet(VisibleQuerySet):
    def get_by_natural_key(self, *key: str):
        finding, number = key
        return self.get(finding__slug=finding, number=number)

    def not_closed(self) -> Self:
        return self.exclude(status=RecommendationStatus.CLOSED)

    def due_before(self, day: date) -> Self:
        """Every day that the due date may stand for lies before the day."""
        return self.filter(
            Q(due_precision=DuePrecision.DAY, due_on__lt=day)
            | Q(due_precision=DuePrecision.MONTH, due_on__lt=day.replace(day=1))
            | Q(due_precision=DuePrecision.YEAR, due_on__lt=day.replace(month=1, day=1))
        )

    def due_from(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes after it."""
        return self.filter(due_on__isnull=False).exclude(pk__in=self.due_before(day).values("pk"))

    def due_to(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes before it: ``due_on`` is the first of them."""
        return self.filter(due_on__lte=day)

    def overdue(self, today: date) -> Self:
        """Not closed, and every day that the due date may stand for has passed."""
        return self.not_closed().due_before(today)

    def for_list(self) -> Self:
        return self.select_related("addressed_to", "source", "finding__inspection__programme", "finding__organisation")
