"""Published figures."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    FIGURE_COLUMNS,
)
from inspections.filters import (
    FigureFilter,
)
from inspections.models import PublishedFigure
from inspections.views.lists.shared import PublishedList


class FigureList(PublishedList):
    title = "Published figures"
    template_name = "inspections/figure_list.html"
    filterset_class = FigureFilter
    columns = FIGURE_COLUMNS
    on_page = ("measure", "figure", "about", "period", "note")
    order = ("measure__order", "measure__name", "slug")
    sorts: ClassVar = {"measure": ("measure__name", "slug"), "about": ("organisation__name", "region__name", "slug")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return PublishedFigure.objects.visible_to(user).for_list()
