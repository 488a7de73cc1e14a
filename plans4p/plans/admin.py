"""The admin of plans, actions and the menu of tactics. Status and owner move by the steps on a plan's own page."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.timezone import localdate

from plans4p.aims.models import Aim, Omission
from plans4p.aims.services import ACTIONS, AIMS, OMISSIONS, TACTICS
from plans4p.choices import PlanStatus, SignatureState
from plans4p.plans.models import Consultation, Plan
from plans4p.plans.services import CONSULTATIONS, MOVED_BY_THEIR_OWN_STEPS, PLANS, change_owner
from plans4p.signatures.queries import get_standing
from soc_tracker.core.records.admin import RecordAdmin, RecordInline


class AimInline(RecordInline):
    model = Aim
    service = AIMS
    template = "admin/edit_inline/stacked.html"
    fields = (("four_p", "counts", "baseline", "target", "due_on"), "change", "measure")


class OmissionInline(RecordInline):
    model = Omission
    service = OMISSIONS
    fields = ("four_p", "reason")


class ConsultationInline(RecordInline):
    model = Consultation
    service = CONSULTATIONS
    fields = ("partner", "on", "note")
    autocomplete_fields = ("partner",)


class SignedAdmin(RecordAdmin):
    """Records that are signed with a plan: whoever changes one here is told where the signature no longer holds."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        plan = Plan.objects.with_content().get(pk=form.instance.pk if self.model is Plan else form.instance.plan.pk)
        stands = get_standing(plan)
        if stands.state == SignatureState.VOID and plan.status != PlanStatus.CLOSED:
            words = f"{plan.reference} is under review until an officer of {plan.organisation} signs it again"
            self.message_user(request, f"{words}: {stands.changes}.", messages.WARNING)


class PlanAdmin(SignedAdmin):
    service = PLANS
    bulk = ("owner", "marking")
    list_display = ("reference", "title", "organisation", "owner", "status", "review_due_on", "marking", "kind_of_data")
    list_filter = ("kind_of_data", "marking", "status", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation", "owner")
    search_fields = ("reference", "title", "theme", "threat__reference")
    search_help_text = "Search by reference, title, theme or threat"
    date_hierarchy = "review_due_on"
    autocomplete_fields = ("organisation", "threat", "owner")
    filter_horizontal = ("profiles",)
    inlines = (AimInline, OmissionInline, ConsultationInline)
    computed = tuple(name for name in MOVED_BY_THEIR_OWN_STEPS if name not in ("reference", "kind_of_data", "owner"))
    fieldsets = (
        (None, {"fields": ("reference", "kind_of_data", "title", "organisation", "threat", "theme", "marking")}),
        ("Whose it is", {"fields": ("owner", "author")}),
        ("When", {"fields": (("starts_on", "ends_on", "review_due_on"),)}),
        ("What it rests on", {"fields": ("profiles", "intelligence")}),
        (
            "Where it stands",
            {"fields": ("status", ("approved_by", "approved_on"), ("closed_on", "result"), "learning")},
        ),
    )

    def set_value(
        self, request: HttpRequest, record: Any, name: str, value: Any, *, reason: str, expected_version: int
    ) -> None:
        """A plan passes on by a step of its own, which keeps the day."""
        change_owner(record, value, on=localdate(), by=request.user, reason=reason, expected_version=expected_version)


class ActionAdmin(SignedAdmin):
    service = ACTIONS
    bulk = ("owner", "status")
    list_display = ("description", "aim", "owner", "due_on", "status")
    list_filter = ("status",)
    list_select_related = ("aim__plan",)
    search_fields = ("description", "owner", "aim__plan__reference")
    search_help_text = "Search by words, owner or plan"
    date_hierarchy = "due_on"
    autocomplete_fields = ("tactic", "partners")
    raw_id_fields = ("aim",)
    fields = ("aim", "description", "owner", "due_on", "status", "tactic", "partners", "outcome")


class TacticAdmin(RecordAdmin):
    service = TACTICS
    list_display = ("name", "four_p", "meaning")
    list_filter = ("four_p",)
    search_fields = ("name", "meaning")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "four_p", "meaning")
