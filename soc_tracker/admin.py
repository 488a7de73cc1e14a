"""The admin of accounts. A role is a group; what each may do is said in ``soc_tracker.roles``."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from soc_tracker.roles import Role


class AccountForm(auth_admin.UserChangeForm):
    """Keeps administrators from locking themselves out."""

    editor: User

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance == self.editor and not self._still_enters(cleaned):
            raise forms.ValidationError("Another administrator must take this role or this account from you.")
        return cleaned

    def _still_enters(self, cleaned: dict[str, Any]) -> bool:
        stays = any(group.name == Role.ADMINISTRATOR.label for group in cleaned.get("groups", ()))
        return cleaned.get("is_active", False) and (stays or self.instance.is_superuser)


class AccountAdmin(auth_admin.UserAdmin):
    """Accounts are deactivated, not deleted: history names those who made a change."""

    form = AccountForm
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.editor = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple()
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label, field.help_text = "Roles", "What the person comes to do."
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def roles(self, account: User) -> str:
        return ", ".join(group.name for group in account.groups.all()) or "none"


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


# Importing Django's own admin of accounts above has registered it.
admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
