"""What the list of saved views can be narrowed to."""

from typing import Any

from django.db.models import QuerySet

from disruptions.models import SavedView
from soc_tracker.lib.filter_fields import ChoicesFilter, OneChoiceFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet
from soc_tracker.lib.list_pages import saveable


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
