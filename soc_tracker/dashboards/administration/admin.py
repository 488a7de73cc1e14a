"""The admin of the site: who may enter, and how its front page is ordered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate, now

from soc_tracker.core.access.permissions import OPEN, declared, may, needs
from soc_tracker.core.records.admin_fields import chosen_as, is_key
from soc_tracker.dashboards.administration.queries import attention

ADMINISTER = "soc_tracker.administer"
ORDER = ("inspections", "disruptions", "plans4p", "forces", "auth")
INTERNAL = ("account", "mfa", "django_tasks_database")  # apps whose rows nobody edits by hand


class LookUp(AutocompleteJsonView):
    """Django's answer to what is typed in a linked field, with names that tell records from each other."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": chosen_as(obj)}


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

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """A record's pages are at its key as it is written, and not at what a database would take for it; and what is
        chosen in a list are keys.
        """
        answer = super().admin_view(view, cacheable)

        @wraps(view)
        def at_key(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not is_key(kwargs.get("object_id", 0)):
                raise Http404("No record has such a key.")
            if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
                raise BadRequest("What is chosen in the list is no key of a record. Choose the rows in the list again.")
            return answer(request, *args, **kwargs)

        return at_key

    def has_permission(self, request: HttpRequest) -> bool:
        return may(request.user, ADMINISTER)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return declared(ADMINISTER, super().get_urls())

    @method_decorator(needs(OPEN))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return LogoutView.as_view(next_page=settings.ACCOUNT_LOGOUT_REDIRECT_URL)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = {"attention": attention(now(), localdate())}
        return super().index(request, {**(extra_context or {}), **waiting})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return LookUp.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """What is edited most comes first, and the models of an app in the order in which its admin names them."""
        apps = self._build_app_dict(request, app_label)
        for model in (model for app in apps.values() for model in app["models"]):
            model["name"] = getattr(self._registry[model["model"]], "name_on_index", model["name"])
        return [apps[label] for label in ORDER if label in apps]
