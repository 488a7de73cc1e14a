"""What the lists and pages of partners, orders, officers and sites share."""

from typing import Any, ClassVar

import rules
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from plans4p.views.editing import KEEP_DIRECTORY, KINDS
from plans4p.views.kinds import KindList
from soc_tracker.lib.detail_view import DetailPage
from soc_tracker.lib.tables import Column


def may_keep(request: HttpRequest, record: Any = None) -> bool:
    """The record; without one, whether they may add any."""
    return bool(rules.has_perm(KEEP_DIRECTORY, request.user, record))


class DirectoryList(KindList):
    """A list of one kind of data as things stand today.

    ``edited`` is the word by which pages create and change its records.
    """

    permission = "plans4p.read_directory"
    edited: ClassVar[str]

    def extra_context(self) -> dict[str, Any]:
        new = reverse("plans4p:record_new", args=[self.edited]) if may_keep(self.request) else ""
        return {"new_url": new, "new_words": KINDS[self.edited].words}


class DirectoryPage(DetailPage):
    """One record as it stands today. ``edited`` is the word by which pages create and change it."""

    permission = "plans4p.read_directory"
    edited: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.today = localdate()
        shared = {
            "may_edit": may_keep(self.request, self.object),
            "edited": self.edited,
            "kind": self.object.kind_of_data,
        }
        return super().get_context_data(**kwargs) | shared

    def with_edit(self, columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
        """The columns of a part's rows, and for those who may write it the way to change or remove each."""
        return (*columns, edit_column(kind)) if may_keep(self.request, self.object) else columns


def edit_column(kind: str) -> Column:
    return Column(
        "edit",
        "Change or remove",
        lambda part: "Change",
        lambda part: reverse("plans4p:record_edit", args=[kind, part.pk]),
    )
