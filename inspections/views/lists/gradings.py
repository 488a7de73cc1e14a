"""Gradings."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    GRADING_COLUMNS,
)
from inspections.filters import (
    GradingFilter,
)
from inspections.models import Grading
from inspections.views.lists.shared import PublishedList


class GradingList(PublishedList):
    title = "Gradings"
    template_name = "inspections/grading_list.html"
    filterset_class = GradingFilter
    columns = GRADING_COLUMNS
    on_page = ("organisation", "grade", "question", "programme", "scale", "published")
    order = ("-inspection__programme__year", "organisation__name", "question__order")
    sorts: ClassVar = {
        "organisation": ("organisation__name", "-inspection__programme__year", "question__order"),
        "published": ("inspection__published_on", "organisation__name"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Grading.objects.visible_to(user).for_list()
