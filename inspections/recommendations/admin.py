"""The admin of recommendations with their log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.timezone import localdate

from inspections.programmes.admin import AddresseeRegionFilter, CitationInline, Used
from inspections.recommendations.forms import LogForm
from inspections.recommendations.models import Recommendation, RecommendationUpdate
from inspections.recommendations.services import RECOMMENDATIONS, UPDATES, log_recommendation
from soc_tracker.core.records.admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from soc_tracker.core.records.admin_steps import step_page


class LogInline(ReadOnlyInline):
    """The log as it stands; lines are added on a page of their own."""

    model = RecommendationUpdate
    fields = ("on", "on_precision", "status", "note", "source", "locator", "by")
    verbose_name_plural = "log"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by", "source")


class RecommendationAdmin(RecordAdmin):
    """A recommendation's status moves with its log."""

    service = RECOMMENDATIONS
    bulk = ("status",)
    list_display = ("__str__", "finding", "due", "status")
    list_filter = (
        "status",
        ("finding__inspection__programme", Used),
        AddresseeRegionFilter,
        "due_precision",
        ("addressed_to", Used),
    )
    list_select_related = ("addressed_to", "finding")
    search_fields = ("text", "addressed_to__name", "finding__title", "due_as_published")
    search_help_text = "Search by text, addressee or finding"
    date_hierarchy = "due_on"
    autocomplete_fields = ("finding", "addressed_to", "source")
    inlines = (LogInline, CitationInline)
    change_form_template = "admin/inspections/recommendation/change_form.html"
    fieldsets = (
        (
            None,
            {
                "fields": ("finding", "number", "text", "addressed_to", "status"),
                "description": "Once it is stored, its status moves with its log.",
            },
        ),
        ("Due", {"fields": (("due_on", "due_precision"), "due_as_published")}),
        ("Source", {"fields": ("source", "locator")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(("status",) if obj else ()))

    def set_value(
        self, request: HttpRequest, record: Any, name: str, value: Any, *, reason: str, expected_version: int
    ) -> None:
        """A status moves with the log: the reason becomes its line."""
        today = localdate()
        log_recommendation(
            record,
            by=request.user,
            on=today,
            status=value,
            note=reason,
            expected_version=expected_version,
            today=today,
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.log_view)
        return [path("<int:pk>/log/", view, name="inspections_recommendation_log"), *super().get_urls()]

    def log_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add a line to the log."""
        recommendation = get_object_or_404(Recommendation.objects.open_to(request.user).for_list(), pk=pk)
        if not self.has_change_permission(request, recommendation):
            raise PermissionDenied
        today, start = localdate(), {"status": recommendation.status_id, "expected_version": recommendation.version}
        form = LogForm(recommendation, request.POST or None, initial={"on": today, **start})
        if form.is_valid() and form.submit(
            lambda: log_recommendation(recommendation, by=request.user, today=today, **form.cleaned_data)
        ):
            self.log_change(request, recommendation, form.cleaned_data["note"])
            self.message_user(request, f"The log of “{recommendation}” has a new line.", messages.SUCCESS)
            return redirect("admin:inspections_recommendation_change", pk)
        words = {"title": "Add to the log", "button": "Add to the log", "about": recommendation.text}
        return step_page(self, request, form, record=recommendation, **words)


class RecommendationUpdateAdmin(ReadOnlyAdmin):
    service = UPDATES
    list_display = ("recommendation", "day", "status", "note", "source", "by")
    list_filter = ("status", ("recommendation__addressed_to", Used))
    list_select_related = ("recommendation__addressed_to", "by", "source")
    search_fields = ("note", "recommendation__text", "recommendation__addressed_to__name")
    date_hierarchy = "on"
    fields = ("recommendation", "on", "on_precision", "status", "note", "source", "locator", "by")
