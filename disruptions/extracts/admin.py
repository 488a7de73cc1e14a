"""The admin of extracts, crime types and saved views."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from disruptions.extracts.services import CRIME_TYPES, EXTRACTS
from disruptions.saved_views.services import SAVED_VIEWS
from soc_tracker.core.lists.directory import saveable
from soc_tracker.core.records.admin import ReadOnlyAdmin, RecordAdmin


class ExtractAdmin(ReadOnlyAdmin):
    """What was loaded; extracts come in by their own page or command, with all that they bring."""

    service = EXTRACTS
    list_display = ("file_name", "contents", "kind_of_data", "as_at", "loaded_at", "rows_added", "rows_refused")
    list_filter = ("contents", "kind_of_data")
    search_fields = ("file_name", "sha256")
    search_help_text = "Search by file name or SHA-256"
    date_hierarchy = "as_at"
    fieldsets = (
        (None, {"fields": ("contents", "kind_of_data", "file_name", "sha256")}),
        ("When", {"fields": ("as_at", "loaded_at", "loaded_by")}),
        ("Rows", {"fields": ("rows_added", "rows_changed", "rows_unchanged", "rows_refused", "rows_missing")}),
    )


class CrimeTypeAdmin(RecordAdmin):
    service = CRIME_TYPES
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug")


class SavedViewAdmin(RecordAdmin):
    service = SAVED_VIEWS
    list_display = ("name", "page", "owner", "shared")
    list_filter = ("shared", ("owner", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("name", "query", "owner__username", "owner__last_name")
    autocomplete_fields = ("owner",)
    fields = ("name", "page", "query", "owner", "shared")

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "page":
            return forms.ChoiceField(label="List", choices=list(saveable(request.user).items()))
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        return field
