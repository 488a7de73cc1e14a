"""Recommendations."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    RECOMMENDATION_COLUMNS,
    recommendation_columns,
)
from inspections.filters import (
    RecommendationFilter,
)
from inspections.models import Recommendation
from inspections.views.lists.shared import PublishedList
from soc_tracker.lib.tables import Column


class RecommendationList(PublishedList):
    title = "Recommendations"
    template_name = "inspections/recommendation_list.html"
    filterset_class = RecommendationFilter
    columns = RECOMMENDATION_COLUMNS
    on_page = ("text", "addressed_to", "due", "status", "since", "finding")
    order = ("due_on", "addressed_to__name", "finding__order", "number")
    sorts: ClassVar = {
        "addressed_to": ("addressed_to__name", "due_on", "finding__order", "number"),
        "due": ("due_on", "addressed_to__name", "finding__order", "number"),
        "since": ("-finding__inspection__published_on", "due_on", "number"),
        "status": ("status", "due_on"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Recommendation.objects.visible_to(user).for_list()

    def all_columns(self) -> tuple[Column, ...]:
        return recommendation_columns(self.today)
