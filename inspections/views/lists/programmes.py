"""Programmes and inspections."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    INSPECTION_COLUMNS,
)
from inspections.filters import (
    InspectionFilter,
)
from inspections.models import Inspection
from inspections.views.lists.shared import PublishedList


class InspectionList(PublishedList):
    title = "Inspections"
    template_name = "inspections/inspection_list.html"
    filterset_class = InspectionFilter
    columns = INSPECTION_COLUMNS
    on_page = ("title", "programme", "about", "fieldwork", "published")
    order = ("-published_on", "title")
    sorts: ClassVar = {"title": ("title",), "programme": ("programme__year", "title")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Inspection.objects.visible_to(user).for_list()
