"""Findings."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from inspections.exports import (
    FINDING_COLUMNS,
)
from inspections.filters import (
    FindingFilter,
)
from inspections.models import Finding
from inspections.views.lists.shared import PublishedList


class FindingList(PublishedList):
    title = "Findings"
    template_name = "inspections/finding_list.html"
    filterset_class = FindingFilter
    columns = FINDING_COLUMNS
    on_page = ("title", "kind", "about", "status", "since", "programme")
    order = ("-inspection__programme__year", "-inspection__published_on", "inspection__title", "order")
    sorts: ClassVar = {
        "title": ("title",),
        "about": ("organisation__name", "region__name", "-inspection__programme__year", "order"),
        "kind": ("kind", "title"),
        "since": ("-inspection__published_on", "inspection__title", "order"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Finding.objects.visible_to(user).for_list()
