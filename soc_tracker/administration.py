"""The admin of the site: who may enter, and how its front page is ordered."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from soc_tracker.roles import is_administrator

ORDER = ("inspections", "disruptions", "plans4p", "forces", "auth", "account", "mfa", "django_tasks_database")


class AdministrationSite(AdminSite):
    """Administrators sign in, sign out and change passwords where everybody else does; others are turned away."""

    site_title = site_header = "SOC Tracker administration"
    index_title = "Records and accounts"
    empty_value_display = "not stated"
    enable_nav_sidebar = False  # its width is worth more to the lists

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Rows are removed one at a time, each with its reason.
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self._turn_away_others(request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self._turn_away_others(request)
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return LogoutView.as_view(next_page=settings.ACCOUNT_LOGOUT_REDIRECT_URL)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """What is edited most comes first, and the models of an app in the order in which its admin names them."""
        found = self._build_app_dict(request, app_label)
        return [found[label] for label in ORDER if label in found]

    def _turn_away_others(self, request: HttpRequest) -> None:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Only administrators enter the administration.")
