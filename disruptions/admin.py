"""The admin of threats, disruptions, extracts, crime types and saved views."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone

from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Kind
from disruptions.extracts.models import Extract
from disruptions.extracts.services import EXTRACTS
from disruptions.record.models import Disruption
from disruptions.record.services import DISRUPTIONS, reinstate_disruption, withdraw_disruption
from disruptions.saved_views.models import SavedView
from disruptions.services import SAVED_VIEWS
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.threats.services import ASSESSMENTS, CRIME_TYPES, STATES, THREATS
from soc_tracker.core.lists.directory import saveable
from soc_tracker.core.records.admin import ReadOnlyAdmin, RecordAdmin, RecordInline
from soc_tracker.core.records.admin_steps import step_page
from soc_tracker.core.records.forms import ServiceForm, VersionField, reason_field
from soc_tracker.core.text.days import in_words


class StateInline(RecordInline):
    model = ThreatState
    service = STATES
    verbose_name = "state, which lasts until the next begins"
    verbose_name_plural = "states, each of which lasts until the next begins"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return sorted((each.name for each in THREAT_COLUMNS if each.model is ThreatState), key="valid_from".__ne__)


class AssessmentInline(RecordInline):
    model = MorileAssessment
    service = ASSESSMENTS
    template = "admin/edit_inline/stacked.html"  # its fields are more than a row of a table can show

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[tuple[str, ...]]:
        """Day and people in the first line, then the scores, five in a line."""
        columns = [each for each in THREAT_COLUMNS if each.model is MorileAssessment]
        scores = [each.name for each in columns if each.kind is Kind.SCORE]
        others = tuple(each.name for each in columns if each.kind is not Kind.SCORE)
        return [others, *(tuple(scores[at : at + 5]) for at in range(0, len(scores), 5))]


class ThreatAdmin(RecordAdmin):
    """A threat, with what it was when and how it was scored."""

    service = THREATS
    bulk = ("organisation", "lead_responsible_officer", "crime_types")
    list_display = ("reference", "name", "first_type", "organisation", "kind_of_data")
    list_filter = ("kind_of_data", "first_type", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("reference", "name")
    search_help_text = "Search by reference or name"
    autocomplete_fields = ("organisation", "area", "crime_types")
    inlines = (StateInline, AssessmentInline)
    computed = ("extract", "extract_line")

    @property
    def fieldsets(self) -> Any:
        managed = ("organisation", "area", "lead_responsible_officer")
        own = [each.name for each in THREAT_COLUMNS if each.model is Threat and each.name not in managed]
        return (
            (None, {"fields": ("kind_of_data", *own, "first_type")}),
            ("Who manages it", {"fields": managed}),
            ("Loaded from", {"fields": (("extract", "extract_line"),)}),
        )


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


class StandingForm(ServiceForm, forms.Form):
    """Withdraws a disruption, or puts it back."""

    expected_version = VersionField()
    change_reason = reason_field()


COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Pages of the first rows of a list: counting millions would take longer than anybody wants to wait."""

    @cached_property
    def count(self) -> int:
        first: Any = self.object_list[:COUNTED]
        return int(first.count())


class DisruptionAdmin(RecordAdmin):
    """The record as it is now, what was entered last first: recorded, corrected as from today, withdrawn, put back."""

    service = DISRUPTIONS
    list_display = ("reference", "activity_date", "organisation", "involvement", "four_p", "size", "withdrawn")
    list_filter = ("kind_of_data", "four_p", "size", "involvement")
    list_select_related = ("organisation",)
    sortable_by = ()
    ordering = ("-pk",)
    paginator = BoundedPaginator
    show_full_result_count = False
    search_fields = ("reference", "summary")
    search_help_text = f"Search by words in reference or summary; lists end after {COUNTED:,} rows"
    autocomplete_fields = ("threat", "organisation", "supported", "crime_type")
    change_form_template = "admin/disruptions/disruption/change_form.html"
    computed = ("threat_type", "known_from", "known_to", "extract", "extract_line")

    @property
    def fieldsets(self) -> Any:
        return (
            (None, {"fields": ("kind_of_data", *(column.name for column in DISRUPTION_COLUMNS), "threat_type")}),
            ("On record", {"fields": (("known_from", "known_to"),)}),
            ("Loaded from", {"fields": (("extract", "extract_line"),)}),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        current: QuerySet = rows.current()
        return current

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        return queryset.mentioning(search_term), False

    @admin.display(description="withdrawn on", empty_value="")
    def withdrawn(self, disruption: Disruption) -> Any:
        return disruption.withdrawn_on

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.standing_view)
        return [path("<int:pk>/standing/", view, name="disruptions_disruption_standing"), *super().get_urls()]

    def standing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw a disruption, or put a withdrawn one back."""
        disruption = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, disruption):
            raise PermissionDenied
        form = StandingForm(request.POST or None, initial={"expected_version": disruption.version})
        today, withdrawn = timezone.localdate(), disruption.withdrawn_on
        write = reinstate_disruption if withdrawn else withdraw_disruption
        if form.is_valid() and form.submit(
            lambda: write(
                disruption,
                on=today,
                by=request.user,
                reason=form.cleaned_data["change_reason"],
                expected_version=form.cleaned_data["expected_version"],
            )
        ):
            self.log_change(request, disruption, form.cleaned_data["change_reason"])
            done = "is back on the record from today" if withdrawn else "is withdrawn from today"
            self.message_user(request, f"“{disruption}” {done}.", messages.SUCCESS)
            return redirect("admin:disruptions_disruption_change", pk)
        title, about = "Withdraw", "It counts no more from today. Figures as at earlier days still count it."
        if withdrawn:
            title = "Put back on the record"
            about = f"It was withdrawn on {in_words(withdrawn)}. It counts again from today."
        return step_page(self, request, form, title=title, button=title, record=disruption, about=about)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It is withdrawn instead, so that figures as at earlier days stay as they were."""
        return False


# In the order in which the front page shows them.
admin.site.register(Threat, ThreatAdmin)
admin.site.register(Disruption, DisruptionAdmin)
admin.site.register(Extract, ExtractAdmin)
admin.site.register(CrimeType, CrimeTypeAdmin)
admin.site.register(SavedView, SavedViewAdmin)
