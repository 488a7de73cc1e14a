"""Saved views: their list, and the forms that save, rename and delete one."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disruptions.saved_views.forms import RenameViewForm, SavedViewFilter, SaveViewForm
from disruptions.saved_views.models import SavedView
from disruptions.saved_views.services import SAVED_VIEWS, save_view
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.directory import saveable
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.pages import trail
from soc_tracker.core.records.states import name_of


def saved_view_columns(user: Any, lists: Mapping[str, str]) -> tuple[Column, ...]:
    """``lists`` holds what each list is called, by the name of its address; a user may change their own views."""

    def edit_url(view: SavedView) -> str:
        return reverse("disruptions:saved_view_edit", args=[view.pk]) if view.owner_id == user.pk else ""

    return (
        Column("name", "Name", lambda view: view.name, lambda view: view.get_absolute_url()),
        Column("list", "List", lambda view: lists.get(view.page, view.page), sort=("page", "name")),
        Column(
            "owner",
            "Saved by",
            lambda view: name_of(view.owner),
            sort=("owner__last_name", "owner__username", "name"),
        ),
        Column("shared", "Shared", lambda view: view.shared),
        Column("edit", "Yours", lambda view: "Rename or remove" if edit_url(view) else "no", edit_url),
    )


# Lists that somebody saved under a name: their list, the forms that save, rename and remove one, and opening one.


SAVE = "disruptions.save_view"
USUAL = "disruptions:disruption_list"


class SavedViewList(ListPage):
    """The user's own views and those that others share, of lists that the user may open."""

    permission = SAVE
    title = "Saved views"
    kind_of_data = ""  # names of lists, each of which says its own
    template_name = "disruptions/saved_view_list.html"
    filterset_class = SavedViewFilter
    order = ("name",)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return SavedView.objects.visible_to(user).of_lists(saveable(user)).select_related("owner")

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        return saved_view_columns(self.request.user, saveable(self.request.user))


@needs(SAVE)
@require_safe
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the list: the address there is the view."""
    return redirect(
        get_object_or_404(SavedView.objects.visible_to(request.user).of_lists(saveable(request.user)), pk=pk)
    )


@needs(SAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """The form for a name; which list it names comes with the link that leads here."""
    if request.method != "POST":
        return _form(request, SaveViewForm(user=request.user, initial=_list_in_address(request)))
    form = SaveViewForm(request.POST, user=request.user)
    owner = request.user
    if form.is_valid() and form.submit(
        lambda: save_view(form.cleaned_data, owner=owner, by=owner, reason="Saved by its owner.")
    ):
        messages.success(request, f"Saved as “{form.result.name}”.")
        return redirect(form.result)
    return _form(request, form)


@needs(SAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a view of the user's own, or another choice of who may open it."""
    view = _own(request, pk)
    if request.method != "POST":
        return _form(request, RenameViewForm(instance=view), view)
    form = RenameViewForm(request.POST, instance=copy(view))  # which takes up what was entered
    if form.is_valid() and form.submit(
        lambda: SAVED_VIEWS.change(
            view,
            form.values,
            by=request.user,
            reason="Changed by its owner.",
            expected_version=form.cleaned_data["expected_version"],
        )
    ):
        messages.success(request, f"“{form.result.name}” has been saved.")
        return redirect("disruptions:saved_view_list")
    return _form(request, form, view)


@needs(SAVE)
@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a view of the user's own; others' do not exist here."""
    view = _own(request, pk)
    SAVED_VIEWS.remove(view, by=request.user, reason="Removed by its owner.", expected_version=view.version)
    messages.success(request, f"“{view.name}” has been removed.")
    return redirect("disruptions:saved_view_list")


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk, owner=request.user)


def _list_in_address(request: HttpRequest) -> dict[str, str]:
    """The list that is to be saved; the list of disruptions where the address names none that can be."""
    page = request.GET.get("page", "")
    return {"page": page if page in saveable(request.user) else USUAL, "query": request.GET.get("query", "")}


def _form(request: HttpRequest, form: Any, view: SavedView | None = None) -> HttpResponse:
    page = view.page if view else form["page"].value()
    context = {
        "form": form,
        "view": view,
        "list_name": saveable(request.user).get(page, ""),
        "breadcrumbs": trail(("Saved views", "disruptions:saved_view_list")),
    }
    return render(request, "disruptions/saved_view_form.html", context, status=form.status)
