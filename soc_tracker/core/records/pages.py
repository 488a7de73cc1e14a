"""The page of one record as a few attributes: the way to its list, and what its template reads beside it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.views.generic import DetailView


class DetailPage(DetailView):
    """One record; somebody who may not see it gets the same 404 as for one that does not exist.

    ``listed`` is the title and the URL name of the list that the record stands in.
    """

    model: Any
    listed: ClassVar[tuple[str, str]]

    def get_queryset(self) -> QuerySet:
        """The records with what the page reads of them."""
        records: QuerySet = self.model.objects.visible_to(self.request.user).for_list()
        return records

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title, name = self.listed
        breadcrumbs = [("Home", reverse("home")), (title, reverse(name))]
        return super().get_context_data(**kwargs) | {"breadcrumbs": breadcrumbs} | self.facts()

    def facts(self) -> dict[str, Any]:
        """What the template reads beside the record itself."""
        return {}
