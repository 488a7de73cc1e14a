"""What the list of saved views can be narrowed to, and the forms of one view."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disruptions.saved_views.models import SavedView
from disruptions.services import SAVED_VIEWS, save_view
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.directory import saveable
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.forms import ServiceForm, VersionedForm, VersionField
from soc_tracker.core.records.pages import trail
from soc_tracker.core.records.states import name_of


class ListsFilter(ChoicesFilter):
    """Views of one of the lists of the site."""

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field") and hasattr(self, "parent"):
            self.extra["choices"] = sorted(saveable(self.parent.user).items(), key=lambda item: item[1])
        return super().field


class SavedViewFilter(StrictFilterSet):
    q = WordsFilter(label="Words in the name")
    whose = OneChoiceFilter(
        field_name="owner",
        choices=[("own", "Your own"), ("others", "Shared by others")],
        label="Whose",
        method="of_whom",
    )
    list = ListsFilter("page", choices=(), label="List")
    shared = OneChoiceFilter(
        field_name="shared",
        choices=[("yes", "Shared"), ("no", "Not shared")],
        label="Shared",
        method=lambda views, name, value: views.filter(shared=value == "yes"),
    )

    class Meta:
        model = SavedView
        fields = ()

    def of_whom(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        own = {"owner": self.user.pk}
        return queryset.filter(**own) if value == "own" else queryset.exclude(**own)


# Forms that save a view and rename it.


class SaveViewForm(ServiceForm, forms.Form):
    """A name for a list, and whether others may open it."""

    page = forms.ChoiceField(
        widget=forms.HiddenInput, error_messages={"invalid_choice": "There is no such list to save a view of."}
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=80, error_messages={"required": "Give the view a name."})
    shared = forms.BooleanField(required=False, label="Share it with everybody who can sign in")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: Any = self.fields["page"]
        page.choices = list(saveable(user).items())


class RenameViewForm(VersionedForm):
    """Another name for a saved view, and whether others may open it."""

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        labels = {"shared": "Share it with everybody who can sign in"}
        error_messages = {"name": {"required": "Give the view a name."}}


class RemoveViewForm(ServiceForm, forms.Form):
    """The version of the view that its owner has seen."""

    expected_version = VersionField()


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
        user, lists = self.request.user, saveable(self.request.user)
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
            Column(
                "edit",
                "Yours",
                lambda view: "Rename or remove" if view.owner_id == user.pk else "no",
                lambda view: reverse("disruptions:saved_view_edit", args=[view.pk]) if view.owner_id == user.pk else "",
            ),
        )


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
        page = request.GET.get("page", "")
        page = page if page in saveable(request.user) else USUAL
        named = {"page": page, "query": request.GET.get("query", "")}
        return _form(request, SaveViewForm(user=request.user, initial=named))
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
    view, form = _own(request, pk), RemoveViewForm(request.POST)
    why: dict[str, Any] = {"by": request.user, "reason": "Removed by its owner."}
    if form.is_valid() and form.submit(lambda: SAVED_VIEWS.remove(view, **why, **form.cleaned_data)):
        messages.success(request, f"“{view.name}” has been removed.")
        return redirect("disruptions:saved_view_list")
    messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("disruptions:saved_view_edit", view.pk)


def _own(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk, owner=request.user)


def _form(request: HttpRequest, form: Any, view: SavedView | None = None) -> HttpResponse:
    page = view.page if view else form["page"].value()
    context = {
        "form": form,
        "view": view,
        "list_name": saveable(request.user).get(page, ""),
        "breadcrumbs": trail(("Saved views", "disruptions:saved_view_list")),
    }
    return render(request, "disruptions/saved_view_form.html", context, status=form.status)
