"""The admin of programmes, questions, inspections and sources, and the filters beside the lists of all subjects."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import ForeignKey, Q, QuerySet, TextField
from django.forms import Textarea
from django.http import HttpRequest

from forces.models import Organisation, Region
from forces.services import SIZES
from inspections.programmes.models import Inspection, Question
from inspections.programmes.services import CITATIONS, INSPECTIONS, PROGRAMMES, QUESTIONS, SOURCE_KINDS, SOURCES
from inspections.sources.models import Citation
from soc_tracker.core.records.admin import RecordAdmin, RecordInline

Used = admin.RelatedOnlyFieldListFilter  # offers only what some row of the list has


class QuestionFilter(Used):
    """Questions with their programme: several programmes ask the same."""

    def field_choices(self, field: ForeignKey, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        used = Question.objects.filter(gradings__in=model_admin.get_queryset(request)).distinct()
        return [(question.pk, question.name_among_others) for question in used.select_related("programme")]


class RegionFilter(admin.SimpleListFilter):
    """Rows about a region itself, or about an organisation that is or was in it: at which links, a subclass says."""

    title = "region"
    parameter_name = "region"
    organisation, region = "organisation", "region"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[Any, str]]:
        return list(Region.objects.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (slug := self.value()):
            return queryset
        within = Q(**{f"{self.organisation}__in": Organisation.objects.filter(memberships__region__slug=slug)})
        return queryset.filter(within | Q(**{f"{self.region}__slug": slug}) if self.region else within)


class OrganisationRegionFilter(RegionFilter):
    """For rows that are always about an organisation."""

    region = ""


class AddresseeRegionFilter(OrganisationRegionFilter):
    organisation = "addressed_to"


class ProgrammeAdmin(RecordAdmin):
    service = PROGRAMMES
    list_display = ("name", "year", "scale")
    list_filter = ("scale",)
    search_fields = ("name", "slug", "note")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "year", "scale", "note")


class QuestionAdmin(RecordAdmin):
    service = QUESTIONS
    list_display = ("text", "number", "programme", "theme", "parent", "order")
    list_filter = (("programme", Used), "theme")
    list_select_related = ("programme", "parent")
    search_fields = ("text", "slug", "programme__name")
    autocomplete_fields = ("programme", "parent")
    fields = ("programme", "number", "text", "slug", "theme", "parent", "order")


class CitationInline(RecordInline):
    """Further documents that speak of a fact."""

    model = Citation
    service = CITATIONS
    autocomplete_fields = ("source",)
    fields = ("stance", "source", "locator", "wording")
    formfield_overrides = RecordInline.formfield_overrides | {
        TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 20})}
    }
    verbose_name = "further source"


class BodySizeAdmin(RecordAdmin):
    service = SIZES
    name_on_index = "Sizes of bodies"
    list_display = ("organisation", "measure", "value", "as_at", "source")
    list_filter = ("measure", "as_at", "organisation__memberships__region")
    list_select_related = ("organisation", "source")
    search_fields = ("organisation__name", "source__title", "locator")
    autocomplete_fields = ("organisation", "source")
    date_hierarchy = "as_at"
    inlines = (CitationInline,)
    fields = ("organisation", "measure", ("value", "as_at"), "no_rate_because", "source", "locator")


class InspectionAdmin(RecordAdmin):
    service = INSPECTIONS
    list_display = ("title", "programme", "about", "fieldwork", "published", "taken_in")
    list_filter = (("programme", Used), RegionFilter, ("organisation", Used), "taken_in")
    list_select_related = ("programme", "region", "organisation")
    search_fields = ("title", "slug", "programme__name", "region__name", "organisation__name")
    date_hierarchy = "published_on"
    autocomplete_fields = ("programme", "region", "organisation", "source")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug", "programme", "region", "organisation")}),
        ("When", {"fields": (("fieldwork_on", "fieldwork_precision"), ("published_on", "published_precision"))}),
        ("Source", {"fields": ("source", "locator", "taken_in", "note")}),
    )

    def about(self, inspection: Inspection) -> str:
        return str(inspection.organisation or inspection.region)


class SourceKindAdmin(RecordAdmin):
    service = SOURCE_KINDS
    name_on_index = "Kinds of source"
    list_display = ("label", "slug", "first_hand", "order", "meaning")
    search_fields = ("label", "slug", "meaning")
    prepopulated_fields = {"slug": ("label",)}
    fields = ("label", "slug", "order", "meaning", "first_hand")


class SourceDocumentAdmin(RecordAdmin):
    service = SOURCES
    list_display = ("title", "publisher", "kind", "published", "licence")
    list_filter = ("kind", "licence", "publisher")
    search_fields = ("title", "slug", "publisher", "note")
    date_hierarchy = "published_on"
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "publisher", "kind", "licence")}),
        ("When", {"fields": (("published_on", "published_precision"),)}),
        ("Where it is read", {"fields": ("address", "archived", "seen_on")}),
        (None, {"fields": ("note",)}),
    )
