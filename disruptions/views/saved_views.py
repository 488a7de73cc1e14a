"""Lists that somebody saved under a name: their list, the form that saves one, opening and deleting one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disruptions.forms import SaveViewForm
from disruptions.models import SavedView
from disruptions.presenters.saved_views import saved_view_columns
from disruptions.services import SAVED_VIEWS, save_view
from soc_tracker.lib.access import needs

MOST_SHOWN = 500


@needs("disruptions.save_view")
@require_safe
def saved_view_list(request: HttpRequest) -> HttpResponse:
    """The user's own views and those that others share, by name."""
    views = SavedView.objects.visible_to(request.user).select_related("owner").order_by("name", "pk")[:MOST_SHOWN]
    context = {
        "own": [view for view in views if view.owner_id == request.user.pk],
        "shared": [view for view in views if view.owner_id != request.user.pk],
        "columns": saved_view_columns(),
        "breadcrumbs": [("Home", reverse("home"))],
    }
    return render(request, "disruptions/saved_view_list.html", context)


@needs("disruptions.save_view")
@require_safe
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the list: the address there is the view."""
    return redirect(get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk))


@needs("disruptions.save_view")
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """The form for a name; which list it names comes with the link that leads here."""
    if request.method != "POST":
        return _form(request, SaveViewForm(initial=_asked(request)))
    form = SaveViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(form.cleaned_data, owner=request.user, by=request.user, reason="Saved by its owner.")
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, f"Saved as “{view.name}”.")
            return redirect("disruptions:saved_view_list")
    return _form(request, form, status=400)


@needs("disruptions.save_view")
@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes a view of the user's own; others' do not exist here."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk, owner=request.user)
    SAVED_VIEWS.remove(view, by=request.user, reason="Deleted by its owner.", expected_version=view.version)
    messages.success(request, f"“{view.name}” has been deleted.")
    return redirect("disruptions:saved_view_list")


def _asked(request: HttpRequest) -> dict[str, str]:
    """The list that is to be saved; the list of disruptions where the address names none that can be."""
    page = request.GET.get("page", "")
    known = page if page in SavedView.Page.values else SavedView.Page.DISRUPTIONS
    return {"page": known, "query": request.GET.get("query", "")}


def _form(request: HttpRequest, form: SaveViewForm, status: int = 200) -> HttpResponse:
    breadcrumbs = [("Home", reverse("home")), ("Saved views", reverse("disruptions:saved_view_list"))]
    page = SavedView.Page(form["page"].value()) if form["page"].value() in SavedView.Page.values else None
    context: dict[str, Any] = {"form": form, "page": page, "breadcrumbs": breadcrumbs}
    return render(request, "disruptions/saved_view_form.html", context, status=status)
