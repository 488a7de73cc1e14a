"""Lists: each is a queryset, a FilterSet and columns."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse

from inspections import exports, filters
from inspections.models import Finding, Grading, Inspection, PublishedFigure, Recommendation, SourceDocument
from soc_tracker.lib.list_view import ListPage
from soc_tracker.lib.tables import Column


class PublishedList(ListPage):
    """A list of what was published."""

    permission = "inspections.read_published"
    kind_of_data = "published"

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home"))]


class InspectionList(PublishedList):
    title = "Inspections"
    template_name = "inspections/inspection_list.html"
    filterset_class = filters.InspectionFilter
    columns = exports.INSPECTION_COLUMNS
    on_page = ("title", "programme", "about", "fieldwork", "published")
    order = ("-published_on", "title")
    sorts: ClassVar = {"title": ("title",), "programme": ("programme__year", "title")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Inspection.objects.visible_to(user).for_list()


class GradingList(PublishedList):
    title = "Gradings"
    template_name = "inspections/grading_list.html"
    filterset_class = filters.GradingFilter
    columns = exports.GRADING_COLUMNS
    on_page = ("organisation", "grade", "question", "programme", "scale", "published")
    order = ("-inspection__programme__year", "organisation__name", "question__order")
    sorts: ClassVar = {
        "organisation": ("organisation__name", "-inspection__programme__year", "question__order"),
        "published": ("inspection__published_on", "organisation__name"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Grading.objects.visible_to(user).for_list()


class FindingList(PublishedList):
    title = "Findings"
    template_name = "inspections/finding_list.html"
    filterset_class = filters.FindingFilter
    columns = exports.FINDING_COLUMNS
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


class RecommendationList(PublishedList):
    title = "Recommendations"
    template_name = "inspections/recommendation_list.html"
    filterset_class = filters.RecommendationFilter
    columns = exports.RECOMMENDATION_COLUMNS
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
        return exports.recommendation_columns(self.today)


class FigureList(PublishedList):
    title = "Published figures"
    template_name = "inspections/figure_list.html"
    filterset_class = filters.FigureFilter
    columns = exports.FIGURE_COLUMNS
    on_page = ("measure", "figure", "about", "period", "note")
    order = ("measure__order", "measure__name", "slug")
    sorts: ClassVar = {"measure": ("measure__name", "slug"), "about": ("organisation__name", "region__name", "slug")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return PublishedFigure.objects.visible_to(user).for_list()


class SourceList(PublishedList):
    title = "Sources"
    template_name = "inspections/source_list.html"
    filterset_class = filters.SourceFilter
    columns = exports.SOURCE_COLUMNS
    on_page = ("title", "publisher", "kind", "published", "licence")
    order = ("-published_on", "title")
    sorts: ClassVar = {"title": ("title",), "publisher": ("publisher", "title")}

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return SourceDocument.objects.visible_to(user)
