"""Filters beside the admin's lists."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import ForeignKey, Q, QuerySet
from django.http import HttpRequest

from forces.models import Organisation, Region
from inspections.models import Question

Used = admin.RelatedOnlyFieldListFilter  # offers only what some row of the list has


class QuestionFilter(Used):
    """Questions with their programme: several programmes ask the same."""

    def field_choices(self, field: ForeignKey, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        used = Question.objects.filter(gradings__in=model_admin.get_queryset(request)).distinct()
        return [(question.pk, question.name_among_others) for question in used.select_related("programme")]


class RegionFilter(admin.SimpleListFilter):
    """Rows about a region itself, or about an organisation that is or was in it."""

    title = "region"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        return list(Region.objects.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(self.about(self.value()))

    def about(self, slug: str) -> Q:
        wanted = Q(organisation__in=Organisation.objects.filter(memberships__region__slug=slug))
        return wanted | Q(region__slug=slug)


class OrganisationRegionFilter(RegionFilter):
    """For rows that are always about an organisation, named by ``link``."""

    link = "organisation"

    def about(self, slug: str) -> Q:
        return Q(**{f"{self.link}__in": Organisation.objects.filter(memberships__region__slug=slug)})


class AddresseeRegionFilter(OrganisationRegionFilter):
    link = "addressed_to"
