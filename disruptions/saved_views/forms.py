"""What the list of saved views can be narrowed to, and the forms of one view."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from disruptions.saved_views.models import SavedView
from soc_tracker.core.lists.directory import saveable
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.forms import ServiceForm, VersionedForm


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
        field_name="shared", choices=[("yes", "Shared"), ("no", "Not shared")], label="Shared", method="shared_or_not"
    )

    class Meta:
        model = SavedView
        fields = ()

    def of_whom(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        own = {"owner": self.user.pk}
        return queryset.filter(**own) if value == "own" else queryset.exclude(**own)

    def shared_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(shared=value == "yes")


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
