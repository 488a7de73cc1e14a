"""What the lists and pages of partners, orders, officers and sites share."""

from typing import Any, ClassVar

import rules
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import DetailView

from plans4p.views.editing import KEEP_DIRECTORY, KINDS
from plans4p.views.plans import KindList
from soc_tracker.lib.tables import Column


def may_keep(request: HttpRequest) -> bool:
    return bool(rules.has_perm(KEEP_DIRECTORY, request.user))


class DirectoryList(KindList):
    """A list of one kind of data as things stand today.

    ``edited`` is the word by which pages create and change its records.
    """

    edited: ClassVar[str]

    def extra_context(self) -> dict[str, Any]:
        new = reverse("plans4p:record_new", args=[self.edited]) if may_keep(self.request) else ""
        return {"new_url": new, "new_words": KINDS[self.edited].words}


class DirectoryPage(DetailView):
    """One record; somebody who may not see it gets the same 404 as for one that does not exist."""

    model: type[Model]
    edited: ClassVar[str]
    listed: ClassVar[tuple[str, str]]

    def rows(self) -> QuerySet:
        """The records with what the page reads of them."""
        return self.model.objects.visible_to(self.request.user).for_list()

    def get_queryset(self) -> QuerySet:
        return self.rows()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.today = localdate()
        title, name = self.listed
        shared = {
            "breadcrumbs": [("Home", reverse("home")), (title, reverse(name))],
            "may_edit": may_keep(self.request),
            "edited": self.edited,
            "kind": self.object.kind_of_data,
        }
        return super().get_context_data(**kwargs) | shared | self.facts()

    def facts(self) -> dict[str, Any]:
        """What the template reads beside the record itself."""
        raise NotImplementedError

    def with_edit(self, columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
        """The columns of a part's rows, and for those who may write it the way to change or remove each."""
        return (*columns, edit_column(kind)) if may_keep(self.request) else columns


def edit_column(kind: str) -> Column:
    return Column(
        "edit",
        "Change or remove",
        lambda part: "Change",
        lambda part: reverse("plans4p:record_edit", args=[kind, part.pk]),
    )
