"""Whether a disruption stands: the form that withdraws it, or puts it back."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone

from disruptions.columns.models import DISRUPTION_COLUMNS
from disruptions.record.models import Disruption
from disruptions.record.services import DISRUPTIONS, reinstate_disruption, withdraw_disruption
from soc_tracker.core.records.admin import RecordAdmin
from soc_tracker.core.records.admin_steps import step_page
from soc_tracker.core.records.forms import ServiceForm, VersionField, reason_field
from soc_tracker.core.text.days import in_words


class StandingForm(ServiceForm, forms.Form):
    expected_version = VersionField()
    change_reason = reason_field()

    def __init__(self, data: Any, disruption: Disruption) -> None:
        self.disruption = disruption
        self.stands = disruption.withdrawn_on is None
        super().__init__(data, initial={"expected_version": disruption.version})

    @property
    def title(self) -> str:
        return "Withdraw" if self.stands else "Put back on the record"


# The admin of disruptions: recorded, corrected as from today, withdrawn, put back.


COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Pages of the first rows of a list: counting millions would take longer than anybody wants to wait."""

    @cached_property
    def count(self) -> int:
        first: Any = self.object_list[:COUNTED]
        return int(first.count())


class DisruptionAdmin(RecordAdmin):
    """The record as it is now, what was entered last first."""

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
        form, today = StandingForm(request.POST or None, disruption), timezone.localdate()
        write = withdraw_disruption if form.stands else reinstate_disruption
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
            done = "is withdrawn from today" if form.stands else "is back on the record from today"
            self.message_user(request, f"“{disruption}” {done}.", messages.SUCCESS)
            return redirect("admin:disruptions_disruption_change", pk)
        about = "It counts no more from today. Figures as at earlier days still count it."
        if not form.stands:
            about = f"It was withdrawn on {in_words(disruption.withdrawn_on)}. It counts again from today."
        return step_page(self, request, form, title=form.title, button=form.title, record=disruption, about=about)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It is withdrawn instead, so that figures as at earlier days stay as they were."""
        return False
