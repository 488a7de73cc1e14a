"""The admin of accounts. A role is a group; what each may do is said in ``soc_tracker.roles``."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin  # noqa: F401  registers what is replaced below
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from soc_tracker.accounts import services
from soc_tracker.accounts.acts import ACTS
from soc_tracker.accounts.forms import OWN_FIELDS, AccountForm
from soc_tracker.accounts.models import AccountChange
from soc_tracker.lib.history import Change, Difference, Kind
from soc_tracker.lib.record_forms import tell
from soc_tracker.lib.wording import name_of

NEWEST = 200  # changes on one page of history


class AccountAdmin(admin.ModelAdmin):
    """Accounts are put out of use, not deleted: history names those who made a change."""

    form = AccountForm
    change_form_template = "admin/account_change_form.html"
    change_list_template = "admin/record_change_list.html"
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        ("Person", {"fields": ("username", "first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
        ("Why", {"fields": ("change_reason", "expected_version")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("changes/", view(self.changes_view), name="auth_user_changes"),
            path("<int:pk>/acts/<slug:act>/", view(self.act_view), name="auth_user_act"),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[AccountForm]:
        # Django takes the fields of the form for those of the model alone.
        form = super().get_form(request, obj, change, **{**kwargs, "fields": OWN_FIELDS})
        form.editor = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        before = User.objects.get(pk=obj.pk).email if change else ""
        obj.pk = form.write().pk
        if before and before != obj.email:
            addresses = {"from_email": before, "to_email": obj.email or services.NONE}
            get_adapter().send_notification_mail("account/email/email_changed", obj, addresses, email=before)

    def save_related(self, request: HttpRequest, form: AccountForm, formsets: list[Any], change: bool) -> None:
        """The roles are written with the account."""

    def construct_change_message(
        self, request: HttpRequest, form: AccountForm, formsets: list[Any], add: bool = False
    ) -> str:
        return form.cleaned_data["change_reason"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def roles(self, account: User) -> str:
        return ", ".join(group.name for group in account.groups.all()) or services.NONE

    # Beside the form

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Asks why, and does one of the acts."""
        account = get_object_or_404(User, pk=pk)
        if act not in ACTS:
            raise Http404(f"Nothing called “{act}” is done to an account.")
        form = ACTS[act].form(request.POST or None, account=account)
        if form.is_valid():
            try:
                ACTS[act].do(request, account, form)
            except ValidationError as error:
                tell(form, error)
            else:
                messages.success(request, ACTS[act].done)
                return redirect(reverse("admin:auth_user_change", args=[pk]))
        context = {**self._shared(request, account), "title": ACTS[act].title, "act": ACTS[act], "form": form}
        return TemplateResponse(request, "admin/account_act.html", context, status=400 if form.errors else 200)

    # History

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        account = self.get_object(request, object_id)
        if account is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._changes_page(request, f"History of {account}", account.changes.all(), account)

    def changes_view(self, request: HttpRequest) -> HttpResponse:
        """The newest changes of all accounts."""
        return self._changes_page(request, "Latest changes of accounts", AccountChange.objects.all(), None)

    def _changes_page(
        self, request: HttpRequest, title: str, changes: QuerySet[AccountChange], account: User | None
    ) -> HttpResponse:
        told = told_of(changes.select_related("by", "account")[:NEWEST])
        context = {**self._shared(request, account), "title": title, "changes": told, "newest": NEWEST}
        return TemplateResponse(request, "admin/record_changes.html", context | {"may_restore": False})

    def _shared(self, request: HttpRequest, account: User | None) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "object": account, "opts": self.opts}


def told_of(changes: Iterable[AccountChange]) -> list[Change]:
    """The changes as the history of any record tells them."""
    return [
        Change(
            when=change.at,
            who=name_of(change.by) if change.by else "A command",
            reason=change.reason,
            kind=Kind.ADDED if change.is_addition else Kind.CHANGED,
            differences=tuple(Difference(*difference) for difference in change.differences),
            version=change.version,
            title=str(change.account),
            record=change.account,
            key=change.account_id,
        )
        for change in changes
    ]


class RoleAdmin(admin.ModelAdmin):
    """The four roles as they are; who has which is said on each account."""

    list_display = ("name", "accounts")
    fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(accounts=Count("user"))

    def accounts(self, role: Group) -> int:
        return role.accounts

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Importing Django's own admin of accounts has registered it.
admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
