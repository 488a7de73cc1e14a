"""Sources."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    SOURCE_COLUMNS,
)
from inspections.filters import (
    SourceFilter,
)
from inspections.models import SourceDocument
from inspections.views.lists.shared import PublishedList


class SourceList(PublishedList):
    title = "Sources"
    template_name = "inspections/source_list.html"
    filterset_class = SourceFilter
    columns = SOURCE_COLUMNS
    on_page = ("title", "publisher", "kind", "published", "licence")
    order = ("-published_on", "title")
    sorts: ClassVar = {"title": ("title",), "publisher": ("publisher", "title")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return SourceDocument.objects.visible_to(user)
